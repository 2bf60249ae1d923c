// Single Computer: a form whose fields are checked when they are left; secrets go straight to the keychain.
import { Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type Field as FieldName, fieldTitles, isSecret } from '../../shared/computer.ts'
import type { Row } from '../../shared/grid.ts'
import { asked } from '../bridge.ts'
import { useCurrentDraft, useDraft } from '../draftStore.ts'
import { plainView } from '../gridStore.ts'
import { Card } from '../parts/Card.tsx'
import { ProblemStrip } from '../parts/ProblemStrip.tsx'
import { SecretInput } from '../parts/SecretInput.tsx'
import { Title } from '../parts/Title.tsx'

const useStyles = makeStyles({
  form: {
    display: 'grid',
    alignItems: 'start',
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    columnGap: '24px',
    rowGap: '12px',
    '@media (max-width: 820px)': { gridTemplateColumns: 'minmax(0, 1fr)' }
  },
  mono: { fontFamily: tokens.fontFamilyMonospace },
  problems: { display: 'flex', flexDirection: 'column', gap: '8px' }
})

const form: readonly { field: FieldName; hint: string; required?: boolean; mono?: boolean }[] = [
  { field: 'name', hint: 'The name it has or will get when its operating system is installed', required: true },
  { field: 'fqdn', hint: 'As it stands in DNS: FIN-0231.corp.contoso.com', required: true },
  { field: 'guid', hint: 'From BIOS or inventory, also called UUID', required: true, mono: true },
  { field: 'mac', hint: 'May stay empty', mono: true },
  { field: 'mebxPassword', hint: 'If its MEBx password is known' },
  { field: 'adminPassword', hint: 'Needed after a partial removal, unless an account fits' },
  { field: 'address', hint: 'Only where DNS does not know the FQDN yet', mono: true }
]

/** The one row of this draft; fixes run one after another, so that only the first of them appends it. */
function useSingleRow(draftId: string): {
  row: Row | null
  loaded: boolean
  fix(field: FieldName, text: string): void
} {
  const [row, setRow] = useState<Row | null>(null)
  const [loaded, setLoaded] = useState(false)
  const latest = useRef<Row | null>(null)
  const queue = useRef<Promise<void>>(Promise.resolve())
  useEffect(() => {
    queue.current = asked('rows.read', { draftId, view: plainView, from: 0, count: 1 }).then((answer) => {
      latest.current = answer?.rows[0] ?? null
      setRow(latest.current)
      setLoaded(true)
    })
  }, [draftId])
  const fix = useCallback(
    (field: FieldName, text: string) => {
      queue.current = queue.current.then(async () => {
        const answer = await asked('rows.edit', {
          draftId,
          edit: { kind: 'set', row: latest.current?.row ?? null, values: { [field]: text } }
        })
        if (answer === undefined) return
        // A text that was there already changes no row.
        latest.current = answer.first ?? latest.current
        setRow(latest.current)
        useDraft.getState().take(answer.draft)
      })
    },
    [draftId]
  )
  return { row, loaded, fix }
}

interface EntryProps {
  readonly entry: (typeof form)[number]
  readonly row: Row | null
  /** Whether this field was left once: before that an empty field is not held against anybody. */
  readonly touched: boolean
  /** Hears the text when the field is left. */
  leave(text: string): void
}

function Entry({ entry: { field, hint, required = false, mono = false }, row, touched, leave }: EntryProps) {
  const styles = useStyles()
  const kept = row?.values[field] ?? ''
  const [text, setText] = useState(kept)
  useEffect(() => setText(kept), [kept])
  const issue = touched ? row?.issues.find((one) => one.field === field && one.severity !== 'note') : undefined
  const state = issue === undefined ? 'none' : issue.severity === 'blocker' ? 'error' : 'warning'
  const message = issue === undefined ? undefined : `${issue.problem.title}. ${issue.problem.remedy}`
  if (isSecret(field)) {
    return (
      <SecretInput
        label={fieldTitles[field]}
        hint={hint}
        kept={kept !== ''}
        message={message}
        state={state}
        onKeep={leave}
      />
    )
  }
  return (
    <Field
      label={fieldTitles[field]}
      hint={hint}
      required={required}
      validationMessage={message ?? null}
      validationState={state}
    >
      <Input
        className={mono ? styles.mono : ''}
        value={text}
        spellCheck={false}
        onChange={(_, data) => setText(data.value)}
        onBlur={() => leave(text)}
      />
    </Field>
  )
}

export function SinglePage() {
  const styles = useStyles()
  const { id: draftId } = useCurrentDraft()
  const { row, loaded, fix } = useSingleRow(draftId)
  const [left, setLeft] = useState<ReadonlySet<FieldName>>(new Set())
  const leave = (field: FieldName, text: string): void => {
    setLeft((known) => new Set([...known, field]))
    // The first field left makes the row, so that its checks begin, even when nothing was typed.
    if (row === null || text !== (row.values[field] ?? '')) fix(field, text)
  }
  const whole = row?.issues.filter((issue) => issue.field === null) ?? []
  return (
    <>
      <Title intro="Type the computer in. Each field is checked when you leave it.">Single Computer</Title>
      {loaded && (
        <Card>
          <div className={styles.form}>
            {form.map((entry) => (
              <Entry
                key={entry.field}
                entry={entry}
                row={row}
                touched={left.has(entry.field) || (row?.values[entry.field] ?? '') !== ''}
                leave={(text) => leave(entry.field, text)}
              />
            ))}
          </div>
        </Card>
      )}
      <div className={styles.problems}>
        {whole.map(({ problem, severity }) => (
          <ProblemStrip key={problem.code} problem={problem} severity={severity} />
        ))}
      </div>
    </>
  )
}
