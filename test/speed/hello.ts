// What very many hellos cost: how many a minute are handled, what memory that takes, and whether every match is found.
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { openLog } from '../../electron/log.ts'
import { openCore } from '../../electron/openCore.ts'
import { memoryKeychain, vaultOf } from '../../electron/vault.ts'
import type { Computer } from '../../shared/computer.ts'
import { newDraft, noComputers } from '../../shared/draft.ts'
import { swapGuid } from '../../shared/guid.ts'

/** What the listening process tells at its end. */
export interface HelloCounts {
  readonly calls: number
  readonly matched: number
  readonly kept: number
  /** Bytes by which the process had grown at its largest. */
  readonly growth: number
}

const guidOf = (n: number): string => `4c4c4544-0000-4000-8000-${n.toString(16).padStart(12, '0')}`

const computerOf = (n: number): Computer => ({
  name: `PC-${n}`,
  fqdn: `pc-${n}.corp.example`,
  guid: guidOf(n),
  mac: '',
  address: '192.0.2.1',
  amtVersion: '',
  amtStatus: '',
  automaticPrevented: false
})

/** Everything that was found, until the parent has heard enough. */
async function listening(jobs: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'amt-hello-speed-'))
  const vault = vaultOf(memoryKeychain(), { kind: 'memory', words: '' })
  const log = openLog(join(folder, 'logs'), () => Date.now())
  const opened = openCore({ folder, vaults: { real: vault, practice: vault }, log, version: 'speed', runtime: 'speed' })
  if (!opened.ok) throw new Error(opened.problem.title)
  const core = opened.value
  core.holdBack('measuring')
  const begun = core.drafting.begin(false, [])
  const counts = { ...noComputers, total: jobs, ready: jobs }
  const draft = { ...newDraft(begun.id, false, Date.now()), source: { kind: 'single' } as const, counts }
  const computers = Array.from({ length: jobs }, (_, n) => computerOf(n))
  const started = await core.imports.start(draft, computers, 'speed.csv')
  if (!started.ok) throw new Error(started.problem.title)
  let calls = 0
  const matched = new Set<string>()
  core.onCall(({ job }) => {
    calls += 1
    if (job) matched.add(job.id)
  })
  let listener = core.hello.status()
  for (let port = 19_971; !listener.on && port < 20_071; port++) {
    listener = await core.hello.start({ address: '127.0.0.1', port, practice: false })
  }
  for (let at = 0; at < 3; at++) globalThis.gc?.()
  const before = process.memoryUsage().rss
  let largest = before
  const looking = setInterval(() => {
    largest = Math.max(largest, process.memoryUsage().rss)
  }, 50)
  process.once('message', async () => {
    clearInterval(looking)
    const kept = core.hello.read({ practice: false, ignored: false }).total
    const told: HelloCounts = { calls, matched: matched.size, kept, growth: largest - before }
    process.send?.(told)
    await core.close()
    rmSync(folder, { recursive: true, force: true })
  })
  process.send?.({ port: listener.port })
}

/** As a recorded one: 24 roots, 841 bytes. */
function frameOf(n: number): Buffer {
  const roots = Buffer.concat(
    Array.from({ length: 24 }, (_, root) => Buffer.concat([Buffer.of(2, 32), Buffer.alloc(32, root)]))
  )
  const guid = Buffer.from(swapGuid(guidOf(n)).replaceAll('-', ''), 'hex')
  return Buffer.concat([Buffer.from('0000030000000000', 'hex'), guid, Buffer.of(24), roots])
}

/** Where computer `n` sends from: loopback has sixteen million addresses on Linux, one elsewhere. */
const sourceOf = (n: number): string =>
  process.platform === 'linux' ? `127.${1 + (n % 100)}.${1 + (Math.floor(n / 100) % 200)}.1` : '127.0.0.1'

const say = (n: number, port: number): Promise<void> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, localAddress: sourceOf(n) })
    socket.on('error', () => socket.destroy())
    socket.on('close', () => resolve())
    socket.on('connect', () => socket.end(frameOf(n)))
    socket.resume()
  })

export const helloRoles: Readonly<Record<string, (...args: readonly string[]) => Promise<void>>> = {
  helloListener: (jobs) => listening(Number(jobs))
}

type InChild = <T>(
  role: string,
  ...args: readonly (string | number)[]
) => Promise<{ readonly told: T; readonly end: () => void; ask<U>(): Promise<U> }>

/** Hellos sent a minute, as far as this computer can: well above what has to be handled. */
const pace = 20_000

/** The rows of the bench table: half of those who call have a job, the others nobody expects. */
export async function helloRows(inChild: InChild, count = 10_000) {
  const jobs = count / 2
  const child = await inChild<{ port: number }>('helloListener', jobs)
  const begun = performance.now()
  let next = 0
  await Promise.all(
    Array.from({ length: 32 }, async () => {
      while (next < count) {
        const mine = next++
        const early = begun + (mine * 60_000) / pace - performance.now()
        if (early > 0) await new Promise((resolve) => setTimeout(resolve, early))
        await say(mine, child.told.port)
      }
    })
  )
  const seconds = (performance.now() - begun) / 1000
  const found = await child.ask<HelloCounts>()
  child.end()
  const perMinute = Math.round((found.calls * 60) / seconds)
  const megabytes = found.growth / 1024 / 1024
  return [
    {
      what: `Hellos handled a minute, ${count} computers calling once, ${jobs} of them with a job`,
      found: `${perMinute} (${found.calls} in ${seconds.toFixed(1)} s)`,
      target: '≥ 10,000',
      met: perMinute >= 10_000
    },
    {
      what: 'Matches found of those hellos',
      found: `${found.matched} of ${jobs}; ${found.kept} callers in the list`,
      target: `${jobs}`,
      met: found.matched === jobs
    },
    {
      what: 'Memory that those hellos took at most',
      found: `${megabytes.toFixed(0)} MB of the process`,
      target: '< 100 MB',
      met: megabytes < 100
    }
  ]
}
