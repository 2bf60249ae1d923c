import type { Computer } from '../shared/computer.ts'
import type { Import } from '../shared/contract/views.ts'
import type { Draft } from '../shared/draft.ts'
import { type Job, openJobs, timeLeft, totalsOf } from '../shared/job.ts'
import { outcomeOf } from '../shared/outcome.ts'
import { fail, ok, type ProblemCode, type Result } from '../shared/problem.ts'
import { type Running, runningFor } from '../shared/running.ts'
import { type DocumentKind, documentOf } from './evidence/documents.ts'
import type { Delimiter } from './intake/lines.ts'
import { noteAllowed, noteTick } from './noting.ts'
import type { Queue } from './provision/queue.ts'
import { formerSlots, release } from './releasing.ts'
import { type Starting, startImport } from './starting.ts'
import type { KeptImport } from './store/importPlan.ts'
import type { OldTls } from './store/secrets.ts'

export interface ImportsOptions extends Starting {
  readonly queue: Queue
  readonly version: string
  /** Jobs side by side in an import of this kind. */
  readonly parallel: (practice: boolean) => number
}

export interface Imports {
  all(): Import[]
  view(importId: string): Import
  jobs(importId: string): Result<{ import: Import; jobs: Job[] }>
  /** `allowed`: names of computers whose automatic provisioning a person allowed again, for the audit. */
  start(
    draft: Draft,
    computers: readonly Computer[],
    source: string,
    allowed?: readonly string[]
  ): Promise<Result<Import>>
  /** What a person asks of a whole import. */
  steer(importId: string, how: 'pause' | 'resume' | 'stop'): Promise<Result<Import>>
  /** Neither planned times nor change windows hold the import back any more. */
  startAnyway(importId: string): Promise<Result<Import>>
  /** With a cause, only those that have it. */
  retry(importId: string, jobIds: readonly string[] | null, cause?: ProblemCode): Promise<Result<Import>>
  /** Leaves computers as they are. */
  skip(importId: string, jobIds: readonly string[], reason: string): Promise<Result<Import>>
  /** How it runs from now on. */
  pace(importId: string, running: Running): Promise<Result<Import>>
  /** The rest of the list, without waiting for the first few. */
  wholeNow(importId: string): Promise<Result<Import>>
  /** Former passwords of its computers that the keychain still has. */
  former(importId: string): Result<{ former: number }>
  release(importId: string): Promise<Result<{ released: number }>>
  addAccount(
    importId: string,
    account: { username: string; description: string; value: string }
  ): Promise<Result<Import>>
  /** Sets a tick of the checklist with who and when, or takes it back. */
  tick(importId: string, item: string, done: boolean): Result<Import>
  /** Records that automatic in-band provisioning is allowed again; jobIds null = for every computer. */
  allowAutomatic(importId: string, jobIds: readonly string[] | null): Result<Import>
  trustCertificate(importId: string, jobId: string): Promise<Result<Import>>
  allowTls(importId: string, jobId: string, floor: OldTls): Promise<Result<Import>>
  /** More certificates than are believed to fit are tried on computers that wait for that choice; null = on all of them. */
  tryBeyondPlaces(importId: string, jobIds: readonly string[] | null): Promise<Result<Import>>
  /** Text of the report or of the failed rows (lists in the given separator), with the file name to offer. */
  document(importId: string, kind: DocumentKind, delimiter?: Delimiter): Result<{ name: string; text: string }>
}

/** The imports of a store. */
export function importsOf(options: ImportsOptions): Imports {
  const { store, queue, now } = options

  /** How it runs, with the number side by side that it comes to. */
  function ranAs({ practice, schedule, running = runningFor(practice) }: KeptImport): Running {
    return { ...running, parallel: running.parallel ?? schedule?.schedule.parallel ?? options.parallel(practice) }
  }

  function viewOf(kept: KeptImport): Import {
    const { id, practice, state, source, collection, route, answers, routes, checklist, startedAt } = kept
    const { schedule, held } = kept
    const totals = store.jobs.totals(id)
    const flow = { ...queue.flow(kept), watched: store.watches.count(id) }
    // Who sleeps is not worked on; how long that takes nobody knows.
    const open = openJobs(totals) - flow.asleep - flow.awaited
    const left = timeLeft(store.jobs.took(id), open, flow.parallel) ?? null
    return {
      ...{ id, practice, state, source, collection, route, answers, routes, checklist, startedAt },
      ...{ totals, timeLeft: left, flow },
      outcome: outcomeOf(kept.profile),
      prevented: store.jobs.prevented(id),
      ...(schedule && { schedule }),
      running: kept.running ?? runningFor(practice),
      problem: (state === 'paused' && held) || null
    }
  }

  function kept(importId: string): Result<KeptImport> {
    const found = store.jobs.import(importId)
    return found ? ok(found) : fail('import-gone', { found: importId })
  }

  /** Asks the queue for something, once the devices can be reached. */
  async function asked(importId: string, ask: () => void): Promise<Result<Import>> {
    const found = kept(importId)
    if (!found.ok) return found
    await options.ready(found.value.practice)
    ask()
    return ok(viewOf(store.jobs.import(importId) ?? found.value))
  }

  const retry = (importId: string, jobIds: readonly string[] | null, cause?: ProblemCode) =>
    asked(importId, () => {
      options.outOfBand.again(importId, jobIds)
      queue.retry(importId, jobIds, cause)
    })

  return {
    all: () => store.jobs.imports().map((each) => viewOf(each)),
    view(importId) {
      const found = kept(importId)
      if (!found.ok) throw new Error(`no import ${importId}`)
      return viewOf(found.value)
    },
    jobs(importId) {
      const found = kept(importId)
      if (!found.ok) return found
      const jobs = store.jobs.of(importId)
      return ok({ import: viewOf(found.value), jobs })
    },
    async start(draft, computers, source, allowed) {
      const started = await startImport(options, draft, computers, source, allowed)
      return started.ok ? ok(viewOf({ ...started.value, state: 'running' })) : started
    },
    steer: (importId, how) => asked(importId, () => queue[how](importId)),
    skip: (importId, jobIds, reason) => asked(importId, () => queue.skip(importId, jobIds, reason)),
    pace: (importId, running) => asked(importId, () => queue.pace(importId, running)),
    wholeNow: (importId) => asked(importId, () => queue.wholeNow(importId)),
    former(importId) {
      const found = kept(importId)
      return found.ok ? ok({ former: formerSlots(store, found.value).length }) : found
    },
    async release(importId) {
      const found = kept(importId)
      if (!found.ok) return found
      const { practice, real } = options.vaults
      const released = await release(store, found.value.practice ? practice : real, found.value)
      return released.ok ? ok({ released: released.value }) : released
    },
    async startAnyway(importId) {
      const found = kept(importId)
      if (!found.ok) return found
      const { practice, schedule } = found.value
      await options.ready(practice)
      if (schedule && schedule.anywayAt === null) {
        const waiting = totalsOf(store.jobs.of(importId)).waiting
        store.together(() => {
          store.jobs.startAnyway(importId, now())
          store.audit.append('started anyway', { computers: waiting }, { importId })
        })
        queue.wake()
      }
      return ok(viewOf(store.jobs.import(importId) ?? found.value))
    },
    retry,
    async addAccount(importId, { username, description, value }) {
      const found = kept(importId)
      if (!found.ok) return found
      const vault = found.value.practice ? options.vaults.practice : options.vaults.real
      const slot = `import/${importId}/account/${options.newId()}`
      const secret = await vault.keep(slot, value)
      if (!secret.ok) return secret
      store.together(() => {
        store.jobs.addAccount(importId, { id: options.newId(), username, description, slot })
        store.audit.append('account added', { account: description || username, slot }, { importId })
      })
      return ok(viewOf(store.jobs.import(importId) ?? found.value))
    },
    tick(importId, item, done) {
      const found = kept(importId)
      if (!found.ok) return found
      const at = now()
      store.together(() => {
        store.jobs.tick(importId, item, done ? { at, by: options.actor } : null)
        noteTick(store.audit, importId, item, at, done)
      })
      return ok(viewOf(store.jobs.import(importId) ?? found.value))
    },
    allowAutomatic(importId, jobIds) {
      const found = kept(importId)
      if (!found.ok) return found
      store.together(() => {
        const allowed = store.jobs.allowAutomatic(importId, jobIds).map(({ id, computer: { name } }) => ({ id, name }))
        const [one] = allowed
        const about = one !== undefined && allowed.length === 1 ? { jobId: one.id, computer: one.name } : {}
        noteAllowed(
          store.audit,
          allowed.map(({ name }) => name),
          { importId, ...about }
        )
      })
      return ok(viewOf(found.value))
    },
    async trustCertificate(importId, jobId) {
      const found = kept(importId)
      const job = store.jobs.get(jobId)
      if (!found.ok || job?.importId !== importId) return fail('import-gone', { found: importId })
      const { guid, name } = job.computer
      const fingerprint = store.secrets.pin(guid)
      if (fingerprint !== undefined) {
        store.together(() => {
          store.secrets.dropPin(guid)
          store.audit.append('certificate released', { fingerprint }, { importId, jobId, computer: name })
        })
      }
      return retry(importId, [jobId])
    },
    async allowTls(importId, jobId, floor) {
      const job = store.jobs.get(jobId)
      if (job?.importId !== importId) return fail('import-gone', { found: importId })
      store.together(() => {
        store.secrets.allowTls(job.computer.guid, floor)
        store.audit.append('old TLS allowed', { floor }, { importId, jobId, computer: job.computer.name })
      })
      return retry(importId, [jobId])
    },
    async tryBeyondPlaces(importId, jobIds) {
      const found = kept(importId)
      if (!found.ok) return found
      const wanted = store.jobs
        .of(importId)
        .filter(({ state, problem }) => state === 'person' && problem?.code === 'store-believed-full')
        .filter(({ id }) => jobIds?.includes(id) ?? true)
      if (wanted.length === 0) return ok(viewOf(found.value))
      store.together(() => {
        for (const { id, facts, problem, computer } of wanted) {
          store.jobs.change(id, { facts: { ...facts, beyondPlaces: true } })
          const room = problem?.found ?? ''
          store.audit.append('more places allowed', { room }, { importId, jobId: id, computer: computer.name })
        }
      })
      return retry(
        importId,
        wanted.map(({ id }) => id)
      )
    },
    document(importId, kind, delimiter) {
      const found = kept(importId)
      if (!found.ok) return found
      return ok(documentOf({ ...found.value, running: ranAs(found.value) }, kind, options, delimiter))
    }
  }
}
