// Composition: store + vaults + devices + queue → one Core. Imports no Electron; the window and the command line both stand on it.
import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { AuditKind } from '../shared/audit.ts'
import type { Import, Snapshot } from '../shared/contract/views.ts'
import type { Draft } from '../shared/draft.ts'
import { type Job, openJobs } from '../shared/job.ts'
import { fail, ok, type Problem, type Result } from '../shared/problem.ts'
import { restsUntil } from '../shared/schedule/followed.ts'
import type { Offset } from '../shared/schedule/openings.ts'
import { userName } from './actor.ts'
import { type Checking, checkingOf } from './checking.ts'
import { type Clock, systemClock, systemOffset } from './clock.ts'
import { type Drafting, draftingOf, type Progress } from './drafting/drafting.ts'
import { explore } from './explore.ts'
import { holdingOf } from './holding.ts'
import { type Imports, importsOf } from './imports.ts'
import { listeners } from './listeners.ts'
import { type Log, openLog } from './log.ts'
import { type Planner, plannerOf } from './planning.ts'
import type { Practice } from './practice.ts'
import { namedProfiles, type Profiles } from './profiles.ts'
import { type Pace, practicePace, realPace, type Tools } from './provision/attempt.ts'
import { type Disturbance, disturbance, type Ground, lookEvery, networksNow } from './provision/ground.ts'
import { bugProblem, openQueue, recover } from './provision/queue.ts'
import { placeOf, unknownSubnet } from './provision/subnet.ts'
import { takeOver } from './provision/takeOver.ts'
import { openGuard } from './provision/watch.ts'
import { type Signing, signingOf } from './signing.ts'
import { openStore, type Store } from './store/store.ts'
import { answers, fleetHolder, parallelOf, toolsOf } from './tools.ts'
import { undoingOf } from './undo.ts'
import type { Vaults } from './vault.ts'
import { watchStore } from './watching.ts'
import { openDevice } from './wsman/client.ts'

export interface CoreOptions {
  /** Everything that is written goes into this folder. */
  readonly folder: string
  readonly vaults: Vaults
  readonly log: Log
  readonly version: string
  readonly runtime: string
  readonly clock?: Clock
  /** The zone that change windows are meant in; the computer's own when absent. */
  readonly offset?: Offset
  /** A practice fleet that runs elsewhere; the own one is started when it is first needed. */
  readonly practice?: Practice
  readonly paces?: { readonly real: Pace; readonly practice: Pace }
  /** How devices are opened; tests stand between here. */
  readonly openDevice?: Tools['openDevice']
  /** Another program works on the folder: only look. */
  readonly watching?: boolean
  /** Hears the kind of each audit entry as it is written. */
  readonly watch?: (kind: AuditKind) => void
  /** The networks this computer is on, as one text; its own interfaces when absent. */
  readonly networks?: () => string
}

export interface Core {
  readonly watching: boolean
  readonly store: Store
  readonly drafting: Drafting
  readonly imports: Imports
  readonly checking: Checking
  readonly profiles: Profiles
  readonly planner: Planner
  readonly signing: Signing
  readonly log: Log
  /** A draft for the practice fleet comes with its accounts, and finds the fleet as on the first day. */
  beginDraft(practice: boolean): Promise<Result<Draft>>
  practice(): Promise<Practice>
  snapshot(): Snapshot
  /** Reads one class from a job's device; changes nothing. */
  look(importId: string, jobId: string, name: string, operation: 'get' | 'enumerate'): Promise<Result<{ text: string }>>
  /** Puts back what can be put back on a job's device. */
  undo(importId: string, jobId: string): Promise<Result<Import>>
  /** The laptop slept, or changed networks. */
  disturbed(what: Disturbance): void
  /** Begins nothing on real computers until told null; the words are shown. */
  holdBack(words: string | null): void
  /** Whether any job is at work or waits for its turn or its time; those asleep keep nobody awake. */
  isBusy(): boolean
  /** Takes up what was running when the program last ended. */
  goOn(): Promise<void>
  /** Hears each change of a job; returns the function that ends it. */
  onJob(hear: (job: Job) => void): () => void
  onImport(hear: (importId: string) => void): () => void
  /** Hears how far the reading of a file is. */
  onReading(hear: (progress: Progress) => void): () => void
  /** Hears of each result of a dry run, and of its end. */
  onCheck(hear: (draftId: string) => void): () => void
  /** Lets current steps end, then closes everything. */
  close(): Promise<void>
}

/** Opens the core on a data folder. Problems: store-busy, store-newer, store-broken. */
export function openCore(options: CoreOptions): Result<Core> {
  const { folder, vaults, log, clock = systemClock, offset = systemOffset } = options
  const { paces = { real: realPace, practice: practicePace } } = options
  const now = (): number => clock.now()
  const newId = (): string => randomUUID()
  const random = (count: number): Uint8Array => new Uint8Array(randomBytes(count))
  const actor = userName()
  const { watching = false } = options
  const opened = openStore({ folder, actor, now, watch: options.watch, readOnly: watching })
  if (!opened.ok) return opened
  const store = opened.value
  if (!watching) recover(store)

  const jobs = listeners<Job>()
  const importIds = listeners<string>()
  const readings = listeners<Progress>()
  const checks = listeners<string>()
  const fleet = fleetHolder(options.practice, { folder, clock, random })
  const ready = async (isPractice: boolean): Promise<void> => {
    if (isPractice) await fleet.start()
  }
  const { held, untilFree, alone } = holdingOf(clock, () => queue.wake())

  function onBug(error: unknown): Problem {
    const id = newId().slice(0, 8)
    log.write('unexpected', { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    return bugProblem(id)
  }

  const toolsFor = toolsOf(
    { store, vaults, clock, random, paces, openDevice: options.openDevice ?? openDevice },
    fleet.running
  )

  const queue = openQueue({
    store,
    toolsFor,
    steps: takeOver,
    now,
    parallel: (plan) => parallelOf(paces, plan),
    held,
    placeOf: ({ computer }, { locate }) => {
      const place = locate(computer)
      return place.ok ? placeOf(place.value.host) : unknownSubnet
    },
    awake: { clock, chance: Math.random, answers },
    restsUntil: (kept) => restsUntil(kept.schedule, now(), offset),
    onChange: (job) => {
      jobs.tell(job)
      if (job.state === 'done') guard.wake()
    },
    onImport: importIds.tell,
    onBug
  })
  const guard = openGuard({
    store,
    clock,
    toolsFor,
    ready: ({ practice: isPractice }) => !isPractice || fleet.running() !== undefined,
    held,
    onChange: jobs.tell,
    onImport: importIds.tell,
    onFree: () => queue.wake(),
    onBug
  })

  /** Looks every few seconds whether this laptop slept or changed networks. */
  const networks = options.networks ?? networksNow
  const groundNow = (): Ground => ({ at: now(), networks: networks() })
  let ground = groundNow()
  const looking = setInterval(() => {
    const before = ground
    ground = groundNow()
    const what = disturbance(before, ground)
    if (what !== undefined) queue.disturbed(what)
  }, lookEvery)
  looking.unref()

  const unwatch = watching ? watchStore({ store, onJob: jobs.tell, onImport: importIds.tell }) : undefined
  const drafting = draftingOf({ store, vaults, now, newId, onProgress: readings.tell })
  const parallel = (isPractice: boolean): number => (isPractice ? paces.practice : paces.real).parallel
  const planner = plannerOf({ store, now, offset, parallel })
  const imports = importsOf({
    store,
    vaults,
    queue,
    now,
    planner,
    newId,
    actor,
    version: options.version,
    parallel,
    ready
  })

  const checking = checkingOf({
    store,
    drafting,
    now,
    actor,
    toolsFor,
    ready,
    held,
    onChange: (draftId) => {
      checks.tell(draftId)
      // A job may have waited for the device.
      queue.wake()
    },
    onBug
  })

  const undoing = undoingOf({
    store,
    toolsFor,
    ready,
    held,
    onChange: jobs.tell,
    onEnd: () => queue.wake(),
    onBug
  })

  const practiceIsBusy = (): boolean =>
    store.jobs.imports().some((each) => each.practice && (each.state === 'running' || each.state === 'paused'))

  async function beginDraft(isPractice: boolean): Promise<Result<Draft>> {
    if (!isPractice) return ok(drafting.begin(false, []))
    const { accounts, reset } = await fleet.start()
    if (!practiceIsBusy() && reset()) {
      store.watches.endPractice()
      await vaults.practice.forget(store.secrets.all(true).map(({ slot }) => slot))
      store.secrets.forgetPractice()
      store.certificates.forgetPractice()
    }
    const draft = drafting.begin(true, [])
    const kept: Draft['accounts'] = []
    for (const { username, password, description } of accounts) {
      const secret = await drafting.keepSecret(draft.id, 'account', password)
      if (!secret.ok) return secret
      kept.push({ id: newId(), username, description, slot: secret.value.slot })
    }
    return drafting.change(draft.id, { accounts: kept })
  }

  return ok({
    store,
    drafting,
    imports,
    checking,
    profiles: namedProfiles({ store, drafting, newId }),
    planner,
    signing: signingOf({ store, imports }),
    watching,
    log,
    beginDraft,
    practice: fleet.start,
    snapshot: () => ({
      version: options.version,
      runtime: options.runtime,
      keychain: {
        kind: vaults.real.kind,
        words: vaults.real.kind === 'none' ? vaults.practice.words : vaults.real.words
      },
      watching,
      practiceComputers: fleet.running()?.computers ?? 0,
      drafts: drafting.all(),
      imports: imports.all()
    }),
    async look(importId, jobId, name, operation) {
      const plan = store.jobs.import(importId)
      const job = store.jobs.get(jobId)
      if (!plan || job?.importId !== importId) return fail('import-gone', { found: importId })
      await ready(plan.practice)
      return alone(job.computer.guid, () => explore({ tools: toolsFor(plan), plan, job }, name, operation))
    },
    async undo(importId, jobId) {
      const job = store.jobs.get(jobId)
      if (job && !(await untilFree(job.computer.guid))) return fail('device-in-use')
      const done = await undoing.undo(importId, jobId)
      return done.ok ? ok(imports.view(importId)) : done
    },
    async goOn() {
      if (watching) return
      await drafting.sweep()
      if (practiceIsBusy() || store.watches.ofPractice()) await fleet.start()
      queue.wake()
      guard.wake()
    },
    disturbed(what) {
      ground = groundNow()
      queue.disturbed(what)
    },
    holdBack: (words) => queue.holdBack(words),
    isBusy: () => store.jobs.running().some(({ id }) => openJobs(store.jobs.totals(id)) > store.jobs.asleep(id).length),
    onJob: jobs.add,
    onImport: importIds.add,
    onReading: readings.add,
    onCheck: checks.add,
    async close() {
      clearInterval(looking)
      await Promise.all([checking.close(), undoing.close(), guard.close()])
      unwatch?.()
      if (!watching) await drafting.close()
      await queue.close()
      await fleet.close()
      store.close()
    }
  })
}

/** The log of a data folder. */
export const logOf = (folder: string, clock: Clock = systemClock): Log =>
  openLog(join(folder, 'logs'), () => clock.now())
