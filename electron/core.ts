// Composition: store + vaults + devices + queue → one Core. Imports no Electron; the window and the command line both stand on it.
import { randomBytes, randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { AuditKind } from '../shared/audit.ts'
import { helloPort } from '../shared/contract/outOfBand.ts'
import type { Import, Snapshot } from '../shared/contract/views.ts'
import type { Draft } from '../shared/draft.ts'
import { type Job, openJobs } from '../shared/job.ts'
import { fail, ok, type Problem, type Result } from '../shared/problem.ts'
import { restsUntil } from '../shared/schedule/followed.ts'
import type { Offset } from '../shared/schedule/openings.ts'
import { userName } from './actor.ts'
import { type Checking, checkingOf } from './checking.ts'
import { type Clock, systemClock, systemOffset } from './clock.ts'
import { type Discovering, discoveringOf } from './discovering.ts'
import { type Drafting, draftingOf, type Progress, type ReadingHead } from './drafting/drafting.ts'
import { type Auditing, auditingOf } from './evidence/auditing.ts'
import { type Bundle, supportBundle } from './evidence/bundle.ts'
import { type SecretSheet, sheetOfImport } from './evidence/passwords.ts'
import { explore } from './explore.ts'
import { type Exporting, exportingOf } from './exporting.ts'
import { type GuidReading, guidReadingOf } from './guidReading.ts'
import { type HelloCall, type HelloRoom, helloOf } from './hello.ts'
import { holdingOf } from './holding.ts'
import { type Imports, importsOf } from './imports.ts'
import { type InstallationKey, installationKey } from './installation.ts'
import { listeners } from './listeners.ts'
import { type Log, openLog } from './log.ts'
import { callOf, type OutOfBand, outOfBandOf } from './outOfBand.ts'
import { type Packs, packsOf } from './packs/packs.ts'
import { type Planner, plannerOf } from './planning.ts'
import type { Practice } from './practice.ts'
import { namedProfiles, type Profiles } from './profiles.ts'
import { type Pace, practicePace, realPace, type Tools } from './provision/attempt.ts'
import { type Disturbance, disturbance, type Ground, lookEvery, networksNow } from './provision/ground.ts'
import { bugProblem, openQueue, recover } from './provision/queue.ts'
import { setUp } from './provision/setUp.ts'
import { placeOf, unknownSubnet } from './provision/subnet.ts'
import { takeOver } from './provision/takeOver.ts'
import { openGuard } from './provision/watch.ts'
import type { MeansOf } from './setup/means.ts'
import { type Signing, signingOf } from './signing.ts'
import { openStore, type Store } from './store/store.ts'
import { answers, fleetHolder, meansFor, parallelOf, toolsOf } from './tools.ts'
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
  /** Only dry runs: what an interrupted import still has to do stays undone. */
  readonly resting?: boolean
  /** Hears the kind of each audit entry as it is written. */
  readonly watch?: (kind: AuditKind) => void
  /** Where hellos of real computers are listened for when a job waits for one; all addresses and AMT's port when absent. */
  readonly helloPlace?: { readonly address: string; readonly port: number }
  /** The networks this computer is on, as one text; its own interfaces when absent. */
  readonly networks?: () => string
  /** What others see this installation as, until it is named; the host's name when absent. */
  readonly hostName?: string
  /** log2 of scrypt's N for packs. */
  readonly packCost?: number
}

export interface Core {
  readonly watching: boolean
  readonly store: Store
  readonly drafting: Drafting
  readonly imports: Imports
  readonly checking: Checking
  readonly discovering: Discovering
  readonly guidReading: GuidReading
  readonly exporting: Exporting
  readonly profiles: Profiles
  readonly planner: Planner
  readonly signing: Signing
  readonly outOfBand: OutOfBand
  /** What computers are set up with, for each kind. */
  readonly means: { readonly real: MeansOf; readonly practice: MeansOf }
  readonly hello: HelloRoom
  readonly packs: Packs
  readonly log: Log
  /** The key by which this installation signs; made when it is first asked for. Problems of the keychain. */
  installation(): Promise<Result<InstallationKey>>
  readonly auditing: Auditing
  /** An encrypted sheet of what opens the computers of an import. */
  secretSheet(importId: string, passphrase: string): Promise<Result<SecretSheet>>
  /** Logs, versions, settings, problems and counts in one zip. Problem: bundle-holds-secret. */
  supportBundle(): Promise<Result<Bundle>>
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
  /** Hears what a file begins with, while it is being read. */
  onHead(hear: (head: ReadingHead) => void): () => void
  /** Hears of each result of a dry run, and of its end. */
  onCheck(hear: (draftId: string) => void): () => void
  /** Hears each hello as it comes. */
  onCall(hear: (call: HelloCall) => void): () => void
  /** Hears, at most twice a second, that somebody called or the listener changed. */
  onHello(hear: () => void): () => void
  /** Hears that a search of the network went on, and of its end. */
  onSearch(hear: (draftId: string) => void): () => void
  /** Lets current steps end, then closes everything. */
  close(): Promise<void>
}

/** After these a signature says how long the audit log is. */
const endings: readonly AuditKind[] = ['import finished', 'import stopped', 'audit archived']

/** Opens the core on a data folder. Problems: store-busy, store-newer, store-broken. */
export function openCore(options: CoreOptions): Result<Core> {
  const { folder, vaults, log, clock = systemClock, offset = systemOffset } = options
  const { helloPlace = { address: '', port: helloPort } } = options
  const { paces = { real: realPace, practice: practicePace } } = options
  const now = (): number => clock.now()
  const newId = (): string => randomUUID()
  const random = (count: number): Uint8Array => new Uint8Array(randomBytes(count))
  const actor = userName()
  const { watching = false, resting = false } = options
  const watch = (kind: AuditKind): void => {
    options.watch?.(kind)
    // Written, but not yet committed.
    if (endings.includes(kind)) queueMicrotask(() => signSoon())
  }
  const opened = openStore({ folder, actor, now, watch, readOnly: watching })
  if (!opened.ok) return opened
  const store = opened.value
  if (!watching) recover(store)

  const jobs = listeners<Job>()
  const importIds = listeners<string>()
  const readings = listeners<Progress>()
  const heads = listeners<ReadingHead>()
  const checks = listeners<string>()
  const calls = listeners<HelloCall>()
  const hellos = listeners<void>()
  const searches = listeners<string>()
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

  const means = meansFor({ store, vaults, clock, random })
  const toolsFor = toolsOf(
    { store, vaults, clock, random, paces, means, openDevice: options.openDevice ?? openDevice },
    fleet.running
  )

  /** Looks every few seconds whether this laptop slept or changed networks. */
  const networks = options.networks ?? networksNow
  const groundNow = (): Ground => ({ at: now(), networks: networks() })
  let ground = groundNow()

  const queue = openQueue({
    store,
    offline: ground.networks === '',
    toolsFor,
    steps: takeOver,
    otherSteps: ({ id }) => (store.setUps.of(id) ? setUp : undefined),
    now,
    parallel: (plan) => parallelOf(paces, plan),
    held,
    placeOf: ({ computer }, { locate }) => {
      const place = locate(computer)
      return place.ok ? placeOf(place.value.host) : unknownSubnet
    },
    awake: { clock, chance: Math.random, answers },
    restsUntil: (kept) => (resting ? Number.POSITIVE_INFINITY : restsUntil(kept.schedule, now(), offset)),
    onChange: (job) => {
      jobs.tell(job)
      if (job.state === 'done') guard.wake()
    },
    onImport: importIds.tell,
    onBug
  })
  const outOfBand = outOfBandOf({
    store,
    now,
    wake: () => queue.wake(),
    retry: (importId, jobIds) => queue.retry(importId, jobIds),
    onChange: jobs.tell,
    onImport: importIds.tell
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

  const looking = setInterval(() => {
    const before = ground
    ground = groundNow()
    const what = disturbance(before, ground)
    if (what !== undefined) queue.disturbed(what)
  }, lookEvery)
  looking.unref()

  const unwatch = watching ? watchStore({ store, onJob: jobs.tell, onImport: importIds.tell }) : undefined
  /** One after another: two that make a key at once would leave two. */
  let signing: Promise<void> = Promise.resolve()
  let keyAsked: Promise<unknown> = Promise.resolve()
  const installation = (): Promise<Result<InstallationKey>> => {
    const asked = keyAsked.then(() => installationKey({ vault: vaults.real, store, random }))
    keyAsked = asked.catch(() => undefined)
    return asked
  }
  const auditing = auditingOf({ store, key: installation, now })

  /** Signed in peace: nothing waits for it, and a keychain that is locked now is asked again at the next end. */
  function signSoon(): void {
    if (vaults.real.kind === 'none') return
    signing = auditing.signHead().then(
      (done) => {
        if (!done.ok) log.write('head not signed', { code: done.problem.code })
      },
      (error: unknown) => log.write('head not signed', { error: String(error) })
    )
  }
  const drafting = draftingOf({ store, vaults, now, newId, onProgress: readings.tell, onHead: heads.tell })
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
    outOfBand,
    listen: () => listenForAwaited(),
    hasMeans: (isPractice) => means[isPractice ? 'practice' : 'real'].has(),
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

  const discovering = discoveringOf({ store, drafting, clock, practice: fleet.start, onChange: searches.tell, onBug })
  const guidReading = guidReadingOf({ store, drafting, clock, actor, toolsFor, ready, onBug })

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

  /** The practice fleet brings what its unprovisioned computers are set up with. */
  async function practiceMeans(): Promise<Result<null>> {
    const { provisioning, pairs } = await fleet.start()
    if (provisioning === undefined || means.practice.has()) return ok(null)
    const kept = await means.practice.importCertificate(Buffer.from(`${provisioning.chain}${provisioning.key}`), '')
    if (!kept.ok) return kept
    if (pairs === '') return ok(null)
    const listed = await means.practice.importPairs(Buffer.from(pairs), 'practice fleet')
    return listed.ok ? ok(null) : listed
  }

  /** Who waits for a hello must be heard: the listener is on while an import has such computers, also after a restart. */
  async function listenForAwaited(): Promise<void> {
    const kinds = store.jobs.running().filter(({ id }) => store.setUps.awaited(id).length > 0)
    const real = kinds.some((each) => !each.practice)
    const now = hello.status()
    if (kinds.length === 0 || (now.on && (!now.practice || !real))) return
    await hello.start(real ? { ...helloPlace, practice: false } : practicePlace)
  }

  async function beginDraft(isPractice: boolean): Promise<Result<Draft>> {
    if (!isPractice) return ok(drafting.begin(false, []))
    const { accounts, reset } = await fleet.start()
    if (!practiceIsBusy() && reset()) {
      store.watches.endPractice()
      await vaults.practice.forget(store.secrets.all(true).map(({ slot }) => slot))
      store.secrets.forgetPractice()
      store.certificates.forgetPractice()
    }
    const able = await practiceMeans()
    if (!able.ok) return able
    const draft = drafting.begin(true, [])
    const kept: Draft['accounts'] = []
    for (const { username, password, description } of accounts) {
      const secret = await drafting.keepSecret(draft.id, 'account', password)
      if (!secret.ok) return secret
      kept.push({ id: newId(), username, description, slot: secret.value.slot })
    }
    return drafting.change(draft.id, { accounts: kept })
  }

  const hello = helloOf({
    store,
    clock,
    log,
    onCall: (call) => {
      calls.tell(call)
      outOfBand.called(callOf(call))
    },
    onChange: hellos.tell,
    beginDraft,
    give: drafting.give,
    practise: async (to) => (await fleet.start()).sayHello(to)
  })
  /** Practice computers are told where to call, so any port will do. */
  const practicePlace = { address: '127.0.0.1', port: 0, practice: true }

  const core: Core = {
    store,
    drafting,
    imports,
    checking,
    discovering,
    guidReading,
    exporting: exportingOf({ store, vaults, now }),
    profiles: namedProfiles({ store, drafting, newId }),
    planner,
    signing: signingOf({ store, imports }),
    outOfBand,
    means,
    hello,
    packs: packsOf({
      ...{ store, vaults, drafting, now, newId, random, actor, cost: options.packCost },
      hostName: options.hostName ?? hostname(),
      onJob: jobs.tell,
      onImport: importIds.tell,
      wake: () => queue.wake()
    }),
    watching,
    log,
    installation,
    auditing,
    secretSheet: (importId, passphrase) => sheetOfImport({ store, vaults, importId, passphrase, now: now(), random }),
    supportBundle: () => supportBundle({ folder, store, vaults, snapshot: core.snapshot(), now: now() }),
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
      await listenForAwaited()
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
    onHead: heads.add,
    onCheck: checks.add,
    onCall: calls.add,
    onHello: hellos.add,
    onSearch: searches.add,
    async close() {
      clearInterval(looking)
      await hello.close()
      await Promise.all([checking.close(), discovering.close(), undoing.close(), guard.close()])
      unwatch?.()
      if (!watching) await drafting.close()
      await queue.close()
      await fleet.close()
      // A keychain that asks to be unlocked must not keep the program open.
      await Promise.race([signing, clock.sleep(2000)])
      store.close()
    }
  }
  return ok(core)
}

/** The log of a data folder. */
export const logOf = (folder: string, clock: Clock = systemClock): Log =>
  openLog(join(folder, 'logs'), () => clock.now())
