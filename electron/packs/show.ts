// Lets the jobs of a plan show what the results that came back say; run again it changes nothing.
import { guidKey } from '../../shared/guid.ts'
import { type Job, openJobs } from '../../shared/job.ts'
import { problem } from '../../shared/problem.ts'
import type { KeptImport } from '../store/importPlan.ts'
import type { KeptResult } from '../store/packs.ts'
import type { Store } from '../store/store.ts'
import { judge } from './judge.ts'
import { judged, ownResult, resultOf } from './results.ts'

export interface ShowTools {
  readonly store: Store
  /** Signing key of this installation. */
  readonly self: string
  readonly newId: () => string
  readonly nameOf: (origin: string) => string
  readonly onJob: (job: Job) => void
}

/** What became of the results of a plan. */
export interface Shown {
  /** Jobs that show another result than before. */
  taken: number
  /** Jobs that wait for a person's choice. */
  conflicts: number
  /** Jobs in work here: looked at again later. */
  working: number
}

export const importOfPlan = (store: Store, planId: string): KeptImport | undefined =>
  store.jobs.imports().find(({ draftId }) => draftId === planId)

/**
 * Puts this laptop's own work beside the results that are known, before others come. Work that went on from a result, or from
 * two that differ, settles what was known then.
 */
export function noteOwn(kept: KeptImport, planId: string, { store, self }: ShowTools): void {
  const known = store.packs.results(planId)
  for (const job of store.jobs.of(kept.id)) {
    const rev = ownResult(store, job)
    if (rev === undefined) continue
    const guid = guidKey(job.computer.guid)
    store.packs.addResult(planId, { guid, origin: self, rev, body: resultOf(store, job) })
    const others = known.filter((result) => result.guid === guid)
    if (store.packs.shown(job.id) !== undefined)
      store.packs.choose(planId, guid, {
        origin: self,
        over: Object.fromEntries(others.map((each) => [each.origin, each.rev]))
      })
    store.packs.show(job.id, { origin: self, rev, ownRev: rev })
  }
}

const aboutJob = (job: Job) => ({ importId: job.importId, jobId: job.id, computer: job.computer.name })

/** The job's secrets in the store: those in use become so here, what was in use before is kept as former. */
function takeSecrets(job: Job, practice: boolean, { body }: KeptResult, inUse: boolean, store: Store): void {
  const { guid } = job.computer
  for (const { slot, purpose, username, role } of body.secrets) {
    const kind = purpose as Parameters<Store['secrets']['promote']>[2] & string
    store.secrets.add({ slot, guid, username, role: 'pending', practice, jobId: job.id, purpose: kind })
    if (inUse && role === 'current') store.secrets.promote(guid, slot, kind)
  }
}

function showOne(job: Job, kept: KeptImport, result: KeptResult, tools: ShowTools): void {
  const { store, onJob, nameOf } = tools
  store.packs.takeOver(job.id, result.body)
  takeSecrets(job, kept.practice, result, true, store)
  if (result.body.pin !== null) store.secrets.setPin(job.computer.guid, result.body.pin)
  store.packs.show(job.id, { origin: result.origin, rev: result.rev, ownRev: store.packs.ownRev(job.id) })
  store.audit.append('result taken in', { from: nameOf(result.origin), state: result.body.state }, aboutJob(job))
  const after = store.jobs.get(job.id)
  if (after) onJob(after)
}

function showConflict(job: Job, kept: KeptImport, sides: readonly KeptResult[], tools: ShowTools): void {
  const { store, onJob, nameOf } = tools
  const from = sides.map(({ origin }) => nameOf(origin)).join(', ')
  const { facts, startedAt, endedAt } = job
  const found = problem('results-differ', { found: from })
  store.packs.takeOver(job.id, { state: 'person', problem: found, facts, startedAt, endedAt })
  for (const side of sides) takeSecrets(job, kept.practice, side, false, store)
  store.packs.show(job.id, { origin: '', rev: 0, ownRev: store.packs.ownRev(job.id) })
  store.audit.append('results differ', { from }, aboutJob(job))
  const after = store.jobs.get(job.id)
  if (after) onJob(after)
}

/** Results by computer, and the job of each: made where the import has none. */
function* computersOf(kept: KeptImport, planId: string, { store, newId }: ShowTools) {
  const jobs = new Map(store.jobs.of(kept.id).map((job) => [guidKey(job.computer.guid), job]))
  const byGuid = new Map<string, KeptResult[]>()
  for (const result of store.packs.results(planId))
    byGuid.set(result.guid, [...(byGuid.get(result.guid) ?? []), result])
  for (const [guid, results] of byGuid) {
    const [first] = results
    if (first === undefined) continue
    if (!jobs.has(guid)) {
      const id = newId()
      store.packs.addJob(kept.id, id, first.body.computer)
      const added = store.jobs.get(id)
      if (added) jobs.set(guid, added)
    }
    const job = jobs.get(guid)
    if (job) yield { guid, job, results }
  }
}

/** An import in which nothing is open any more has ended. */
function settle(kept: KeptImport, store: Store): void {
  const { done, person, stopped, ...totals } = store.jobs.totals(kept.id)
  if (openJobs({ done, person, stopped, ...totals }) > 0) return
  const ends = kept.state === 'running' || kept.state === 'paused' || (kept.state === 'stopped' && stopped === 0)
  if (!ends) return
  store.jobs.setImportState(kept.id, 'finished')
  store.audit.append('import finished', { done, person, stopped }, { importId: kept.id })
}

/** To be done in one transaction with whatever brought news. */
export function showResults(planId: string, tools: ShowTools): Shown {
  const { store } = tools
  const told: Shown = { taken: 0, conflicts: 0, working: 0 }
  const kept = importOfPlan(store, planId)
  if (kept === undefined) return told
  for (const { guid, job, results } of computersOf(kept, planId, tools)) {
    if (job.state === 'working') {
      told.working += 1
      continue
    }
    const shown = store.packs.shown(job.id)
    const verdict = judge(results.map(judged), store.packs.choice(planId, guid))
    if (verdict.kind === 'conflict') {
      told.conflicts += 1
      if (shown?.origin !== '') showConflict(job, kept, verdict.sides, tools)
    } else if (verdict.kind === 'one') {
      const { result } = verdict
      const known = shown?.origin === result.origin && shown.rev === result.rev
      // Who only looked in vain does not take a computer away from work that is still to come here.
      const inVain = !result.touched && (job.state === 'waiting' || job.state === 'later')
      if (known || inVain) continue
      showOne(job, kept, result, tools)
      told.taken += 1
    }
  }
  settle(kept, store)
  return told
}
