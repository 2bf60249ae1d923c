// The jobs of imports: created in one transaction, moved only along the allowed moves, read back through their schemas.
import type { Computer } from '../../shared/computer.ts'
import { guidKey } from '../../shared/guid.ts'
import { type Facts, type Job, type JobState, moves } from '../../shared/job.ts'
import type { Problem } from '../../shared/problem.ts'
import type { StepName } from '../../shared/steps.ts'
import type { Db } from './database.ts'
import { type Due, dueIn } from './due.ts'
import { type Figures, figuresIn } from './figures.ts'
import type { ImportPlan } from './importPlan.ts'
import { type Imports, importsIn } from './imports.ts'
import { jobOf, type Line } from './jobLine.ts'

/** What may change on a job along with its state; absent = as it is. */
export interface JobChange {
  readonly state?: JobState
  readonly step?: StepName | null
  readonly problem?: Problem | null
  readonly dueAt?: number | null
  readonly asleepUntil?: number | null
  readonly startedAt?: number | null
  readonly endedAt?: number | null
  readonly facts?: Facts
  /** Automatic attempts since a person last asked for one. */
  readonly series?: number
  readonly attempts?: number
}

/** A job as it begins. */
export interface NewJob {
  readonly id: string
  readonly computer: Computer
  readonly notBefore?: number | undefined
  /** It is armed until its computer calls; tried without that at `until` (ms since 1970). */
  readonly awaits?: { readonly until: number; readonly problem: Problem }
}

export interface Jobs extends Omit<Imports, 'addImport'>, Due, Figures {
  create(plan: ImportPlan, computers: readonly NewJob[]): void
  /** Takes the mark "automatic provisioning prevented" from the given jobs (null = all); answers those that had it. */
  allowAutomatic(importId: string, jobIds: readonly string[] | null): Job[]
  of(importId: string): Job[]
  get(id: string): Job | undefined
  series(id: string): number
  change(id: string, change: JobChange): Job
  /** How far the work on a job is; quicker than `change`, because it is written at each step of each computer. */
  note(id: string, facts: Facts, step: StepName | null): void
  /** Slots of the admin passwords that earlier imports had for this computer, newest first. */
  earlierPasswords(guid: string, practice: boolean): string[]
  /** The job of this computer in the newest import of this kind; undefined when none had it. */
  earlierJob(guid: string, practice: boolean): Job | undefined
  /** Slots of secrets of all jobs and their imports, that begin so. */
  slots(beginning: string): string[]
}

/** Column of each changeable property, and how its value is stored. */
const columns = {
  state: 'state',
  step: 'step',
  problem: 'problem',
  dueAt: 'due_at',
  asleepUntil: 'asleep_until',
  startedAt: 'started_at',
  endedAt: 'ended_at',
  facts: 'facts',
  series: 'series',
  attempts: 'attempts'
} as const satisfies Record<keyof JobChange, string>

const stored = (value: unknown): unknown =>
  value !== null && typeof value === 'object' ? JSON.stringify(value) : value

/** The import and job tables of a store. */
export function jobsOf(db: Db): Jobs {
  const { addImport, ...imports } = importsIn(db)
  const putSetUp = db.prepare('INSERT INTO set_ups (job_id, until_at) VALUES (?, ?)')
  const putJob = db.prepare(
    `INSERT INTO jobs (id, import_id, ordinal, guid, computer, not_before, state, due_at, problem)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
  )
  const list = db.prepare<[string], Line>('SELECT * FROM jobs WHERE import_id = ? ORDER BY ordinal')
  const one = db.prepare<[string], Line & { series: number }>('SELECT * FROM jobs WHERE id = ?')
  const earlier = db.prepare<[string, number], { slot: string }>(
    `SELECT DISTINCT jobs.computer ->> '$.adminPassword' AS slot FROM jobs JOIN imports ON imports.id = jobs.import_id
     WHERE jobs.guid = ? AND imports.practice = ? AND slot IS NOT NULL ORDER BY imports.started_at DESC`
  )
  const allow = db.prepare<[{ importId: string; ids: string | null }], Line>(
    `UPDATE jobs SET computer = json_set(computer, '$.automaticPrevented', json('false'))
     WHERE import_id = :importId AND computer ->> '$.automaticPrevented' = 1
       AND (:ids IS NULL OR id IN (SELECT value FROM json_each(:ids))) RETURNING *`
  )
  const known = db.prepare<[string, number], Line>(
    `SELECT jobs.* FROM jobs JOIN imports ON imports.id = jobs.import_id
     WHERE jobs.guid = ? AND imports.practice = ? ORDER BY imports.started_at DESC LIMIT 1`
  )
  const slots = db.prepare<[string, string, string], { slot: string }>(
    `SELECT computer ->> '$.adminPassword' AS slot FROM jobs WHERE slot LIKE ?
     UNION SELECT computer ->> '$.mebxPassword' AS slot FROM jobs WHERE slot LIKE ?
     UNION SELECT computer ->> '$.oneTimePassword' AS slot FROM jobs WHERE slot LIKE ?`
  )
  const noting = db.prepare('UPDATE jobs SET facts = ?, step = ? WHERE id = ?')

  function get(id: string): Job | undefined {
    const line = one.get(id)
    return line && jobOf(line)
  }

  /** Few sets of columns are ever changed together. */
  const settings = new Map<string, ReturnType<Db['prepare']>>()
  function setting(sets: string) {
    const known = settings.get(sets) ?? db.prepare(`UPDATE jobs SET ${sets} WHERE id = ?`)
    settings.set(sets, known)
    return known
  }

  function change(id: string, wanted: JobChange): Job {
    const before = one.get(id)
    if (!before) throw new Error(`no job ${id}`)
    const from = before.state as JobState
    if (wanted.state !== undefined && wanted.state !== from && !moves[from].includes(wanted.state)) {
      throw new Error(`job ${id} cannot move from ${from} to ${wanted.state}`)
    }
    const parts = Object.entries(wanted).filter(([, value]) => value !== undefined)
    if (parts.length > 0) {
      const sets = parts.map(([key]) => `${columns[key as keyof JobChange]} = ?`).join(', ')
      setting(sets).run(...parts.map(([, value]) => stored(value)), id)
    }
    return jobOf(one.get(id) as Line)
  }

  return {
    ...imports,
    ...dueIn(db),
    ...figuresIn(db),
    create(plan, computers) {
      addImport(plan)
      for (const [index, { id, computer, notBefore = null, awaits }] of computers.entries()) {
        const state = awaits ? 'later' : 'waiting'
        const armed = [state, awaits?.until ?? null, awaits ? JSON.stringify(awaits.problem) : null]
        putJob.run(id, plan.id, index + 1, guidKey(computer.guid), JSON.stringify(computer), notBefore, ...armed)
        if (awaits) putSetUp.run(id, awaits.until)
      }
    },
    allowAutomatic: (importId, jobIds) =>
      allow.all({ importId, ids: jobIds === null ? null : JSON.stringify(jobIds) }).map(jobOf),
    of: (importId) => list.all(importId).map(jobOf),
    get,
    series: (id) => one.get(id)?.series ?? 0,
    change,
    note: (id, facts, step) => void noting.run(JSON.stringify(facts), step, id),
    earlierPasswords: (guid, practice) => earlier.all(guid, practice ? 1 : 0).map(({ slot }) => slot),
    earlierJob(guid, practice) {
      const line = known.get(guidKey(guid), practice ? 1 : 0)
      return line && jobOf(line)
    },
    slots: (beginning) => slots.all(`${beginning}%`, `${beginning}%`, `${beginning}%`).map(({ slot }) => slot)
  }
}
