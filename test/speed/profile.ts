// How near a take-over with a whole profile comes to what the latency of the devices alone would allow, and what it costs in memory.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { tellsOf } from '../../electron/app/tells.ts'
import type { Core } from '../../electron/core.ts'
import { openLog } from '../../electron/log.ts'
import { openCore } from '../../electron/openCore.ts'
import { outerPractice } from '../../electron/practice.ts'
import { type Pace, realPace } from '../../electron/provision/attempt.ts'
import { memoryKeychain, vaultOf } from '../../electron/vault.ts'
import { defaultProfile, type Profile } from '../../shared/profile.ts'
import { practiceRunning } from '../../shared/running.ts'
import type { BenchComputer } from './fleet.ts'

const latencyMs = 20
const concurrency = 64

/** What one run of the client found. */
export interface Taken {
  readonly seconds: number
  readonly done: number
  /** Bytes of the process at its largest. */
  readonly peak: number
  /** Tells to the page within one second, at most. */
  readonly tells: number
  /** Seconds of processor time. */
  readonly cpu: number
}

/** Pauses that are no work (for a network stack that restarts, between two passwords) are left out: the devices have neither. */
const pace: Pace = { ...realPace, settle: 0, betweenTries: 0, parallel: concurrency }

/** Every setting but TLS, whose keys and handshakes would measure the devices. */
const profileOf = (user: string, wifi: string): Profile => ({
  ...defaultProfile,
  mebx: { kind: 'random' },
  users: {
    kind: 'replace',
    list: [{ id: 'u', by: 'digest', name: 'helpdesk', access: 'any', realms: [2, 5], slot: user }]
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
  environment: { kind: 'domains', domains: ['corp.practice.example'] },
  wifi: { kind: 'replace', list: [{ id: 'w', ssid: 'site', security: 'wpa2', slot: wifi }] },
  cleanUp: 'clear'
})

/** Everything up to Start, which is what the answer does; the id of the import. */
async function prepared(core: Core, list: string): Promise<() => Promise<string>> {
  const held = <T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false }): T => {
    if (!result.ok) throw new Error(JSON.stringify(result))
    return result.value
  }
  const draft = held(await core.beginDraft(true))
  held(await core.drafting.give(draft.id, 'speed.csv', Buffer.from(list)))
  const user = held(await core.drafting.keepSecret(draft.id, 'user', 'Speed-Helpdesk1!'))
  const wifi = held(await core.drafting.keepSecret(draft.id, 'wifi', 'a passphrase of the bench'))
  const running = { ...practiceRunning, parallel: concurrency, canary: false, awakeHours: 0, watchMinutes: 0 }
  held(core.drafting.change(draft.id, { running, profile: profileOf(user.slot, wifi.slot) }))
  const ready = held(await core.drafting.ready(draft.id))
  return async () => held(await core.imports.start(ready.draft, ready.computers, ready.source)).id
}

/** Takes the devices of a file over, in a process that does only that: real engine, real store on disk, secrets in memory. */
async function takeOverAll(file: string): Promise<Taken> {
  const devices = JSON.parse(readFileSync(file, 'utf8')) as readonly BenchComputer[]
  const folder = mkdtempSync(join(tmpdir(), 'amt-profile-speed-'))
  const vault = vaultOf(memoryKeychain(), { kind: 'memory', words: '' })
  const lines = devices.map(({ name, fqdn, host, port }) =>
    JSON.stringify({ name, fqdn, host, port, tls: false, personality: 'healthy' })
  )
  const opened = openCore({
    folder,
    vaults: { real: vault, practice: vault },
    log: openLog(join(folder, 'logs'), () => Date.now()),
    version: 'speed',
    runtime: 'speed',
    practice: outerPractice(lines.join('\n')),
    paces: { real: pace, practice: pace }
  })
  if (!opened.ok) throw new Error(opened.problem.title)
  const core = opened.value
  const told: number[] = []
  const tells = tellsOf(core, () => told.push(performance.now()))
  let peak = 0
  const weigh = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }, 100)
  try {
    const base64 = (text: string): string => Buffer.from(text).toString('base64')
    const list = devices.map(({ name, fqdn, uuid, password }) => `${name},${fqdn},${uuid},,,${base64(password)}`)
    const start = await prepared(core, list.join('\r\n'))
    const cpu = process.cpuUsage()
    const begun = performance.now()
    const id = await start()
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (core.store.jobs.import(id)?.state === 'finished') resolve()
      }
      core.onImport(look)
      look()
    })
    const seconds = (performance.now() - begun) / 1000
    const { user, system } = process.cpuUsage(cpu)
    const tellsWithin = told.map((at) => told.filter((other) => other >= at && other < at + 1000).length)
    return {
      seconds,
      done: core.store.jobs.totals(id).done,
      peak,
      tells: Math.max(0, ...tellsWithin),
      cpu: (user + system) / 1e6
    }
  } finally {
    clearInterval(weigh)
    tells.close()
    await core.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The part of a child process. */
export const profileRoles: Readonly<Record<string, (...args: readonly string[]) => Promise<void>>> = {
  takeOver: async (file = '') => void process.send?.(await takeOverAll(file))
}

type InChild = <T>(
  role: string,
  ...args: readonly (string | number)[]
) => Promise<{ readonly told: T; ask(): Promise<unknown>; end(): void }>

/** Takes so many computers over; answers what it took and how many calls the devices answered. */
async function measured(inChild: InChild, count: number): Promise<Taken & { readonly calls: number }> {
  const fleet = await inChild<readonly BenchComputer[]>('fleet', count, latencyMs)
  const folder = mkdtempSync(join(tmpdir(), 'amt-profile-fleet-'))
  try {
    const file = join(folder, 'devices.json')
    writeFileSync(file, JSON.stringify(fleet.told))
    const client = await inChild<Taken>('takeOver', file)
    client.end()
    return { ...client.told, calls: Number(await fleet.ask()) }
  } finally {
    fleet.end()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The rows of the bench table. */
export async function profileRows(inChild: InChild, count = 1_000) {
  // How late the engine cleans up moves a peak by 80 MB; of the short run the largest of three is as likely a one.
  const few: Taken[] = []
  for (let at = 0; at < 3; at++) few.push(await measured(inChild, count / 10))
  const many = await measured(inChild, count)
  const { seconds, done, calls, tells, cpu } = many
  const ideal = (calls * latencyMs) / concurrency / 1000
  const share = ideal / seconds
  const growth = (many.peak - Math.max(...few.map(({ peak }) => peak))) / 1024 / 1024
  const per = (calls / count).toFixed(0)
  return [
    {
      what: `${count} computers × full profile (${per} calls each, counted by the devices), ${latencyMs} ms latency, ${concurrency} at a time: share of calls × latency ÷ concurrency`,
      found: `${(100 * share).toFixed(0)} % (${seconds.toFixed(1)} s beside ${ideal.toFixed(1)} s; ${done} done; processor ${cpu.toFixed(1)} s)`,
      target: '≥ 85 %',
      met: share >= 0.85 && done === count
    },
    {
      what: `Memory at its largest, ${count} computers beside ${count / 10}`,
      found: `${growth.toFixed(0)} MB more (${(many.peak / 1024 / 1024).toFixed(0)} MB)`,
      target: '≤ 100 MB more',
      met: growth <= 100
    },
    { what: 'Updates of the page in a second, at most', found: String(tells), target: '≤ 10', met: tells <= 10 }
  ]
}
