// A core on a bench: a temporary folder, a keychain that can be looked into, and a small practice fleet of chosen misbehaviour.
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Clock, systemClock } from '../electron/clock.ts'
import type { Core, CoreOptions } from '../electron/core.ts'
import { openLog } from '../electron/log.ts'
import { openCore } from '../electron/openCore.ts'
import type { Practice } from '../electron/practice.ts'
import type { Pace } from '../electron/provision/attempt.ts'
import type { Faults } from '../electron/simulator/faults.ts'
import { type AddedComputer, type Fleet, type PracticeDevice, startFleet } from '../electron/simulator/fleet.ts'
import type { Personality } from '../electron/simulator/personalities.ts'
import { practiceComputer } from '../electron/simulator/practice.ts'
import { type Keychain, vaultOf } from '../electron/vault.ts'
import type { Import } from '../shared/contract/views.ts'
import type { DraftChange } from '../shared/draft.ts'
import type { Job, JobState } from '../shared/job.ts'
import type { Result } from '../shared/problem.ts'

/** As short as a loopback device allows; the window of tries is long, so that nothing is forgotten within a test. */
export const quickPace: Pace = {
  betweenTries: 2,
  tryWindow: 600_000,
  settle: 2,
  backoff: [10, 20],
  attempts: 3,
  drift: 10,
  connect: 1_000,
  answer: 1_500,
  keyPause: 5,
  parallel: 8
}

export interface BenchKeychain extends Keychain {
  readonly secrets: Map<string, string>
  /** Stands before each call; may throw as a locked keychain does. */
  before: (call: 'set' | 'get' | 'remove', account: string) => void | Promise<void>
  /** What is read back instead of what was kept. */
  answer: (account: string, secret: string | undefined) => string | undefined
}

/** A keychain in memory that can be looked into and disturbed. */
export function benchKeychain(): BenchKeychain {
  const secrets = new Map<string, string>()
  const keychain: BenchKeychain = {
    secrets,
    before: () => undefined,
    answer: (_, secret) => secret,
    async set(account, secret) {
      await keychain.before('set', account)
      secrets.set(account, secret)
    },
    async get(account) {
      await keychain.before('get', account)
      return keychain.answer(account, secrets.get(account)) ?? null
    },
    async remove(account) {
      await keychain.before('remove', account)
      secrets.delete(account)
    }
  }
  return keychain
}

/** A clock that runs with the computer's and can be put forward. */
export function movableClock(): Clock & { ahead: number } {
  const clock = { ahead: 0, now: () => Date.now() + clock.ahead, sleep: systemClock.sleep }
  return clock
}

/** The good half of a result; a Problem ends the test. */
export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.problem.code}: ${JSON.stringify(result.problem)}`)
  return result.value
}

export interface BenchOptions {
  readonly computers?: readonly AddedComputer[]
  readonly accounts?: Practice['accounts']
  readonly provisioning?: Practice['provisioning']
  readonly pairs?: string
  /** The devices call nobody by themselves: a test says when they do. */
  readonly quiet?: boolean
  /** The devices stay as they are from one import to the next. */
  readonly keeps?: boolean
  readonly pace?: Partial<Pace>
  readonly clock?: Clock
  readonly openDevice?: CoreOptions['openDevice']
  readonly watch?: CoreOptions['watch']
  /** Only dry runs. */
  readonly resting?: boolean
}

export interface Bench {
  readonly folder: string
  readonly fleet: Fleet
  readonly keychain: BenchKeychain
  readonly core: Core
  /** The device of a computer. */
  device(fqdnOrName: string): PracticeDevice
  /** Ends the core and opens the next one on the same folder, devices and keychain. */
  reopen(change?: Pick<BenchOptions, 'pace' | 'openDevice' | 'watch' | 'resting'>): Promise<Core>
  /** From the computers' list to a started import. */
  begin(change?: DraftChange, list?: string): Promise<Import>
  /** Waits until the import runs no longer, and answers its jobs. */
  finished(importId: string): Promise<Job[]>
  /** Waits until a job of the import is as wanted. */
  until(importId: string, wanted: (job: Job) => boolean): Promise<Job>
  close(): Promise<void>
}

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64')

/** The six columns of Configuration Manager for these computers, without titles. */
export const listOf = (computers: readonly AddedComputer[]): string =>
  computers
    .map(({ name, fqdn, uuid, mac, password }) => [name, fqdn, uuid, mac, '', base64(password)].join(','))
    .join('\r\n')

/** Practice computer number `n` that behaves so, all its passwords known. */
export const computer = (
  n: number,
  personality: Personality = 'healthy'
): AddedComputer & { readonly personality: Personality } => ({
  ...practiceComputer(n, personality),
  personality
})

/** Whether this password opens the device: its MD5 with user and realm is what the device keeps. */
export function opens(device: PracticeDevice, password: string | undefined): boolean {
  const { accounts, digestRealm } = device.state()
  const [admin] = accounts
  return createHash('md5').update(`${admin?.name}:${digestRealm}:${password}`).digest('hex') === admin?.ha1
}

/** Every text the keychain holds, packs taken apart. */
export const heldSecrets = ({ secrets }: BenchKeychain): string[] =>
  [...secrets.values()].flatMap((text) => (text.startsWith('[') ? (JSON.parse(text) as string[]) : [text]))

/** Files below a folder in which one of the texts occurs, plain or in Base64. */
export function filesWith(folder: string, texts: readonly string[]): string[] {
  const wanted = texts.flatMap((text) => [text, base64(text)])
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const bytes = readFileSync(file)
      return wanted.some((text) => bytes.includes(text))
    })
}

const open: Bench[] = []

/** For `afterEach`: ends every bench of the test. */
export async function closeBenches(): Promise<void> {
  await Promise.all(open.splice(0).map((bench) => bench.close()))
}

/** Opens a bench; by default with one healthy device. */
export async function openBench(options: BenchOptions = {}): Promise<Bench> {
  const { computers = [computer(0)], accounts = [], clock = systemClock } = options
  const folder = mkdtempSync(join(tmpdir(), 'amt-bench-'))
  const random = (count: number) => new Uint8Array(randomBytes(count))
  const fleet = await startFleet({ computers, clock, random })
  const keychain = benchKeychain()
  const log = openLog(join(folder, 'logs'), () => clock.now())
  const vault = vaultOf(keychain, { kind: 'keychain', words: 'On the bench.', onSecret: log.secret })
  const practice: Practice = {
    computers: computers.length,
    accounts,
    ...(options.provisioning && { provisioning: options.provisioning }),
    pairs: options.pairs ?? '',
    locate({ fqdn }) {
      const { host, port, tls } = device(fqdn)
      return { ok: true, value: { host, ports: tls ? { tls: port } : { plain: port } } }
    },
    placeAt(address) {
      const found = fleet.devices.find((_, n) => address === `192.0.2.${11 + n}`)
      return (
        found && { host: found.host, fqdn: found.fqdn, ...(found.tls ? { tls: found.port } : { plain: found.port }) }
      )
    },
    expected: () => undefined,
    reset() {
      if (!options.keeps) fleet.reset()
      return !options.keeps
    },
    sayHello: async (to) => fleet.sayHello(options.quiet ? null : to),
    close: async () => undefined
  }
  function device(name: string): PracticeDevice {
    const found = fleet.find(name)
    if (!found) throw new Error(`no device ${name}`)
    return found
  }
  function start({
    pace,
    openDevice,
    watch,
    resting
  }: Pick<BenchOptions, 'pace' | 'openDevice' | 'watch' | 'resting'>): Core {
    const full = { ...quickPace, ...options.pace, ...pace }
    return value(
      openCore({
        folder,
        vaults: { real: vault, practice: vault },
        log,
        version: 'bench',
        runtime: 'bench',
        clock,
        practice,
        helloPlace: { address: '127.0.0.1', port: 0 },
        paces: { real: full, practice: full },
        ...(openDevice && { openDevice }),
        ...(watch && { watch }),
        ...(resting && { resting })
      })
    )
  }
  let core = start(options)
  let closed = false
  const bench: Bench = {
    folder,
    fleet,
    keychain,
    get core() {
      return core
    },
    device,
    async reopen(change = {}) {
      await core.close()
      core = start(change)
      return core
    },
    async begin(change = {}, list = listOf(computers)) {
      const draft = value(await core.beginDraft(true))
      value(await core.drafting.give(draft.id, 'bench.csv', Buffer.from(list)))
      // Looks at devices that are done would stand between a test and what it looks at; a test of them says so.
      value(core.drafting.change(draft.id, { running: { ...draft.running, watchMinutes: 0 }, ...change }))
      const ready = value(await core.drafting.ready(draft.id))
      const started = value(await core.imports.start(ready.draft, ready.computers, ready.source))
      await core.drafting.started(draft.id)
      return started
    },
    async finished(importId) {
      await told(core, importId, () => core.store.jobs.import(importId)?.state !== 'running')
      return core.store.jobs.of(importId)
    },
    async until(importId, wanted) {
      let found: Job | undefined
      await told(core, importId, () => {
        found = core.store.jobs.of(importId).find(wanted)
        return found !== undefined
      })
      return found as Job
    },
    async close() {
      if (closed) return
      closed = true
      await core.close()
      await fleet.close()
      rmSync(folder, { recursive: true, force: true })
    }
  }
  open.push(bench)
  return bench
}

/** Looks at once and after each change, and rejects when it is never so. */
function told(core: Core, importId: string, isSo: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const states = (): string =>
      JSON.stringify(core.store.jobs.of(importId).map(({ state, step, problem }) => [state, step, problem?.code]))
    const end = (error?: Error): void => {
      clearTimeout(timer)
      unhear()
      unhearJobs()
      if (error) reject(error)
      else resolve()
    }
    const look = (): void => {
      if (isSo()) end()
    }
    const timer = setTimeout(() => end(new Error(`never so: ${states()}`)), 12_000)
    const unhear = core.onImport(look)
    const unhearJobs = core.onJob(look)
    look()
  })
}

/** State and problem code of each job, for short expectations. */
export const endsOf = (jobs: readonly Job[]): readonly (JobState | string)[] =>
  jobs.map(({ state, problem }) => (problem ? `${state}: ${problem.code}` : state))

/** Turns fault switches of a device. */
export const disturb = (bench: Bench, name: string, faults: Partial<Faults>): void =>
  bench.device(name).setFaults(faults)
