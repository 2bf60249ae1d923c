// Kills the wizard at every milestone of a take-over and starts it again: the password is never lost, the job never doubled.
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../../electron/clock.ts'
import { type Fleet, type PracticeDevice, startFleet } from '../../electron/simulator/fleet.ts'
import { practiceComputer } from '../../electron/simulator/practice.ts'
import { openStore } from '../../electron/store/store.ts'
import { type Keychain, systemKeychain } from '../../electron/vault.ts'
import { defaultProfile, type Profile } from '../../shared/profile.ts'
import { leftOut } from '../session.ts'

const node = join(import.meta.dirname, '..', '..', 'node_modules', 'node', 'bin', 'node')
/** Bundled once: some hundred lives should not each read the sources anew. */
const child = join(import.meta.dirname, '..', '..', 'test-results', 'crash-child.mjs')
const service = `AMT Migration Wizard crash test ${process.pid}`
const root = mkdtempSync(join(tmpdir(), 'amt-crash-'))

/** `npm run test:crash` kills at every milestone of every case; `npm test` at a sample of most of them. */
const thorough = process.env.AMT_CRASH === 'all'

interface Case {
  readonly name: string
  readonly personality: 'healthy' | 'tls-only' | 'drop-after-commit' | 'slow'
  /** Killed before a thing begins (or after it ended), or while it is on its way. */
  readonly when: 'at' | 'during'
  readonly full: boolean
  /** In a sample every so many milestones; 0 = only in the thorough run. */
  readonly every: number
  /** A take-over with fewer would not be one. */
  readonly least: number
}

const cases: readonly Case[] = [
  { name: 'healthy', personality: 'healthy', when: 'at', full: false, every: 2, least: 30 },
  { name: 'tls-only', personality: 'tls-only', when: 'at', full: false, every: 5, least: 30 },
  { name: 'drop-after-commit', personality: 'drop-after-commit', when: 'at', full: false, every: 4, least: 30 },
  { name: 'healthy, on the way', personality: 'healthy', when: 'during', full: false, every: 5, least: 30 },
  { name: 'the full profile', personality: 'healthy', when: 'at', full: true, every: 11, least: 100 },
  { name: 'the full profile, on the way', personality: 'healthy', when: 'during', full: true, every: 0, least: 100 },
  {
    name: 'the full profile, drop after commit',
    personality: 'drop-after-commit',
    when: 'at',
    full: true,
    every: 0,
    least: 100
  },
  { name: 'the full profile, slow', personality: 'slow', when: 'at', full: true, every: 0, least: 100 }
]
/** More than any take-over has milestones: computers of one case do not meet those of the next. */
const most = 400

let fleet: Fleet
let keychain: Keychain | undefined

beforeAll(async () => {
  await build({
    entryPoints: [join(import.meta.dirname, 'child.ts')],
    outfile: child,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['better-sqlite3', 'keytar'],
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);"
    }
  })
  const found = await systemKeychain(service)
  keychain = found.ok ? found.value : undefined
  fleet = await startFleet({ computers: [], clock: systemClock, random: (count) => new Uint8Array(randomBytes(count)) })
})

afterAll(async () => {
  await fleet.close()
  rmSync(root, { recursive: true, force: true, maxRetries: 5 })
})

/** Runs one life; answers how many milestones it passed, or undefined when it was killed. */
function live(folder: string, killAt: number, when: Case['when'] = 'at'): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const life = spawn(node, [child, folder, service, String(killAt), when], { stdio: ['ignore', 'pipe', 'pipe'] })
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
      else reject(new Error(`the child ended with ${code}: ${err}`))
    })
  })
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')

async function prepare(
  number: number,
  personality: Case['personality'],
  profile?: Profile
): Promise<{ folder: string; device: PracticeDevice }> {
  const computer = practiceComputer(1000 + number, personality)
  await fleet.add([computer])
  const device = fleet.find(computer.fqdn)
  if (!device) throw new Error('no device')
  const folder = join(root, String(number))
  mkdirSync(folder)
  const { name, fqdn, host, port, tls } = device
  writeFileSync(join(folder, 'fleet.jsonl'), JSON.stringify({ name, fqdn, host, port, tls, personality }))
  writeFileSync(join(folder, 'one.csv'), `${name},${fqdn},${computer.uuid},,,${base64(computer.password)}\n`)
  if (profile) writeFileSync(join(folder, 'profile.json'), JSON.stringify(profile))
  return { folder, device }
}

/** What must hold after any crash and the next start. */
async function judge(folder: string, device: PracticeDevice): Promise<void> {
  const opened = openStore({ folder, actor: 'test', now: () => Date.now(), readOnly: true })
  if (!opened.ok) throw new Error(opened.problem.title)
  const store = opened.value
  const imports = store.jobs.imports()
  expect(imports).toHaveLength(1)
  const jobs = store.jobs.of(imports[0]?.id ?? '')
  expect(
    jobs.map(({ state, problem }) => [state, problem?.code]),
    folder
  ).toEqual([['done', undefined]])
  expect(store.audit.verify()).toMatchObject({ holds: true })
  const current = store.secrets.of(device.uuid).filter(({ role }) => role === 'current')
  expect(current).toHaveLength(1)
  store.close()
  const password = await keychain?.get(current[0]?.slot ?? '')
  const [admin] = device.state().accounts
  const ha1 = createHash('md5').update(`${admin?.name}:${device.state().digestRealm}:${password}`).digest('hex')
  expect(ha1).toBe(admin?.ha1)
}

/** Every setting that needs no typed password. */
const everything: Profile = {
  ...defaultProfile,
  mebx: { kind: 'random' },
  users: {
    kind: 'replace',
    list: [{ id: 'k', by: 'kerberos', name: 'Helpdesk', sid: 'S-1-5-21-1-2-3-512', access: 'any', realms: [2, 5] }]
  },
  sol: 'off',
  ider: 'off',
  listener: 'off',
  kvm: 'off',
  webUi: 'off',
  consent: 'all',
  ping: 'off',
  rmcp: 'off',
  power: 'always',
  idle: 20,
  remoteAccess: { kind: 'off' },
  environment: { kind: 'domains', domains: ['corp.practice.example'] }
}

/** What a device is when the full profile was taken over. */
function judgeEverything(device: PracticeDevice): void {
  const { stored, generalSettings, accounts, uncommitted, mebxSet } = device.state()
  expect(generalSettings).toMatchObject({ PingResponseEnabled: 'false', IdleWakeTimeout: '20' })
  expect(stored.AMT_RedirectionService?.[0]).toMatchObject({ EnabledState: '32768', ListenerEnabled: 'false' })
  expect(stored.CIM_KVMRedirectionSAP?.[0]).toMatchObject({ RequestedState: '3' })
  expect(stored.IPS_OptInService?.[0]).toMatchObject({ OptInRequired: '4294967295' })
  expect(stored.AMT_UserInitiatedConnectionService?.[0]).toMatchObject({ EnabledState: '32768' })
  expect(accounts.map(({ entry }) => entry?.realms)).toEqual([undefined, ['2', '5']])
  expect([uncommitted, mebxSet]).toEqual([false, true])
}

const chosen = cases.filter(({ every }) => thorough || every > 0)

test.each(chosen)(
  '$name: killed at its milestones, the next start ends the work',
  { timeout: 1_800_000 },
  async (one) => {
    if (!keychain) {
      leftOut('No keychain can be reached here')
      return
    }
    const step = thorough ? 1 : one.every
    const offset = cases.indexOf(one) * most
    let next = 1
    let killed = 0
    let all = 0
    async function worker(): Promise<void> {
      while (all === 0) {
        const killAt = next
        next += step
        const { folder, device } = await prepare(offset + killAt, one.personality, one.full ? everything : undefined)
        const passed = await live(folder, killAt, one.when)
        if (passed === undefined) {
          killed += 1
          await live(folder, 0)
        } else {
          all = passed
        }
        await judge(folder, device)
        if (one.full) judgeEverything(device)
      }
    }
    await Promise.all([worker(), worker(), worker()])
    console.log(`${one.name}: killed at ${killed} of ${all} milestones`)
    expect(all).toBeGreaterThan(one.least)
  }
)
