// What became of the computers, and why: a bar for each cause.
import { outcomeParts } from '../../../shared/chart.ts'
import type { Job } from '../../../shared/job.ts'
import type { Outcome } from '../../../shared/outcome.ts'
import { counted, number } from '../../words.ts'
import { Chart } from './Chart.tsx'
import { useInks } from './inks.ts'
import { roomFor, shorten } from './labels.ts'

const width = 720
const row = 26

export function OutcomeChart({ jobs, outcome }: { readonly jobs: readonly Job[]; readonly outcome: Outcome }) {
  const inks = useInks()
  const parts = outcomeParts(jobs, outcome)
  const all = parts.reduce((sum, { count }) => sum + count, 0)
  const labels = roomFor(parts.map(({ label }) => label))
  const room = width - labels - 60
  return (
    <Chart
      title="Outcome by cause"
      words={parts.map(({ label, count }) => `${label}: ${counted(count, 'computer')}`).join('; ')}
      width={width}
      height={parts.length * row + 4}
      heads={['Cause', 'Computers']}
      rows={parts.map(({ label, count }) => [label, number(count)])}
    >
      {parts.map(({ label, count, tone }, at) => {
        const long = Math.max(2, (room * count) / Math.max(1, all))
        return (
          <g key={label}>
            <text x={labels - 8} y={at * row + 17} textAnchor="end" className={inks.text}>
              {shorten(label)}
            </text>
            <rect x={labels} y={at * row + 4} width={long} height={18} rx={3} className={inks[tone]} />
            <text x={labels + long + 6} y={at * row + 17} className={inks.text}>
              {number(count)}
            </text>
          </g>
        )
      })}
    </Chart>
  )
}
