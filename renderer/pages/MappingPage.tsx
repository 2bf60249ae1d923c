// Choose Mapping: which column is which field, what a person has to decide, and how passwords stand in the file.
import { Checkbox, MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components'
import { useRef, useState } from 'react'
import { type Field, fields, isSecret } from '../../shared/computer.ts'
import type { FileSource, PasswordForm } from '../../shared/draft.ts'
import { isChosen } from '../../shared/mapping.ts'
import { askDraft, useCurrentDraft } from '../draftStore.ts'
import { Card } from '../parts/Card.tsx'
import { Choice } from '../parts/Choice.tsx'
import { MappingQuestions } from '../parts/MappingQuestions.tsx'
import { MappingTable } from '../parts/MappingTable.tsx'
import { columnName, type Question, questionsOf, surenessOf } from '../parts/mappingWords.ts'
import { Title } from '../parts/Title.tsx'
import { counted } from '../words.ts'

const useStyles = makeStyles({
  summary: { cursor: 'pointer', padding: '4px 0', fontWeight: tokens.fontWeightSemibold },
  names: { fontWeight: tokens.fontWeightRegular, color: tokens.colorNeutralForeground2 }
})

interface Choices {
  readonly fields: readonly (Field | null)[]
  /** Places of the columns that the person has chosen here. */
  readonly touched: readonly number[]
  readonly passwords: PasswordForm
}

const choicesOf = ({ columns, passwords }: FileSource): Choices => ({
  fields: columns.map((column) => column.field),
  touched: [],
  passwords
})

/** Columns that stay a guess: neither chosen earlier in this draft nor just now. */
const undecided = ({ columns }: FileSource, touched: readonly number[]): number[] =>
  columns.flatMap((column, index) => (touched.includes(index) || isChosen(column) ? [] : [index]))

/** Sends each choice to the core, one after another, showing it meanwhile as chosen. */
function useMapping(draftId: string, source: FileSource): { choices: Choices; apply(change: Partial<Choices>): void } {
  const [pending, setPending] = useState<Choices>()
  const latest = useRef<Choices>(undefined)
  const queue = useRef<Promise<unknown>>(Promise.resolve())
  const apply = (change: Partial<Choices>): void => {
    const next = { ...(latest.current ?? choicesOf(source)), ...change }
    latest.current = next
    setPending(next)
    queue.current = queue.current.then(async () => {
      if (latest.current !== next) return
      const { fields: wanted, touched, passwords } = next
      const { header } = source
      await askDraft('source.map', {
        draftId,
        fields: [...wanted],
        undecided: undecided(source, touched),
        header,
        passwords
      })
      if (latest.current !== next) return
      latest.current = undefined
      setPending(undefined)
    })
  }
  return { choices: pending ?? choicesOf(source), apply }
}

const added = (list: readonly number[], ...more: readonly number[]): number[] => [...new Set([...list, ...more])]

/** The choices with one column's field changed: chosen elsewhere before, the field is freed there. */
function assigned({ fields: now, touched }: Choices, column: number, field: Field | null): Partial<Choices> {
  const freed = field === null ? [] : now.flatMap((one, index) => (one === field && index !== column ? [index] : []))
  const next = now.map((one, index) => (index === column ? field : freed.includes(index) ? null : one))
  return { fields: next, touched: added(touched, column, ...freed) }
}

/** The choices after a question was answered; `null` = none of its columns is the field. */
function answered(choices: Choices, question: Question, column: number | null): Partial<Choices> {
  const cleared = {
    fields: choices.fields.map((one) => (one === question.field ? null : one)),
    touched: added(choices.touched, ...(question.kind === 'tie' ? question.columns : []))
  }
  return column === null ? cleared : assigned({ ...choices, ...cleared }, column, question.field)
}

/** Questions once asked stay on the page until it is left, answered or not. */
function useQuestions(source: FileSource, choices: Choices): readonly Question[] {
  const now = questionsOf(source.columns, choices.fields)
  const [asked, setAsked] = useState(now)
  const added = now.filter(({ field }) => !asked.some((known) => known.field === field))
  if (added.length === 0) return asked
  const all = [...asked, ...added].sort((a, b) => fields.indexOf(a.field) - fields.indexOf(b.field))
  setAsked(all)
  return all
}

function Ignored({
  source,
  choices,
  children
}: {
  readonly source: FileSource
  readonly choices: Choices
  readonly children: React.ReactNode
}) {
  const styles = useStyles()
  const { columns } = source
  const names = columns.flatMap((column, index) => {
    const field = choices.fields[index] ?? null
    const open = surenessOf(column, field, choices.touched.includes(index)).kind === 'open'
    return field === null && !open ? [columnName(columns, index)] : []
  })
  return (
    <details>
      <summary className={styles.summary}>
        {names.length === 0 ? 'No column is ignored' : `${counted(names.length, 'column is', 'columns are')} ignored`}
        {names.length > 0 && <span className={styles.names}>: {names.join(', ')}</span>}
      </summary>
      {children}
    </details>
  )
}

function Mapping({ draftId, source }: { readonly draftId: string; readonly source: FileSource }) {
  const { choices, apply } = useMapping(draftId, source)
  const questions = useQuestions(source, choices)
  // Which columns lie in the folded list is settled when the page opens: a row that moved away while it is being chosen
  // would take the focus along.
  const [folded] = useState(() =>
    source.columns.flatMap(({ field, could }, index) => (field === null && could === undefined ? [index] : []))
  )
  const locked = !source.atHand
  const shown = source.columns.map((_, index) => index).filter((index) => !folded.includes(index))
  const table = {
    columns: source.columns,
    fields: choices.fields,
    touched: choices.touched,
    disabled: locked,
    onAssign: (column: number, field: Field | null) => apply(assigned(choices, column, field))
  }
  return (
    <>
      <MappingQuestions
        questions={questions}
        columns={source.columns}
        fields={choices.fields}
        touched={choices.touched}
        disabled={locked}
        onAnswer={(question, column) => apply(answered(choices, question, column))}
      />
      <Card>
        <MappingTable label="Columns of the file" shown={shown} {...table} />
        {folded.length > 0 && (
          <Ignored source={source} choices={choices}>
            <MappingTable label="Ignored columns" shown={folded} {...table} />
          </Ignored>
        )}
      </Card>
      {!locked && choices.fields.some((field) => field !== null && isSecret(field)) && (
        <Choice
          question="How do passwords stand in the file?"
          hint="Base64 is an encoding, not protection: whoever has the file has the passwords."
          vertical
          options={[
            {
              value: 'base64',
              title: 'Base64, as Configuration Manager requires',
              hint: 'What was encoded as UTF-16 (two bytes for each character) is recognised by its zero bytes and decoded as well.'
            },
            {
              value: 'clear',
              title: 'Clear text',
              hint: 'Each is taken letter by letter, as it is typed at the computer. It goes to the keychain all the same.'
            }
          ]}
          value={choices.passwords}
          onChange={(passwords) => apply({ passwords })}
        />
      )}
    </>
  )
}

/** What concerns the file as a whole; it stays while another reading brings other columns. */
function FileWords({ draftId, source }: { readonly draftId: string; readonly source: FileSource }) {
  return (
    <>
      {!source.atHand && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            The wizard was restarted and no longer has the file’s bytes. To change the mapping, choose {source.name}{' '}
            again on Select Source; the computers already read stay as they are.
          </MessageBarBody>
        </MessageBar>
      )}
      <Checkbox
        label="This file has column headings"
        checked={source.header}
        disabled={!source.atHand || source.format === 'json'}
        onChange={(_, data) =>
          void askDraft('source.options', { draftId, options: { ...source.chosen, header: data.checked === true } })
        }
      />
    </>
  )
}

export function MappingPage() {
  const { id, source } = useCurrentDraft()
  return (
    <>
      <Title intro="Which column holds what? Passwords are shown masked.">Choose Mapping</Title>
      {source?.kind === 'file' ? (
        <>
          <FileWords draftId={id} source={source} />
          {/* Another file, or other titles, is another mapping: nothing that was asked before stays. */}
          <Mapping
            key={[source.name, source.lines, ...source.columns.map(({ title }) => title)].join('\n')}
            draftId={id}
            source={source}
          />
        </>
      ) : (
        <Card>Choose a file on Select Source first.</Card>
      )}
    </>
  )
}
