// The plan of a running import: when the next computers begin, what is left until the next limit, and "Start now anyway".
import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { ArrowExportRegular, CalendarClockRegular, TimerRegular, WarningFilled } from '@fluentui/react-icons'
import { type ReactNode, useState } from 'react'
import type { Import } from '../../shared/contract/views.ts'
import type { Job } from '../../shared/job.ts'
import {
  beginsAt,
  type Countdown,
  countdown,
  type Errand,
  errand,
  type Followed,
  restsUntil
} from '../../shared/schedule/followed.ts'
import { limitTitles } from '../../shared/schedule/words.ts'
import { asked } from '../bridge.ts'
import { useJobs } from '../jobsStore.ts'
import { clockTime, counted, whenWords, zoneOffset } from '../words.ts'
import { Card } from './Card.tsx'
import { Modal } from './Modal.tsx'
import { useTones } from './tones.tsx'
import { useNow } from './useNow.ts'

const useStyles = makeStyles({
  frame: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '6px 20px' },
  lines: { flexGrow: 1, flexBasis: '260px', display: 'flex', flexDirection: 'column', gap: '4px', minWidth: 0 },
  line: {
    display: 'flex',
    gap: '8px',
    margin: 0,
    fontVariantNumeric: 'tabular-nums',
    lineHeight: tokens.lineHeightBase300
  },
  icon: { fontSize: '20px', flexShrink: 0 }
})

const open = ({ state }: Job): boolean => state === 'waiting' || state === 'working' || state === 'later'

/**
 * When the next computer begins that is held back by the plan; undefined when none is. Outside of the change windows that
 * holds back also those to be tried again.
 */
function nextStart(schedule: Followed, jobs: readonly Job[], now: number): number | undefined {
  const rests = restsUntil(schedule, now, zoneOffset) !== undefined
  const held = jobs.filter(({ state }) => state === 'waiting' || (rests && state === 'later'))
  if (held.length === 0) return undefined
  const first = held.reduce((at, { notBefore = 0 }) => Math.min(at, notBefore), Number.POSITIVE_INFINITY)
  return beginsAt(schedule, first, now, zoneOffset)
}

function nextLimit(schedule: Followed, jobs: readonly Job[], now: number): Countdown | undefined {
  if (schedule.anywayAt !== null) return undefined
  const byStart = new Map<number, number>()
  for (const { notBefore } of jobs.filter(open)) {
    if (notBefore !== undefined) byStart.set(notBefore, (byStart.get(notBefore) ?? 0) + 1)
  }
  return countdown(schedule, (batch) => byStart.get(schedule.batches[batch]?.workAt ?? -1) ?? 0, now)
}

function startWords(at: number, now: number): string {
  return at === Number.POSITIVE_INFINITY
    ? 'Nothing more begins: no change window is left.'
    : `Starts at ${whenWords(at, now)}.`
}

/** What the technician has to do outside of the wizard, and by when. */
const errandWords = ({ batch, computers, startsAt, workAt }: Errand, now: number): string =>
  `Export and import batch ${batch} (${counted(computers, 'computer')}) ${
    startsAt > now ? `at ${whenWords(startsAt, now)}, through` : 'now, to be through'
  } by ${clockTime(workAt)}.`

function limitWords({ at, limit, batch, left, open: count }: Countdown, batches: number, now: number): string {
  const which = batches === 1 ? '' : ` of batch ${batch}`
  return `The ${limitTitles[limit]}${which} ${left >= 0 ? 'ends' : 'ended'} at ${whenWords(at, now)}; ${counted(count, 'computer is', 'computers are')} still open.`
}

interface AnywayProps {
  readonly importId: string
  onEnd(): void
}

function Anyway({ importId, onEnd }: AnywayProps) {
  const start = async (): Promise<void> => {
    onEnd()
    // Every waiting job has lost its time: they are read anew.
    if ((await asked('import.startNow', { importId })) !== undefined) await useJobs.getState().open(importId)
  }
  return (
    <Modal
      title="Start now anyway?"
      onCancel={onEnd}
      actions={
        <>
          <Button type="button" autoFocus onClick={onEnd}>
            Cancel
          </Button>
          <Button type="button" appearance="primary" onClick={() => void start()}>
            Start now anyway
          </Button>
        </>
      }
    >
      All computers of this import that wait begin now. Neither its batches nor its change windows hold it back any
      more, also not for further attempts; the audit log says who did it. Computers of a batch that has not been
      exported yet may not be ready.
    </Modal>
  )
}

export function PlanStrip({ current }: { readonly current: Import }) {
  const styles = useStyles()
  const tones = useTones()
  const jobs = useJobs((state) => state.jobs)
  const [asking, setAsking] = useState(false)
  const running = current.state === 'running' || current.state === 'paused'
  const now = useNow(running)
  const { schedule } = current
  if (schedule === undefined || !running) return null
  const all = [...jobs.values()]
  const starts = nextStart(schedule, all, now)
  const limit = nextLimit(schedule, all, now)
  const toDo = errand(schedule, now)
  const laterBatch = all.some(({ state, notBefore }) => state === 'waiting' && (notBefore ?? 0) > now)
  const held = schedule.anywayAt === null && (starts !== undefined || laterBatch)
  const line = (icon: ReactNode, text: string) => (
    <p className={styles.line}>
      {icon}
      <span>{text}</span>
    </p>
  )
  if (starts === undefined && limit === undefined && !held && schedule.fits) return null
  return (
    <Card>
      <div className={styles.frame} data-plan>
        <div className={styles.lines}>
          {starts !== undefined &&
            line(<CalendarClockRegular className={styles.icon} aria-hidden />, startWords(starts, now))}
          {toDo !== undefined &&
            line(<ArrowExportRegular className={styles.icon} aria-hidden />, errandWords(toDo, now))}
          {limit !== undefined &&
            line(
              limit.left >= 0 ? (
                <TimerRegular className={styles.icon} aria-hidden />
              ) : (
                <WarningFilled className={`${styles.icon} ${tones.asleep}`} aria-hidden />
              ),
              limitWords(limit, schedule.batches.length, now)
            )}
          {!schedule.fits &&
            line(
              <WarningFilled className={`${styles.icon} ${tones.asleep}`} aria-hidden />,
              'It was started although the plan does not fit.'
            )}
        </div>
        {held && <Button onClick={() => setAsking(true)}>Start now anyway</Button>}
      </div>
      {asking && <Anyway importId={current.id} onEnd={() => setAsking(false)} />}
    </Card>
  )
}
