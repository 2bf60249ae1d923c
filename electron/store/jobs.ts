// Imports and jobs: created in one transaction, moved only along the allowed moves, read back through their schemas.
import { z } from 'zod'
import { type Tick, ticked, ticksSchema } from '../../shared/checklist.ts'
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
  type Totals,
  totalsOf
} from '../../shared/job.ts'
import { type Problem, type ProblemCode, problemCodes, problemSchema } from '../../shared/problem.ts'
import { type Account, accountSchema, profileSchema } from '../../shared/profile.ts'
import { runningSchema } from '../../shared/running.ts'
import { followedSchema } from '../../shared/schedule/followed.ts'
import type { StepName } from '../../shared/steps.ts'
import { answersSchema, routeCountsSchema, routeSchema } from '../../shared/strategy.ts'
import type { Db } from './database.ts'

/** What an import was started with; fixed from then on, but for accounts that are added and the checklist that is ticked. */
export const importPlanSchema = z.object({
  id: z.string(),
  /** The draft it was, by which results of other laptops find it; absent in imports of earlier versions. */
  draftId: z.string().optional(),
  practice: z.boolean(),
  source: z.string(),
  collection: z.string(),
  route: routeSchema.nullable(),
  answers: answersSchema,
  /** Its computers by the route that each could take at Start. */
  routes: routeCountsSchema,
  checklist: ticksSchema,
  profile: profileSchema,
  accounts: z.array(accountSchema),
  startedAt: z.number(),
  /** Operating-system user who started it. */
  actor: z.string(),
  /** The plan it follows; absent when it was simply started. */
  schedule: followedSchema.optional(),
  /** How it runs; absent = as imports of its kind begin. */
  running: runningSchema.optional(),
  /** Why it paused by itself; absent or null when it did not. */
  held: problemSchema.nullable().optional(),
  /** Causes that a person resumed it in spite of: they do not pause it again. */
  accepted: z.array(z.enum(problemCodes)).optional()
})
export type ImportPlan = z.infer<typeof importPlanSchema>
export type KeptImport = ImportPlan & { readonly state: ImportState }

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

/** What a job is looked for among: those of one import that are due, whose device nobody has and whose subnet has room. */
export interface Search {
  readonly importId: string
  readonly now: number
  /** GUIDs in somebody's hands. */
  readonly busy?: readonly string[]
  /** Subnets without room. */
  readonly full?: readonly string[]
  /** Jobs whose subnet is being looked up. */
  readonly unplaced?: readonly string[]
  /** Only those that were tried before and are armed again. */
  readonly onlyAgain?: boolean
}

/** A job as it begins. */
export interface NewJob {
  readonly id: string
  readonly computer: Computer
  readonly notBefore?: number | undefined
  /** It is armed until its computer calls; tried without that at `until` (ms since 1970). */
  readonly awaits?: { readonly until: number; readonly problem: Problem }
}

export interface Jobs {
  create(plan: ImportPlan, computers: readonly NewJob[]): void
  imports(): KeptImport[]
  running(): KeptImport[]
  import(id: string): KeptImport | undefined
  setImportState(id: string, state: ImportState): void
  /** Adds a candidate. */
  addAccount(id: string, account: Account): void
  /** From `at` on no planned time holds the import's jobs back. */
  startAnyway(id: string, at: number): void
  /** How it runs from now on, and why it does not. */
  alter(id: string, change: Pick<ImportPlan, 'running' | 'held' | 'accepted'>): void
  /** Sets a tick of the checklist, or takes it back. */
  tick(id: string, item: string, tick: Tick | null): void
  /** Takes the mark "automatic provisioning prevented" from the given jobs (null = all); answers those that had it. */
  allowAutomatic(importId: string, jobIds: readonly string[] | null): Job[]
  /** How many computers have that mark. */
  prevented(importId: string): number
  of(importId: string): Job[]
  totals(importId: string): Totals
  /** Jobs that do not answer and are looked for. */
  asleep(importId: string): string[]
  /** Whether an open job of an import needs a network: any whose address is not on this computer itself. */
  needsNetwork(importId: string): boolean
  /** How often each problem stands in the way of a job that needs a person, most frequent first. */
  causes(importId: string): { readonly code: ProblemCode; readonly count: number }[]
  /** How long the last 1,000 computers of an import took that ended (ms). */
  took(importId: string): number[]
  get(id: string): Job | undefined
  series(id: string): number
  /** The next due job of an import, with its subnet once that is known; not moved yet. What waits goes before what is tried again. */
  nextDue(search: Search): { readonly job: Job; readonly subnet: string | undefined } | undefined
  /** When the next armed or planned job of an import becomes due, after the given time; undefined when there is none. */
  nextDueAt(importId: string, after: number): number | undefined
  setSubnet(id: string, subnet: string): void
  /** Whether a job is at work on the device with this GUID. */
  isWorkedOn(guid: string): boolean
  change(id: string, change: JobChange): Job
  /** How long the last computers took that were done, from their first attempt to the proof (ms). */
  times(practice: boolean): number[]
  /** Slots of the admin passwords that earlier imports had for this computer, newest first. */
  earlierPasswords(guid: string, practice: boolean): string[]
  /** The job of this computer in the newest import of this kind; undefined when none had it. */
  earlierJob(guid: string, practice: boolean): Job | undefined
  /** Slots of secrets of all jobs and their imports, that begin so. */
  slots(beginning: string): string[]
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
  readonly not_before: number | null
  readonly asleep_until: number | null
  readonly subnet: string | null
  readonly started_at: number | null
  readonly ended_at: number | null
  readonly facts: string
}

interface DueParameters {
  readonly importId: string
  readonly now: number
  readonly busy: string
  readonly full: string
  readonly unplaced: string
}

const problemCodeSchema = z.enum(problemCodes)
const noJobs = totalsOf([])

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
    ...(line.not_before !== null && { notBefore: line.not_before }),
    ...(line.asleep_until !== null && { asleepUntil: line.asleep_until }),
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
  const putImport = db.prepare('INSERT INTO imports (id, body, state, practice, started_at) VALUES (?, ?, ?, ?, ?)')
  const putSetUp = db.prepare('INSERT INTO set_ups (job_id, until_at) VALUES (?, ?)')
  const putJob = db.prepare(
    `INSERT INTO jobs (id, import_id, ordinal, guid, computer, not_before, state, due_at, problem)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
  )
  const importLines = db.prepare<[], { body: string; state: string }>(
    'SELECT body, state FROM imports ORDER BY started_at DESC'
  )
  const runningLines = db.prepare<[], { body: string; state: string }>(
    "SELECT body, state FROM imports WHERE state = 'running' ORDER BY started_at"
  )
  const importLine = db.prepare<[string], { body: string; state: string }>(
    'SELECT body, state FROM imports WHERE id = ?'
  )
  const setBody = db.prepare('UPDATE imports SET body = ? WHERE id = ?')
  const setState = db.prepare('UPDATE imports SET state = ? WHERE id = ?')
  const list = db.prepare<[string], Line>('SELECT * FROM jobs WHERE import_id = ? ORDER BY ordinal')
  const one = db.prepare<[string], Line & { series: number }>('SELECT * FROM jobs WHERE id = ?')
  const clearPlanned = db.prepare('UPDATE jobs SET not_before = NULL WHERE import_id = ?')
  const free = `import_id = @importId AND guid NOT IN (SELECT value FROM json_each(@busy))
     AND id NOT IN (SELECT value FROM json_each(@unplaced))
     AND (subnet IS NULL OR subnet NOT IN (SELECT value FROM json_each(@full)))`
  const dueFirst = db.prepare<DueParameters, Line>(
    `SELECT * FROM jobs WHERE state = 'waiting' AND ${free} AND (not_before IS NULL OR not_before <= @now)
     ORDER BY not_before, ordinal LIMIT 1`
  )
  const dueAgain = db.prepare<DueParameters, Line>(
    `SELECT * FROM jobs WHERE state = 'later' AND ${free} AND due_at <= @now ORDER BY due_at LIMIT 1`
  )
  const armed = db.prepare<{ importId: string; after: number }, { at: number | null }>(
    `SELECT min(at) AS at FROM (
       SELECT min(due_at) AS at FROM jobs WHERE import_id = @importId AND state = 'later' AND due_at > @after
       UNION ALL
       SELECT min(not_before) FROM jobs WHERE import_id = @importId AND state = 'waiting' AND not_before > @after)`
  )
  const place = db.prepare('UPDATE jobs SET subnet = ? WHERE id = ?')
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
     AND ended_at IS NOT NULL AND started_at IS NOT NULL ORDER BY ended_at DESC LIMIT 1000`
  )
  const atWork = db.prepare<[string]>("SELECT 1 FROM jobs WHERE guid = ? AND state = 'working' LIMIT 1")
  const working = db.prepare<[], Line>("SELECT * FROM jobs WHERE state = 'working' ORDER BY import_id, ordinal")

  const marked = db.prepare<[string], { count: number }>(
    "SELECT count(*) AS count FROM jobs WHERE import_id = ? AND computer ->> '$.automaticPrevented' = 1"
  )
  const took = db.prepare<[number], { ms: number }>(
    `SELECT jobs.ended_at - jobs.started_at AS ms FROM jobs JOIN imports ON imports.id = jobs.import_id
     WHERE jobs.state = 'done' AND imports.practice = ? AND ms IS NOT NULL ORDER BY jobs.ended_at DESC LIMIT 1000`
  )
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
  /** The plan read last: a running import is asked for between any two steps of its computers. */
  let lastRead: { readonly body: string; readonly plan: ImportPlan } | undefined
  function planOf(body: string): ImportPlan {
    if (lastRead?.body !== body) lastRead = { body, plan: importPlanSchema.parse(json(body)) }
    return lastRead.plan
  }
  const importOf = (line: { body: string; state: string }): KeptImport => ({
    ...planOf(line.body),
    state: importStateSchema.parse(line.state)
  })

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

  function amend(id: string, change: (plan: ImportPlan) => Partial<ImportPlan>): void {
    const line = importLine.get(id)
    if (!line) throw new Error(`no import ${id}`)
    const plan = importPlanSchema.parse(json(line.body))
    setBody.run(JSON.stringify({ ...plan, ...change(plan) }), id)
  }

  return {
    create(plan, computers) {
      putImport.run(plan.id, JSON.stringify(plan), 'running', plan.practice ? 1 : 0, plan.startedAt)
      for (const [index, { id, computer, notBefore = null, awaits }] of computers.entries()) {
        const state = awaits ? 'later' : 'waiting'
        const armed = [state, awaits?.until ?? null, awaits ? JSON.stringify(awaits.problem) : null]
        putJob.run(id, plan.id, index + 1, guidKey(computer.guid), JSON.stringify(computer), notBefore, ...armed)
        if (awaits) putSetUp.run(id, awaits.until)
      }
    },
    imports: () => importLines.all().map(importOf),
    running: () => runningLines.all().map(importOf),
    import(id) {
      const line = importLine.get(id)
      return line && importOf(line)
    },
    setImportState: (id, state) => void setState.run(state, id),
    addAccount: (id, account) => amend(id, ({ accounts }) => ({ accounts: [account, ...accounts] })),
    startAnyway(id, at) {
      amend(id, ({ schedule }) => (schedule ? { schedule: { ...schedule, anywayAt: at } } : {}))
      clearPlanned.run(id)
    },
    alter: (id, altered) => amend(id, () => altered),
    tick: (id, item, tick) => amend(id, ({ checklist }) => ({ checklist: ticked(checklist, item, tick) })),
    allowAutomatic: (importId, jobIds) =>
      allow.all({ importId, ids: jobIds === null ? null : JSON.stringify(jobIds) }).map(jobOf),
    prevented: (importId) => marked.get(importId)?.count ?? 0,
    of: (importId) => list.all(importId).map(jobOf),
    get,
    series: (id) => one.get(id)?.series ?? 0,
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
    nextDue({ importId, now, busy = [], full = [], unplaced = [], onlyAgain = false }) {
      const parameters = {
        importId,
        now,
        busy: JSON.stringify(busy.map(guidKey)),
        full: JSON.stringify(full),
        unplaced: JSON.stringify(unplaced)
      }
      const line = (onlyAgain ? undefined : dueFirst.get(parameters)) ?? dueAgain.get(parameters)
      return line && { job: jobOf(line), subnet: line.subnet ?? undefined }
    },
    nextDueAt: (importId, after) => armed.get({ importId, after })?.at ?? undefined,
    setSubnet: (id, subnet) => void place.run(subnet, id),
    isWorkedOn: (guid) => atWork.get(guidKey(guid)) !== undefined,
    change,
    times: (practice) => took.all(practice ? 1 : 0).map(({ ms }) => ms),
    earlierPasswords: (guid, practice) => earlier.all(guid, practice ? 1 : 0).map(({ slot }) => slot),
    earlierJob(guid, practice) {
      const line = known.get(guidKey(guid), practice ? 1 : 0)
      return line && jobOf(line)
    },
    slots: (beginning) => slots.all(`${beginning}%`, `${beginning}%`, `${beginning}%`).map(({ slot }) => slot),
    interrupted: () => working.all().map(jobOf)
  }
}
