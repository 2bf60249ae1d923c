// Progress: one line that is drawn over and over on a terminal; nothing where the output is read by a program.
import { openJobs, type Totals } from '../../shared/job.ts'
import type { Plan } from '../../shared/plan.ts'
import { duration } from './words.ts'

type Output = Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>

export interface Bar {
  draw(text: string): void
  /** Takes the line away, so that something else can be printed. */
  clear(): void
}

const width = 24

/** "[######··········] 12 of 30, 2 need a person" */
export function barText(through: number, all: number, more: readonly string[]): string {
  const full = all === 0 ? 0 : Math.floor((width * through) / all)
  return [`[${'#'.repeat(full)}${'·'.repeat(width - full)}] ${through} of ${all}`, ...more].join(', ')
}

const needing = (persons: number): string[] =>
  persons > 0 ? [`${persons} need${persons === 1 ? 's' : ''} a person`] : []

/** How far an import is: "[######··········] 12 of 30, 2 need a person, about 3 min left" */
export function importBar(totals: Totals, timeLeft: number | null): string {
  const open = openJobs(totals)
  const left = open > 0 && timeLeft !== null ? [`about ${duration(timeLeft)} left`] : []
  return barText(totals.all - open, totals.all, [...needing(totals.person), ...left])
}

/** How far a dry run is. */
export const checkBar = ({ checked, total, ready }: Plan): string => barText(checked, total, needing(checked - ready))

/** A bar on an output; on a pipe it draws nothing. */
export function barOn(output: Output): Bar {
  if (!output.isTTY) return { draw: () => undefined, clear: () => undefined }
  const erase = '\r\u001b[K'
  return {
    draw: (text) => void output.write(`${erase}${text.slice(0, (output.columns || 80) - 1)}`),
    clear: () => void output.write(erase)
  }
}

/** The bar of a command; none where every line is JSON. */
export const barFor = (json: boolean): Bar =>
  barOn(json ? { write: () => true, isTTY: false, columns: 0 } : process.stderr)
