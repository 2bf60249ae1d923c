// Claims due jobs and runs them side by side within the limits of their import, one at a time on each computer; wakes by itself.
import { roomFor, stageOf } from '../../shared/canary.ts'
import type { Flow } from '../../shared/contract/views.ts'
import type { Job } from '../../shared/job.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import { type Running, runningFor } from '../../shared/running.ts'
import type { Clock } from '../clock.ts'
import type { ImportPlan, KeptImport } from '../store/importPlan.ts'
import type { Store } from '../store/store.ts'
import { about, type Step, type Tools } from './attempt.ts'
import { keepDeviceLog } from './deviceLog.ts'
import { type Easing, eased, isUnsteady, steady } from './easing.ts'
import { type Disturbance, disturbanceWords } from './ground.ts'
import { openLookout } from './lookout.ts'
import { runJob, type Verdict } from './run.ts'
import { gather, settlingOf } from './settle.ts'
import { type Steering, steeringOf } from './steer.ts'
import { fullOf } from './subnet.ts'

export interface Queue extends Omit<Steering, 'skip'> {
  /** Looks for due jobs now. */
  wake(): void
  /** Leaves jobs as they are; one in work ends its step first. */
  skip(importId: string, jobIds: readonly string[], reason: string): void
  /** What it does with an import at the moment. */
  flow(kept: KeptImport): Omit<Flow, 'watched'>
  /** The laptop slept or changed networks: what runs now may fail without being counted, and nothing is begun for a moment. */
  disturbed(what: Disturbance): void
  /** Begins nothing on real computers until told null; the words are shown. */
  holdBack(words: string | null): void
  /** Lets current steps end, starts nothing new; resolves when all is still. */
  close(): Promise<void>
}

export interface QueueOptions {
  readonly store: Store
  /** Tools of an import: the practice fleet and the real network differ. */
  readonly toolsFor: (plan: ImportPlan, job?: Job) => Tools
  readonly steps: readonly Step[]
  /** Another order of steps for some jobs: the set-up from nothing. */
  readonly otherSteps?: (job: Job) => readonly Step[] | undefined
  readonly now: () => number
  /** This laptop has no network as the program starts. */
  readonly offline?: boolean
  /** Computers of an import side by side when nothing slows it down. */
  readonly parallel: (plan: ImportPlan) => number
  /** GUIDs of devices that somebody else speaks to for the moment. */
  readonly held?: ReadonlySet<string>
  /** Which subnet a computer is in: at once, or after a look into the name service. All are in one when absent. */
  readonly placeOf?: (job: Job, tools: Tools) => string | Promise<string>
  /** How silent computers are looked for; they are not, when absent. */
  readonly awake?: {
    readonly clock: Clock
    readonly chance: () => number
    readonly answers: (job: Job, tools: Tools, signal: AbortSignal) => Promise<boolean>
  }
  /** Outside its change windows an import rests until this time (Infinity = for ever); undefined while it may begin computers. */
  readonly restsUntil?: (kept: KeptImport) => number | undefined
  readonly onChange: (job: Job) => void
  readonly onImport: (importId: string) => void
  readonly onBug: (error: unknown) => Problem
}

/** A due job may wait for its computer, which another job has: not looked for more often than this (ms). */
const lookAgain = 200

/** A laptop that slept or a clock that was set is noticed after this time at most (ms): a timer alone would not. */
const longestSleep = 60_000

/** How long a step may take to its end when the program closes; a silent device would hold the window for minutes. */
const patience = 5_000

/** Names looked up at once. */
const mostLookups = 16

const runningOf = (kept: ImportPlan): Running => kept.running ?? runningFor(kept.practice)

interface AtWork {
  readonly job: Job
  readonly practice: boolean
  readonly subnet: string
  readonly abort: AbortController
  readonly end: Promise<void>
  disturbed: boolean
}

/** A queue over the jobs of a store; nothing runs before the first wake. */
export function openQueue(options: QueueOptions): Queue {
  const { store, now, onChange, onImport } = options
  const running = new Map<string, AtWork>()
  /** Jobs in work that a person set aside, with the reason. */
  const aside = new Map<string, string>()
  const unplaced = new Set<string>()
  const lastBegun = new Map<string, number>()
  const easing: Record<'real' | 'practice', Easing | undefined> = { real: undefined, practice: undefined }
  /** Why nothing is begun on real computers, and until when. */
  let shaken: { readonly what: Disturbance; readonly until: number } | undefined = options.offline
    ? { what: 'no network', until: Number.POSITIVE_INFINITY }
    : undefined
  /** Imports of which a computer has been found from the network this laptop is on. */
  const foundHere = new Set<string>()
  let heldBack: string | null = null
  let timer: NodeJS.Timeout | undefined
  let closing = false

  const { settle, finishIfThrough } = settlingOf(store, now, onChange)
  const { skip, ...steering } = steeringOf({ store, finishIfThrough, onChange, onImport })
  const lookout =
    options.awake &&
    openLookout({
      clock: options.awake.clock,
      chance: options.awake.chance,
      sleepers: () =>
        goingOn().flatMap((kept) => {
          const { looksPerMinute: perMinute } = runningOf(kept)
          return store.jobs.asleep(kept.id).map((id) => ({ id, perMinute }))
        }),
      async answers(id, signal) {
        const job = store.jobs.get(id)
        const kept = job && store.jobs.import(job.importId)
        return job && kept ? (options.awake?.answers(job, options.toolsFor(kept), signal) ?? false) : false
      },
      appeared,
      onBug: options.onBug
    })

  /** This laptop is on the network of an import: names that are unknown there are looked up once more, and then a person is told. */
  function found(importId: string): void {
    if (foundHere.has(importId)) return
    foundHere.add(importId)
    for (const id of store.jobs.asleep(importId)) {
      const job = store.jobs.get(id)
      if (job?.problem?.code === 'name-unknown') onChange(store.jobs.change(id, { dueAt: now() }))
    }
  }

  function appeared(id: string): void {
    const job = store.jobs.get(id)
    if (closing || job?.state !== 'later') return
    found(job.importId)
    store.together(() => {
      store.audit.append('computer answered', {}, about(job))
      onChange(store.jobs.change(id, { dueAt: now() }))
    })
    onImport(job.importId)
    wake()
  }

  const easingFor = (kept: ImportPlan): Easing => {
    const full = options.parallel(kept)
    const found = runningOf(kept).adapt ? easing[kept.practice ? 'practice' : 'real'] : undefined
    return found ?? steady(full)
  }

  const parallelNow = (kept: ImportPlan): number => Math.min(easingFor(kept).parallel, options.parallel(kept))

  /** The network of this laptop is gathering itself. */
  const isShaken = (): boolean => shaken !== undefined && shaken.what !== 'no network' && shaken.until > now()

  /** Without a network only computers that have an address on this one can be worked on. */
  const isOffline = (kept: ImportPlan): boolean =>
    !kept.practice && shaken?.what === 'no network' && store.jobs.needsNetwork(kept.id)

  /** Until when an import begins nothing; undefined while it may. */
  function restsUntil(kept: KeptImport): number | undefined {
    if (!kept.practice && heldBack !== null) return Number.POSITIVE_INFINITY
    if (isOffline(kept)) return Number.POSITIVE_INFINITY
    if (!kept.practice && isShaken()) return shaken?.until
    return options.restsUntil?.(kept)
  }

  /** Running imports that may begin computers, the oldest first. */
  const goingOn = (): readonly KeptImport[] => store.jobs.running().filter((kept) => restsUntil(kept) === undefined)

  function standingOf(importId: string) {
    const { done, person, working, later } = store.jobs.totals(importId)
    const idle = store.jobs.asleep(importId).length + store.setUps.awaited(importId).length
    return { done, ended: done + person, open: working + later - idle }
  }

  function begin(job: Job, plan: ImportPlan, tools: Tools, subnet: string): void {
    const abort = new AbortController()
    const series = store.jobs.series(job.id)
    const claimed = store.together(() => {
      store.watches.endFor(job.computer.guid)
      store.audit.append('attempt begun', { attempt: job.attempts + 1 }, about(job))
      return store.jobs.change(job.id, {
        state: 'working',
        attempts: job.attempts + 1,
        series: series + 1,
        // A retry by a person is timed on its own.
        startedAt: series === 0 ? now() : (job.startedAt ?? now()),
        endedAt: null,
        dueAt: null
      })
    })
    lastBegun.set(job.importId, now())
    onChange(claimed)
    const end = runJob({
      tools,
      plan,
      job: claimed,
      steps: options.otherSteps?.(claimed) ?? options.steps,
      signal: abort.signal,
      shouldYield: () => closing || aside.has(job.id) || store.jobs.importState(job.importId) !== 'running',
      onChange,
      afterDone: keepDeviceLog,
      onBug: options.onBug
    })
      .then((verdict) => ended(claimed, plan, tools, verdict))
      .catch((error: unknown) => {
        // The store itself refused (disk full, folder gone): nothing may go on that could not be written down.
        closing = true
        options.onBug(error)
      })
    running.set(job.id, { job: claimed, practice: plan.practice, subnet, abort, end, disturbed: false })
  }

  function ended(job: Job, plan: ImportPlan, tools: Tools, verdict: Verdict): void {
    const disturbed = running.get(job.id)?.disturbed ?? false
    running.delete(job.id)
    const stood = store.jobs.get(job.id)?.step ?? null
    if (!disturbed && (verdict.kind === 'done' || (stood !== null && stood !== 'reach'))) found(job.importId)
    const away = !foundHere.has(job.importId)
    settle({ job, verdict, pace: tools.pace, disturbed, away, aside: aside.get(job.id) })
    aside.delete(job.id)
    if (!disturbed && verdict.kind !== 'yield') {
      const kind = plan.practice ? 'practice' : 'real'
      const failed = verdict.kind === 'done' ? undefined : verdict.problem
      const full = options.parallel(plan)
      const step = store.jobs.get(job.id)?.step ?? null
      easing[kind] = eased(easing[kind] ?? steady(full), isUnsteady(failed, step), full)
    }
    onImport(job.importId)
    lookout?.wake()
    wake()
  }

  /** Finds out the subnet of a job; undefined while the name service is asked. */
  function placed(job: Job, tools: Tools): string | undefined {
    const found = options.placeOf?.(job, tools) ?? ''
    if (typeof found === 'string') {
      store.jobs.setSubnet(job.id, found)
      return found
    }
    unplaced.add(job.id)
    void found.then((subnet) => {
      unplaced.delete(job.id)
      if (closing) return
      store.jobs.setSubnet(job.id, subnet)
      wake()
    })
    return undefined
  }

  /**
   * Begins what may be begun of an import. Answers when to look at it again: Infinity when the end of a running job, or
   * nothing at all, will say so.
   */
  function claim(kept: KeptImport): number {
    const { id: importId } = kept
    const { perSubnet, perSecond, canary } = runningOf(kept)
    for (;;) {
      const later = (after: number): number => store.jobs.nextDueAt(importId, after) ?? Number.POSITIVE_INFINITY
      if (running.size >= parallelNow(kept)) return Number.POSITIVE_INFINITY
      // Who was begun already goes on; only nobody new is begun.
      const onlyAgain = canary === true && roomFor(standingOf(importId)) <= 0
      const turn = perSecond === null ? 0 : (lastBegun.get(importId) ?? 0) + 1000 / perSecond
      // A clock that was set back must not stop everything.
      const waits = Math.min(turn - now(), 1000 / (perSecond ?? 1))
      const full = perSubnet === null ? [] : fullOf(running.values(), perSubnet)
      const found = store.jobs.nextDue({
        importId,
        now: now(),
        busy: [...[...running.values()].map(({ job }) => job.computer.guid), ...(options.held ?? [])],
        full,
        unplaced: [...unplaced],
        onlyAgain
      })
      if (!found) return later(onlyAgain || full.length > 0 || unplaced.size > 0 ? now() : 0)
      if (waits > 0) return now() + waits
      const tools = options.toolsFor(kept, found.job)
      if (found.subnet === undefined && unplaced.size >= mostLookups) return Number.POSITIVE_INFINITY
      const subnet = perSubnet === null ? '' : (found.subnet ?? placed(found.job, tools))
      // Its subnet may turn out to be full: then the next look leaves it out.
      if (subnet !== undefined && !full.includes(subnet)) begin(found.job, kept, tools, subnet)
    }
  }

  function wake(): void {
    clearTimeout(timer)
    if (closing) return
    const resting = store.jobs.running().flatMap((kept) => restsUntil(kept) ?? [])
    const at = Math.min(...resting, ...goingOn().map(claim))
    if (at < Number.POSITIVE_INFINITY) timer = setTimeout(wake, Math.min(Math.max(pauseFor(at), 1), longestSleep))
  }

  /** Something overdue waits for a computer that another job has; anything else has its time. */
  const pauseFor = (at: number): number => (at <= now() ? lookAgain : at - now())

  function awaken(): void {
    lookout?.wake()
    wake()
  }

  return {
    wake: awaken,
    pause: steering.pause,
    stop: steering.stop,
    resume(importId) {
      steering.resume(importId)
      awaken()
    },
    retry(importId, jobIds, cause) {
      steering.retry(importId, jobIds, cause)
      awaken()
    },
    skip(importId, jobIds, reason) {
      for (const id of skip(importId, jobIds, reason)) aside.set(id, reason)
      awaken()
    },
    pace(importId, wanted) {
      steering.pace(importId, wanted)
      awaken()
    },
    wholeNow(importId) {
      steering.wholeNow(importId)
      awaken()
    },
    flow(kept) {
      const full = options.parallel(kept)
      const parallel = parallelNow(kept)
      const offline = isOffline(kept)
      const shakenWords = shaken !== undefined && (offline || isShaken()) ? disturbanceWords[shaken.what] : null
      const asleep = store.jobs.asleep(kept.id).length
      const away = !kept.practice && asleep > 0 && !foundHere.has(kept.id)
      return {
        parallel,
        full,
        eased: parallel < full ? 'Answers came late or broke off, so fewer are worked on at once for now.' : null,
        held: kept.practice || kept.state !== 'running' ? null : (heldBack ?? shakenWords),
        ...(runningOf(kept).canary === true && { stage: stageOf(standingOf(kept.id)) }),
        network: offline ? 'none' : away ? 'other' : null,
        asleep,
        awaited: store.setUps.awaited(kept.id).length
      }
    },
    disturbed(what) {
      const until = what === 'no network' ? Number.POSITIVE_INFINITY : now() + gather
      shaken = { what, until }
      if (what !== 'slept') foundHere.clear()
      for (const one of running.values()) one.disturbed ||= !one.practice
      for (const { id } of store.jobs.running()) onImport(id)
      lookout?.again()
      wake()
    },
    holdBack(words) {
      if (heldBack === words) return
      heldBack = words
      for (const { id } of store.jobs.running()) onImport(id)
      awaken()
    },
    async close() {
      closing = true
      clearTimeout(timer)
      await lookout?.close()
      const hurry = setTimeout(() => {
        for (const { abort } of running.values()) abort.abort()
      }, patience)
      await Promise.all([...running.values()].map(({ end }) => end))
      clearTimeout(hurry)
    }
  }
}

/** What a store holds after a crash: jobs that were `working` wait again, and the audit says so. */
export function recover(store: Store): void {
  store.together(() => {
    for (const job of store.jobs.interrupted()) {
      store.audit.append('attempt interrupted', { step: job.step }, about(job))
      // What a person stopped stays stopped, also when the program ended before the step did.
      store.jobs.change(job.id, { state: store.jobs.importState(job.importId) === 'stopped' ? 'stopped' : 'waiting' })
    }
  })
}

/** The Problem of a bug, under the number it has in the log. */
export const bugProblem = (id: string): Problem => problem('unexpected', { values: { id } })
