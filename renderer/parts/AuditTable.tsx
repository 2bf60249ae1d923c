// Audit entries as a table, newest first: of this log, or of another laptop's.
import { Button, makeStyles, mergeClasses, Spinner } from '@fluentui/react-components'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { ShownEntry } from '../../shared/audit.ts'
import { auditSentence } from '../auditWords.ts'
import { asked } from '../bridge.ts'
import { dateTime, number } from '../words.ts'
import { useTableStyles } from './tableStyles.ts'

const useStyles = makeStyles({
  table: { minWidth: '720px' },
  short: { whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' },
  right: { textAlign: 'right' },
  words: { overflowWrap: 'anywhere' },
  // A name of 63 characters breaks; usual ones do not.
  name: { minWidth: '112px', maxWidth: '200px', overflowWrap: 'anywhere' },
  more: { padding: '10px', textAlign: 'center', overflowWrap: 'anywhere' }
})

const pageSize = 100

/** The key of another laptop; null = this log. */
export type Origin = string | null

/** Entries that fit the search, newest first, with a way to read older ones; `written` changes when there are new ones. */
function useEntries(origin: Origin, search: string, written: number) {
  const [entries, setEntries] = useState<readonly ShownEntry[]>()
  const [more, setMore] = useState(false)
  const question = useRef(0)
  const read = useCallback(
    async (before: number | null) => {
      const asker = ++question.current
      const page = { before, count: pageSize, search }
      const answer =
        origin === null ? await asked('audit.read', page) : await asked('audit.readLaptop', { ...page, origin })
      if (answer === undefined || asker !== question.current) return
      setEntries((known) => (before === null ? answer.entries : [...(known ?? []), ...answer.entries]))
      setMore(answer.more)
    },
    [origin, search]
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: new entries are read anew
  useEffect(() => {
    const timer = setTimeout(() => void read(null), search === '' ? 0 : 200)
    return () => clearTimeout(timer)
  }, [read, search, written])
  return { entries, more, older: () => void read(entries?.at(-1)?.seq ?? null) }
}

function Entry({ entry }: { readonly entry: ShownEntry }) {
  const styles = useStyles()
  const { cell } = useTableStyles()
  return (
    <tr data-entry={entry.seq} data-kind={entry.kind}>
      <td className={mergeClasses(cell, styles.short, styles.right)}>{number(entry.seq)}</td>
      <td className={mergeClasses(cell, styles.short)}>{dateTime(entry.at)}</td>
      <td className={mergeClasses(cell, styles.name)}>{entry.actor}</td>
      <td className={mergeClasses(cell, styles.name)}>{entry.computer ?? '–'}</td>
      <td className={mergeClasses(cell, styles.words)}>{auditSentence(entry)}</td>
    </tr>
  )
}

/** The last column takes what the others leave. */
const heads = { 'No.': '5%', When: '14%', Who: '10%', Computer: '14%', What: 'auto' } as const

export function AuditTable(props: { readonly origin: Origin; readonly search: string; readonly written: number }) {
  const { origin, search, written } = props
  const styles = useStyles()
  const tables = useTableStyles()
  const { entries, more, older } = useEntries(origin, search, written)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={mergeClasses(tables.frame, tables.fills)} tabIndex={0} aria-label="Entries">
      <table className={mergeClasses(tables.table, styles.table)}>
        <thead>
          <tr>
            {Object.entries(heads).map(([head, width]) => (
              <th
                key={head}
                scope="col"
                style={{ width }}
                className={mergeClasses(tables.head, head === 'No.' && styles.right)}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries?.map((entry) => (
            <Entry key={entry.seq} entry={entry} />
          ))}
        </tbody>
      </table>
      <div className={styles.more}>
        {entries === undefined && <Spinner size="tiny" label="Reading the entries" />}
        {entries?.length === 0 && (search === '' ? 'Nothing has been recorded yet.' : `No entry fits “${search}”.`)}
        {more && <Button onClick={older}>Show older entries</Button>}
      </div>
    </section>
  )
}
