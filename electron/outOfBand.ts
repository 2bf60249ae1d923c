// Computers that call by themselves: a hello is matched with the job that waits for it, which then runs; nothing in a hello is believed before the device has proved itself.
import { guidKey } from '../shared/guid.ts'
import type { Job } from '../shared/job.ts'
import { fail, ok, type Problem, problem, type Result } from '../shared/problem.ts'
import { helloHours } from '../shared/schedule/settings.ts'
import { localTime } from '../shared/schedule/words.ts'
import { type Call, readPid } from '../shared/setUp.ts'
import { systemOffset } from './clock.ts'
import type { HelloCall } from './hello.ts'
import { about } from './provision/attempt.ts'
import type { ImportPlan } from './store/importPlan.ts'
import type { Store } from './store/store.ts'

const hour = 3_600_000

/** Until when a job of an import waits for its hello, from now on: the window that was planned with, or the longest that is documented. */
export function helloUntil({ schedule }: Pick<ImportPlan, 'schedule'>, now: number): number {
  const planned = schedule?.schedule.hello
  const hours = planned ? planned.hours[planned.kind] : helloHours.first
  return now + hours * hour
}

/** What a job that waits shows. */
export const awaitedProblem = (until: number): Problem =>
  problem('hello-awaited', { values: { until: localTime(until, systemOffset) } })

/** A hello as it was heard, as the work on its computer needs it. */
export const callOf = ({ hello, address }: Pick<HelloCall, 'hello' | 'address'>): Call => ({
  uuid: hello.guid,
  address,
  ...(hello.pid !== undefined && { pid: hello.pid }),
  roots: hello.hashes.map(({ thumbprint }) => thumbprint),
  configured: hello.credentialsSet
})

/** What became of a hello: its job runs (or will), its job needs nothing more, or nobody here waits for it. */
export type Heard = 'runs' | 'known' | 'unknown'

export interface OutOfBand {
  /** Takes in a hello; everything in it may be false. */
  called(call: Call): Heard
  /** Jobs of an import just started whose computers have called already go on at once. */
  started(importId: string): void
  /** A job of a take-over goes on as a set-up, by a person's choice. Problem: import-gone. */
  choose(importId: string, jobId: string, why: string): Result<null>
  /** Asked anew by a person: its time to wait begins again. */
  again(importId: string, jobIds: readonly string[] | null): void
}

export interface OutOfBandOptions {
  readonly store: Store
  readonly now: () => number
  readonly wake: () => void
  readonly retry: (importId: string, jobIds: readonly string[]) => void
  readonly onChange: (job: Job) => void
  readonly onImport: (importId: string) => void
}

/** Hellos remembered of computers nobody waits for yet; a device calls again, so the oldest may go. */
const mostRemembered = 20_000
/** A device calls for no longer than this. */
const remembered = 24 * hour

const isLoopback = (address: string): boolean => /^(?:::ffff:)?127\.|^::1$/.test(address)

/** Waits for nothing but its hello. */
const isAwaiting = ({ state, problem: found }: Job): boolean =>
  (state === 'later' && found?.code === 'hello-awaited') || (state === 'person' && found?.code === 'hello-missed')

/** The out of band part of a core. */
export function outOfBandOf({ store, now, wake, retry, onChange, onImport }: OutOfBandOptions): OutOfBand {
  const recent = new Map<string, { readonly call: Call; readonly at: number }>()

  function remember(call: Call): void {
    const key = guidKey(call.uuid)
    recent.delete(key)
    recent.set(key, { call, at: now() })
    const [oldest] = recent.keys()
    if (recent.size > mostRemembered && oldest !== undefined) recent.delete(oldest)
  }

  function recentCall(guid: string): Call | undefined {
    const found = recent.get(guidKey(guid))
    return found && now() - found.at < remembered ? found.call : undefined
  }

  function hear(job: Job, call: Call): Heard {
    if (job.state === 'done' || job.state === 'stopped') return 'known'
    // At work: it keeps to the address that it began with.
    if (job.state === 'working') return 'runs'
    const goes = isAwaiting(job)
    store.together(() => {
      store.setUps.heard(job.id, call)
      if (!goes) return
      store.audit.append('hello answered', { address: call.address }, about(job))
      onChange(store.jobs.change(job.id, { state: 'waiting', problem: null, dueAt: null, endedAt: null }))
    })
    if (goes) onImport(job.importId)
    return goes || job.state === 'waiting' || job.state === 'later' ? 'runs' : 'known'
  }

  /** Practice jobs hear only this computer; real ones hear everybody. */
  function jobFor(call: Call): Job | undefined {
    const real = store.setUps.jobsFor(call.uuid, false)
    const practice = isLoopback(call.address) ? store.setUps.jobsFor(call.uuid, true) : []
    const [id] = [...real, ...practice]
    return id === undefined ? undefined : store.jobs.get(id)
  }

  function called(given: Call): Heard {
    const { pid: told, ...rest } = given
    const pid = told === undefined ? undefined : (readPid(told) ?? told.slice(0, 8))
    const call: Call = { ...rest, ...(pid !== undefined && { pid }) }
    remember(call)
    const job = jobFor(call)
    if (!job) return 'unknown'
    const heard = hear(job, call)
    if (heard === 'runs') wake()
    return heard
  }

  return {
    called,
    started(importId) {
      for (const id of store.setUps.awaited(importId)) {
        const job = store.jobs.get(id)
        const call = job && recentCall(job.computer.guid)
        if (job && call && jobFor(call)?.id === id) hear(job, call)
      }
      wake()
    },
    choose(importId, jobId, why) {
      const [plan, job] = [store.jobs.import(importId), store.jobs.get(jobId)]
      if (!plan || job?.importId !== importId) return fail('import-gone', { found: importId })
      store.together(() => {
        store.setUps.begin(jobId, helloUntil(plan, now()))
        const call = recentCall(job.computer.guid)
        if (call) store.setUps.heard(jobId, call)
        store.audit.append('set-up chosen', { why }, about(job))
      })
      retry(importId, [jobId])
      return ok(null)
    },
    again(importId, jobIds) {
      const plan = store.jobs.import(importId)
      if (!plan) return
      const until = helloUntil(plan, now())
      const chosen = jobIds ?? store.jobs.of(importId).map(({ id }) => id)
      for (const id of chosen) if (store.setUps.of(id)) store.setUps.begin(id, until)
    }
  }
}
