// The advice: the route that applies, every route's conditions met, not met or open, and what the answers entail.
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CheckmarkCircleFilled, DismissCircleRegular, InfoRegular, QuestionCircleRegular } from '@fluentui/react-icons'
import {
  type Answers,
  advise,
  type Condition,
  type RouteCounts,
  type RouteVerdict,
  routeTitles
} from '../../shared/strategy.ts'
import { counted, number } from '../words.ts'
import { Card } from './Card.tsx'
import { useTones } from './tones.tsx'

const useStyles = makeStyles({
  // Scrolls by itself, so that the advice stays in view while the last questions are answered.
  panels: {
    display: 'flex',
    flexDirection: 'column',
    gap: '10px',
    minWidth: 0,
    position: 'sticky',
    top: 0,
    maxHeight: 'calc(100vh - 150px)',
    overflowY: 'auto',
    scrollbarWidth: 'thin',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
    '& > *': { flexShrink: 0 },
    '@media (max-width: 900px)': { position: 'static', maxHeight: 'none' }
  },
  answer: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold
  },
  route: {
    padding: '8px 16px',
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1
  },
  heading: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  rule: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, margin: '0 0 4px' },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '6px' },
  item: { display: 'flex', gap: '8px', fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  icon: { fontSize: '16px', flexShrink: 0 },
  word: { fontWeight: tokens.fontWeightSemibold },
  head: { display: 'flex', justifyContent: 'space-between', gap: '8px', alignItems: 'baseline' },
  counts: { borderCollapse: 'collapse', width: '100%', fontSize: tokens.fontSizeBase200 },
  countTitle: {
    textAlign: 'left',
    fontWeight: tokens.fontWeightRegular,
    padding: '2px 0',
    '& svg': { verticalAlign: 'text-bottom', marginRight: '4px' }
  },
  count: { textAlign: 'right', fontVariantNumeric: 'tabular-nums', fontWeight: tokens.fontWeightSemibold },
  verdict: { fontSize: tokens.fontSizeBase200, whiteSpace: 'nowrap' }
})

const ruleWords: Readonly<Record<RouteVerdict['rule'], string>> = {
  when: 'when this applies',
  all: 'if all of these',
  any: 'if any of these'
}

const countRows = [
  { key: 'in-band', title: routeTitles['in-band'], tone: 'done', icon: CheckmarkCircleFilled },
  { key: 'with-export', title: routeTitles['with-export'], tone: 'done', icon: CheckmarkCircleFilled },
  { key: 'without-export', title: routeTitles['without-export'], tone: 'done', icon: CheckmarkCircleFilled },
  { key: 'open', title: 'Not decided yet', tone: 'asleep', icon: QuestionCircleRegular },
  { key: 'none', title: 'No route is possible', tone: 'person', icon: DismissCircleRegular }
] as const

const standing = {
  met: { icon: CheckmarkCircleFilled, tone: 'done', word: 'Met' },
  notMet: { icon: DismissCircleRegular, tone: 'quiet', word: 'Not met' },
  open: { icon: QuestionCircleRegular, tone: 'asleep', word: 'Open' }
} as const

const standingOf = (met: boolean | undefined) => standing[met === undefined ? 'open' : met ? 'met' : 'notMet']
const verdictWord = (applies: boolean | undefined): string =>
  applies === undefined ? 'Still open' : applies ? 'Applies' : 'Does not apply'

function ConditionLine({ condition }: { readonly condition: Condition }) {
  const styles = useStyles()
  const tones = useTones()
  const { icon: Icon, tone, word } = standingOf(condition.met)
  return (
    <li className={styles.item} data-met={word}>
      <Icon className={mergeClasses(styles.icon, tones[tone])} aria-hidden />
      <span>
        <span className={styles.word}>{word}: </span>
        {condition.text}
      </span>
    </li>
  )
}

function Verdict({ verdict, chosen }: { readonly verdict: RouteVerdict; readonly chosen: boolean }) {
  const styles = useStyles()
  const tones = useTones()
  return (
    <section className={styles.route} data-route={verdict.route} aria-label={routeTitles[verdict.route]}>
      <div className={styles.head}>
        <h2 className={styles.heading}>{routeTitles[verdict.route]}</h2>
        <span className={mergeClasses(styles.verdict, tones[chosen ? 'done' : 'quiet'])}>
          {verdictWord(verdict.applies)}
        </span>
      </div>
      <p className={styles.rule}>{ruleWords[verdict.rule]}</p>
      <ul className={styles.list}>
        {verdict.conditions.map((condition) => (
          <ConditionLine key={condition.text} condition={condition} />
        ))}
      </ul>
    </section>
  )
}

/** What the advice comes to, in one line. */
function conclusion({ route, verdicts }: ReturnType<typeof advise>): string {
  if (route !== undefined) return routeTitles[route]
  if (verdicts.every(({ applies }) => applies === false)) return 'None of the three routes applies yet'
  return 'Not decided yet: some answers are still open'
}

/** How many computers can take which route, once a list is read. */
function Distribution({ counts }: { readonly counts: RouteCounts }) {
  const styles = useStyles()
  const tones = useTones()
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  if (total === 0) return null
  return (
    <Card title={`By the facts of each row: ${counted(total, 'computer')}`}>
      <table className={styles.counts}>
        <tbody>
          {countRows
            .filter(({ key }) => counts[key] > 0)
            .map(({ key, title, tone, icon: Icon }) => (
              <tr key={key} data-count={key}>
                <th scope="row" className={styles.countTitle}>
                  <Icon className={mergeClasses(styles.icon, tones[tone])} aria-hidden /> {title}
                </th>
                <td className={styles.count}>{number(counts[key])}</td>
              </tr>
            ))}
        </tbody>
      </table>
      <p className={styles.rule}>A row’s own facts win over the answers. Each row says why in the Data Preview.</p>
    </Card>
  )
}

interface AdviceProps {
  readonly answers: Answers
  readonly counts: RouteCounts
}

export function AdvicePanel({ answers, counts }: AdviceProps) {
  const styles = useStyles()
  const advice = advise(answers)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={styles.panels} tabIndex={0} aria-label="Advice and routes">
      <Card title="Advice">
        <p className={styles.answer} aria-live="polite" data-advice={advice.route ?? ''}>
          {conclusion(advice)}
        </p>
        {advice.notes.length > 0 && (
          <ul className={styles.list} aria-label="What to know">
            {advice.notes.map((note) => (
              <li key={note} className={styles.item}>
                <InfoRegular className={styles.icon} aria-hidden />
                {note}
              </li>
            ))}
          </ul>
        )}
      </Card>
      <Distribution counts={counts} />
      {advice.verdicts.map((verdict) => (
        <Verdict key={verdict.route} verdict={verdict} chosen={verdict.route === advice.route} />
      ))}
    </section>
  )
}
