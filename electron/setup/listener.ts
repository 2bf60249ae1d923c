// Listens for hello messages (TCP 9971): reads them, bounds what anybody can cost, and sums up what happened for the log.
import { createServer, isIP, type Server, type Socket } from 'node:net'
import { fail, ok, type ProblemCode, type Result } from '../../shared/problem.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { gateOf, type Limits, usualLimits } from './gate.ts'
import { type Hello, helloStream } from './hello.ts'

/** What came in since the listener was started. */
export interface Tally {
  readonly connections: number
  readonly hellos: number
  /** Connections that said something that is no usable hello. */
  readonly strangers: number
  /** Connections closed unread: too many from one address, or too many at once. */
  readonly refused: number
}

export interface Listener {
  /** '' = all addresses of this computer. */
  readonly address: string
  readonly port: number
  tally(): Tally
  close(): Promise<void>
}

export interface ListenerOptions {
  /** An address of this computer; '' = all of them. */
  readonly address: string
  /** 0 = any free one, for tests. */
  readonly port: number
  readonly clock: Clock
  readonly log: Pick<Log, 'write'>
  /** Hears each hello with the address it came from; it must be quick. */
  readonly onHello: (hello: Hello, from: string) => void
  readonly limits?: Partial<Limits>
}

/** What was counted is written to the log this often, and only when there was something (ms). */
const summaryEvery = 60_000

const startProblems: Readonly<Record<string, ProblemCode>> = {
  EADDRINUSE: 'hello-port-taken',
  EACCES: 'hello-port-denied',
  EPERM: 'hello-port-denied',
  EADDRNOTAVAIL: 'hello-address-unknown',
  EAFNOSUPPORT: 'hello-address-unknown',
  EINVAL: 'hello-address-unknown',
  ENOTFOUND: 'hello-address-unknown'
}

/** IPv4 in its own form, also where the system hands it out as IPv6 (::ffff:192.0.2.7). */
export const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')

/** Where it listens, for a Problem: "192.0.2.7 port 9971". */
export const placeWords = (address: string, port: number): string =>
  `${address === '' ? 'all addresses' : address}, port ${port}`

async function listening(server: Server, { address, port }: ListenerOptions): Promise<Result<number>> {
  // A name would have to be looked up first, and could be any computer's.
  if (address !== '' && isIP(address) === 0) return fail('hello-address-unknown', { found: address })
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen({ ...(address !== '' && { host: address }), port, backlog: 511, exclusive: true }, resolve)
    })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const detail = error instanceof Error ? error.message : String(error)
    return fail(startProblems[code] ?? 'hello-listener-failed', { where: placeWords(address, port), detail })
  }
  const bound = server.address()
  return ok(typeof bound === 'object' && bound !== null ? bound.port : port)
}

/**
 * Starts a listener. Problems: hello-port-taken, hello-port-denied, hello-address-unknown, hello-listener-failed. A device says
 * hello and closes, or waits to be closed; both are served, and nothing is ever sent to it.
 */
export async function listenForHello(options: ListenerOptions): Promise<Result<Listener>> {
  const { clock, log, onHello } = options
  const limits = { ...usualLimits, ...options.limits }
  const gate = gateOf(limits)
  const open = new Set<Socket>()
  const counts = { connections: 0, hellos: 0, strangers: 0, refused: 0 }
  /** Problem code → how often since the last summary, and the address that did it last. */
  const strange = new Map<string, { times: number; last: string }>()
  let told = { ...counts }

  function summarise(): void {
    const since = Object.entries(counts).map(
      ([name, count]) => [name, count - told[name as keyof typeof counts]] as const
    )
    if (since.some(([, count]) => count > 0)) {
      log.write('hello listener', { ...Object.fromEntries(since), strange: Object.fromEntries(strange) })
    }
    strange.clear()
    told = { ...counts }
  }

  function note(code: ProblemCode, from: string): void {
    counts.strangers += 1
    strange.set(code, { times: (strange.get(code)?.times ?? 0) + 1, last: from })
  }

  function serve(socket: Socket): void {
    const from = plainAddress(socket.remoteAddress ?? '')
    counts.connections += 1
    if (!gate.enter(from, clock.now())) {
      counts.refused += 1
      socket.destroy()
      return
    }
    const stream = helloStream()
    let judged = false
    const judge = (code: ProblemCode): void => {
      if (!judged) note(code, from)
      judged = true
    }
    const finish = (): void => {
      const ended = stream.end()
      if (!ended.ok) judge(ended.problem.code)
      socket.destroy()
    }
    const latest = setTimeout(finish, limits.longest)
    open.add(socket)
    socket.setTimeout(limits.idle, finish)
    socket.on('data', (bytes) => {
      const read = stream.push(bytes)
      if (!read.ok) {
        judge(read.problem.code)
        socket.destroy()
        return
      }
      for (const hello of read.value) {
        counts.hellos += 1
        onHello(hello, from)
      }
    })
    socket.on('end', finish)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      clearTimeout(latest)
      open.delete(socket)
    })
  }

  const server = createServer({ highWaterMark: 16_384 }, serve)
  server.maxConnections = limits.connections
  server.on('drop', () => {
    counts.connections += 1
    counts.refused += 1
  })
  const bound = await listening(server, options)
  if (!bound.ok) return bound
  // Running out of file handles must not end the program: the device says hello again.
  server.on('error', (error) => log.write('hello listener: error', { detail: error.message }))
  const summaries = setInterval(summarise, summaryEvery)
  summaries.unref()
  return ok({
    address: options.address,
    port: bound.value,
    tally: () => ({ ...counts }),
    async close() {
      clearInterval(summaries)
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of open) socket.destroy()
      await closed
      summarise()
    }
  })
}
