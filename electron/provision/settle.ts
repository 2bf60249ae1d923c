// What the end of an attempt makes of its job and of its import: next state, problem, when it is due again, and who stops.
import { sharedCause } from '../../shared/canary.ts'
import type { Job, JobState } from '../../shared/job.ts'
import { outcomeOf } from '../../shared/outcome.ts'
import { type Problem, type ProblemCode, problem } from '../../shared/problem.ts'
import { runningFor } from '../../shared/running.ts'
import { localTime } from '../../shared/schedule/words.ts'
import { systemOffset } from '../clock.ts'
import { awaitedProblem } from '../outOfBand.ts'
import type { KeptImport } from '../store/importPlan.ts'
import type { Store } from '../store/store.ts'
import { about, type Pace } from './attempt.ts'
import type { Verdict } from './run.ts'
import { beginWatch } from './watch.ts'

/** How an attempt ended, and what was going on around it. */
export interface Ended {
  readonly job: Job
  readonly verdict: Verdict
  readonly pace: Pace
  /** The laptop slept or changed networks meanwhile: a failure on the wire says nothing of the computer. */
  readonly disturbed: boolean
  /** No computer of its import has been found from the network this laptop is on. */
  readonly away: boolean
  /** A person set the computer aside meanwhile; the reason, perhaps empty. */
  readonly aside: string | undefined
}

/** After a disturbance the network of this laptop needs a moment (ms). */
export const gather = 10_000

const wireCodes: readonly ProblemCode[] = [
  'device-silent',
  'device-refused',
  'name-unknown',
  'answer-slow',
  'answer-cut',
  'tls-failed',
  'new-password-unproved'
]

/** Nothing answered at all. */
const unanswered: readonly ProblemCode[] = ['device-silent', 'device-refused', 'name-unknown']

/** "Set aside" with the reason a person gave. */
export const setAside = (reason: string): Problem =>
  problem('set-aside', { values: { reason: `A person set this computer aside${reason === '' ? '' : `: ${reason}`}.` } })

type Next = Parameters<Store['jobs']['change']>[1] & { readonly state: JobState }

/** Settles attempts of a store; `told` hears of each job that moved. */
export function settlingOf(store: Store, now: () => number, told: (job: Job) => void) {
  const move = (job: Job, { state, ...rest }: Next): void => told(store.jobs.change(job.id, { ...rest, state }))

  /**
   * Nothing answered, though it was looked for on both ports, or this laptop is somewhere else and does not even know the names:
   * it is looked for until its deadline, then a person is told.
   */
  function silent(
    { job, pace, away }: Ended,
    found: Problem,
    series: number,
    kept: KeptImport | undefined
  ): Next | undefined {
    const { awakeHours } = kept?.running ?? runningFor(kept?.practice ?? false)
    const nameless = away && found.code === 'name-unknown'
    if (!(nameless || found.code === 'device-silent') || store.jobs.get(job.id)?.step !== 'reach') return undefined
    const again = series < pace.attempts && !nameless
    if (job.asleepUntil === undefined && (again || awakeHours === 0)) return undefined
    const until = job.asleepUntil ?? now() + awakeHours * 3_600_000
    if (now() >= until) {
      const late = nameless
        ? found
        : problem('stayed-asleep', { values: { until: localTime(until, systemOffset) }, where: found.where })
      return { state: 'person', problem: late, dueAt: null, asleepUntil: null, endedAt: now() }
    }
    if (job.asleepUntil === undefined) {
      store.audit.append('armed asleep', { until: new Date(until).toISOString() }, about(job))
    }
    return { state: 'later', problem: found, dueAt: until, asleepUntil: until }
  }

  /** In a set-up a device that does not answer calls again by itself; when its time is over a person is told. */
  function uncalled(job: Job, found: Problem): Next | undefined {
    const setUp = store.setUps.of(job.id)
    if (!setUp || !unanswered.includes(found.code)) return undefined
    // What was changed already may be set up: such a device calls no more.
    if (store.audit.intended(job.id)) return undefined
    const { untilAt } = setUp
    if (now() < untilAt) {
      const awaited = { ...awaitedProblem(untilAt), where: found.where, detail: found.code }
      return { state: 'later', problem: awaited, dueAt: untilAt, asleepUntil: null }
    }
    const missed = problem('hello-missed', { values: { until: localTime(untilAt, systemOffset) }, where: found.where })
    return { state: 'person', problem: missed, dueAt: null, asleepUntil: null, endedAt: now() }
  }

  function nextOf(ended: Ended): Next {
    const { job, verdict, pace, disturbed, aside } = ended
    if (verdict.kind === 'done') {
      return { state: 'done', problem: null, dueAt: null, asleepUntil: null, endedAt: now() }
    }
    if (aside !== undefined) return { state: 'stopped', problem: setAside(aside), dueAt: null, asleepUntil: null }
    const found = verdict.kind === 'yield' ? null : verdict.problem
    const kept = store.jobs.import(job.importId)
    const series = store.jobs.series(job.id)
    const called = found === null ? undefined : uncalled(job, found)
    if (called !== undefined && kept?.state !== 'stopped') return called
    if (disturbed && found !== null && wireCodes.includes(found.code) && kept?.state !== 'stopped') {
      return { state: 'later', problem: found, dueAt: now() + gather, series: Math.max(0, series - 1) }
    }
    if (kept?.state === 'stopped' && verdict.kind !== 'person') {
      return { state: 'stopped', problem: found, dueAt: null, asleepUntil: null }
    }
    if (verdict.kind === 'yield') return { state: 'waiting' }
    const asleep = silent(ended, verdict.problem, series, kept)
    if (asleep !== undefined) return asleep
    if (verdict.kind === 'later' && series < pace.attempts) {
      const wait = pace.backoff[Math.min(series, pace.backoff.length) - 1] ?? pace.betweenTries
      return { state: 'later', problem: found, dueAt: now() + wait, asleepUntil: null }
    }
    return { state: 'person', problem: found, dueAt: null, asleepUntil: null, endedAt: now() }
  }

  /** An import that begins with one stops by itself when failures share a cause. */
  function holdIfShared(importId: string, found: Problem): void {
    const kept = store.jobs.import(importId)
    if (kept?.state !== 'running' || kept.running?.canary !== true) return
    const { done, person } = store.jobs.totals(importId)
    const cause = sharedCause(store.jobs.causes(importId), done + person, kept.accepted)
    if (cause?.code !== found.code) return
    const facts = { failed: cause.count, ended: done + person }
    const { title, meaning, remedy } = found
    const held = problem('shared-cause', {
      values: { ...facts, meaning: `${title}. ${meaning}`, remedy },
      detail: found.code
    })
    store.jobs.alter(importId, { held })
    store.jobs.setImportState(importId, 'paused')
    store.audit.append('import held', { cause: found.code, ...facts }, { importId })
  }

  /** An import in which nothing moves by itself any more is through. */
  function finishIfThrough(importId: string): void {
    if (store.jobs.importState(importId) !== 'running') return
    const { waiting, working, later, done, person, stopped } = store.jobs.totals(importId)
    if (waiting + working + later > 0) return
    store.jobs.setImportState(importId, 'finished')
    store.audit.append('import finished', { done, person, stopped }, { importId })
  }

  return {
    finishIfThrough,
    /** In one transaction: a kill in between would leave an import that runs for ever with nothing to do. */
    settle(ended: Ended): void {
      const { job, verdict } = ended
      store.together(() => {
        const found = verdict.kind === 'later' || verdict.kind === 'person' ? verdict.problem : null
        const body = { verdict: verdict.kind, problem: found?.code ?? null, detail: found?.detail ?? '' }
        store.audit.append('attempt ended', body, about(job))
        const next = nextOf(ended)
        move(job, next)
        if (next.state === 'done') {
          const kept = store.jobs.import(job.importId)
          // Without its provisioning nobody has it, and nothing of it can be taken back.
          if (kept && outcomeOf(kept.profile) === 'takenOver')
            beginWatch(store, job, (kept.running ?? runningFor(kept.practice)).watchMinutes, now())
        }
        if (next.state === 'person' && next.problem) holdIfShared(job.importId, next.problem)
        finishIfThrough(job.importId)
      })
    }
  }
}
