// How many computers were done, over time.
import { paceOf } from '../../../shared/chart.ts'
import type { Job } from '../../../shared/job.ts'
import { clockTime, dateTime, number } from '../../words.ts'
import { Chart } from './Chart.tsx'
import { useInks } from './inks.ts'

const frame = { left: 48, top: 8, wide: 650, high: 130 } as const

/** Nothing while fewer than two computers are done. */
export function PaceChart({ jobs, all }: { readonly jobs: readonly Job[]; readonly all: number }) {
  const inks = useInks()
  const points = paceOf(jobs)
  const [first, last] = [points?.[0], points?.at(-1)]
  if (!points || !first || !last) return null
  const { left, top, wide, high } = frame
  const x = (at: number): number => left + (wide * (at - first.at)) / (last.at - first.at)
  const y = (done: number): number => top + high * (1 - done / Math.max(1, all))
  const bottom = top + high
  // A day later the time of the day alone would say little, and within minutes it would say the same twice.
  const lasted = last.at - first.at
  const time = lasted > 20 * 3_600_000 || lasted < 600_000 ? dateTime : clockTime
  return (
    <Chart
      title="Computers done over time"
      words={`${number(last.done)} of ${number(all)} done from ${dateTime(first.at)} to ${dateTime(last.at)}`}
      width={720}
      height={bottom + 26}
      heads={['At', 'Done']}
      rows={points.map(({ at, done }) => [dateTime(at), number(done)])}
    >
      <path d={`M${left} ${top}V${bottom}H${left + wide}`} className={inks.axis} />
      <text x={left - 6} y={top + 10} textAnchor="end" className={inks.quiet}>
        {number(all)}
      </text>
      <text x={left - 6} y={bottom} textAnchor="end" className={inks.quiet}>
        0
      </text>
      <polyline points={points.map(({ at, done }) => `${x(at)},${y(done)}`).join(' ')} className={inks.line} />
      <text x={left} y={bottom + 18} className={inks.quiet}>
        {time(first.at)}
      </text>
      <text x={left + wide} y={bottom + 18} textAnchor="end" className={inks.quiet}>
        {time(last.at)}
      </text>
    </Chart>
  )
}
