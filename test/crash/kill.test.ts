// Kills the wizard at every milestone of a take-over and starts it again: the password is never lost, the job never doubled.
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../../electron/clock.ts'
import { type Fleet, type PracticeDevice, startFleet } from '../../electron/simulator/fleet.ts'
import { practiceComputer } from '../../electron/simulator/practice.ts'
import { openStore, type Store } from '../../electron/store/store.ts'
import { type Keychain, systemKeychain, vaultOf } from '../../electron/vault.ts'
import { standing } from '../../shared/change.ts'
import type { Job } from '../../shared/job.ts'
import { leftOut } from '../session.ts'
import { type Work, works } from './works.ts'

const node = join(import.meta.dirname, '..', '..', 'node_modules', 'node', 'bin', 'node')
/** Bundled once: some thousand lives should not each read the sources anew. */
const results = join(import.meta.dirname, '..', '..', 'test-results')
const child = join(results, 'crash-child.cjs')
const service = `AMT Migration Wizard crash test ${process.pid}`
const root = mkdtempSync(join(tmpdir(), 'amt-crash-'))

/**
 * `npm run test:crash` kills at every milestone of every case (AMT_CRASH=all; a number n: at every n-th), `npm test` at a
 * sample of most of them.
 */
const { AMT_CRASH: asked } = process.env
const thorough = asked === undefined ? undefined : asked === 'all' ? 1 : Number(asked)

interface Case {
  readonly work: keyof typeof works
  readonly personality?: 'tls-only' | 'drop-after-commit' | 'slow'
  /** `during`: killed while a thing is on its way, not before it begins or after it ended. */
  readonly when?: 'during'
  /** After the kill another computer answers at the address, with the same password. */
  readonly stranger?: true
  /** In a sample every so many milestones; absent = only in the thorough run. */
  readonly every?: number
}

const cases: readonly Case[] = [
  { work: 'the take-over', every: 6 },
  { work: 'the take-over', personality: 'tls-only', every: 14 },
  { work: 'the take-over', personality: 'drop-after-commit', every: 11 },
  { work: 'the take-over', when: 'during', every: 11 },
  { work: 'the take-over', personality: 'slow' },
  { work: 'the take-over', stranger: true, every: 40 },
  { work: 'the switches', every: 31 },
  { work: 'the switches', when: 'during' },
  { work: 'the switches', personality: 'drop-after-commit' },
  { work: 'the switches', personality: 'slow' },
  { work: 'networks, certificates and clean-up', every: 131 },
  { work: 'networks, certificates and clean-up', when: 'during' },
  { work: 'networks, certificates and clean-up', personality: 'slow' },
  { work: 'the same with mutual TLS on AMT 16', personality: 'tls-only' },
  { work: 'the same with mutual TLS on AMT 16', personality: 'drop-after-commit' },
  { work: 'room made by clearing' },
  { work: 'room made by clearing', personality: 'drop-after-commit' },
  { work: 'partial removal', every: 13 },
  { work: 'partial removal', when: 'during' },
  { work: 'partial removal', personality: 'slow' },
  { work: 'full removal', every: 23 },
  { work: 'full removal', when: 'during' },
  { work: 'undo', every: 61 },
  { work: 'undo', when: 'during' },
  { work: 'undo', personality: 'drop-after-commit' },
  { work: 'undo', personality: 'slow' }
]
/** For programs that live half a second: nothing is compiled that is not called, nor made faster than it needs to be. */
const shortLived = ['--max-lazy', '--no-opt', '--no-maglev', '--single-threaded']
/** So many failures of one case tell enough. */
const enough = 10
/** More than any work has milestones: computers of one case do not meet those of the next. */
const most = 1_000

let fleet: Fleet
let keychain: Keychain | undefined
let covered = 0
/** Where the wizard reads how a device is reached, by the device that stands there. */
const signposts = new Map<PracticeDevice, { readonly folder: string; readonly tls: boolean }>()

/** Whole at any moment: it may just be read. */
function point(folder: string, device: Pick<PracticeDevice, 'name' | 'fqdn'>, to: PracticeDevice): void {
  const { name, fqdn } = device
  const { host, port, tls, personality } = to
  const file = join(folder, 'fleet.jsonl')
  writeFileSync(`${file}.new`, JSON.stringify({ name, fqdn, host, port, tls, personality }))
  renameSync(`${file}.new`, file)
}

function signpost(device: PracticeDevice, folder: string): void {
  signposts.set(device, { folder, tls: device.tls })
  point(folder, device, device)
}

beforeAll(async () => {
  await build({
    entryPoints: [join(import.meta.dirname, 'child.ts')],
    outfile: child,
    bundle: true,
    minify: true,
    platform: 'node',
    // As a module it would load all that Node's own modules could ever give out, undici for one.
    format: 'cjs',
    external: ['better-sqlite3', 'keytar']
  })
  const found = await systemKeychain(service)
  keychain = found.ok ? found.value : undefined
  fleet = await startFleet({
    computers: [],
    clock: systemClock,
    random: (count) => new Uint8Array(randomBytes(count)),
    // A commit may have turned TLS on; told before its answer is sent.
    onChange: () => {
      for (const [device, { folder, tls }] of signposts) if (device.tls !== tls) signpost(device, folder)
    }
  })
})

afterAll(async () => {
  await fleet.close()
  rmSync(root, { recursive: true, force: true, maxRetries: 5 })
  console.log(`crash points covered: ${covered}`)
})

interface Life {
  readonly killAt?: number
  readonly when?: Case['when'] | undefined
  readonly work?: 'undo' | 'retry' | undefined
}

/** Runs one life; answers how many milestones it passed, or undefined when it was killed. */
function live(folder: string, { killAt = 0, when, work }: Life = {}): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const words = [...shortLived, child, folder, service, String(killAt), when ?? 'at', work ?? 'take over']
    const env = { ...process.env, NODE_COMPILE_CACHE: join(results, 'crash-cache') }
    const life = spawn(node, words, { stdio: ['ignore', 'pipe', 'pipe'], env })
    let out = ''
    let err = ''
    life.stdout.on('data', (text) => {
      out += text
    })
    life.stderr.on('data', (text) => {
      err += text
    })
    life.on('exit', (code, signal) => {
      if (signal === 'SIGKILL') resolve(undefined)
      else if (code === 0) resolve(Number(out))
      else reject(new Error(`${folder}: the child ended with ${code}: ${err}`))
    })
  })
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** A device of its own for each kill, as an old manager left it, and a folder with the list that names it. */
async function prepare(number: number, one: Case): Promise<{ folder: string; device: PracticeDevice }> {
  const work: Work = works[one.work]
  const made = practiceComputer(1000 + number, one.personality ?? 'healthy')
  const computer = { ...made, amtVersion: work.amtVersion ?? made.amtVersion }
  await fleet.add([computer])
  const device = fleet.find(computer.fqdn)
  if (!device) throw new Error('no device')
  await work.before?.(device)
  const folder = join(root, String(number))
  mkdirSync(folder)
  writeFileSync(join(folder, 'one.csv'), `${device.name},${device.fqdn},${device.uuid},,,${base64(device.password)}\n`)
  writeFileSync(join(folder, 'profile.json'), JSON.stringify(work.profile))
  signpost(device, folder)
  Object.assign(device.state(), { changes: {} })
  return { folder, device }
}

/** A keychain is written as a whole for each entry: what earlier lives left would slow down all that come after. */
async function forget(folder: string): Promise<void> {
  const store = storeOf(folder)
  const slots = store.slots()
  store.close()
  await vaultOf(keychain as Keychain, { kind: 'keychain', words: '' }).forget(slots)
}

const endOf = ({ state, problem }: Job): string => (problem ? `${state}: ${problem.code}` : state)

function storeOf(folder: string): Store {
  const opened = openStore({ folder, actor: 'test', now: () => Date.now(), readOnly: true })
  if (!opened.ok) throw new Error(opened.problem.title)
  return opened.value
}

/** What must hold after any crash and the next start. Answers what the job says was changed. */
async function judge(folder: string, device: PracticeDevice, work: Work): Promise<string> {
  const store = storeOf(folder)
  try {
    const imports = store.jobs.imports()
    expect(imports).toHaveLength(1)
    const jobs = store.jobs.of(imports[0]?.id ?? '')
    expect(jobs).toHaveLength(1)
    const [job] = jobs
    if (!job) return ''
    expect(work.ends ?? ['done'], folder).toContain(endOf(job))
    expect(store.audit.verify()).toMatchObject({ holds: true })
    work.judge?.(device, store)
    const current = store.secrets.of(device.uuid).filter(({ role }) => role === 'current')
    expect(current).toHaveLength(work.keepsPassword ? 0 : 1)
    const slot = current[0]?.slot ?? job.computer.adminPassword ?? ''
    const vault = vaultOf(keychain as Keychain, { kind: 'keychain', words: '' })
    const password = await vault.read(slot)
    const [admin] = device.state().accounts
    if (admin !== undefined && device.state().provisioningState === 2) {
      const text = `${admin.name}:${device.state().digestRealm}:${password.ok ? password.value : ''}`
      expect(createHash('md5').update(text).digest('hex')).toBe(admin.ha1)
    } else expect(password.ok).toBe(true)
    const changes = standing(job.facts.changes).filter(({ step }) => step !== 'clock')
    const own = new RegExp(device.name, 'gi')
    // Killed between a secret's sending and its noting, it is sent once more, and said so.
    const again = /, with the pass\w+ given/g
    const told = changes.map(({ setting, from, to }) => [setting, from, to.replace(again, '')])
    return JSON.stringify([endOf(job), told]).replace(own, 'PC')
  } finally {
    store.close()
  }
}

/** Another computer, with the same password, answers where ours was: it must not be written to. */
async function meetStranger(number: number, folder: string, device: PracticeDevice): Promise<void> {
  const stranger = { ...practiceComputer(1000 + number + most / 2), password: device.password }
  await fleet.add([{ ...stranger, personality: 'healthy', amtVersion: device.amtVersion }])
  const other = fleet.find(stranger.fqdn)
  if (!other) throw new Error('no stranger')
  signposts.delete(device)
  point(folder, device, other)
  await live(folder)
  const store = storeOf(folder)
  const jobs = store.jobs.of(store.jobs.imports()[0]?.id ?? '')
  store.close()
  // Killed after its end there was nothing left to do.
  expect(['done', 'person: wrong-computer']).toContain(jobs.map(endOf).join())
  expect(other.state().changes).toEqual({})
  expect(other.state().failedLogins).toBeLessThanOrEqual(1)
  signpost(device, folder)
  await live(folder, { work: 'retry' })
}

const nameOf = ({ work, personality, when, stranger }: Case): string =>
  [
    work,
    personality ?? 'healthy',
    ...(when ? ['on the way'] : []),
    ...(stranger ? ['another computer at the address'] : [])
  ].join(', ')

const chosen = cases
  .filter(({ every }) => thorough !== undefined || every !== undefined)
  .map((each) => ({ ...each, name: nameOf(each) }))

// Not test.each: it cuts names, and one case is chosen by its name.
for (const one of chosen) {
  test(`${one.name}: killed at its milestones, the next start ends the work`, { timeout: 3_600_000 }, async () => {
    if (!keychain) {
      leftOut('No keychain can be reached here')
      return
    }
    const work: Work = works[one.work]
    const { every = 1, personality, when } = one
    const step = thorough ?? every
    const offset = chosen.indexOf(one) * most
    let next = 1
    let killed = 0
    let all = 0
    const told = new Map<string, number>()
    const wrong: string[] = []
    async function kill(killAt: number): Promise<void> {
      const { folder, device } = await prepare(offset + killAt, one)
      const passed = await live(folder, { killAt, when, work: work.act })
      if (passed !== undefined) {
        all = passed
      } else {
        killed += 1
        if (one.stranger) await meetStranger(offset + killAt, folder, device)
        else await live(folder, { work: work.act })
      }
      const said = await judge(folder, device, work)
      if (!told.has(said)) told.set(said, killAt)
      signposts.delete(device)
      await forget(folder)
      rmSync(folder, { recursive: true, force: true })
    }
    async function worker(): Promise<void> {
      while (all === 0 && wrong.length < enough) {
        const killAt = next
        next += step
        await kill(killAt).catch((error: unknown) => wrong.push(`killed at ${killAt}: ${error}`))
      }
    }
    // Most of a life is waiting: for the keychain's disk, and for slow devices.
    const side = thorough === undefined ? 4 : personality === 'slow' ? 60 : 8
    await Promise.all(Array.from({ length: side }, worker))
    covered += killed
    console.log(`${one.name}: killed at ${killed} of ${all} milestones`)
    expect(wrong).toEqual([])
    expect(all).toBeGreaterThan(work.least)
    // Before and after are told as if nothing had happened.
    const others = told.size > (work.ends?.length ?? 1) ? [...told].map(([said, at]) => `killed at ${at}: ${said}`) : []
    expect(others).toEqual([])
  })
}
