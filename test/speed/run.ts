// `npm run bench`: what the WS-MAN client costs beside bare node:http, and reading a list beside the bare parser, side by side.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { performance } from 'node:perf_hooks'
import { bare, type Caller, ours } from './clients.ts'
import { type BenchDevice, serveFleet } from './fleet.ts'
import { helloRoles, helloRows } from './hello.ts'
import { intakeRoles, intakeRows } from './intake.ts'
import { profileRoles, profileRows } from './profile.ts'
import { queueRows } from './queue.ts'

/** One line of the table. */
interface Row {
  readonly what: string
  readonly found: string
  readonly target: string
  readonly met: boolean
}

const rounds = 9
// Enough that the last calls of a round, which run beside idle lanes, weigh little.
const visits = 16
const callsInRound = { one: 1_500, many: 3_000 } as const

/**
 * The window's engine gives young objects 17 MB where Node 24 gives them up to 134, and its objects are half as large
 * (compressed pointers; an answer once read takes 2.7 KB there, 5.4 KB here). The take-over is measured with room for as many
 * objects as the window has, what is about memory with as many bytes.
 */
const engineOf: Readonly<Record<string, readonly string[]>> = {
  // The devices shall not be late because their one process cleans up behind a thousand of them.
  fleet: ['--max-semi-space-size=128'],
  takeOver: ['--max-semi-space-size=16'],
  helloListener: ['--max-semi-space-size=8'],
  ...Object.fromEntries(Object.keys(intakeRoles).map((role) => [role, ['--max-semi-space-size=8']]))
}

/** Starts this very file in another role, with a channel to it. */
async function inChild<T>(role: string, ...args: readonly (string | number)[]) {
  const child: ChildProcess = fork(import.meta.filename, [role, ...args.map(String)], {
    execArgv: ['--expose-gc', ...(engineOf[role] ?? [])],
    serialization: 'advanced'
  })
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`${role} ended with ${code}`)))
  ended.catch(() => undefined)
  const [told] = (await Promise.race([once(child, 'message'), ended])) as [T]
  return {
    told,
    end: () => child.disconnect(),
    /** Its next word, after it was asked for it. */
    async ask<U>(): Promise<U> {
      const answer = once(child, 'message')
      child.send('tell')
      return ((await Promise.race([answer, ended])) as [U])[0]
    }
  }
}

async function withFleet<T>(count: number, latencyMs: number, work: (devices: readonly BenchDevice[]) => Promise<T>) {
  const fleet = await inChild<readonly BenchDevice[]>('fleet', count, latencyMs)
  try {
    return await work(fleet.told)
  } finally {
    fleet.end()
  }
}

/** Calls per second when all callers work side by side, each one call after the other. */
async function rate(callers: readonly Caller[], calls: number): Promise<number> {
  const each = Math.ceil(calls / callers.length)
  for (const { prepare } of callers) prepare(each)
  const begun = performance.now()
  await Promise.all(
    callers.map(async ({ call }) => {
      for (let at = 0; at < each; at++) await call()
    })
  )
  return (each * callers.length * 1000) / (performance.now() - begun)
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/** Rounds of the bare client and ours in turn, so that a busy minute of the computer meets both. */
async function compare(count: number, calls: number): Promise<Row> {
  return withFleet(count, 0, async (devices) => {
    const plain = await Promise.all(devices.map(bare))
    const wizard = await Promise.all(devices.map(ours))
    const warm = Math.ceil(calls / 2)
    await rate(plain, warm)
    await rate(wizard, warm)
    const pairs: { bare: number; ours: number }[] = []
    for (let at = 0; at < rounds; at++) pairs.push({ bare: await rate(plain, calls), ours: await rate(wizard, calls) })
    for (const { close } of [...plain, ...wizard]) close()
    const ratio = median(pairs.map((pair) => pair.ours / pair.bare))
    const perSecond = (who: 'bare' | 'ours') => Math.round(median(pairs.map((pair) => pair[who])))
    return {
      what: `Gets per second, ${count === 1 ? 'one device' : `${count} devices at once`}, beside bare node:http`,
      found: `${ratio.toFixed(2)} (${perSecond('ours')}/s beside ${perSecond('bare')}/s)`,
      target: '≥ 0.85',
      met: ratio >= 0.85
    }
  })
}

/** What a device costs the client while its connection is kept and nothing happens; in a process that does only that. */
async function idle(count: number): Promise<Row> {
  return withFleet(count, 0, async (devices) => {
    const child = await inChild<Memory>('idle', ...devices.flatMap(({ port, password }) => [port, password]))
    child.end()
    const perDevice = child.told.growth / count / 1024
    const split = `JavaScript heap ${(child.told.heap / count / 1024).toFixed(0)} KB`
    return {
      what: `Memory of the client for each of ${count} devices idle on keep-alive`,
      found: `${perDevice.toFixed(0)} KB of the process (${split})`,
      target: '< 64 KB',
      met: perDevice < 64
    }
  })
}

/** Bytes that a process has grown by, and the part of it in V8's heap. */
interface Memory {
  readonly growth: number
  readonly heap: number
}

/** Opens all devices, one Get each, and tells what that has left in memory. */
async function idleClient(...known: readonly string[]): Promise<void> {
  const devices = Array.from({ length: known.length / 2 }, (_, at) => ({
    host: '127.0.0.1',
    port: Number(known[2 * at]),
    username: 'admin',
    password: known[2 * at + 1] ?? ''
  }))
  const [first, ...rest] = devices
  if (first === undefined) throw new Error('no device')
  // The first brings in what all share: code, tables, pools.
  const callers = [await ours(first)]
  for (let at = 0; at < 20; at++) await callers[0]?.call()
  const before = settled()
  for (let at = 0; at < rest.length; at += 50) callers.push(...(await Promise.all(rest.slice(at, at + 50).map(ours))))
  const after = settled()
  process.send?.({ growth: after.rss - before.rss, heap: after.heapUsed - before.heapUsed })
  for (const { close } of callers) close()
}

function settled(): NodeJS.MemoryUsage {
  for (let at = 0; at < 3; at++) globalThis.gc?.()
  return process.memoryUsage()
}

/** How near both clients come to the speed that the latency of the devices alone would allow. */
async function parallel(count: number, latencyMs: number, concurrency: number): Promise<Row> {
  return withFleet(count, latencyMs, async (devices) => {
    const clients = { bare: await openAll(bare, devices, concurrency), ours: await openAll(ours, devices, concurrency) }
    const calls = visits * count
    // A device told to wait 20 ms takes longer by its work: one bare call after the other tells how long.
    const alone = 1000 / (await rate(clients.bare.slice(0, 1), 50))
    const seconds: Record<keyof typeof clients, number[]> = { bare: [], ours: [] }
    for (let round = 0; round < 3; round++) {
      for (const who of ['bare', 'ours'] as const) seconds[who].push(await visitAll(clients[who], concurrency))
    }
    for (const { close } of [...clients.bare, ...clients.ours]) close()
    const ideal = (calls * latencyMs) / concurrency / 1000
    const share = (who: keyof typeof clients) => ideal / median(seconds[who])
    const percent = (who: keyof typeof clients) => `${(100 * share(who)).toFixed(0)} %`
    return {
      what: `${count} devices of ${latencyMs} ms latency, ${concurrency} at a time: share of calls × latency ÷ concurrency`,
      found: `${percent('ours')} (bare node:http ${percent('bare')}; a single bare call takes ${alone.toFixed(1)} ms)`,
      target: '≥ 90 %',
      met: share('ours') >= 0.9
    }
  })
}

async function openAll(client: typeof ours, devices: readonly BenchDevice[], concurrency: number): Promise<Caller[]> {
  const callers: Caller[] = []
  for (let at = 0; at < devices.length; at += concurrency) {
    callers.push(...(await Promise.all(devices.slice(at, at + concurrency).map(client))))
  }
  return callers
}

/** Calls every device some times, so many at a time; the seconds it took. */
async function visitAll(callers: readonly Caller[], concurrency: number): Promise<number> {
  for (const { prepare } of callers) prepare(visits)
  const waiting = Array.from({ length: visits }, () => callers).flat()
  const begun = performance.now()
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await next.call()
    })
  )
  return (performance.now() - begun) / 1000
}

const roles: Readonly<Record<string, (...args: readonly string[]) => Promise<void>>> = {
  fleet: (count, latencyMs) => serveFleet(Number(count), Number(latencyMs)),
  idle: idleClient,
  ...profileRoles,
  ...helloRoles,
  ...intakeRoles
}

const parts: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  wire: async () => [
    await compare(1, callsInRound.one),
    await compare(20, callsInRound.many),
    await idle(1_000),
    await parallel(1_000, 20, 64)
  ],
  profile: () => profileRows(inChild),
  queue: queueRows,
  intake: () => intakeRows(inChild),
  hello: () => helloRows(inChild),
  // Loaded late: it needs the session of build/bench.mjs, which the other roles of this file do not have.
  grid: async () => (await import('./grid.ts')).gridRows()
}

async function main(chosen: readonly string[]): Promise<void> {
  const rows: Row[] = []
  for (const [name, measure] of Object.entries(parts)) {
    if (chosen.length === 0 || chosen.includes(name)) rows.push(...(await measure()))
  }
  const lines = rows.map(({ what, found, target, met }) => `| ${what} | ${found} | ${target} | ${met ? 'yes' : 'no'} |`)
  console.log(['| Measured | Found | Target | Met |', '|---|---|---|---|', ...lines].join('\n'))
}

const [role, ...args] = process.argv.slice(2)
await (role !== undefined && role in roles ? roles[role]?.(...args) : main(process.argv.slice(2)))
