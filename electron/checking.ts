// The dry run of a draft: its ready computers one after another in the background, results kept, summed up when asked.
import { createHash } from 'node:crypto'
import type { Computer } from '../shared/computer.ts'
import type { Draft } from '../shared/draft.ts'
import type { Job } from '../shared/job.ts'
import { type Check, type Plan, planOf } from '../shared/plan.ts'
import { fail, ok, type Problem, problem, type Result } from '../shared/problem.ts'
import { asIfTyped } from '../shared/profile/owed.ts'
import type { Drafting } from './drafting/drafting.ts'
import type { Attempt, Tools } from './provision/attempt.ts'
import { type Found, look } from './provision/plan.ts'
import type { KeptCheck } from './store/checks.ts'
import type { ImportPlan } from './store/importPlan.ts'
import type { Store } from './store/store.ts'

export interface Checking {
  /** Begins anew with every ready computer; what runs already goes on. */
  start(draftId: string): Promise<Result<Plan>>
  /** Lets go of the devices at once; what was found so far stays. */
  stop(draftId: string): Promise<Result<Plan>>
  read(draftId: string, from: number, count: number): Promise<Result<{ plan: Plan; checks: Check[] }>>
  close(): Promise<void>
}

export interface CheckingOptions {
  readonly store: Store
  readonly drafting: Drafting
  readonly now: () => number
  readonly actor: string
  readonly toolsFor: (plan: ImportPlan) => Tools
  /** The practice fleet is running when this resolves; nothing to do for real drafts. */
  readonly ready: (practice: boolean) => Promise<void>
  /** GUIDs of devices that somebody other than the queue speaks to; the queue leaves them alone. */
  readonly held: Set<string>
  readonly onChange: (draftId: string) => void
  readonly onBug: (error: unknown) => Problem
}

interface Running {
  readonly abort: AbortController
  readonly end: Promise<void>
}

const hashOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex')

/** What a result of this draft rests on: when it is another, the result is old. Where it came from makes no difference. */
function basisFor({ profile: { origin: _origin, ...profile }, accounts }: Draft): (computer: Computer) => string {
  const shared = hashOf([profile, accounts])
  return (computer) => hashOf([computer, shared])
}

/** A draft as the steps of a take-over want it; it is in no table. */
export const planFor = (draft: Draft, source: string, actor: string, now: number): ImportPlan => ({
  id: draft.id,
  practice: draft.practice,
  source,
  collection: draft.collection,
  route: null,
  answers: draft.answers,
  routes: draft.routes,
  checklist: {},
  profile: asIfTyped(draft.profile),
  accounts: draft.accounts,
  startedAt: now,
  actor
})

/** A row as the steps of a take-over want it; it is in no table. */
const rowAsJob = (draftId: string, row: number, computer: Computer): Job => ({
  id: `check/${draftId}/${row}`,
  importId: draftId,
  ordinal: row + 1,
  computer,
  state: 'working',
  step: null,
  attempts: 1,
  problem: null,
  dueAt: null,
  startedAt: null,
  endedAt: null,
  facts: {}
})

const notLooked = (computer: Computer, found: Problem): Found => ({
  name: computer.name,
  state: 'other',
  problem: found,
  facts: {},
  clockOff: null,
  room: null,
  mac: 'unknown',
  differences: []
})

/** The dry runs over the drafts of a store. */
export function checkingOf(options: CheckingOptions): Checking {
  const { store, drafting, now, held, onChange } = options
  const running = new Map<string, Running>()
  const kept = new Map<string, Map<number, KeptCheck>>()

  function known(draftId: string): Map<number, KeptCheck> {
    const found = kept.get(draftId) ?? new Map(store.checks.of(draftId).map((check) => [check.row, check]))
    kept.set(draftId, found)
    return found
  }

  async function read(draftId: string, from: number, count: number): Promise<Result<{ plan: Plan; checks: Check[] }>> {
    const ready = await drafting.ready(draftId)
    if (!ready.ok) return ready
    const { draft, computers, rows } = ready.value
    const results = known(draftId)
    const basisOf = basisFor(draft)
    const all = computers.flatMap((computer, at): Check[] => {
      const check = results.get(rows[at] ?? -1)
      if (!check) return []
      const { basis, ...rest } = check
      return [{ ...rest, stale: basis !== basisOf(computer) }]
    })
    return ok({ plan: planOf(all, computers.length, running.has(draftId)), checks: all.slice(from, from + count) })
  }

  const planNow = async (draftId: string): Promise<Result<Plan>> => {
    const found = await read(draftId, 0, 0)
    return found.ok ? ok(found.value.plan) : found
  }

  /** Looks at one computer, unless somebody speaks to its device already. */
  async function lookAt(attempt: Attempt): Promise<Result<Found>> {
    const { computer } = attempt.job
    if (held.has(computer.guid) || store.jobs.isWorkedOn(computer.guid))
      return ok(notLooked(computer, problem('device-in-use')))
    held.add(computer.guid)
    try {
      return await look(attempt)
    } catch (error) {
      return ok(notLooked(computer, options.onBug(error)))
    } finally {
      held.delete(computer.guid)
    }
  }

  async function run(draftId: string, signal: AbortSignal): Promise<void> {
    const ready = await drafting.ready(draftId)
    if (!ready.ok) return
    const { draft, computers, rows, source } = ready.value
    const plan = planFor(draft, source, options.actor, now())
    const tools = options.toolsFor(plan)
    const basisOf = basisFor(draft)
    const waiting = computers.map((computer, at) => ({ computer, row: rows[at] ?? at }))
    async function worker(): Promise<void> {
      for (let next = waiting.shift(); next && !signal.aborted; next = waiting.shift()) {
        const { computer, row } = next
        const job = rowAsJob(draftId, row, computer)
        const found = await lookAt({ tools, plan, job, signal, found: {}, facts: {} })
        // The draft may have been discarded meanwhile.
        if (!found.ok || !drafting.open(draftId).ok) return
        const check = { ...found.value, row, at: now(), basis: basisOf(computer) }
        store.checks.save(draftId, check)
        known(draftId).set(row, check)
        onChange(draftId)
      }
    }
    await Promise.all(Array.from({ length: Math.min(tools.pace.parallel, waiting.length) }, worker))
    const through = await planNow(draftId)
    if (through.ok)
      store.audit.append('computers checked', { source, checked: through.value.checked, ready: through.value.ready })
  }

  return {
    read,
    async start(draftId) {
      const ready = await drafting.ready(draftId)
      if (!ready.ok) return ready
      if (ready.value.computers.length === 0)
        return fail('not-ready', { values: { what: 'There is no computer to check yet.' } })
      await options.ready(ready.value.draft.practice)
      if (!running.has(draftId)) {
        store.checks.clear(draftId)
        kept.set(draftId, new Map())
        const abort = new AbortController()
        const end = run(draftId, abort.signal)
          .catch((error: unknown) => void options.onBug(error))
          .finally(() => {
            running.delete(draftId)
            onChange(draftId)
          })
        running.set(draftId, { abort, end })
      }
      return planNow(draftId)
    },
    async stop(draftId) {
      const current = running.get(draftId)
      current?.abort.abort()
      await current?.end
      return planNow(draftId)
    },
    async close() {
      const all = [...running.values()]
      for (const { abort } of all) abort.abort()
      await Promise.all(all.map(({ end }) => end))
    }
  }
}
