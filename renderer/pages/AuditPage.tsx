// Audit log: what happened, newest first, in sentences; and whether the chain of entries still holds.
import { Button, makeStyles, mergeClasses, SearchBox, Spinner, tokens } from '@fluentui/react-components'
import { ArrowLeftRegular, CheckmarkCircleFilled, ErrorCircleFilled } from '@fluentui/react-icons'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { AuditEntry, Chain } from '../../shared/audit.ts'
import { auditSentence } from '../auditWords.ts'
import { asked } from '../bridge.ts'
import { AuditActions } from '../parts/AuditActions.tsx'
import { Card } from '../parts/Card.tsx'
import { Title } from '../parts/Title.tsx'
import { useTones } from '../parts/tones.tsx'
import { usePlace } from '../placeStore.ts'
import { counted, dateTime, number } from '../words.ts'

const useStyles = makeStyles({
  // Its menu hangs over the table, whose head would else lie above it.
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '8px',
    alignItems: 'center',
    flexShrink: 0,
    position: 'relative',
    zIndex: 2
  },
  search: { width: '320px' },
  grow: { flexGrow: 1 },
  frame: {
    flexGrow: 1,
    flexBasis: 0,
    minHeight: '220px',
    overflow: 'auto',
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` }
  },
  table: {
    width: '100%',
    minWidth: '720px',
    borderCollapse: 'separate',
    borderSpacing: 0,
    fontSize: tokens.fontSizeBase200
  },
  head: {
    position: 'sticky',
    top: 0,
    textAlign: 'left',
    padding: '8px 12px',
    backgroundColor: tokens.colorNeutralBackground3,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    whiteSpace: 'nowrap'
  },
  cell: { padding: '7px 12px', verticalAlign: 'top', borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  short: { whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' },
  right: { textAlign: 'right' },
  words: { overflowWrap: 'anywhere' },
  more: { padding: '10px', textAlign: 'center' },
  chain: { display: 'flex', gap: '10px', alignItems: 'flex-start' },
  icon: { fontSize: '20px', flexShrink: 0 },
  mono: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' }
})

const pageSize = 100

/** Entries that fit the search, newest first, with a way to read older ones. */
function useEntries(search: string): {
  entries: readonly AuditEntry[] | undefined
  more: boolean
  older(): void
  refresh(): void
} {
  const [entries, setEntries] = useState<readonly AuditEntry[]>()
  const [more, setMore] = useState(false)
  const question = useRef(0)
  const read = useCallback(
    async (before: number | null) => {
      const asker = ++question.current
      const answer = await asked('audit.read', { before, count: pageSize, search })
      if (answer === undefined || asker !== question.current) return
      setEntries((known) => (before === null ? answer.entries : [...(known ?? []), ...answer.entries]))
      setMore(answer.more)
    },
    [search]
  )
  useEffect(() => {
    const timer = setTimeout(() => void read(null), search === '' ? 0 : 200)
    return () => clearTimeout(timer)
  }, [read, search])
  return { entries, more, older: () => void read(entries?.at(-1)?.seq ?? null), refresh: () => void read(null) }
}

function ChainCard({ chain }: { readonly chain: Chain }) {
  const styles = useStyles()
  const tones = useTones()
  const Icon = chain.holds ? CheckmarkCircleFilled : ErrorCircleFilled
  return (
    <Card>
      <div className={styles.chain} role="status" data-chain={chain.holds ? 'holds' : 'broken'}>
        <Icon className={mergeClasses(styles.icon, tones[chain.holds ? 'done' : 'person'])} aria-hidden />
        <div>
          <strong>
            {chain.holds
              ? `The chain holds: ${counted(chain.entries, 'entry', 'entries')}, none altered.`
              : `The chain is broken${chain.brokenAt === null ? '' : ` at entry ${number(chain.brokenAt)}`}.`}
          </strong>{' '}
          {chain.why}
          <div>
            Last hash: <span className={styles.mono}>{chain.head}</span>
            {chain.signedTo !== null && chain.signedTo > 0 && `; signed up to entry ${number(chain.signedTo)}`}
          </div>
        </div>
      </div>
    </Card>
  )
}

function Entry({ entry }: { readonly entry: AuditEntry }) {
  const styles = useStyles()
  return (
    <tr data-entry={entry.seq} data-kind={entry.kind}>
      <td className={mergeClasses(styles.cell, styles.short, styles.right)}>{number(entry.seq)}</td>
      <td className={mergeClasses(styles.cell, styles.short)}>{dateTime(entry.at)}</td>
      <td className={mergeClasses(styles.cell, styles.short)}>{entry.actor}</td>
      <td className={mergeClasses(styles.cell, styles.short)}>{entry.computer ?? '–'}</td>
      <td className={mergeClasses(styles.cell, styles.words)}>{auditSentence(entry)}</td>
    </tr>
  )
}

/** The last column takes what the others leave. */
const heads = { 'No.': '5%', When: '14%', Who: '10%', Computer: '14%', What: 'auto' } as const

export function AuditPage() {
  const styles = useStyles()
  const [search, setSearch] = useState('')
  const [chain, setChain] = useState<Chain>()
  const { entries, more, older, refresh } = useEntries(search)
  const [saved, setSaved] = useState('')
  return (
    <>
      <Title intro="Facts that happened, newest first. Entries are appended and chained; none can be altered unnoticed.">
        Audit log
      </Title>
      <div className={styles.bar}>
        <Button icon={<ArrowLeftRegular />} onClick={() => usePlace.getState().goBack()}>
          Back
        </Button>
        <SearchBox
          className={styles.search}
          placeholder="Computer, person, what happened"
          aria-label="Search"
          maxLength={100}
          value={search}
          onChange={(_, data) => setSearch(data.value)}
        />
        <span className={styles.grow} />
        <AuditActions
          onChain={setChain}
          onChange={(said) => {
            setSaved(said)
            setChain(undefined)
            refresh()
          }}
        />
      </div>
      {saved !== '' && <div className={styles.words}>{saved}</div>}
      {chain !== undefined && <ChainCard chain={chain} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={styles.frame} tabIndex={0} aria-label="Entries">
        <table className={styles.table}>
          <thead>
            <tr>
              {Object.entries(heads).map(([head, width]) => (
                <th
                  key={head}
                  scope="col"
                  style={{ width }}
                  className={mergeClasses(styles.head, head === 'No.' && styles.right)}
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
    </>
  )
}
