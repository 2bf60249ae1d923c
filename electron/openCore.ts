// Composition: store + vaults + devices + queue → one Core. Imports no Electron; the window and the command line both stand on it.
import { randomBytes, randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { AuditKind } from '../shared/audit.ts'
import { helloPort } from '../shared/contract/outOfBand.ts'
import { type Job, openJobs } from '../shared/job.ts'
import { fail, ok, type Problem, type Result } from '../shared/problem.ts'
import { restsUntil } from '../shared/schedule/followed.ts'
import { userName } from './actor.ts'
import { checkingOf } from './checking.ts'
import { systemClock, systemOffset } from './clock.ts'
import type { Core, CoreOptions } from './core.ts'
import { discoveringOf } from './discovering.ts'
import { draftingOf, type Progress, type ReadingHead } from './drafting/drafting.ts'
import { supportBundle } from './evidence/bundle.ts'
import { headSignerOf } from './evidence/headSigner.ts'
import { sheetOfImport } from './evidence/passwords.ts'
import { explore } from './explore.ts'
import { exportingOf } from './exporting.ts'
import { guidReadingOf } from './guidReading.ts'
import { type HelloCall, helloOf } from './hello.ts'
import { holdingOf } from './holding.ts'
import { importsOf } from './imports.ts'
import { listeners } from './listeners.ts'
import { callOf, outOfBandOf } from './outOfBand.ts'
import { packsOf } from './packs/packs.ts'
import { plannerOf } from './planning.ts'
import { practisingOf } from './practising.ts'
import { namedProfiles } from './profiles.ts'
import { practicePace, realPace } from './provision/attempt.ts'
import { networksNow } from './provision/ground.ts'
import { watchGround } from './provision/groundWatch.ts'
import { bugProblem, openQueue, recover } from './provision/queue.ts'
import { setUp } from './provision/setUp.ts'
import { placeOf, unknownSubnet } from './provision/subnet.ts'
import { takeOver } from './provision/takeOver.ts'
import { openGuard } from './provision/watch.ts'
import { signingOf } from './signing.ts'
import { openStore } from './store/store.ts'
import { answers, fleetHolder, meansFor, parallelOf, toolsOf } from './tools.ts'
import { undoingOf } from './undo.ts'
import { watchStore } from './watching.ts'
import { openDevice } from './wsman/client.ts'

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
    if (endings.includes(kind)) queueMicrotask(() => heads.signSoon())
  }
  const opened = openStore({ folder, actor, now, watch, readOnly: watching })
  if (!opened.ok) return opened
  const store = opened.value
  if (!watching) recover(store)

  const jobs = listeners<Job>()
  const importIds = listeners<string>()
  const readings = listeners<Progress>()
  const readingHeads = listeners<ReadingHead>()
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

  const ground = watchGround(now, options.networks ?? networksNow, (what) => queue.disturbed(what))

  const queue = openQueue({
    store,
    offline: ground.offline,
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

  const unwatch = watching ? watchStore({ store, onJob: jobs.tell, onImport: importIds.tell }) : undefined
  const heads = headSignerOf({ store, vault: vaults.real, random, now, log })
  const drafting = draftingOf({ store, vaults, now, newId, onProgress: readings.tell, onHead: readingHeads.tell })
  const practising = practisingOf({ store, vaults, drafting, means: means.practice, newId, startFleet: fleet.start })
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

  /** Who waits for a hello must be heard: the listener is on while an import has such computers, also after a restart. */
  async function listenForAwaited(): Promise<void> {
    const kinds = store.jobs.running().filter(({ id }) => store.setUps.awaited(id).length > 0)
    const real = kinds.some((each) => !each.practice)
    const now = hello.status()
    if (kinds.length === 0 || (now.on && (!now.practice || !real))) return
    await hello.start(real ? { ...helloPlace, practice: false } : practicePlace)
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
    beginDraft: practising.beginDraft,
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
    installation: heads.installation,
    auditing: heads.auditing,
    secretSheet: (importId, passphrase) => sheetOfImport({ store, vaults, importId, passphrase, now: now(), random }),
    supportBundle: () => supportBundle({ folder, store, vaults, snapshot: core.snapshot(), now: now() }),
    beginDraft: practising.beginDraft,
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
      if (practising.isBusy() || store.watches.ofPractice()) await fleet.start()
      queue.wake()
      guard.wake()
      await listenForAwaited()
    },
    disturbed(what) {
      ground.renew()
      queue.disturbed(what)
    },
    holdBack: (words) => queue.holdBack(words),
    isBusy: () => store.jobs.running().some(({ id }) => openJobs(store.jobs.totals(id)) > store.jobs.asleep(id).length),
    onJob: jobs.add,
    onImport: importIds.add,
    onReading: readings.add,
    onHead: readingHeads.add,
    onCheck: checks.add,
    onCall: calls.add,
    onHello: hellos.add,
    onSearch: searches.add,
    async close() {
      ground.close()
      await hello.close()
      await Promise.all([checking.close(), discovering.close(), undoing.close(), guard.close()])
      unwatch?.()
      if (!watching) await drafting.close()
      await queue.close()
      await fleet.close()
      // A keychain that asks to be unlocked must not keep the program open.
      await Promise.race([heads.settled(), clock.sleep(2000)])
      store.close()
    }
  }
  return ok(core)
}
