// What a person asks of an import: pause, resume, stop, retry, set aside, another pace, the rest now. Everything is on record.
import type { Job } from '../../shared/job.ts'
import type { ProblemCode } from '../../shared/problem.ts'
import { isRetriedWithAll } from '../../shared/retrying.ts'
import { type Running, runningSentences } from '../../shared/running.ts'
import type { Store } from '../store/store.ts'
import { setAside } from './settle.ts'

const steering = {
  pause: { from: ['running'], to: 'paused', kind: 'import paused' },
  resume: { from: ['paused'], to: 'running', kind: 'import resumed' },
  stop: { from: ['running', 'paused'], to: 'stopped', kind: 'import stopped' }
} as const

export interface Steering {
  pause(importId: string): void
  resume(importId: string): void
  stop(importId: string): void
  /** null = every job that needs a person, waits armed, or was stopped, but for those that a try does not help; with a cause, those that have it. */
  retry(importId: string, jobIds: readonly string[] | null, cause?: ProblemCode): void
  /** Sets jobs aside; answers those that are in work and have to end their step first. */
  skip(importId: string, jobIds: readonly string[], reason: string): readonly string[]
  pace(importId: string, running: Running): void
  /** The rest of the list, without waiting for the first few. */
  wholeNow(importId: string): void
}

export interface SteeringOptions {
  readonly store: Store
  readonly finishIfThrough: (importId: string) => void
  readonly onChange: (job: Job) => void
  readonly onImport: (importId: string) => void
}

/** Asked too late (it is through, or stopped already), nothing happens. */
export function steeringOf({ store, finishIfThrough, onChange, onImport }: SteeringOptions): Steering {
  const { jobs, audit } = store

  function steer(importId: string, how: keyof typeof steering, rest: () => void = () => undefined): void {
    const { from, to, kind } = steering[how]
    const before = jobs.import(importId)?.state
    if (from.some((state) => state === before)) {
      store.together(() => {
        jobs.setImportState(importId, to)
        audit.append(kind, {}, { importId })
        rest()
      })
    }
    onImport(importId)
  }

  /** A person goes on in spite of the cause that paused it: the same cause does not pause it again. */
  function accept(importId: string): void {
    const kept = jobs.import(importId)
    const cause = jobs.causes(importId).find(({ code }) => code === kept?.held?.detail)
    if (kept?.held)
      jobs.alter(importId, { held: null, accepted: [...(kept.accepted ?? []), ...(cause ? [cause.code] : [])] })
  }

  function change(importId: string, running: Running, write: () => void): void {
    if (jobs.import(importId)) {
      store.together(() => {
        jobs.alter(importId, { running })
        write()
      })
    }
    onImport(importId)
  }

  return {
    pause: (importId) => steer(importId, 'pause'),
    resume: (importId) =>
      steer(importId, 'resume', () => {
        accept(importId)
        // Its last job may have ended during the pause.
        finishIfThrough(importId)
      }),
    stop: (importId) =>
      steer(importId, 'stop', () => {
        for (const job of jobs.of(importId)) {
          if (job.state !== 'waiting' && job.state !== 'later') continue
          onChange(jobs.change(job.id, { state: 'stopped', dueAt: null, asleepUntil: null }))
        }
      }),
    retry(importId, jobIds, cause) {
      const chosen = jobIds === null ? undefined : new Set(jobIds)
      const wanted = jobs
        .of(importId)
        .filter(({ state }) => state === 'person' || state === 'stopped' || state === 'later')
        .filter(({ id, problem }) => chosen?.has(id) ?? (cause !== undefined || isRetriedWithAll({ problem })))
        .filter(({ problem }) => cause === undefined || problem?.code === cause)
      if (wanted.length === 0) return
      store.together(() => {
        audit.append('retry asked', { jobs: wanted.length, ...(cause && { cause }) }, { importId })
        if (jobs.import(importId)?.held) jobs.alter(importId, { held: null })
        jobs.setImportState(importId, 'running')
        const anew = { series: 0, dueAt: null, asleepUntil: null, problem: null, endedAt: null }
        for (const job of wanted) onChange(jobs.change(job.id, { ...anew, state: 'waiting' }))
      })
      onImport(importId)
    },
    skip(importId, jobIds, reason) {
      const chosen = jobIds
        .map((id) => jobs.get(id))
        .filter((job) => job?.importId === importId && job.state !== 'done')
      const wanted = chosen.filter((job) => job !== undefined)
      if (wanted.length === 0) return []
      store.together(() => {
        audit.append('skip asked', { jobs: wanted.length, reason }, { importId })
        for (const job of wanted) {
          if (job.state === 'working') continue
          const aside = { problem: setAside(reason), dueAt: null, asleepUntil: null }
          onChange(jobs.change(job.id, { ...aside, state: 'stopped' }))
        }
        finishIfThrough(importId)
      })
      onImport(importId)
      return wanted.filter(({ state }) => state === 'working').map(({ id }) => id)
    },
    pace: (importId, running) =>
      change(importId, running, () =>
        audit.append('pace changed', { words: runningSentences(running).join(' ') }, { importId })
      ),
    wholeNow(importId) {
      const running = jobs.import(importId)?.running
      if (running?.canary === true) {
        change(importId, { ...running, canary: false }, () => audit.append('canary ended', {}, { importId }))
      }
    }
  }
}
