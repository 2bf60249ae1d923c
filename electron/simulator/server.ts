// The sockets of a practice device: plain HTTP and TLS on loopback, as the state of the device has them at the moment.
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https'
import { type AddressInfo, connect, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { Clock } from '../clock.ts'
import { answer } from './device.ts'
import { openGate, type StateCell } from './gate.ts'
import type { KeyKind } from './generations.ts'
import { refusalPage, sendPage, sendSoap } from './http.ts'
import { isSameListening, isSameTls, type Listening, listeningOf, refusedClient } from './listening.ts'
import { type Account, type Certificate, speaksWsman } from './state.ts'
import { chainOf, tlsOptions } from './tls.ts'

const loopback = '127.0.0.1'
const maxBody = 1_048_576

/** A running device. `close` destroys its open connections. */
export interface DeviceServer {
  /** The port in use at the moment: the plain one if it is open. */
  readonly port: number
  /** Follows a state that was changed from outside: another certificate, a reset. */
  follow(): Promise<void>
  close(): Promise<void>
}

/** Reads a request body; `undefined` when it is larger than any WS-MAN request has a reason to be, or breaks off. */
function readBody(request: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve) => {
    const parts: Buffer[] = []
    let length = 0
    request.on('data', (part: Buffer) => {
      length += part.length
      if (length > maxBody) resolve(undefined)
      else parts.push(part)
    })
    request.on('end', () => resolve(Buffer.concat(parts).toString('utf8')))
    request.on('error', () => resolve(undefined))
    request.on('close', () => resolve(undefined))
  })
}

/** Ends when a device of this latency answers a request that came in now, or when nobody waits for it any more. */
async function answerTime(response: ServerResponse, latencyMs: number, clock: Clock): Promise<void> {
  if (latencyMs === 0) return
  const gone = new AbortController()
  const hungUp = (): void => gone.abort()
  response.once('close', hungUp)
  await clock.sleep(latencyMs, gone.signal)
  response.off('close', hungUp)
}

interface ServerOptions {
  readonly cell: StateCell
  readonly clock: Clock
  readonly random: (n: number) => Uint8Array
  /** Makes the certificate a device signs for itself. */
  readonly makeCertificate: () => Promise<Certificate>
  /** The n-th key of a device, PKCS#8 in PEM. */
  readonly makeKey: (kind: KeyKind, n: number) => Promise<string>
  /** One port for plain and TLS, an ephemeral one when absent. */
  readonly port?: number | undefined
  /** Two ports, as real devices have them, on an own loopback address. */
  readonly place?: { readonly host: string; readonly plain: number; readonly tls: number } | undefined
}

/** Opens one device on loopback. Rejects only when a port can not be had. */
export async function startDevice(options: ServerOptions): Promise<DeviceServer> {
  const { cell, clock } = options
  const gate = openGate({ cell, clock, random: options.random })
  let keysMade = 0

  /** Runs the function that is the device, giving it a key from outside when it asks for one. */
  const ask = async (source: string, user: Account | undefined): Promise<ReturnType<typeof answer>> => {
    const first = answer(cell.read(), source, clock.now(), user)
    if (!first.needs) return first
    const spareKey = await options.makeKey(first.needs, keysMade++)
    return answer({ ...cell.read(), spareKey }, source, clock.now(), user)
  }

  const respond = async (
    response: ServerResponse,
    socket: Socket,
    source: string,
    user: Account | undefined,
    due: Promise<void>
  ): Promise<void> => {
    const before = cell.read()
    const { state, reply } = await ask(source, user)
    cell.write(state)
    if (state.accountsVersion !== before.accountsVersion) gate.forgetNonces()
    if (
      !isSameListening(listeningOf(before), listeningOf(state)) ||
      state.provisioningState !== before.provisioningState
    ) {
      // The network restarts once the answer is out.
      response.once('close', () => void follow())
    }
    await due
    if (reply.cut) return void socket.destroy()
    if (!response.destroyed) await sendSoap(response, state, reply, clock.now() + state.clockOffset * 1000, clock)
  }

  const changeCertificate = async (): Promise<void> => {
    const state = cell.read()
    if (state.certificate === null || state.faults.certificateChange !== gate.granted()) return
    const certificate = await options.makeCertificate()
    cell.write({ ...cell.read(), certificate, faults: { ...state.faults, certificateChange: null } })
    await follow()
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (cell.read().faults.silent) return
    if (Number(request.headers['content-length'] ?? 0) > maxBody)
      return sendPage(response, cell.read(), 413, '<html><body>Request too large.</body></html>\n')
    // Taken now: a request given up halfway loses its socket.
    const { socket } = request
    const source = await readBody(request)
    if (source === undefined) return void socket.destroy()
    // Not the socket of the response: that has none yet while the end of the answer before is on its way.
    if (response.destroyed || socket.destroyed) return
    // What is asked is done at once: the work is part of the latency, as in firmware, and no device waits for another's.
    const due = answerTime(response, cell.read().faults.latencyMs, clock)
    const isKnown = request.url === '/wsman' && request.method === 'POST' && speaksWsman(cell.read())
    const passed = isKnown ? gate.pass(request, source) : undefined
    if (passed && 'user' in passed) {
      await respond(response, socket, source, passed.user, due)
      if (cell.read().faults.certificateChange !== null) await changeCertificate()
      return
    }
    await due
    if (response.destroyed) return
    const state = cell.read()
    if (!passed) return sendPage(response, state, 404, '<html><body>Not found.</body></html>\n')
    const challenges = passed.challenges.flatMap((each) => ['WWW-Authenticate', each])
    sendPage(response, state, 401, refusalPage(state), challenges)
  }

  const listener = (request: IncomingMessage, response: ServerResponse): void => void serve(request, response)
  const limits = { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 60_000, maxHeaderSize: 16_384 }
  const http = createServer(limits, listener)
  // A server that is handed its connections watches over no headers by itself.
  http.timeout = 120_000
  let current: Listening = { plain: false, tls: null }
  let tls: TlsServer | undefined

  const openTls = async (wanted: NonNullable<Listening['tls']>): Promise<void> => {
    const own = wanted.certificate ?? (await options.makeCertificate())
    if (wanted.certificate === null) cell.write({ ...cell.read(), certificate: own })
    tls = createTlsServer({ ...limits, ...tlsOptions(cell.read(), wanted, own) }, listener)
    tls.timeout = 120_000
    tls.on('secureConnection', (socket: TLSSocket) => {
      // Chains are only looked at when one was asked for: nothing else pays for it.
      const chain = wanted.clients === 'any' ? [] : chainOf(socket)
      const usedPsk = socket.getCipher().name.startsWith('PSK')
      if (refusedClient(cell.read(), chain, usedPsk) !== undefined) return void socket.destroy()
      // Once there is an administrator (after a partial unprovision, or in the middle of a set-up) a new connection is
      // asked for its password: believed, because Configuration Manager needs it then.
      const hasAdmin = cell.read().accounts.some((each) => each.admin)
      if (wanted.clients === 'setup' && !hasAdmin) gate.trust(socket)
    })
    tls.on('tlsClientError', (_error, socket) => socket.destroy())
  }

  /** Hands a connection to the server that speaks its language, or drops it when none is open. */
  const take = (socket: Socket, isTls: boolean): void => {
    const server = isTls ? (current.tls ? tls : undefined) : current.plain ? http : undefined
    if (server) server.emit('connection', socket)
    else socket.destroy()
  }

  /** One port stands for two: a TLS handshake starts with byte 22, a request with a letter. */
  const sniff = (socket: Socket): void => {
    const look = (): void => {
      const first = socket.read(1) as Buffer | null
      if (first === null) return
      socket.off('readable', look)
      socket.unshift(first)
      take(socket, first[0] === 22)
    }
    socket.on('readable', look)
  }

  const { place, port } = options
  const doors = place
    ? {
        plain: door(place.host, place.plain, (socket) => take(socket, false)),
        tls: door(place.host, place.tls, (socket) => take(socket, true))
      }
    : { both: door(loopback, port ?? 0, sniff) }
  const all = Object.values(doors)

  const openDoors = async (): Promise<void> => {
    if (doors.both) return doors.both.open()
    await (current.plain ? doors.plain.open() : doors.plain.close())
    await (current.tls ? doors.tls.open() : doors.tls.close())
  }

  let following: Promise<void> = Promise.resolve()
  let closed = false
  const follow = (): Promise<void> => {
    following = following.then(async () => {
      const wanted = listeningOf(cell.read())
      if (closed || isSameListening(current, wanted)) return
      if (wanted.tls && !isSameTls(current.tls, wanted.tls)) await openTls(wanted.tls)
      if (!wanted.tls) tls = undefined
      const isFirst = !current.plain && !current.tls
      current = listeningOf(cell.read())
      if (!isFirst) for (const each of all) each.hangUp()
      await openDoors()
    })
    return following
  }

  await follow()
  await openDoors()
  return {
    get port() {
      if (doors.both) return doors.both.port()
      return current.plain ? doors.plain.port() : doors.tls.port()
    },
    follow,
    close: async () => {
      closed = true
      await following
      await Promise.all(all.map((each) => each.close()))
    }
  }
}

interface Door {
  port(): number
  open(): Promise<void>
  /** Ends every connection and goes on listening. */
  hangUp(): void
  close(): Promise<void>
}

/** A listening port that can be opened and closed again; the number stays the one it was first given. */
function door(host: string, wantedPort: number, onConnection: (socket: Socket) => void): Door {
  const sockets = new Set<Socket>()
  let port = wantedPort
  let server: Server | undefined
  const hangUp = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: () => port,
    hangUp,
    open: async () => {
      if (server) return
      const opening = createTcpServer((socket) => {
        sockets.add(socket)
        socket.once('close', () => sockets.delete(socket))
        socket.on('error', () => socket.destroy())
        onConnection(socket)
      })
      server = opening
      opening.listen({ host, port, backlog: 128 })
      await once(opening, 'listening')
      port = (opening.address() as AddressInfo).port
    },
    close: async () => {
      const closing = server
      server = undefined
      if (!closing?.listening) return
      const closed = once(closing, 'close')
      closing.close()
      hangUp()
      await closed
    }
  }
}

/**
 * A port on which nothing accepts. It is kept in use by an outgoing connection of our own, so that the system gives it to
 * nobody else while the device is switched off.
 */
export async function holdClosedPort(): Promise<DeviceServer> {
  const anchor = door(loopback, 0, () => undefined)
  await anchor.open()
  const holder = connect(anchor.port(), loopback)
  holder.on('error', () => holder.destroy())
  await once(holder, 'connect')
  return {
    port: holder.localPort ?? 0,
    follow: async () => undefined,
    close: async () => {
      holder.destroy()
      await anchor.close()
    }
  }
}

/** Sends one frame to a listener and closes, as a hello does. `from`: the loopback address it comes from. */
export async function sendFrame(to: { host: string; port: number }, frame: Uint8Array, from: string): Promise<boolean> {
  const socket = connect({ host: to.host, port: to.port, ...(from !== loopback && { localAddress: from }) })
  socket.setTimeout(5_000, () => socket.destroy())
  return new Promise((resolve) => {
    let sent = false
    socket.on('error', () => socket.destroy())
    socket.on('close', () => resolve(sent))
    socket.on('connect', () => socket.end(frame, () => (sent = true)))
    socket.resume()
  })
}

/** Answers datagrams as a device does that listens for presence pings; `answer` undefined = silence. */
export async function answerDatagrams(
  host: string,
  wantedPort: number,
  answer: (datagram: Uint8Array) => Uint8Array | undefined
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const socket = createSocket('udp4')
  socket.on('message', (datagram, from) => {
    const reply = answer(datagram)
    if (reply !== undefined) socket.send(reply, from.port, from.address)
  })
  let closing: Promise<void> | undefined
  socket.bind(wantedPort, host)
  await once(socket, 'listening')
  return {
    port: socket.address().port,
    close() {
      closing ??= new Promise((resolve) => {
        socket.close(() => resolve())
      })
      return closing
    }
  }
}
