// Progress: one line that is drawn over and over on a terminal; nothing where the output is read by a program.
import { openJobs, type Totals } from '../../shared/job.ts'
import { duration } from './words.ts'

type Output = Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>

export interface Bar {
  draw(totals: Totals, timeLeft: number | null): void
  /** Takes the line away, so that something else can be printed. */
  clear(): void
}

const width = 24

/** "[######··········] 12 of 30, 2 need a person, about 3 min left" */
export function barText(totals: Totals, timeLeft: number | null): string {
  const through = totals.all - openJobs(totals)
  const full = totals.all === 0 ? 0 : Math.floor((width * through) / totals.all)
  return [
    `[${'#'.repeat(full)}${'·'.repeat(width - full)}] ${through} of ${totals.all}`,
    ...(totals.person > 0 ? [`${totals.person} need${totals.person === 1 ? 's' : ''} a person`] : []),
    ...(openJobs(totals) > 0 && timeLeft !== null ? [`about ${duration(timeLeft)} left`] : [])
  ].join(', ')
}

/** A bar on an output; on a pipe it draws nothing. */
export function barOn(output: Output): Bar {
  if (!output.isTTY) return { draw: () => undefined, clear: () => undefined }
  const erase = '\r\u001b[K'
  return {
    draw: (totals, timeLeft) =>
      void output.write(`${erase}${barText(totals, timeLeft).slice(0, (output.columns ?? 80) - 1)}`),
    clear: () => void output.write(erase)
  }
}
