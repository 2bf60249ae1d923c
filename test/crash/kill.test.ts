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
/** More than a take-over has milestones: from where the child is no longer killed, the test knows it has seen all. */
const most = 90
const personalities = ['healthy', 'tls-only', 'drop-after-commit'] as const

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
function live(folder: string, killAt: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const life = spawn(node, [child, folder, service, String(killAt)], { stdio: ['ignore', 'pipe', 'pipe'] })
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
  personality: (typeof personalities)[number],
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

test.each(personalities)(
  '%s: killed at every milestone, the next start ends the work',
  { timeout: 240_000 },
  async (personality) => {
    if (!keychain) {
      leftOut('No keychain can be reached here')
      return
    }
    const offset = personalities.indexOf(personality) * most
    let next = 1
    let seenAll = false
    async function worker(): Promise<void> {
      while (!seenAll && next < most) {
        const killAt = next
        next += 1
        const { folder, device } = await prepare(offset + killAt, personality)
        const passed = await live(folder, killAt)
        if (passed !== undefined) {
          seenAll = true
          console.log(`${personality}: ${passed} milestones`)
          expect(passed).toBeLessThan(killAt)
        } else {
          await live(folder, 0)
        }
        await judge(folder, device)
      }
    }
    await Promise.all([worker(), worker(), worker()])
    expect(seenAll).toBe(true)
    // A take-over that became this short would not be one.
    expect(next).toBeGreaterThan(30)
  }
)

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

/** The full profile has some hundred and fifty milestones; every ninth is enough beside the three above. */
const every = 9

test('the full profile: killed at a sample of milestones, the device ends as the profile wants it', {
  timeout: 240_000
}, async () => {
  if (!keychain) {
    leftOut('No keychain can be reached here')
    return
  }
  const offset = personalities.length * most
  let next = 1
  let all = 0
  async function worker(): Promise<void> {
    while (all === 0) {
      const killAt = next
      next += every
      const { folder, device } = await prepare(offset + killAt, 'healthy', everything)
      const passed = await live(folder, killAt)
      if (passed === undefined) await live(folder, 0)
      else all = passed
      await judge(folder, device)
      const { stored, generalSettings, accounts, uncommitted, mebxSet } = device.state()
      expect(generalSettings).toMatchObject({ PingResponseEnabled: 'false', IdleWakeTimeout: '20' })
      expect(stored.AMT_RedirectionService?.[0]).toMatchObject({ EnabledState: '32768', ListenerEnabled: 'false' })
      expect(stored.CIM_KVMRedirectionSAP?.[0]).toMatchObject({ RequestedState: '3' })
      expect(stored.IPS_OptInService?.[0]).toMatchObject({ OptInRequired: '4294967295' })
      expect(stored.AMT_UserInitiatedConnectionService?.[0]).toMatchObject({ EnabledState: '32768' })
      expect(accounts.map(({ entry }) => entry?.realms)).toEqual([undefined, ['2', '5']])
      expect([uncommitted, mebxSet]).toEqual([false, true])
    }
  }
  await Promise.all([worker(), worker(), worker()])
  console.log(`the full profile: every ${every}th of ${all} milestones`)
  expect(all).toBeGreaterThan(100)
})
