// The head of the progress page: how many are taken over, what is left, one bar of all computers by state, and which are listed.
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { Import } from '../../shared/contract/views.ts'
import type { JobState } from '../../shared/job.ts'
import { outcomeWords } from '../../shared/outcome.ts'
import { useJobs } from '../jobsStore.ts'
import { duration, number } from '../words.ts'
import { Card } from './Card.tsx'
import { BadgeToggle, jobLooks } from './tones.tsx'

const useStyles = makeStyles({
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', gap: '4px 12px' },
  big: { fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold, fontVariantNumeric: 'tabular-nums' },
  left: { flexGrow: 1, color: tokens.colorNeutralForeground2 },
  chips: { display: 'flex', flexWrap: 'wrap', gap: '6px' },
  bar: {
    display: 'flex',
    height: '10px',
    overflow: 'hidden',
    borderRadius: tokens.borderRadiusCircular,
    backgroundColor: tokens.colorNeutralBackground6,
    '@media (forced-colors: active)': { border: '1px solid CanvasText' }
  },
  part: { height: '100%' },
  done: {
    backgroundColor: tokens.colorStatusSuccessBackground3,
    // The chips say the rest in words.
    '@media (forced-colors: active)': { forcedColorAdjust: 'none', backgroundColor: 'Highlight' }
  },
  working: { backgroundColor: tokens.colorCompoundBrandStroke },
  later: { backgroundColor: tokens.colorPaletteMarigoldBackground3 },
  person: { backgroundColor: tokens.colorStatusDangerBackground3 }
})

const chipWords: Readonly<Record<JobState, string>> = {
  done: 'done',
  working: 'working',
  waiting: 'waiting',
  later: 'try later',
  stopped: 'stopped',
  person: 'need you'
}
const chips: readonly JobState[] = ['done', 'working', 'waiting', 'later', 'stopped', 'person']
const parts = ['done', 'working', 'later', 'person'] as const

/** "about 11 min left", or what stands in its way. */
function leftWords({ state, timeLeft, schedule, totals, flow }: Import): string {
  if (state === 'paused') return 'paused'
  if (state === 'stopped') return 'stopped'
  if (state === 'finished') return 'finished'
  if (flow.awaited > 0 && totals.waiting + totals.working === 0) return 'waiting for hellos'
  // The plan below says when it begins.
  if (schedule !== undefined && timeLeft === null && totals.working === 0) return ''
  return timeLeft === null
    ? 'time left is known once a few are done'
    : `about ${duration(timeLeft)} ${schedule === undefined ? '' : 'of work '}left`
}

const chipOf = (state: JobState, value: number): string =>
  `${number(value)} ${value === 1 && state === 'person' ? 'needs you' : value === 1 && state === 'later' ? 'tries later' : chipWords[state]}`

export function TotalsCard({ current }: { readonly current: Import }) {
  const styles = useStyles()
  const { totals } = current
  const only = useJobs((state) => state.only)
  const shown = chips.filter((state) => totals[state] > 0 || state === only)
  return (
    <Card>
      <div className={styles.line}>
        <span className={styles.big} data-headline>
          {number(totals.done)} of {number(totals.all)} {outcomeWords[current.outcome].headline}
        </span>
        <span className={styles.left}>{leftWords(current)}</span>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame */}
        <span className={styles.chips} role="group" aria-label="Show">
          {shown.map((state) => (
            <BadgeToggle
              key={state}
              tone={jobLooks[state].tone}
              pressed={only === state}
              title={only === state ? 'Show all computers' : 'Show only these'}
              onPress={() => useJobs.getState().show(only === state ? null : state)}
            >
              {chipOf(state, totals[state])}
            </BadgeToggle>
          ))}
        </span>
      </div>
      <div className={styles.bar} role="img" aria-label={shown.map((state) => chipOf(state, totals[state])).join(', ')}>
        {parts.map((state) => (
          <div
            key={state}
            className={mergeClasses(styles.part, styles[state])}
            style={{ width: `${(100 * totals[state]) / Math.max(1, totals.all)}%` }}
          />
        ))}
      </div>
    </Card>
  )
}
