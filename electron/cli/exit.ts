// Exit codes: stable, and never 0 when something is left undone.
import { openJobs, type Totals } from '../../shared/job.ts'

export const exitCodes = {
  /** Everything that was asked for is so. */
  done: 0,
  /** Not all of it: somebody must look (problems are told). */
  person: 1,
  /** The command was not understood. */
  wrongUse: 2,
  /** Work is left that goes on by itself when a program runs: computers wait, sleep, or the import is paused. */
  open: 3,
  /** Another program has the work in its hands. */
  busy: 4
} as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** What the totals of an import come to. */
export function exitOf(totals: Totals): ExitCode {
  if (openJobs(totals) > 0) return exitCodes.open
  return totals.done === totals.all ? exitCodes.done : exitCodes.person
}
