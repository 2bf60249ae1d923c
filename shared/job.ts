// One computer's work: its states, the moves allowed between them, totals and time left.
import { z } from 'zod'
import { changesSchema } from './change.ts'
import { computerSchema } from './computer.ts'
import { problemSchema } from './problem.ts'
import { stepSchema } from './steps.ts'

/**
 * `waiting` to be claimed, `working` now, `later` tried and armed again for `dueAt`, `done`,
 * `person` a decision or repair is needed, `stopped` by the technician.
 */
export const jobStates = ['waiting', 'working', 'later', 'done', 'person', 'stopped'] as const
export type JobState = (typeof jobStates)[number]
export const jobStateSchema = z.enum(jobStates)

/** Which state may follow which; the store refuses any other move. */
export const moves: Readonly<Record<JobState, readonly JobState[]>> = {
  waiting: ['working', 'stopped'],
  working: ['done', 'later', 'person', 'stopped', 'waiting'],
  later: ['working', 'waiting', 'stopped', 'person'],
  /** Only a later look at the device finds it taken back. */
  done: ['person'],
  person: ['waiting', 'stopped'],
  stopped: ['waiting']
}

/** What the device said of itself, and what was changed on it (never a secret). */
export const factsSchema = z.object({
  amtVersion: z.string().optional(),
  /** Printable GUID that the device reported. */
  guid: z.string().optional(),
  endpoint: z.string().optional(),
  tls: z.boolean().optional(),
  /** TLS version agreed on, as the runtime calls it: "TLSv1.3". */
  protocol: z.string().optional(),
  /** Which account fitted: its name or origin, never its password. */
  account: z.string().optional(),
  /** Whether users of the directory are let in, and for which realm it was set up. */
  kerberos: z.object({ on: z.boolean(), realm: z.string() }).optional(),
  /** Before and after, setting by setting. */
  changes: changesSchema.optional(),
  /** A person wants more certificates tried than are believed to fit, until the device refuses one. */
  beyondPlaces: z.literal(true).optional(),
  /** What the profile asked for and this firmware or its state does not have, with the reason; shown, not a failure. */
  lacks: z.array(z.object({ step: stepSchema, why: z.string() })).optional()
})
export type Facts = z.infer<typeof factsSchema>

export const jobSchema = z.object({
  id: z.string(),
  importId: z.string(),
  /** Place in the import, from 1. */
  ordinal: z.number().int().positive(),
  computer: computerSchema,
  state: jobStateSchema,
  step: stepSchema.nullable(),
  /** Attempts begun, over all runs. */
  attempts: z.number().int().nonnegative(),
  problem: problemSchema.nullable(),
  /** Earliest time of the next attempt (ms since 1970) while `later`. */
  dueAt: z.number().nullable(),
  /** It does not answer and is looked for until then (ms since 1970); absent when it is not asleep. */
  asleepUntil: z.number().optional(),
  /** Planned beginning of its batch (ms since 1970); absent when nothing was planned. It holds back while `waiting`. */
  notBefore: z.number().optional(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  facts: factsSchema
})
export type Job = z.infer<typeof jobSchema>

export const importStateSchema = z.enum(['running', 'paused', 'stopped', 'finished'])
export type ImportState = z.infer<typeof importStateSchema>

export type Totals = Readonly<Record<JobState, number>> & { readonly all: number }
export const totalsSchema: z.ZodType<Totals> = z.object({
  waiting: z.number(),
  working: z.number(),
  later: z.number(),
  done: z.number(),
  person: z.number(),
  stopped: z.number(),
  all: z.number()
})

/** Counts jobs by state. */
export function totalsOf(jobs: Iterable<Pick<Job, 'state'>>): Totals {
  const totals: Record<JobState | 'all', number> = {
    waiting: 0,
    working: 0,
    later: 0,
    done: 0,
    person: 0,
    stopped: 0,
    all: 0
  }
  for (const { state } of jobs) {
    totals[state] += 1
    totals.all += 1
  }
  return totals
}

/** Jobs that will move by themselves. */
export const openJobs = (totals: Totals): number => totals.waiting + totals.working + totals.later

/**
 * Milliseconds until the open jobs are through, from how long those took that ended and how many run side by side;
 * undefined until three have ended.
 */
export function timeLeft(took: readonly number[], open: number, parallel: number): number | undefined {
  const median = [...took].sort((a, b) => a - b)[Math.floor(took.length / 2)]
  if (took.length < 3 || median === undefined) return undefined
  return Math.ceil(open / Math.max(1, parallel)) * median
}
