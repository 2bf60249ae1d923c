// From Start to report: the act that turns a draft into jobs, and what a person may ask of running imports.
import { checklist, isItem, type Ticks } from '../shared/checklist.ts'
import type { Computer } from '../shared/computer.ts'
import type { Import } from '../shared/contract/views.ts'
import type { DeviceLog } from '../shared/deviceLog.ts'
import { type Draft, missing } from '../shared/draft.ts'
import { type Job, openJobs, timeLeft, totalsOf } from '../shared/job.ts'
import { outcomeOf } from '../shared/outcome.ts'
import { fail, ok, type ProblemCode, type Result } from '../shared/problem.ts'
import { profileSentences } from '../shared/profile/sentences.ts'
import { type ReportFacts, reportHtml } from '../shared/report.ts'
import { reportJson, reportRows } from '../shared/reportTable.ts'
import { decided, type Running, runningFor, runningSentences } from '../shared/running.ts'
import { waitsForHello } from '../shared/setUp.ts'
import { advise } from '../shared/strategy.ts'
import { failedRowsCsv } from './intake/failedRows.ts'
import type { Delimiter } from './intake/lines.ts'
import { listText } from './intake/write.ts'
import { awaitedProblem, helloUntil, type OutOfBand } from './outOfBand.ts'
import type { Planner } from './planning.ts'
import type { Queue } from './provision/queue.ts'
import { formerSlots, release } from './releasing.ts'
import { fingerprintWords } from './signature.ts'
import type { About } from './store/audit.ts'
import type { ImportPlan, KeptImport } from './store/importPlan.ts'
import type { OldTls } from './store/secrets.ts'
import type { Store } from './store/store.ts'
import type { Vaults } from './vault.ts'

export interface ImportsOptions {
  readonly store: Store
  readonly vaults: Vaults
  readonly queue: Queue
  readonly now: () => number
  readonly planner: Planner
  readonly newId: () => string
  readonly actor: string
  readonly version: string
  /** Jobs side by side in an import of this kind. */
  readonly parallel: (practice: boolean) => number
  readonly outOfBand: OutOfBand
  /** Listens for hellos where a job waits for one. */
  readonly listen: () => Promise<void>
  /** Whether there is anything to set computers of this kind up with. */
  readonly hasMeans: (practice: boolean) => boolean
  /** The practice fleet is running when this resolves; nothing to do for real imports. */
  readonly ready: (practice: boolean) => Promise<void>
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
  /** Text of the report or of the failed rows (lists in the given separator), with the file name to offer. */
  document(importId: string, kind: DocumentKind, delimiter?: Delimiter): Result<{ name: string; text: string }>
}

/** `report` is the web page, and what a PDF is made from. */
export type DocumentKind = 'report' | 'csv' | 'json' | 'failedRows'

const writers = {
  report: { ending: 'html', write: reportHtml },
  csv: { ending: 'csv', write: (facts: ReportFacts, delimiter?: Delimiter) => listText(reportRows(facts), delimiter) },
  json: { ending: 'json', write: reportJson }
} as const

const day = (at: number): string => new Date(at).toISOString().slice(0, 10)

const reasonOf = (job: Job): string =>
  job.problem ? `${job.problem.title}. ${job.problem.remedy}` : 'The work on this computer was stopped before its end.'

/** Ticks made before Start, by whoever starts. */
const signed = (ticks: Ticks, by: string): Ticks =>
  Object.fromEntries(
    Object.entries(ticks)
      .filter(([item]) => isItem(item))
      .map(([item, { at }]) => [item, { at, by }])
  )

/** The imports of a store. */
export function importsOf(options: ImportsOptions): Imports {
  const { store, queue, now, planner } = options

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

  function auditTick(importId: string, item: string, tickedAt: number, done: boolean): void {
    const what = checklist.find(({ id }) => id === item)?.text ?? item
    store.audit.append('checklist ticked', { item, what, done, tickedAt }, { importId })
  }

  function auditAllowed(all: readonly string[], about: About): void {
    if (all.length === 0) return
    const names = all.slice(0, 20).join(', ')
    store.audit.append(
      'automatic provisioning allowed',
      { computers: all.length, names: all.length > 20 ? `${names} …` : names },
      about
    )
  }

  function pinOf({ id, computer }: Job): [string, string][] | undefined {
    const pin = store.secrets.pin(computer.guid)
    return pin === undefined ? undefined : [[id, pin]]
  }

  function logOfJob({ id }: Job): [string, DeviceLog][] | undefined {
    const log = store.deviceLogs.of(id)
    return log && [[id, log]]
  }

  async function start(
    draft: Draft,
    computers: readonly Computer[],
    source: string,
    allowed: readonly string[] = []
  ): Promise<Result<Import>> {
    const [first] = missing(draft, planner.ground(draft.practice))
    if (first) return fail('not-ready', { values: { what: first.text } })
    if (!draft.practice && options.vaults.real.kind === 'none') return fail('keychain-missing')
    const { route } = advise(draft.answers)
    const waiting = computers.some((computer) => waitsForHello(computer, route ?? null, draft.profile))
    if (waiting && !options.hasMeans(draft.practice)) return fail('provisioning-certificate-missing')
    await options.ready(draft.practice)
    // The practice fleet takes a moment to start, and an impatient second press must not become a second import.
    if (!store.drafts.all().some(({ id }) => id === draft.id)) return fail('draft-gone')
    const { schedule, begins } = planner.follow(draft, computers.length)
    const plan: ImportPlan = {
      id: options.newId(),
      draftId: draft.id,
      practice: draft.practice,
      source,
      collection: draft.collection,
      route: route ?? null,
      answers: draft.answers,
      routes: draft.routes,
      checklist: signed(draft.checklist, options.actor),
      profile: draft.profile,
      accounts: draft.accounts,
      startedAt: now(),
      actor: options.actor,
      ...(schedule && { schedule }),
      running: decided(draft.running, draft.practice, computers.length)
    }
    const until = helloUntil(plan, now())
    store.together(() => {
      store.jobs.create(
        plan,
        computers.map((computer, index) => ({
          id: options.newId(),
          computer,
          notBefore: begins[index],
          ...(waitsForHello(computer, plan.route, plan.profile) && {
            awaits: { until, problem: awaitedProblem(until) }
          })
        }))
      )
      store.audit.append(
        'import started',
        {
          computers: computers.length,
          source,
          route: route ?? 'not decided',
          practice: plan.practice,
          profile: profileSentences(plan.profile).join(' '),
          collection: plan.collection,
          ...(schedule && { schedule: schedule.words.join(' ') }),
          running: runningSentences(plan.running ?? draft.running).join(' ')
        },
        { importId: plan.id }
      )
      auditAllowed(allowed, { importId: plan.id })
      for (const [item, { at }] of Object.entries(plan.checklist)) auditTick(plan.id, item, at, true)
      store.drafts.remove(draft.id)
    })
    await options.listen()
    options.outOfBand.started(plan.id)
    return ok(viewOf({ ...plan, state: 'running' }))
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
    start,
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
        auditTick(importId, item, at, done)
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
        auditAllowed(
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
    document(importId, kind, delimiter) {
      const found = kept(importId)
      if (!found.ok) return found
      const jobs = store.jobs.of(importId)
      const stem = `${day(now())}-${importId.slice(0, 6)}`
      if (kind === 'failedRows') {
        const rows = jobs
          .filter((job) => job.state !== 'done')
          .map((job) => ({ computer: job.computer, reason: reasonOf(job) }))
        return ok({ name: `amt-failed-rows-${stem}.csv`, text: failedRowsCsv(rows, delimiter) })
      }
      const { source, practice, actor, startedAt, collection, profile, schedule } = found.value
      const { route, answers, routes, checklist } = found.value
      const installation = store.installation.key()
      const facts: ReportFacts = {
        source,
        practice,
        actor,
        startedAt,
        writtenAt: now(),
        collection,
        route,
        answers,
        routes,
        checklist,
        outcome: outcomeOf(profile),
        profile: profileSentences(profile),
        ...(schedule && { schedule: planner.words(schedule) }),
        running: runningSentences(ranAs(found.value)),
        secrets: `${(practice ? options.vaults.practice : options.vaults.real).words} They are in no file, log or report.`,
        version: options.version,
        jobs,
        totals: totalsOf(jobs),
        chain: store.audit.verify(),
        installation: installation ? fingerprintWords(installation.publicKey) : null,
        certificates: new Map(jobs.flatMap((job) => pinOf(job) ?? [])),
        deviceLogs: new Map(jobs.flatMap((job) => logOfJob(job) ?? []))
      }
      const { ending, write } = writers[kind]
      return ok({ name: `amt-take-over-report-${stem}.${ending}`, text: write(facts, delimiter) })
    }
  }
}
