// What can be counted of jobs: how many are where, what stands in their way, how long they took.

import { z } from 'zod'
import { type JobState, type Totals, totalsOf } from '../../shared/job.ts'
import { type ProblemCode, problemCodes } from '../../shared/problem.ts'
import type { Db } from './database.ts'

export interface Figures {
  totals(importId: string): Totals
  /** Jobs that do not answer and are looked for. */
  asleep(importId: string): string[]
  /** Whether an open job of an import needs a network: any whose address is not on this computer itself. */
  needsNetwork(importId: string): boolean
  /** How often each problem stands in the way of a job that needs a person, most frequent first. */
  causes(importId: string): { readonly code: ProblemCode; readonly count: number }[]
  /** How long the last 200 computers of an import took that ended (ms): how it goes now, not in the morning. */
  took(importId: string): number[]
  /** How many computers have the mark "automatic provisioning prevented". */
  prevented(importId: string): number
  /** How long the last computers took that were done, from their first attempt to the proof (ms). */
  times(practice: boolean): number[]
}

const problemCodeSchema = z.enum(problemCodes)
const noJobs = totalsOf([])

/** The figures of a store. */
export function figuresIn(db: Db): Figures {
  const countStates = db.prepare<[string], { state: JobState; count: number }>(
    'SELECT state, count(*) AS count FROM jobs WHERE import_id = ? GROUP BY state'
  )
  const sleeping = db.prepare<[string], { id: string }>(
    "SELECT id FROM jobs WHERE import_id = ? AND asleep_until IS NOT NULL AND state = 'later'"
  )
  const outside = db.prepare<[string]>(
    `SELECT 1 FROM jobs WHERE import_id = ? AND state IN ('waiting', 'working', 'later')
       AND computer ->> '$.address' NOT LIKE '127.%' LIMIT 1`
  )
  const countCauses = db.prepare<[string], { code: string; count: number }>(
    `SELECT problem ->> '$.code' AS code, count(*) AS count FROM jobs
     WHERE import_id = ? AND state = 'person' AND problem IS NOT NULL GROUP BY 1 ORDER BY 2 DESC`
  )
  const tookIn = db.prepare<[string], { ms: number }>(
    `SELECT ended_at - started_at AS ms FROM jobs WHERE import_id = ? AND state IN ('done', 'person')
     AND ended_at IS NOT NULL AND started_at IS NOT NULL ORDER BY ended_at DESC LIMIT 200`
  )
  const marked = db.prepare<[string], { count: number }>(
    "SELECT count(*) AS count FROM jobs WHERE import_id = ? AND computer ->> '$.automaticPrevented' = 1"
  )
  const took = db.prepare<[number], { ms: number }>(
    `SELECT jobs.ended_at - jobs.started_at AS ms FROM jobs JOIN imports ON imports.id = jobs.import_id
     WHERE jobs.state = 'done' AND imports.practice = ? AND ms IS NOT NULL ORDER BY jobs.ended_at DESC LIMIT 1000`
  )
  return {
    totals(importId) {
      const found = Object.fromEntries(countStates.all(importId).map(({ state, count }) => [state, count]))
      const all = Object.values(found).reduce((sum, count) => sum + count, 0)
      return { ...noJobs, ...found, all }
    },
    asleep: (importId) => sleeping.all(importId).map(({ id }) => id),
    needsNetwork: (importId) => outside.get(importId) !== undefined,
    causes: (importId) =>
      countCauses.all(importId).map(({ code, count }) => ({ code: problemCodeSchema.parse(code), count })),
    took: (importId) => tookIn.all(importId).map(({ ms }) => ms),
    prevented: (importId) => marked.get(importId)?.count ?? 0,
    times: (practice) => took.all(practice ? 1 : 0).map(({ ms }) => ms)
  }
}
