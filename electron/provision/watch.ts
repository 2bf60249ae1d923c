// Tug-of-war watch: looks at computers again after they are done, and says when the old manager took one back. Only reads.
import { z } from 'zod'
import type { Job } from '../../shared/job.ts'
import { type Problem, problem, type Result } from '../../shared/problem.ts'
import type { Clock } from '../clock.ts'
import type { ImportPlan } from '../store/importPlan.ts'
import type { Store } from '../store/store.ts'
import type { Watch } from '../store/watches.ts'
import { type Attempt, about, type Tools } from './attempt.ts'
import { tryLogin } from './steps/login.ts'
import { reach } from './steps/reach.ts'
import { differences, type Seen, see, seenSchema } from './takenBack.ts'

/** The first look, and what was changed on the job by then: what a person changes later is no news. */
const baselineSchema = seenSchema.extend({ changes: z.string() })

const changesOf = ({ facts }: Job): string => JSON.stringify(facts.changes ?? [])

export interface Guard {
  /** A computer was done, or the practice fleet runs now. */
  wake(): void
  close(): Promise<void>
}

export interface GuardOptions {
  readonly store: Store
  readonly clock: Clock
  readonly toolsFor: (plan: ImportPlan) => Tools
  /** Whether the devices of an import can be reached now (practice: its fleet runs). */
  readonly ready: (plan: ImportPlan) => boolean
  /** GUIDs of devices that somebody speaks to; a look takes the device for itself as long as it lasts. */
  readonly held: Set<string>
  readonly onChange: (job: Job) => void
  readonly onImport: (importId: string) => void
  /** A device is free again. */
  readonly onFree: () => void
  readonly onBug: (error: unknown) => Problem
}

/** The first pause between two looks is this share of the whole time; each further one is twice as long. */
const firstShare = 1 / 16
/** Looks at once; each is some ten requests. */
const atOnce = 4
/** A device that is held, silent or out of reach is looked at again after this share of the whole time. */
const againShare = 1 / 10
const longestNap = 60_000

/** What a look brought: the device as it is, that it was taken back, or nothing. */
type Look =
  | { readonly kind: 'seen'; readonly seen: Seen }
  | { readonly kind: 'lost'; readonly what: string }
  | { readonly kind: 'unclear' }

const lostWords: Partial<Record<Problem['code'], string>> = {
  'login-refused':
    'The admin password is no longer the one that was set, or something keeps trying another one and has locked the account',
  'certificate-changed': 'It shows another TLS certificate',
  'tls-expected': 'TLS was turned off',
  'not-provisioned': 'AMT is no longer activated'
}

/** Runs until it is closed. Nothing is looked at before the first wake. */
export function openGuard(options: GuardOptions): Guard {
  const { store, clock, held } = options
  const ended = new AbortController()
  let nap = new AbortController()
  let stirred = false
  const looking = new Set<Promise<void>>()
  const busy = new Set<string>()

  async function open(attempt: Attempt): Promise<Result<Seen>> {
    const { tools, job } = attempt
    const current = tools.store.secrets.of(job.computer.guid).find(({ role }) => role === 'current')
    if (!current) return { ok: false, problem: problem('no-candidate') }
    const password = await tools.vault.read(current.slot)
    if (!password.ok) return password
    const reached = await reach.makeSo(attempt)
    if (!reached.ok) return reached
    const device = await tryLogin(attempt, {
      ...current,
      password: password.value,
      origin: 'the password in the keychain'
    })
    if (!device.ok) return device
    const seen = await see(device.value)
    device.value.close()
    return seen
  }

  async function look(job: Job, plan: ImportPlan, last: boolean): Promise<Look> {
    const tools = options.toolsFor(plan)
    const attempt: Attempt = { tools, plan, job, signal: ended.signal, found: {}, facts: {} }
    const found = await open(attempt)
    if (found.ok) return { kind: 'seen', seen: found.value }
    const { code } = found.problem
    // A closed port may be a restart; at the last look it is the end of AMT on this computer.
    if (last && code === 'device-refused') return { kind: 'lost', what: 'Nothing listens on the AMT ports any more' }
    const what = lostWords[code]
    return what === undefined ? { kind: 'unclear' } : { kind: 'lost', what }
  }

  function end(watch: Watch, job: Job, looks: number, outcome: string): void {
    store.together(() => {
      store.watches.end(watch.jobId)
      store.audit.append('watch ended', { looks, outcome }, about(job))
    })
    options.onImport(watch.importId)
  }

  function takenBack(watch: Watch, job: Job, what: readonly string[]): void {
    const found = what.join('; ')
    store.together(() => {
      store.watches.end(watch.jobId)
      store.audit.append('taken back', { differences: found }, about(job))
      const problemNow = problem('taken-back', { where: job.facts.endpoint, found, expected: 'as it was left' })
      options.onChange(store.jobs.change(job.id, { state: 'person', problem: problemNow }))
    })
    options.onImport(watch.importId)
  }

  function judge(watch: Watch, job: Job, found: Look, last: boolean): void {
    const before = watch.baseline === null ? undefined : baselineSchema.parse(JSON.parse(watch.baseline))
    // Somebody put changes back: what is different now is theirs.
    if (before !== undefined && before.changes !== changesOf(job)) {
      store.watches.end(watch.jobId)
      return
    }
    const looks = watch.looks + (found.kind === 'unclear' ? 0 : 1)
    const now = clock.now()
    // Another computer at this address is no news of this one.
    const same = found.kind === 'seen' && (before === undefined || before.guid === found.seen.guid)
    const what =
      found.kind === 'lost' ? [found.what] : same && before !== undefined ? differences(before, found.seen) : []
    if (before !== undefined && what.length > 0) takenBack(watch, job, what)
    else if (found.kind === 'lost') end(watch, job, looks, 'it could not be read')
    else if (last) end(watch, job, looks, looks > 1 ? 'it stayed as it was left' : 'it could not be read again')
    else {
      const pause = same ? watch.span * firstShare * 2 ** Math.max(0, looks - 1) : watch.span * againShare
      store.watches.change(watch.jobId, {
        nextAt: Math.min(watch.untilAt, now + Math.round(pause)),
        ...(same && {
          looks,
          ...(before === undefined && { baseline: JSON.stringify({ ...found.seen, changes: changesOf(job) }) })
        })
      })
    }
  }

  async function attend(watch: Watch): Promise<void> {
    const job = store.jobs.get(watch.jobId)
    const plan = store.jobs.import(watch.importId)
    if (!job || !plan || job.state !== 'done') return store.watches.end(watch.jobId)
    const { guid } = job.computer
    if (held.has(guid) || store.jobs.isWorkedOn(guid)) {
      store.watches.change(watch.jobId, { nextAt: clock.now() + Math.round(watch.span * againShare) })
      return
    }
    held.add(guid)
    try {
      const last = clock.now() >= watch.untilAt
      const found = await look(job, plan, last)
      const now = store.jobs.get(watch.jobId)
      if (ended.signal.aborted || now === undefined) return
      if (now.state === 'done') judge(watch, now, found, last)
      else store.watches.end(watch.jobId)
    } finally {
      held.delete(guid)
    }
  }

  function start(watch: Watch): void {
    busy.add(watch.jobId)
    const one = attend(watch)
      .catch((error: unknown) => {
        options.onBug(error)
        store.watches.end(watch.jobId)
      })
      .finally(() => {
        busy.delete(watch.jobId)
        looking.delete(one)
        stir()
        options.onFree()
      })
    looking.add(one)
  }

  const isReady = ({ importId }: Watch): boolean => {
    const plan = store.jobs.import(importId)
    return plan === undefined || options.ready(plan)
  }

  async function run(): Promise<void> {
    while (!ended.signal.aborted) {
      const due = store.watches.due(clock.now()).filter((watch) => !busy.has(watch.jobId) && isReady(watch))
      for (const watch of due.slice(0, atOnce - looking.size)) start(watch)
      const next = store.watches.nextAt() ?? Number.POSITIVE_INFINITY
      nap = new AbortController()
      if (stirred) nap.abort()
      stirred = false
      const wait = looking.size >= atOnce || next <= clock.now() ? longestNap : Math.min(next - clock.now(), longestNap)
      await clock.sleep(wait, AbortSignal.any([nap.signal, ended.signal]))
    }
  }

  function stir(): void {
    stirred = true
    nap.abort()
  }

  let running: Promise<unknown> | undefined
  return {
    wake() {
      running ??= run().catch(options.onBug)
      stir()
    },
    async close() {
      ended.abort()
      await running
      await Promise.all(looking)
    }
  }
}

/** A look is due at once; until then it goes on. */
export function beginWatch(store: Store, job: Job, minutes: number, now: number): void {
  if (minutes === 0) return
  const span = Math.round(minutes * 60_000)
  store.watches.begin({ jobId: job.id, importId: job.importId, nextAt: now, untilAt: now + span, span })
  store.audit.append('watch begun', { until: new Date(now + span).toISOString() }, about(job))
}
