// How much of each window is gone: one bar for each batch that has a limit and open computers.
import type { Job } from '../../../shared/job.ts'
import type { Followed } from '../../../shared/schedule/followed.ts'
import { limitTitles } from '../../../shared/schedule/words.ts'
import { counted, duration, whenWords } from '../../words.ts'
import { useNow } from '../useNow.ts'
import { Chart } from './Chart.tsx'
import { useInks } from './inks.ts'
import { roomFor } from './labels.ts'

const width = 720
const row = 26
const wide = 300
/** More bars than these nobody looks at; the table has all of them. */
const most = 12

interface Window {
  readonly batch: number
  readonly limit: string
  readonly from: number
  readonly to: number
  readonly open: number
}

const isOpen = ({ state }: Job): boolean => state === 'waiting' || state === 'working' || state === 'later'

function windowsOf({ batches }: Followed, jobs: readonly Job[]): readonly Window[] {
  const open = new Map<number, number>()
  for (const job of jobs) {
    if (isOpen(job) && job.notBefore !== undefined) open.set(job.notBefore, (open.get(job.notBefore) ?? 0) + 1)
  }
  const windows = batches.flatMap(({ deadline, startsAt, workAt }, index) => {
    const count = open.get(workAt) ?? 0
    if (deadline === null || count === 0) return []
    return [{ batch: index + 1, limit: limitTitles[deadline.limit], from: startsAt, to: deadline.at, open: count }]
  })
  return windows.sort((a, b) => a.to - b.to)
}

const titleOf = ({ batch, limit }: Window): string => `Batch ${batch}, ${limit}`

const leftWords = ({ to }: Window, now: number): string =>
  to >= now ? `${duration(to - now)} left` : `ended ${duration(now - to)} ago`

/** Nothing when no batch with open computers has a limit. */
export function WindowChart({ jobs, schedule }: { readonly jobs: readonly Job[]; readonly schedule: Followed }) {
  const inks = useInks()
  const now = useNow(true, 10_000)
  const windows = windowsOf(schedule, jobs)
  if (windows.length === 0) return null
  const drawn = windows.slice(0, most)
  const others = windows.length - drawn.length
  const labels = roomFor(drawn.map(titleOf))
  return (
    <Chart
      title="Windows that are open"
      words={[
        ...drawn.map((each) => `${titleOf(each)}: ${leftWords(each, now)}`),
        ...(others > 0 ? [`${counted(others, 'more', 'more')}, which end later`] : [])
      ].join('; ')}
      width={width}
      height={(drawn.length + (others > 0 ? 1 : 0)) * row + 4}
      heads={['Batch', 'Limit', 'Ends', 'Still open']}
      rows={windows.map(({ batch, limit, to, open }) => [
        String(batch),
        limit,
        whenWords(to, now),
        counted(open, 'computer')
      ])}
    >
      {drawn.map((each, at) => {
        const gone = Math.min(1, Math.max(0, (now - each.from) / Math.max(1, each.to - each.from)))
        const y = at * row
        return (
          <g key={each.batch}>
            <text x={labels - 8} y={y + 17} textAnchor="end" className={inks.text}>
              {titleOf(each)}
            </text>
            <rect x={labels} y={y + 4} width={wide} height={18} rx={3} className={inks.room} />
            <rect
              x={labels}
              y={y + 4}
              width={wide * gone}
              height={18}
              rx={3}
              className={inks[gone < 0.75 ? 'done' : gone < 1 ? 'later' : 'person']}
            />
            <text x={labels + wide + 8} y={y + 17} className={inks.text}>
              {leftWords(each, now)}
            </text>
          </g>
        )
      })}
      {others > 0 && (
        <text x={labels} y={drawn.length * row + 17} className={inks.quiet}>
          {`and ${counted(others, 'more', 'more')}, which end later: see the table`}
        </text>
      )}
    </Chart>
  )
}
