// Who calls: one row a computer, with what it claims, how long it goes on, and what can be done about it.
import { Button, Checkbox, Link, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { Caller } from '../../../shared/contract/outOfBand.ts'
import { rootName, rootWords } from '../../../shared/knownRoots.ts'
import { useHello } from '../../helloStore.ts'
import { usePlace } from '../../placeStore.ts'
import { counted, draftName, number, whenWords } from '../../words.ts'
import { useTableStyles } from '../tableStyles.ts'
import { Badge } from '../tones.tsx'
import { useNow } from '../useNow.ts'
import { WindowWords } from './WindowWords.tsx'

const useStyles = makeStyles({
  frame: { minHeight: '160px' },
  table: { minWidth: '1080px' },
  mono: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere' },
  whole: { whiteSpace: 'nowrap' },
  quiet: { color: tokens.colorNeutralForeground3 },
  list: { margin: 0, paddingLeft: '16px' },
  summary: { cursor: 'pointer', width: 'fit-content', color: tokens.colorBrandForegroundLink },
  link: { fontSize: 'inherit', overflowWrap: 'anywhere' },
  actions: { display: 'flex', gap: '6px' }
})

/** Roots with names first: those are what a bought provisioning certificate ends at. */
function Roots({ hashes }: Pick<Caller, 'hashes'>) {
  const styles = useStyles()
  if (hashes.length === 0) return <>Certificate; it names no root</>
  const named = hashes.filter((hash) => rootName(hash) !== undefined)
  const others = hashes.length - named.length
  const list = [...named, ...hashes.filter((hash) => rootName(hash) === undefined)]
  return (
    <>
      Certificate, {counted(hashes.length, 'root')}
      {others > 0 && <span className={styles.quiet}>, {number(others)} not widely known</span>}
      <details>
        <summary className={styles.summary}>Which ones</summary>
        <ul className={styles.list}>
          {list.map((hash) => (
            <li key={hash} title={hash}>
              {rootWords(hash)}
            </li>
          ))}
        </ul>
      </details>
    </>
  )
}

/** Whose it is, as far as the GUID tells. */
function Whose({ caller }: { readonly caller: Caller }) {
  const styles = useStyles()
  const draft = usePlace(({ snapshot }) => snapshot?.drafts.find(({ id }) => id === caller.draftId))
  const found = usePlace(({ snapshot }) => snapshot?.imports.find(({ id }) => id === caller.job?.importId))
  const { openDraft, openImport } = usePlace.getState()
  if (caller.job !== null) {
    return (
      <>
        {caller.job.name} of{' '}
        {found === undefined ? (
          'an import'
        ) : (
          <Link className={styles.link} onClick={() => void openImport(found, 'progress')}>
            {found.source}
          </Link>
        )}
      </>
    )
  }
  if (draft !== undefined) {
    return (
      <>
        In the draft{' '}
        <Link className={styles.link} onClick={() => void openDraft(draft.id)}>
          {draftName(draft)}
        </Link>
      </>
    )
  }
  return <span className={styles.quiet}>Nobody expects it</span>
}

interface RowProps {
  readonly caller: Caller
  readonly now: number
  onClaim(guids: readonly string[]): void
}

function Row({ caller, now, onClaim }: RowProps) {
  const styles = useStyles()
  const tables = useTableStyles()
  const chosen = useHello((state) => state.chosen.has(caller.guid))
  const { choose, ignore } = useHello.getState()
  const { guid, address, version, pid, hashes, credentialsSet, count, firstAt, lastAt, reopened } = caller
  const cell = (extra = ''): string => mergeClasses(tables.cell, extra)
  return (
    <tr data-caller={guid}>
      <td className={cell()}>
        <Checkbox
          aria-label={`Choose ${guid}`}
          checked={chosen}
          onChange={(_, { checked }) => choose([guid], checked === true)}
        />
      </td>
      <td className={cell()}>
        <div className={mergeClasses(styles.mono, styles.whole)}>{guid}</div>
        <Whose caller={caller} />
      </td>
      <td className={mergeClasses(tables.cell, styles.mono, !address.includes(':') && styles.whole)}>{address}</td>
      <td className={cell()}>
        {version === 2 ? (
          <>
            PID <span className={styles.mono}>{pid}</span> and its PPS
          </>
        ) : (
          <Roots hashes={hashes} />
        )}
        {credentialsSet && <div className={styles.quiet}>Says that its admin password is set</div>}
      </td>
      <td className={cell()}>
        {counted(count, 'call')}
        <div className={mergeClasses(styles.quiet, styles.whole)}>last {whenWords(lastAt, now)}</div>
        {count > 1 && <div className={mergeClasses(styles.quiet, styles.whole)}>first {whenWords(firstAt, now)}</div>}
        {reopened > 0 && <Badge tone="quiet">{`began anew ${counted(reopened, 'time')}`}</Badge>}
      </td>
      <td className={cell()}>
        <WindowWords heard={caller} now={now} />
      </td>
      <td className={cell()}>
        <div className={styles.actions}>
          {caller.job === null && caller.draftId === null && !caller.ignored && (
            <Button size="small" appearance="primary" aria-label={`Claim ${guid}`} onClick={() => onClaim([guid])}>
              Claim
            </Button>
          )}
          <Button
            size="small"
            aria-label={`${caller.ignored ? 'No longer ignore' : 'Ignore'} ${guid}`}
            onClick={() => void ignore([guid], !caller.ignored)}
          >
            {caller.ignored ? 'Do not ignore' : 'Ignore'}
          </Button>
        </div>
      </td>
    </tr>
  )
}

const heads = [
  'Computer',
  'Address',
  'Lets itself be set up by',
  'Calls',
  'Goes on calling',
  'What you can do'
] as const

export function CallerTable(props: { readonly callers: readonly Caller[]; onClaim(guids: readonly string[]): void }) {
  const { callers, onClaim } = props
  const styles = useStyles()
  const tables = useTableStyles()
  const now = useNow(true, 5_000)
  const chosen = useHello((state) => state.chosen)
  const all = callers.map(({ guid }) => guid)
  const some = all.some((guid) => chosen.has(guid))
  const every = all.every((guid) => chosen.has(guid))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={mergeClasses(tables.frame, styles.frame)} tabIndex={0} aria-label="Callers">
      <table className={mergeClasses(tables.table, styles.table)}>
        <thead>
          <tr>
            <th scope="col" className={tables.head}>
              <Checkbox
                aria-label="Choose all"
                checked={every ? true : some ? 'mixed' : false}
                onChange={(_, { checked }) => useHello.getState().choose(all, checked === true)}
              />
            </th>
            {heads.map((head) => (
              <th key={head} scope="col" className={tables.head}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {callers.map((caller) => (
            <Row key={caller.guid} caller={caller} now={now} onClaim={onClaim} />
          ))}
        </tbody>
      </table>
    </section>
  )
}
