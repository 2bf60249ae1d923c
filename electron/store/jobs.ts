// Imports and jobs: created in one transaction, moved only along the allowed moves, read back through their schemas.
import { z } from 'zod'
import type { Computer } from '../../shared/computer.ts'
import { guidKey } from '../../shared/guid.ts'
import {
  type Facts,
  type ImportState,
  importStateSchema,
  type Job,
  type JobState,
  jobSchema,
  moves,
  type StepName
} from '../../shared/job.ts'
import type { Problem } from '../../shared/problem.ts'
import { type Account, accountSchema, profileSchema } from '../../shared/profile.ts'
import { routeSchema } from '../../shared/strategy.ts'
import type { Db } from './database.ts'

/** What an import was started with; fixed from then on. */
export const importPlanSchema = z.object({
  id: z.string(),
  practice: z.boolean(),
  source: z.string(),
  collection: z.string(),
  route: routeSchema.nullable(),
  profile: profileSchema,
  accounts: z.array(accountSchema),
  startedAt: z.number(),
  /** Operating-system user who started it. */
  actor: z.string()
})
export type ImportPlan = z.infer<typeof importPlanSchema>
export type KeptImport = ImportPlan & { readonly state: ImportState }

/** What may change on a job along with its state; absent = as it is. */
export interface JobChange {
  readonly state?: JobState
  readonly step?: StepName | null
  readonly problem?: Problem | null
  readonly dueAt?: number | null
  readonly startedAt?: number | null
  readonly endedAt?: number | null
  readonly facts?: Facts
  /** Automatic attempts since a person last asked for one. */
  readonly series?: number
  readonly attempts?: number
}

export interface Jobs {
  create(plan: ImportPlan, computers: readonly { id: string; computer: Computer }[]): void
  imports(): KeptImport[]
  import(id: string): KeptImport | undefined
  setImportState(id: string, state: ImportState): void
  /** Adds a candidate; nothing else of a plan ever changes. */
  addAccount(id: string, account: Account): void
  of(importId: string): Job[]
  get(id: string): Job | undefined
  series(id: string): number
  /** The next due job of a running import whose GUID is in nobody's hands; not moved yet. */
  nextDue(now: number, busy: readonly string[]): Job | undefined
  /** When the next armed job becomes due; undefined when none is armed. */
  nextDueAt(): number | undefined
  change(id: string, change: JobChange): Job
  /** Slots of the admin passwords that earlier imports had for this computer, newest first. */
  earlierPasswords(guid: string, practice: boolean): string[]
  /** Jobs found `working`: their process ended under them. */
  interrupted(): Job[]
}

interface Line {
  readonly id: string
  readonly import_id: string
  readonly ordinal: number
  readonly computer: string
  readonly state: string
  readonly step: string | null
  readonly attempts: number
  readonly problem: string | null
  readonly due_at: number | null
  readonly started_at: number | null
  readonly ended_at: number | null
  readonly facts: string
}

const json = (text: string): unknown => JSON.parse(text)

const jobOf = (line: Line): Job =>
  jobSchema.parse({
    id: line.id,
    importId: line.import_id,
    ordinal: line.ordinal,
    computer: json(line.computer),
    state: line.state,
    step: line.step,
    attempts: line.attempts,
    problem: line.problem === null ? null : json(line.problem),
    dueAt: line.due_at,
    startedAt: line.started_at,
    endedAt: line.ended_at,
    facts: json(line.facts)
  })

/** Column of each changeable property, and how its value is stored. */
const columns = {
  state: 'state',
  step: 'step',
  problem: 'problem',
  dueAt: 'due_at',
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
  const putImport = db.prepare('INSERT INTO imports (id, body, state, practice, started_at) VALUES (?, ?, ?, ?, ?)')
  const putJob = db.prepare(
    "INSERT INTO jobs (id, import_id, ordinal, guid, computer, state) VALUES (?, ?, ?, ?, ?, 'waiting')"
  )
  const importLines = db.prepare<[], { body: string; state: string }>(
    'SELECT body, state FROM imports ORDER BY started_at DESC'
  )
  const importLine = db.prepare<[string], { body: string; state: string }>(
    'SELECT body, state FROM imports WHERE id = ?'
  )
  const setBody = db.prepare('UPDATE imports SET body = ? WHERE id = ?')
  const setState = db.prepare('UPDATE imports SET state = ? WHERE id = ?')
  const list = db.prepare<[string], Line>('SELECT * FROM jobs WHERE import_id = ? ORDER BY ordinal')
  const one = db.prepare<[string], Line & { series: number }>('SELECT * FROM jobs WHERE id = ?')
  const due = db.prepare<[number, string], Line>(
    `SELECT jobs.* FROM jobs JOIN imports ON imports.id = jobs.import_id
     WHERE imports.state = 'running' AND (jobs.state = 'waiting' OR (jobs.state = 'later' AND jobs.due_at <= ?))
       AND jobs.guid NOT IN (SELECT value FROM json_each(?))
     ORDER BY jobs.state = 'later', jobs.due_at, imports.started_at, jobs.ordinal LIMIT 1`
  )
  const armed = db.prepare<[], { at: number | null }>(
    `SELECT min(jobs.due_at) AS at FROM jobs JOIN imports ON imports.id = jobs.import_id
     WHERE imports.state = 'running' AND jobs.state = 'later'`
  )
  const working = db.prepare<[], Line>("SELECT * FROM jobs WHERE state = 'working' ORDER BY import_id, ordinal")

  const earlier = db.prepare<[string, number], { slot: string }>(
    `SELECT DISTINCT jobs.computer ->> '$.adminPassword' AS slot FROM jobs JOIN imports ON imports.id = jobs.import_id
     WHERE jobs.guid = ? AND imports.practice = ? AND slot IS NOT NULL ORDER BY imports.started_at DESC`
  )

  const importOf = (line: { body: string; state: string }): KeptImport => ({
    ...importPlanSchema.parse(json(line.body)),
    state: importStateSchema.parse(line.state)
  })

  function get(id: string): Job | undefined {
    const line = one.get(id)
    return line && jobOf(line)
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
      db.prepare(`UPDATE jobs SET ${sets} WHERE id = ?`).run(...parts.map(([, value]) => stored(value)), id)
    }
    return jobOf(one.get(id) as Line)
  }

  return {
    create(plan, computers) {
      putImport.run(plan.id, JSON.stringify(plan), 'running', plan.practice ? 1 : 0, plan.startedAt)
      for (const [index, { id, computer }] of computers.entries()) {
        putJob.run(id, plan.id, index + 1, guidKey(computer.guid), JSON.stringify(computer))
      }
    },
    imports: () => importLines.all().map(importOf),
    import(id) {
      const line = importLine.get(id)
      return line && importOf(line)
    },
    setImportState: (id, state) => void setState.run(state, id),
    addAccount(id, account) {
      const line = importLine.get(id)
      if (!line) throw new Error(`no import ${id}`)
      const plan = importPlanSchema.parse(json(line.body))
      setBody.run(JSON.stringify({ ...plan, accounts: [account, ...plan.accounts] }), id)
    },
    of: (importId) => list.all(importId).map(jobOf),
    get,
    series: (id) => one.get(id)?.series ?? 0,
    nextDue(now, busy) {
      const line = due.get(now, JSON.stringify(busy.map(guidKey)))
      return line && jobOf(line)
    },
    nextDueAt: () => armed.get()?.at ?? undefined,
    change,
    earlierPasswords: (guid, practice) => earlier.all(guid, practice ? 1 : 0).map(({ slot }) => slot),
    interrupted: () => working.all().map(jobOf)
  }
}
