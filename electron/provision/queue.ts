// Claims due jobs and runs them side by side, one at a time on each computer; pauses, stops, retries and wakes by itself.
import type { Job, JobState } from '../../shared/job.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import type { ImportPlan, KeptImport } from '../store/jobs.ts'
import type { Store } from '../store/store.ts'
import type { Step, Tools } from './attempt.ts'
import { runJob, type Verdict } from './run.ts'

export interface Queue {
  /** Looks for due jobs now. */
  wake(): void
  pause(importId: string): void
  resume(importId: string): void
  stop(importId: string): void
  /** null = every job that needs a person, waits armed, or was stopped. */
  retry(importId: string, jobIds: readonly string[] | null): void
  /** Lets current steps end, starts nothing new; resolves when all is still. */
  close(): Promise<void>
}

export interface QueueOptions {
  readonly store: Store
  /** Tools of an import: the practice fleet and the real network differ. A Problem when they cannot be had now. */
  readonly toolsFor: (plan: ImportPlan) => Tools
  readonly steps: readonly Step[]
  readonly now: () => number
  /** GUIDs of devices that somebody else speaks to for the moment. */
  readonly held?: ReadonlySet<string>
  /** Outside its change windows an import rests until this time (Infinity = for ever); undefined while it may begin computers. */
  readonly restsUntil?: (kept: KeptImport) => number | undefined
  readonly onChange: (job: Job) => void
  readonly onImport: (importId: string) => void
  readonly onBug: (error: unknown) => Problem
}

const steering = {
  pause: { from: ['running'], to: 'paused', kind: 'import paused' },
  resume: { from: ['paused'], to: 'running', kind: 'import resumed' },
  stop: { from: ['running', 'paused'], to: 'stopped', kind: 'import stopped' }
} as const

/** A due job may wait for its computer, which another job has: not looked for more often than this (ms). */
const lookAgain = 200

/** A laptop that slept or a clock that was set is noticed after this time at most (ms): a timer alone would not. */
const longestSleep = 60_000

/** How long a step may take to its end when the program closes; a silent device would hold the window for minutes. */
const patience = 5_000

/** A queue over the jobs of a store; nothing runs before the first wake. */
export function openQueue(options: QueueOptions): Queue {
  const { store, now } = options
  const running = new Map<string, { readonly job: Job; readonly abort: AbortController; readonly end: Promise<void> }>()
  let timer: NodeJS.Timeout | undefined
  let closing = false

  const about = (job: Job) => ({ importId: job.importId, jobId: job.id, computer: job.computer.name })
  const move = (job: Job, state: JobState, rest: Parameters<Store['jobs']['change']>[1] = {}): void =>
    options.onChange(store.jobs.change(job.id, { ...rest, state }))

  /** What a verdict makes of a job: next state, problem, and when it is due again. */
  function settle(job: Job, verdict: Verdict, tools: Tools): void {
    const { pace } = tools
    const series = store.jobs.series(job.id)
    store.together(() => {
      const found = verdict.kind === 'later' || verdict.kind === 'person' ? verdict.problem : null
      store.audit.append(
        'attempt ended',
        { verdict: verdict.kind, problem: found?.code ?? null, detail: found?.detail ?? '' },
        about(job)
      )
      if (verdict.kind === 'done') {
        move(job, 'done', { problem: null, dueAt: null, endedAt: now() })
      } else if (store.jobs.import(job.importId)?.state === 'stopped' && verdict.kind !== 'person') {
        move(job, 'stopped', { problem: found, dueAt: null })
      } else if (verdict.kind === 'yield') {
        move(job, 'waiting')
      } else if (verdict.kind === 'later' && series < pace.attempts) {
        const wait = pace.backoff[Math.min(series, pace.backoff.length) - 1] ?? pace.betweenTries
        move(job, 'later', { problem: verdict.problem, dueAt: now() + wait })
      } else {
        move(job, 'person', { problem: verdict.problem, dueAt: null, endedAt: now() })
      }
      // In the same transaction: a kill between the two would leave an import that runs for ever with nothing to do.
      finishIfThrough(job.importId)
    })
    options.onImport(job.importId)
  }

  function finishIfThrough(importId: string): void {
    const kept = store.jobs.import(importId)
    const states = store.jobs.of(importId).map((job) => job.state)
    const open = states.some((state) => state === 'waiting' || state === 'working' || state === 'later')
    if (!open && kept?.state === 'running') {
      const count = (state: JobState) => states.filter((s) => s === state).length
      store.jobs.setImportState(importId, 'finished')
      store.audit.append(
        'import finished',
        { done: count('done'), person: count('person'), stopped: count('stopped') },
        { importId }
      )
    }
  }

  function begin(job: Job, plan: ImportPlan, tools: Tools): void {
    const abort = new AbortController()
    const claimed = store.together(() => {
      store.audit.append('attempt begun', { attempt: job.attempts + 1 }, about(job))
      return store.jobs.change(job.id, {
        state: 'working',
        attempts: job.attempts + 1,
        series: store.jobs.series(job.id) + 1,
        // A retry by a person is timed on its own.
        startedAt: store.jobs.series(job.id) === 0 ? now() : (job.startedAt ?? now()),
        endedAt: null,
        dueAt: null
      })
    })
    options.onChange(claimed)
    const end = runJob({
      tools,
      plan,
      job: claimed,
      steps: options.steps,
      signal: abort.signal,
      shouldYield: () => closing || store.jobs.import(job.importId)?.state !== 'running',
      onChange: options.onChange,
      onBug: options.onBug
    })
      .then((verdict) => {
        running.delete(job.id)
        settle(claimed, verdict, tools)
        wake()
      })
      .catch((error: unknown) => {
        // The store itself refused (disk full, folder gone): nothing may go on that could not be written down.
        closing = true
        options.onBug(error)
      })
    running.set(job.id, { job: claimed, abort, end })
  }

  /** Running imports that begin nothing now, and when they may again. */
  const restingNow = (): ReadonlyMap<string, number> =>
    new Map(
      store.jobs.running().flatMap((kept) => {
        const until = options.restsUntil?.(kept)
        return until === undefined ? [] : [[kept.id, until] as const]
      })
    )

  function wake(): void {
    clearTimeout(timer)
    if (closing) return
    const resting = restingNow()
    const ids = [...resting.keys()]
    for (;;) {
      const busy = [...[...running.values()].map(({ job }) => job.computer.guid), ...(options.held ?? [])]
      const job = store.jobs.nextDue(now(), busy, ids)
      const plan = job && store.jobs.import(job.importId)
      if (!job || !plan) break
      const tools = options.toolsFor(plan)
      if (running.size >= tools.pace.parallel) return
      begin(job, plan, tools)
    }
    const at = Math.min(store.jobs.nextDueAt(ids) ?? Number.POSITIVE_INFINITY, ...resting.values())
    if (at < Number.POSITIVE_INFINITY) timer = setTimeout(wake, Math.min(Math.max(lookAgain, at - now()), longestSleep))
  }

  /** What a person asks of an import; asked too late (it is through, or stopped already), nothing happens. */
  function steer(importId: string, how: keyof typeof steering, rest: () => void = () => undefined): void {
    const { from, to, kind } = steering[how]
    const before = store.jobs.import(importId)?.state
    if (from.some((state) => state === before)) {
      store.together(() => {
        store.jobs.setImportState(importId, to)
        store.audit.append(kind, {}, { importId })
        rest()
      })
    }
    options.onImport(importId)
  }

  return {
    wake,
    pause(importId) {
      steer(importId, 'pause')
    },
    resume(importId) {
      // Its last job may have ended during the pause.
      steer(importId, 'resume', () => finishIfThrough(importId))
      wake()
    },
    stop(importId) {
      steer(importId, 'stop', () => {
        for (const job of store.jobs.of(importId)) {
          if (job.state === 'waiting' || job.state === 'later') move(job, 'stopped', { dueAt: null })
        }
      })
    },
    retry(importId, jobIds) {
      const wanted = store.jobs
        .of(importId)
        .filter((job) => job.state === 'person' || job.state === 'stopped' || job.state === 'later')
        .filter((job) => jobIds === null || jobIds.includes(job.id))
      if (wanted.length === 0) return
      store.together(() => {
        store.audit.append('retry asked', { jobs: wanted.length }, { importId })
        store.jobs.setImportState(importId, 'running')
        for (const job of wanted) move(job, 'waiting', { series: 0, dueAt: null, problem: null, endedAt: null })
      })
      options.onImport(importId)
      wake()
    },
    async close() {
      closing = true
      clearTimeout(timer)
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
      store.audit.append(
        'attempt interrupted',
        { step: job.step },
        { importId: job.importId, jobId: job.id, computer: job.computer.name }
      )
      // What a person stopped stays stopped, also when the program ended before the step did.
      store.jobs.change(job.id, { state: store.jobs.import(job.importId)?.state === 'stopped' ? 'stopped' : 'waiting' })
    }
  })
}

/** The Problem of a bug, under the number it has in the log. */
export const bugProblem = (id: string): Problem => problem('unexpected', { values: { id } })
