// Choose Mapping: which column is which field, with samples, headings, and how passwords stand in the file.
import { Checkbox, MessageBar, MessageBarBody, makeStyles, Select, tokens } from '@fluentui/react-components'
import { useRef, useState } from 'react'
import { type Field, fields, fieldTitles } from '../../shared/computer.ts'
import type { Column, FileSource, PasswordForm } from '../../shared/draft.ts'
import { askDraft, useCurrentDraft } from '../draftStore.ts'
import { Card } from '../parts/Card.tsx'
import { Choice } from '../parts/Choice.tsx'
import { Title } from '../parts/Title.tsx'

const useStyles = makeStyles({
  scroll: { overflowX: 'auto' },
  table: { borderCollapse: 'collapse', width: '100%', minWidth: '640px' },
  head: {
    textAlign: 'left',
    padding: '6px 10px',
    fontWeight: tokens.fontWeightSemibold,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`
  },
  cell: {
    padding: '6px 10px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    verticalAlign: 'middle',
    overflowWrap: 'anywhere'
  },
  samples: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2
  },
  because: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3, whiteSpace: 'nowrap' },
  assign: { width: '240px' },
  sample: { whiteSpace: 'nowrap', overflow: 'hidden', textOverflow: 'ellipsis', maxWidth: '340px' },
  line: { margin: 0 }
})

const mandatory = ['name', 'fqdn', 'guid'] as const satisfies readonly Field[]

/** Why a column was taken for a field, as a person would say it. */
const becauseWords: Readonly<Record<string, string>> = {
  header: 'by its heading',
  content: 'by its content',
  position: 'by its place'
}

interface Choices {
  readonly fields: readonly (Field | null)[]
  readonly header: boolean
  readonly passwords: PasswordForm
}

const choicesOf = ({ columns, header, passwords }: FileSource): Choices => ({
  fields: columns.map((column) => column.field),
  header,
  passwords
})

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
      await askDraft('source.map', { draftId, ...next, fields: [...next.fields] })
      if (latest.current !== next) return
      latest.current = undefined
      setPending(undefined)
    })
  }
  return { choices: pending ?? choicesOf(source), apply }
}

/** The fields with one column's changed: chosen elsewhere before, the field is freed there. */
const assigned = (now: readonly (Field | null)[], column: number, field: Field | null): (Field | null)[] =>
  now.map((one, index) => (index === column ? field : one === field ? null : one))

interface ColumnProps {
  readonly column: Column
  readonly index: number
  readonly field: Field | null
  readonly disabled: boolean
  onAssign(field: Field | null): void
}

function ColumnRow({ column, index, field, disabled, onAssign }: ColumnProps) {
  const styles = useStyles()
  const title = column.title === '' ? `Column ${index + 1}` : column.title
  return (
    <tr data-column={index}>
      <th scope="row" className={styles.cell}>
        {title}
      </th>
      <td className={`${styles.cell} ${styles.samples}`}>
        {column.samples.map((sample, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: samples are texts in file order and may repeat
          <div key={place} className={styles.sample} title={sample}>
            {sample === '' ? '(empty)' : sample}
          </div>
        ))}
      </td>
      <td className={styles.cell}>
        <Select
          className={styles.assign}
          aria-label={`Assign ${title} as`}
          value={field ?? ''}
          disabled={disabled}
          onChange={(_, data) => onAssign(fields.find((one) => one === data.value) ?? null)}
        >
          <option value="">Ignored</option>
          {fields.map((one) => (
            <option key={one} value={one}>
              {fieldTitles[one]}
              {(mandatory as readonly Field[]).includes(one) ? ' (needed)' : ''}
            </option>
          ))}
        </Select>
      </td>
      <td className={`${styles.cell} ${styles.because}`}>
        {field === null ? '' : (becauseWords[column.because] ?? column.because)}
      </td>
    </tr>
  )
}

/** What is not mapped though it is needed, and which columns are left aside. */
function Remarks({ source, choices }: { readonly source: FileSource; readonly choices: Choices }) {
  const styles = useStyles()
  const lacking = mandatory.filter((field) => !choices.fields.includes(field)).map((field) => fieldTitles[field])
  const ignored = source.columns.flatMap((column, index) =>
    choices.fields[index] === null ? [column.title === '' ? `Column ${index + 1}` : column.title] : []
  )
  return (
    <>
      {lacking.length > 0 && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            No column is taken for <strong>{lacking.join(', ')}</strong>. Every computer needs it.
          </MessageBarBody>
        </MessageBar>
      )}
      {ignored.length > 0 && <p className={styles.line}>Ignored: {ignored.join(', ')}.</p>}
    </>
  )
}

function Mapping({ draftId, source }: { readonly draftId: string; readonly source: FileSource }) {
  const styles = useStyles()
  const { choices, apply } = useMapping(draftId, source)
  const locked = !source.atHand
  return (
    <>
      {locked && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            The wizard was restarted and no longer has the file’s bytes. To change the mapping, choose {source.name}{' '}
            again on Select Source; the computers already read stay as they are.
          </MessageBarBody>
        </MessageBar>
      )}
      <Remarks source={source} choices={choices} />
      <Card>
        <Checkbox
          label="This file has column headings"
          checked={choices.header}
          disabled={locked}
          onChange={(_, data) => apply({ header: data.checked === true })}
        />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
        <section className={styles.scroll} tabIndex={0} aria-label="Columns of the file">
          <table className={styles.table}>
            <thead>
              <tr>
                {['Source column', 'Sample data', 'Assign as', 'Why'].map((head) => (
                  <th key={head} scope="col" className={styles.head}>
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {source.columns.map((column, index) => (
                <ColumnRow
                  // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place in the file
                  key={index}
                  column={column}
                  index={index}
                  field={choices.fields[index] ?? null}
                  disabled={locked}
                  onAssign={(field) => apply({ fields: assigned(choices.fields, index, field) })}
                />
              ))}
            </tbody>
          </table>
        </section>
      </Card>
      {!locked && (
        <Choice
          question="How do passwords stand in the file?"
          hint="Base64 is an encoding, not protection: whoever has the file has the passwords."
          options={[
            { value: 'base64', title: 'Base64, as Configuration Manager requires' },
            { value: 'clear', title: 'Clear text' }
          ]}
          value={choices.passwords}
          onChange={(passwords) => apply({ passwords })}
        />
      )}
    </>
  )
}

export function MappingPage() {
  const { id, source } = useCurrentDraft()
  return (
    <>
      <Title intro="Which column holds what? Passwords are shown masked.">Choose Mapping</Title>
      {source?.kind === 'file' ? (
        <Mapping draftId={id} source={source} />
      ) : (
        <Card>Choose a file on Select Source first.</Card>
      )}
    </>
  )
}
