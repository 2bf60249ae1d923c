// The one connection to a device: TCP, TLS with a pinned certificate, one HTTP request, and what can go wrong there.
import { createHash } from 'node:crypto'
import { type ClientRequestArgs, request } from 'node:http'
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { checkServerIdentity, connect as connectTls, type PeerCertificate, TLSSocket } from 'node:tls'
import { fail, ok, type Result } from '../../shared/problem.ts'
import { type Answer, readAnswer } from './answer.ts'
import { mayBeAsleep, mayBeOldTls, mayBeOtherKey, type Phase, wireFailure } from './failure.ts'
import { permitted, type TlsChoices, type TlsProfile, type TlsSession, tlsOptions } from './tlsProfiles.ts'

/** Where a device listens. */
export interface Endpoint {
  readonly host: string
  readonly port: number
  readonly tls: boolean
  /** Lower-case hex SHA-256 of the leaf certificate's DER form, once it is known. */
  readonly pin?: string | undefined
}

/** All in milliseconds. */
export interface Timeouts {
  /** Until TCP and TLS stand. */
  readonly connect: number
  /** From the request to the head of the answer. */
  readonly firstByte: number
  /** For one whole HTTP exchange. */
  readonly total: number
  /** Given to a management engine that cut the first connection in its sleep, before it is asked once more. */
  readonly wake: number
}

/** Old firmware needs seconds per enumeration, and takes no operation timeout below 30 s: so a generous first byte. */
export const defaultTimeouts: Timeouts = { connect: 10_000, firstByte: 60_000, total: 120_000, wake: 5_000 }

export interface TransportOptions {
  readonly endpoint: Endpoint
  readonly timeouts: Timeouts
  /** Longest body in bytes. */
  readonly limit: number
  readonly signal: AbortSignal
  readonly tls?: TlsChoices | undefined
  /** How often a device that seems asleep is asked again: once, unless the caller does so itself. */
  readonly retries?: 0 | 1 | undefined
}

/** One request as it is to be sent. */
export interface Post {
  readonly body: string
  /** Makes the Authorization header, anew each time the request is sent: a Digest answer serves only once. */
  readonly authorize: () => string | undefined
  /** Whether it may be sent again although the device may have had it: it changes nothing. */
  readonly repeatable: boolean
}

/** Sends one request after the other; the caller keeps them from overlapping. */
export interface Transport {
  readonly post: (post: Post) => Promise<Result<Answer>>
  /** SHA-256 of the certificate seen, lower-case hex; undefined before the first TLS connection. */
  readonly fingerprint: () => string | undefined
  /** The Server header as it was last sent; empty before the first. */
  readonly server: () => string
  /** What the last TLS connection came to; undefined before the first. */
  readonly session: () => TlsSession | undefined
  /** Ends the connection; the next request makes a new one. */
  readonly hangUp: () => void
}

/** A result, and on failure what may explain it: no answer to the first packet, or a TLS older than we offered. */
type Attempt<T> = Result<T> & { readonly asleep?: boolean; readonly old?: boolean }

// An idle connection is closed by us before the firmware does it, so that a request does not run into its FIN.
const idleTimeout = 10_000

/** Opens nothing yet; the first `post` connects. After `signal` fires, every request ends in `stopped`. */
export function openTransport(options: TransportOptions): Transport {
  const { endpoint, timeouts, signal, retries = 1 } = options
  let pin = endpoint.pin
  let session: TlsSession | undefined
  let server = ''
  // The one connection. Node's agents are made for many to many places, and cost more than all else we do for a call.
  let socket: Socket | undefined
  let isFree = false
  let reused = false
  // Why the connection for the running exchange could not be made.
  let refused: Attempt<never> | undefined
  let stop: (() => void) | undefined
  signal.addEventListener('abort', () => stop?.(), { once: true })

  const hangUp = () => {
    isFree = false
    socket?.destroy()
    socket = undefined
  }

  const keep = (made: Socket) => {
    socket = made
    made.setTimeout(idleTimeout, () => {
      if (isFree && socket === made) hangUp()
    })
    // Said by Node when an answer is over and the device keeps the connection.
    made.on('free', () => {
      isFree = socket === made
      // An idle connection is no reason for the program to stay.
      made.unref()
      // As Node's agents do: or the socket holds on to the last exchange until the next one.
      Object.assign(made, { _httpMessage: null })
    })
  }

  const createConnection: Line['createConnection'] = (_, done) => {
    reused = isFree && socket?.writable === true
    isFree = false
    if (reused) return socket?.ref()
    hangUp()
    void connect(options, pin).then((dialled) => {
      if (!dialled.ok) {
        refused = dialled
        return done(new Error('not connected'), undefined as never)
      }
      // Trust on first use: whoever answered first stays the only one for the life of this transport.
      pin ??= dialled.value.fingerprint
      session = dialled.value.session
      keep(dialled.value.socket)
      done(null, dialled.value.socket)
    })
    return undefined
  }

  const line: Line = { createConnection, host: hostHeader(endpoint), timeouts, limit: options.limit }
  const once = async (post: Post): Promise<Attempt<Answer>> => {
    if (signal.aborted) return fail('stopped')
    refused = undefined
    const answer = await exchange(line, post, (end) => {
      stop = end
    })
    stop = undefined
    if (!answer.ok) return refused ?? answer
    server = answer.value.server || server
    return answer
  }

  return {
    post: async (post) => {
      if (endpoint.pin !== undefined && !endpoint.tls) return fail('tls-expected')
      const first = await once(post)
      if (first.ok || first.asleep !== true || retries === 0) return first
      // Without a connection the device surely has not had the request.
      if (refused === undefined && !post.repeatable) return first
      // After a time-out it has had its time to wake; a used connection was cut for being idle, not for sleep.
      const pause = first.problem.code === 'device-silent' || reused ? 0 : timeouts.wake
      await wait(pause, undefined, { signal }).catch(() => undefined)
      return once(post)
    },
    fingerprint: () => pin,
    server: () => server,
    session: () => session,
    hangUp
  }
}

/**
 * Whether anything answers at a port, be it with a refusal: a computer that is there and one that is asleep tell themselves
 * apart by that. One TCP connection, closed at once; nothing is said, so no log-in can be counted. Never rejects.
 */
export function knock(host: string, port: number, patience: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(false)
    const socket = connectTcp({ host, port, autoSelectFamilyAttemptTimeout: 2_000 })
    const end = (answered: boolean): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
      socket.destroy()
      resolve(answered)
    }
    const stop = (): void => end(false)
    const timer = setTimeout(stop, patience)
    signal.addEventListener('abort', stop)
    socket.on('connect', () => end(true))
    socket.on('error', (error: NodeJS.ErrnoException) => end(error.code === 'ECONNREFUSED'))
  })
}

interface Dialled {
  readonly socket: Socket
  readonly fingerprint?: string | undefined
  readonly session?: TlsSession | undefined
}

/**
 * Connects with the newest TLS that both sides have and a person permitted. When the device has only an older one, that
 * one is looked at with a handshake and nothing more, so that the Problem can name it.
 */
async function connect(options: TransportOptions, pin: string | undefined): Promise<Attempt<Dialled>> {
  if (!options.endpoint.tls) return dial(options, pin, undefined)
  const { open, shut } = permitted(options.tls?.allowTls ?? 'modern')
  let last: Attempt<Dialled> = fail('tls-failed')
  for (const profile of open) {
    last = await dial(options, pin, profile)
    if (last.ok || last.old !== true) return last
  }
  for (const profile of shut) {
    const seen = await dial(options, undefined, profile)
    if (seen.ok) {
      seen.value.socket.destroy()
      return tooOld(profile, seen.value.session, open.at(-1))
    }
    if (seen.old !== true) break
  }
  return last
}

const tooOld = (found: TlsProfile, session: TlsSession | undefined, lowest: TlsProfile | undefined) =>
  fail('tls-too-old', {
    values: { version: found.version },
    found: `${found.version}, ${session?.cipher ?? 'unknown cipher'}, as ${found.generations}`,
    expected: lowest?.version
  })

/**
 * One connection. With TLS the socket is handed on only after the handshake stands and the certificate is the pinned one:
 * HTTP is not attached before, so with another certificate not one byte of it leaves. Chain and name are checked where
 * an authority of our own is given; factory certificates are self-signed, and there the pin is what proves the device.
 */
function dial(
  options: TransportOptions,
  pin: string | undefined,
  profile: TlsProfile | undefined
): Promise<Attempt<Dialled>> {
  const { timeouts, signal, tls } = options
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(fail('stopped'))
    let phase: Phase = 'connect'
    const socket = openSocket(options, profile)
    if (!socket.ok) return resolve(socket)
    const { value } = socket
    const end = (result: Attempt<Dialled>) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
      if (!result.ok) value.destroy()
      resolve(result)
    }
    const broken = (error: Error) => {
      const otherKey = tls?.psk !== undefined && phase === 'handshake' && mayBeOtherKey(error)
      const failure = otherKey ? fail('psk-refused', { detail: 'the keys differ' }) : wireFailure(error, phase)
      end({ ...failure, asleep: mayBeAsleep(error, phase), old: mayBeOldTls(error) })
    }
    const stop = () => end(fail('stopped'))
    const timer = setTimeout(() => broken(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })), timeouts.connect)
    signal.addEventListener('abort', stop)
    value.on('error', broken)
    value.on('connect', () => {
      phase = 'handshake'
      if (!(value instanceof TLSSocket)) end(ok({ socket: value }))
    })
    if (value instanceof TLSSocket) value.on('secureConnect', () => end(proven(value, pin)))
  })
}

/** The socket, not yet connected; fails when our own certificate or key cannot be read. */
function openSocket({ endpoint, tls = {} }: TransportOptions, profile: TlsProfile | undefined): Result<Socket> {
  const { host, port } = endpoint
  // A slow management engine needs more than Node's 250 ms per address.
  const to = { host, port, autoSelectFamilyAttemptTimeout: 2_000 }
  if (profile === undefined) return ok(connectTcp({ ...to, noDelay: true }))
  const { ca, certificateName = host } = tls
  const checked = {
    ca,
    ...(isIP(certificateName) === 0 && { servername: certificateName }),
    checkServerIdentity: (_: string, certificate: PeerCertificate) => checkServerIdentity(certificateName, certificate)
  }
  const trust = ca === undefined ? { rejectUnauthorized: false } : { ...checked, rejectUnauthorized: true }
  try {
    return ok(connectTls({ ...tlsOptions(profile, tls), ...to, ...trust }).setNoDelay(true))
  } catch {
    // Its message may quote the file, so it is not told.
    return fail(tls.client ? 'client-certificate-unreadable' : 'tls-failed', {
      detail: 'what TLS was given is unreadable'
    })
  }
}

/** The connection as it stands, unless its certificate is another than the pinned one. */
function proven(socket: TLSSocket, pin: string | undefined): Result<Dialled> {
  const certificate = socket.getPeerX509Certificate()
  const fingerprint = certificate && createHash('sha256').update(certificate.raw).digest('hex')
  if (pin !== undefined && fingerprint !== pin) {
    return fail('certificate-changed', { found: fingerprint ?? 'no certificate', expected: pin })
  }
  const session = { protocol: socket.getProtocol() ?? 'unknown', cipher: socket.getCipher().name }
  return ok({ socket, fingerprint, session })
}

const contentType = 'application/soap+xml; charset=utf-8'

/** What stays the same for all requests of a transport. */
interface Line {
  readonly createConnection: NonNullable<ClientRequestArgs['createConnection']>
  readonly host: string
  readonly timeouts: Timeouts
  readonly limit: number
}

const hostHeader = ({ host, port }: Endpoint): string => (isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`)

/** One POST to /wsman and its whole answer; the first thing that happens decides the result. */
function exchange(
  { createConnection, host, timeouts, limit }: Line,
  { body, authorize }: Post,
  onStop: (stop: () => void) => void
): Promise<Attempt<Answer>> {
  return new Promise((resolve) => {
    const authorization = authorize()
    const length = Buffer.byteLength(body)
    const headers = ['Host', host, 'Connection', 'keep-alive', 'Content-Type', contentType]
    headers.push('Content-Length', String(length))
    if (authorization !== undefined) headers.push('Authorization', authorization)
    const sent = request({ createConnection, method: 'POST', path: '/wsman', headers })
    // Without an agent Node takes every request for the last one.
    sent.shouldKeepAlive = true
    let firstByte: NodeJS.Timeout | undefined
    let heardBefore = 0
    const end = (result: Attempt<Answer>) => {
      clearTimeout(total)
      clearTimeout(firstByte)
      resolve(result)
      if (!result.ok) sent.destroy()
    }
    const slow = (what: string) => () => end(fail('answer-slow', { detail: what }))
    const total = setTimeout(slow('total time'), timeouts.total)
    onStop(() => end(fail('stopped')))
    sent.on('socket', (socket) => {
      heardBefore = socket.bytesRead
      firstByte = setTimeout(slow('first byte'), timeouts.firstByte)
    })
    sent.on('error', (error) => {
      const asleep = sent.socket?.bytesRead === heardBefore && mayBeAsleep(error, 'exchange')
      end(Object.assign(wireFailure(error, 'exchange'), { asleep }))
    })
    sent.on('response', (response) => {
      clearTimeout(firstByte)
      readAnswer(response, limit, end)
    })
    // Node writes head and body as one string; a user name beyond ASCII is Latin-1 bytes there and must stay such.
    if (length === body.length) sent.end(body, 'latin1')
    else sent.end(Buffer.from(body))
  })
}
