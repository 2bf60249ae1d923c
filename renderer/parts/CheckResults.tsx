// What a dry run found: what stands in the way, what would change, what is worth knowing, and each computer.
import { Link, makeStyles, tokens } from '@fluentui/react-components'
import { factWords, resultWords } from '../../shared/checkWords.ts'
import { checkTitles, type Plan } from '../../shared/plan.ts'
import { pageSize, useCheck } from '../checkStore.ts'
import { counted, number } from '../words.ts'

const useStyles = makeStyles({
  line: { margin: 0, lineHeight: tokens.lineHeightBase300 },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px 12px' },
  quiet: { color: tokens.colorNeutralForeground2 },
  table: { borderCollapse: 'collapse', width: '100%' },
  cell: {
    textAlign: 'left',
    verticalAlign: 'top',
    padding: '5px 16px 5px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    fontWeight: tokens.fontWeightRegular,
    overflowWrap: 'anywhere'
  },
  count: { textAlign: 'right', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
  list: {
    margin: 0,
    paddingLeft: '20px',
    lineHeight: tokens.lineHeightBase300,
    display: 'flex',
    flexDirection: 'column',
    gap: '4px'
  },
  names: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  whole: { whiteSpace: 'nowrap' },
  heading: { margin: '6px 0 0', fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  summary: { cursor: 'pointer', width: 'fit-content', color: tokens.colorBrandForegroundLink }
})

/** Computers that the samples stand for. */
const shownOf = (samples: Plan['changes'][number]['samples']): number =>
  samples.reduce((sum, { count }) => sum + count, 0)

function Changes({ plan }: { readonly plan: Plan }) {
  const styles = useStyles()
  if (plan.ready === 0) return null
  return (
    <>
      <h3 className={styles.heading}>What would change</h3>
      {plan.changes.length === 0 ? (
        <p className={styles.line}>Nothing: the ready computers are as the profile wants them.</p>
      ) : (
        <table className={styles.table} data-changes>
          <thead>
            <tr>
              <th scope="col" className={styles.cell}>
                Setting
              </th>
              <th scope="col" className={`${styles.cell} ${styles.count}`}>
                Computers
              </th>
              <th scope="col" className={styles.cell}>
                Most often
              </th>
            </tr>
          </thead>
          <tbody>
            {plan.changes.map(({ setting, count, samples }) => (
              <tr key={setting}>
                <th scope="row" className={styles.cell}>
                  {setting}
                </th>
                <td className={`${styles.cell} ${styles.count}`}>{number(count)}</td>
                <td className={styles.cell}>
                  {samples.map(({ text, count: same }) => (
                    <div key={text}>
                      {text}
                      {samples.length > 1 && <span className={styles.quiet}> ({number(same)})</span>}
                    </div>
                  ))}
                  {count > shownOf(samples) && (
                    <span className={styles.quiet}>and {counted(count - shownOf(samples), 'other')}</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

function Causes({ plan }: { readonly plan: Plan }) {
  const styles = useStyles()
  if (plan.causes.length === 0) return null
  return (
    <>
      <h3 className={styles.heading}>What stands in the way</h3>
      <ul className={styles.list}>
        {plan.causes.map(({ state, title, remedy, count, names }) => (
          <li key={`${state} ${title}`} data-cause={state}>
            <strong>
              {checkTitles[state]}: {counted(count, 'computer')}.
            </strong>{' '}
            {title}. {remedy}
            <div className={styles.names}>
              {names.join(', ')}
              {count > names.length && ` and ${number(count - names.length)} more`}
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}

function Notes({ plan }: { readonly plan: Plan }) {
  const styles = useStyles()
  if (plan.lacks.length + plan.notes.length === 0) return null
  return (
    <>
      <h3 className={styles.heading}>Worth knowing</h3>
      <ul className={styles.list}>
        {plan.lacks.map(({ title, count, why }) => (
          <li key={`${title} ${why}`}>
            <strong>
              {title}, not on {counted(count, 'computer')}.
            </strong>{' '}
            {why}
          </li>
        ))}
        {plan.notes.map(({ text, count }) => (
          <li key={text}>
            {counted(count, 'computer')} {text}
          </li>
        ))}
      </ul>
    </>
  )
}

function Results({ plan }: { readonly plan: Plan }) {
  const styles = useStyles()
  const { checks, from, show } = useCheck()
  if (plan.checked === 0) return null
  return (
    <details>
      <summary className={styles.summary}>Computer by computer</summary>
      <table className={styles.table}>
        <tbody>
          {checks.map((check) => (
            <tr key={check.row}>
              <th scope="row" className={`${styles.cell} ${styles.names} ${styles.whole}`}>
                {check.name}
              </th>
              <td className={styles.cell}>
                {resultWords(check)}
                <div className={styles.quiet}>{factWords(check)}</div>
                {check.stale && <span className={styles.quiet}> (older than the list or the profile)</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {plan.checked > pageSize && (
        <div className={styles.head}>
          <Link disabled={from === 0} onClick={() => void show(Math.max(0, from - pageSize))}>
            Previous
          </Link>
          <span>
            {number(from + 1)} to {number(Math.min(plan.checked, from + pageSize))} of {number(plan.checked)}
          </span>
          <Link disabled={from + pageSize >= plan.checked} onClick={() => void show(from + pageSize)}>
            Next
          </Link>
        </div>
      )}
    </details>
  )
}

/** Everything a dry run has to say. */
export function CheckResults({ plan }: { readonly plan: Plan }) {
  return (
    <>
      <Causes plan={plan} />
      <Changes plan={plan} />
      <Notes plan={plan} />
      <Results plan={plan} />
    </>
  )
}
