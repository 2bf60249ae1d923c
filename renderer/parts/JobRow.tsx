// One job: who, in which state, at which step, for how long, and what a person can do about it.
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus stays on the frame, or on the buttons inside
// biome-ignore-all lint/a11y/useSemanticElements: rows that are drawn only in view cannot be table elements
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { ChevronDownRegular, ChevronRightRegular, EyeRegular } from '@fluentui/react-icons'
import { memo } from 'react'
import { standing } from '../../shared/change.ts'
import type { Job } from '../../shared/job.ts'
import { type Outcome, outcomeWords } from '../../shared/outcome.ts'
import { localTime } from '../../shared/schedule/words.ts'
import { steps, stepTitles } from '../../shared/steps.ts'
import { useJobs } from '../jobsStore.ts'
import { usePlace } from '../placeStore.ts'
import { counted, stopwatch, whenWords, zoneOffset } from '../words.ts'
import { AutomaticMark } from './AutomaticCard.tsx'
import { ChangeList, LackList, UndoButton } from './ChangeList.tsx'
import { DeviceLogList } from './DeviceLogList.tsx'
import { HelloClock } from './hello/HelloClock.tsx'
import { JobActions } from './JobActions.tsx'
import { ProblemWords } from './ProblemStrip.tsx'
import { jobLooks, useTones } from './tones.tsx'

export const jobTemplate = '112px 112px minmax(200px, 1fr) 48px 284px'

const useStyles = makeStyles({
  row: {
    position: 'absolute',
    left: 0,
    right: 0,
    minWidth: 'fit-content',
    boxSizing: 'border-box',
    display: 'grid',
    gridTemplateColumns: jobTemplate,
    columnGap: '16px',
    alignItems: 'start',
    padding: '8px 12px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`
  },
  // Names of 63 characters often differ in their last ones only: they are shown whole.
  name: { fontWeight: tokens.fontWeightSemibold, lineHeight: '20px', padding: '2px 0', overflowWrap: 'anywhere' },
  state: { display: 'flex', alignItems: 'center', gap: '6px', lineHeight: '24px', whiteSpace: 'nowrap' },
  icon: { fontSize: '20px', flexShrink: 0 },
  step: { minWidth: 0, display: 'flex', flexDirection: 'column', gap: '6px' },
  words: { lineHeight: '24px', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  bar: { height: '3px', borderRadius: tokens.borderRadiusCircular, backgroundColor: tokens.colorNeutralBackground6 },
  filled: {
    height: '100%',
    borderRadius: tokens.borderRadiusCircular,
    backgroundColor: 'currentColor',
    '@media (forced-colors: active)': { forcedColorAdjust: 'none', backgroundColor: 'Highlight' }
  },
  time: { textAlign: 'right', lineHeight: '24px', fontVariantNumeric: 'tabular-nums' },
  more: {
    gridColumn: '3 / -1',
    marginTop: '6px',
    padding: '8px 12px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300
  },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px', marginTop: '6px' },
  mono: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere' }
})

/** What goes on, in one line. */
function stepWords(job: Job, outcome: Outcome, now: number, goesOn: number | undefined): string {
  const { state, step, problem, facts } = job
  if (state === 'working') {
    return step === null ? 'Beginning' : `${stepTitles[step]} (${steps.indexOf(step) + 1} of ${steps.length})`
  }
  if (state === 'person') return problem?.title ?? 'A decision is needed'
  if (state === 'later' && job.asleepUntil !== undefined) {
    return `Asleep; looked for until ${localTime(job.asleepUntil, zoneOffset)}`
  }
  if (state === 'later') {
    const again = goesOn === undefined ? 'tries again later' : `tries again at ${whenWords(goesOn, now)}`
    return problem === null ? again : `${problem.title}; ${again}`
  }
  if (state === 'done') {
    const changed = standing(facts.changes).length
    return outcome === 'removed'
      ? outcomeWords.removed.one
      : `${outcomeWords.takenOver.one}; ${changed === 0 ? 'nothing had to be changed' : counted(changed, 'change')}`
  }
  if (state === 'stopped') {
    return problem?.code === 'set-aside' ? problem.meaning : 'Stopped; nothing more is done to it'
  }
  if (goesOn === Number.POSITIVE_INFINITY) return 'Waiting, but no change window is left'
  return goesOn === undefined ? 'Waiting for its turn' : `Starts at ${whenWords(goesOn, now)}`
}

/** How much of the steps is behind, 0..1. */
const share = ({ state, step }: Job): number =>
  state === 'done' ? 1 : step === null ? 0 : (steps.indexOf(step) + (state === 'working' ? 0.5 : 0)) / steps.length

function timeOf({ state, startedAt, endedAt }: Job, now: number): string {
  if (startedAt === null) return '–'
  if (state === 'working') return stopwatch(now - startedAt)
  return endedAt === null ? '–' : stopwatch(endedAt - startedAt)
}

/** What the device said and what was changed on it. */
function Facts({ job }: { readonly job: Job }) {
  const styles = useStyles()
  const { amtVersion, guid, endpoint, tls, protocol, account, changes } = job.facts
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['AMT version', amtVersion],
    ['Its SMBIOS GUID', guid],
    [
      'Reached at',
      endpoint === undefined
        ? undefined
        : `${endpoint}${tls === true ? `, encrypted${protocol === undefined ? '' : ` (${protocol})`}` : tls === false ? ', not encrypted' : ''}`
    ],
    ['Account that fitted', account]
  ]
  return (
    <>
      {changes !== undefined && changes.length > 0 && <ChangeList changes={changes} />}
      <LackList job={job} />
      {lines.map(([term, text]) =>
        text === undefined ? null : (
          <div key={term}>
            {term}: <span className={styles.mono}>{text}</span>
          </div>
        )
      )}
    </>
  )
}

/** Nothing works on the device of such a job. */
const resting: readonly Job['state'][] = ['done', 'person', 'stopped']

const hasMore = ({ problem, facts, computer }: Job): boolean =>
  problem !== null || Object.keys(facts).length > 0 || computer.automaticPrevented

interface JobRowProps {
  readonly importId: string
  readonly job: Job
  readonly index: number
  readonly top: number
  /** Ticks only while the row shows a running time. */
  readonly now: number
  /** When it goes on by itself, as far as that is known (ms since 1970; Infinity = never). */
  readonly goesOn: number | undefined
  readonly open: boolean
  readonly measure: (element: Element | null) => void
  readonly onToggle: (id: string) => void
}

function JobRowPlain({ importId, job, index, top, now, goesOn, open, measure, onToggle }: JobRowProps) {
  const styles = useStyles()
  const tones = useTones()
  const { icon: Icon, tone, word } = jobLooks[job.state]
  const outcome = useJobs((state) => state.import?.outcome ?? 'takenOver')
  const words = stepWords(job, outcome, now, goesOn)
  return (
    <div
      ref={measure}
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      data-job={job.computer.name}
      data-state={job.state}
      className={styles.row}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div role="cell" className={styles.name} title={job.computer.fqdn}>
        {job.computer.name}
      </div>
      <div role="cell" className={styles.state}>
        <Icon className={mergeClasses(styles.icon, tones[tone])} aria-hidden />
        {word}
      </div>
      <div role="cell" className={styles.step}>
        <div className={styles.words} title={words}>
          {words}
        </div>
        <div className={mergeClasses(styles.bar, tones[tone])}>
          <div className={styles.filled} style={{ width: `${100 * share(job)}%` }} />
        </div>
      </div>
      <div role="cell" className={styles.time}>
        {timeOf(job, now)}
      </div>
      <JobActions importId={importId} job={job}>
        {hasMore(job) && (
          <Button
            size="small"
            appearance="subtle"
            icon={open ? <ChevronDownRegular /> : <ChevronRightRegular />}
            aria-expanded={open}
            aria-label={`Details of ${job.computer.name}`}
            onClick={() => onToggle(job.id)}
          >
            Details
          </Button>
        )}
      </JobActions>
      {open && (
        <div role="cell" className={styles.more}>
          {job.problem !== null && <ProblemWords problem={job.problem} />}
          <HelloClock job={job} />
          <Facts job={job} />
          <AutomaticMark importId={importId} job={job} />
          {resting.includes(job.state) && (
            <div className={styles.buttons}>
              <UndoButton importId={importId} job={job} />
              {job.state === 'done' && <DeviceLogList importId={importId} job={job} />}
              <Button
                size="small"
                icon={<EyeRegular />}
                aria-label={`Look into ${job.computer.name}`}
                onClick={() => usePlace.getState().lookInto(importId, job)}
              >
                Look into the device
              </Button>
            </div>
          )}
        </div>
      )}
    </div>
  )
}

export const JobRow = memo(JobRowPlain)
