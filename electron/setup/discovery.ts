// Looks for AMT on a network: presence ping, the two AMT ports, and who answers there. Politely, and without any login.
import { createSocket, type Socket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { connect } from 'node:net'
import { isIpv4, isIpv6 } from '../../shared/address.ts'
import { type Found, foundOf, type Seen, searchLimits } from '../../shared/found.ts'
import type { Clock } from '../clock.ts'
import { subnetOf, unknownSubnet } from '../provision/subnet.ts'
import { amtPorts, findEndpoint } from '../wsman/reach.ts'
import { type Pong, pingFrame, readPong, rmcpPort } from './rmcp.ts'

/** Where an address is asked: its ports; one left out is not asked. */
export interface Place {
  readonly host: string
  readonly rmcp?: number | undefined
  readonly tls?: number | undefined
  readonly plain?: number | undefined
}

/** All in milliseconds. A sleeping management engine needs a first packet and two or three seconds to wake up. */
export interface Patience {
  readonly pong: number
  readonly connect: number
  readonly answer: number
}

export const usualPatience: Patience = { pong: 3_000, connect: 3_000, answer: 15_000 }

export interface SearchOptions {
  readonly addresses: Iterable<string>
  /** undefined = nobody can be there. */
  readonly placeOf: (address: string) => Place | undefined
  /** Full name of an address; '' when there is none. Asked only where something was found. */
  readonly nameOf: (address: string) => Promise<string>
  readonly clock: Clock
  /** Addresses begun in a second. */
  readonly rate: number
  readonly perSubnet?: number
  readonly patience?: Patience
  readonly signal: AbortSignal
  readonly onAsked: () => void
  readonly onFound: (found: Found) => void
}

/** A real address: AMT's own ports. */
export const realPlace = (address: string): Place => ({ host: address, rmcp: rmcpPort, ...amtPorts })

/** Sends pings and hands each pong to whoever waits for it. */
interface Pinger {
  /** Twice at most; undefined when nobody answered in time. */
  ping(host: string, port: number, patience: number): Promise<Pong | undefined>
  close(): void
}

function openPinger(clock: Clock, signal: AbortSignal): Pinger {
  const sockets = new Map<4 | 6, Socket>()
  const waiting = new Map<string, { readonly tag: number; readonly hear: (pong: Pong) => void }>()
  let tags = 0

  function socketFor(family: 4 | 6): Socket {
    const known = sockets.get(family)
    if (known) return known
    const socket = createSocket(family === 4 ? 'udp4' : 'udp6')
    // A network that cannot be reached says so here; for the search that is silence.
    socket.on('error', () => undefined)
    socket.on('message', (bytes, { address, port }) => {
      const pong = readPong(bytes)
      const waits = waiting.get(`${address} ${port}`)
      // The tag tells an answer from a packet that somebody made up without having seen the question.
      if (pong !== undefined && waits?.tag === pong.tag) waits.hear(pong)
    })
    sockets.set(family, socket)
    return socket
  }

  return {
    async ping(host, port, patience) {
      const key = `${host} ${port}`
      tags = (tags + 1) % 255
      const [tag, heard] = [tags, new AbortController()]
      let pong: Pong | undefined
      waiting.set(key, {
        tag,
        hear(found) {
          pong = found
          heard.abort()
        }
      })
      const socket = socketFor(isIpv4(host) ? 4 : 6)
      for (let time = 0; time < 2 && pong === undefined && !signal.aborted; time++) {
        socket.send(pingFrame(tag), port, host, () => undefined)
        await clock.sleep(patience / 2, AbortSignal.any([heard.signal, signal]))
      }
      waiting.delete(key)
      return pong
    },
    close() {
      for (const socket of sockets.values()) socket.close()
    }
  }
}

/** Whether a connection is taken: nothing is said over it. */
function isOpen(host: string, port: number, patience: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(false)
    const socket = connect({ host, port })
    const end = (open: boolean): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
      socket.destroy()
      resolve(open)
    }
    const stop = (): void => end(false)
    const timer = setTimeout(stop, patience)
    signal.addEventListener('abort', stop)
    socket.on('connect', () => end(true))
    socket.on('error', stop)
  })
}

/** The numeric address of a name; the text itself where it is one. undefined when nobody knows the name. */
async function numeric(host: string): Promise<string | undefined> {
  if (isIpv4(host) || isIpv6(host.replace(/%.*/, ''))) return host
  return lookup(host).then(
    ({ address }) => address,
    () => undefined
  )
}

type Look = Pick<SearchOptions, 'signal'> & { readonly patience: Patience; readonly pinger: Pinger }

/** Everything that is seen at one place without a login. */
async function see(
  { host: named, ...ports }: Place,
  { patience, pinger, signal }: Look
): Promise<Omit<Seen, 'address' | 'fqdn'>> {
  const host = await numeric(named)
  if (host === undefined) return { open: false }
  const knocked = (port: number | undefined): Promise<boolean> =>
    port === undefined ? Promise.resolve(false) : isOpen(host, port, patience.connect, signal)
  const [pong, tls, plain] = await Promise.all([
    ports.rmcp === undefined ? undefined : pinger.ping(host, ports.rmcp, patience.pong),
    knocked(ports.tls),
    knocked(ports.plain)
  ])
  const seen = { ...(pong && { pong }), open: tls || plain }
  if (!seen.open || signal.aborted) return seen
  const reached = await findEndpoint(host, {
    ports: { ...(tls && { tls: ports.tls }), ...(plain && { plain: ports.plain }) },
    timeouts: { connect: patience.connect, firstByte: patience.answer, total: patience.answer },
    signal,
    // No password is sent, so a device that knows only old TLS may be looked at all the same.
    tls: { allowTls: '1.0' }
  })
  if (!reached.ok) return { ...seen, problem: reached.problem }
  const { identity, endpoint } = reached.value
  const login = identity.realm !== undefined
  return { ...seen, identity: { amtVersion: identity.amtVersion, tls: endpoint.tls, login } }
}

/** Counts who is at work, in all and by subnet, and lets the next one wait for room. */
function roomOf(perSubnet: number): { enter(subnet: string): Promise<void>; leave(subnet: string): void } {
  const atWork = new Map<string, number>()
  let all = 0
  let freed: (() => void) | undefined
  return {
    async enter(subnet) {
      while (all >= searchLimits.atOnce || (atWork.get(subnet) ?? 0) >= perSubnet)
        await new Promise<void>((resolve) => {
          freed = resolve
        })
      all += 1
      atWork.set(subnet, (atWork.get(subnet) ?? 0) + 1)
    },
    leave(subnet) {
      all -= 1
      atWork.set(subnet, (atWork.get(subnet) ?? 1) - 1)
      freed?.()
    }
  }
}

/**
 * Asks each address once, in order, no faster than `rate` and no more at a time in one subnet than `perSubnet`. Resolves when
 * all have been asked, or soon after the signal fired. Never rejects for what a network does.
 */
export async function search(options: SearchOptions): Promise<void> {
  const { addresses, placeOf, clock, rate, signal, onAsked, onFound } = options
  const { perSubnet = searchLimits.perSubnet, patience = usualPatience } = options
  const pinger = openPinger(clock, signal)
  const room = roomOf(perSubnet)
  const running = new Set<Promise<void>>()

  async function ask(address: string, place: Place): Promise<void> {
    const seen = await see(place, { patience, pinger, signal })
    if (signal.aborted) return
    const found = foundOf({ address, fqdn: '', ...seen })
    if (found !== undefined) onFound({ ...found, fqdn: await options.nameOf(address) })
    onAsked()
  }

  let last = Number.NEGATIVE_INFINITY
  for (const address of addresses) {
    if (signal.aborted) break
    const place = placeOf(address)
    const subnet = subnetOf(place?.host ?? address) ?? unknownSubnet
    await room.enter(subnet)
    const pause = last + 1000 / rate - clock.now()
    if (pause > 0) await clock.sleep(pause, signal)
    if (signal.aborted) break
    last = Math.max(clock.now(), last + 1000 / rate)
    const work = place === undefined ? Promise.resolve(onAsked()) : ask(address, place)
    const ended = work.finally(() => {
      running.delete(ended)
      room.leave(subnet)
    })
    running.add(ended)
  }
  await Promise.all(running)
  pinger.close()
}
