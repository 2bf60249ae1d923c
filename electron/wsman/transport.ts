// The one connection to a device: TCP, TLS with a pinned certificate, one HTTP request, and what can go wrong there.
import { createHash } from 'node:crypto'
import { Agent, type IncomingMessage, request } from 'node:http'
import { connect as connectTcp, type Socket } from 'node:net'
import { type ConnectionOptions, connect as connectTls, TLSSocket } from 'node:tls'
import { fail, ok, type Problem, type Result } from '../../shared/problem.ts'
import { type Phase, wireFailure } from './failure.ts'

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
}

/** Old firmware needs seconds per enumeration, and takes no operation timeout below 30 s: so a generous first byte. */
export const defaultTimeouts: Timeouts = { connect: 10_000, firstByte: 60_000, total: 120_000 }

/** One HTTP answer of whatever status. */
export interface Answer {
  readonly status: number
  readonly server: string
  /** The device's clock (its Date header) in milliseconds since 1970; absent on a 401. */
  readonly deviceTime: number | undefined
  readonly challenges: readonly string[]
  readonly body: Uint8Array
}

/** What may be chosen about TLS: versions, ciphers, a client certificate, PSK. */
export type TlsChoices = Readonly<
  Pick<
    ConnectionOptions,
    'minVersion' | 'maxVersion' | 'ciphers' | 'cert' | 'key' | 'pfx' | 'passphrase' | 'pskCallback'
  >
>

export interface TransportOptions {
  readonly endpoint: Endpoint
  readonly timeouts: Timeouts
  /** Longest body in bytes. */
  readonly limit: number
  readonly signal: AbortSignal
  readonly tls?: TlsChoices | undefined
}

/** Sends one request after the other; the caller keeps them from overlapping. */
export interface Transport {
  readonly post: (body: string, authorization: string | undefined) => Promise<Result<Answer>>
  /** SHA-256 of the certificate seen, lower-case hex; undefined before the first TLS connection. */
  readonly fingerprint: () => string | undefined
  readonly close: () => void
}

// An idle connection is closed by us before the firmware does it, so that a request does not run into its FIN.
const idleTimeout = 10_000

/** Opens nothing yet; the first `post` connects. After `signal` fires, every request ends in `stopped`. */
export function openTransport(options: TransportOptions): Transport {
  const { endpoint } = options
  let pin = endpoint.pin
  let refused: Problem | undefined
  const agent = new Agent({ keepAlive: true, maxSockets: 1, timeout: idleTimeout })
  agent.createConnection = (_, done) => {
    void dial(options, pin).then((dialled) => {
      refused = dialled.ok ? undefined : dialled.problem
      if (!dialled.ok) return done?.(new Error('not connected'), undefined as never)
      // Trust on first use: whoever answered first stays the only one for the life of this transport.
      pin ??= dialled.value.fingerprint
      done?.(null, dialled.value.socket)
    })
    return undefined
  }
  return {
    post: async (body, authorization) => {
      if (endpoint.pin !== undefined && !endpoint.tls) return fail('tls-expected')
      refused = undefined
      const answer = await exchange(agent, options, body, authorization)
      return answer.ok || refused === undefined ? answer : { ok: false, problem: refused }
    },
    fingerprint: () => pin,
    close: () => agent.destroy()
  }
}

interface Dialled {
  readonly socket: Socket
  readonly fingerprint: string | undefined
}

/**
 * Connects. With TLS the socket is handed on only after the handshake stands and the certificate is the pinned one:
 * HTTP is not attached before, so with another certificate not one byte of it leaves. Chain and name are not checked
 * (factory certificates are self-signed); the pin is what proves the device.
 */
function dial(
  { endpoint, timeouts, signal, tls }: TransportOptions,
  pin: string | undefined
): Promise<Result<Dialled>> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(fail('stopped'))
    let phase: Phase = 'connect'
    // A slow management engine needs more than Node's 250 ms per address.
    const to = { host: endpoint.host, port: endpoint.port, autoSelectFamilyAttemptTimeout: 2_000 }
    const socket = endpoint.tls
      ? connectTls({ minVersion: 'TLSv1.2', ...tls, ...to, rejectUnauthorized: false })
      : connectTcp({ ...to, noDelay: true })
    const end = (result: Result<Dialled>) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
      if (!result.ok) socket.destroy()
      resolve(result)
    }
    const stop = () => end(fail('stopped'))
    const timer = setTimeout(
      () => end(wireFailure(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' }), phase)),
      timeouts.connect
    )
    signal.addEventListener('abort', stop)
    socket.on('error', (error) => end(wireFailure(error, phase)))
    socket.on('connect', () => {
      phase = 'handshake'
      if (!(socket instanceof TLSSocket)) end(ok({ socket, fingerprint: undefined }))
    })
    socket.on('secureConnect', () => {
      const fingerprint = leafFingerprint(socket)
      if (pin === undefined || fingerprint === pin) return end(ok({ socket, fingerprint }))
      end(fail('certificate-changed', { found: fingerprint ?? 'no certificate', expected: pin }))
    })
  })
}

function leafFingerprint(socket: Socket): string | undefined {
  const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined
  return certificate && createHash('sha256').update(certificate.raw).digest('hex')
}

/** One POST to /wsman and its whole answer; the first thing that happens decides the result. */
function exchange(
  agent: Agent,
  { endpoint, timeouts, limit, signal }: TransportOptions,
  body: string,
  authorization: string | undefined
): Promise<Result<Answer>> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(fail('stopped'))
    const bytes = Buffer.from(body, 'utf8')
    const headers = {
      'Content-Type': 'application/soap+xml; charset=utf-8',
      'Content-Length': bytes.byteLength,
      ...(authorization !== undefined && { Authorization: authorization })
    }
    const { host, port } = endpoint
    const sent = request({ agent, host, port, method: 'POST', path: '/wsman', headers })
    let firstByte: NodeJS.Timeout | undefined
    const end = (result: Result<Answer>) => {
      clearTimeout(total)
      clearTimeout(firstByte)
      signal.removeEventListener('abort', stop)
      resolve(result)
      if (!result.ok) sent.destroy()
    }
    const slow = (what: string) => () => end(fail('answer-slow', { detail: what }))
    const stop = () => end(fail('stopped'))
    const total = setTimeout(slow('total time'), timeouts.total)
    signal.addEventListener('abort', stop)
    sent.on('socket', () => {
      firstByte = setTimeout(slow('first byte'), timeouts.firstByte)
    })
    sent.on('error', (error) => end(wireFailure(error, 'exchange')))
    sent.on('response', (response) => {
      clearTimeout(firstByte)
      void readBody(response, limit).then((read) => end(read.ok ? ok(answerOf(response, read.value)) : read))
    })
    sent.end(bytes)
  })
}

/** Collects bytes, since AMT's chunks split in the middle of characters; ends early when there are too many. */
function readBody(response: IncomingMessage, limit: number): Promise<Result<Uint8Array>> {
  return new Promise((resolve) => {
    const parts: Uint8Array[] = []
    let length = 0
    const tooBig = () => resolve(fail('answer-too-big', { expected: `at most ${limit} bytes` }))
    response.on('data', (part: Uint8Array) => {
      length += part.byteLength
      if (length > limit) return tooBig()
      parts.push(part)
    })
    response.on('end', () => resolve(ok(Buffer.concat(parts))))
    response.on('error', (error) => resolve(wireFailure(error, 'exchange')))
  })
}

function answerOf(response: IncomingMessage, body: Uint8Array): Answer {
  const date = Date.parse(response.headers.date ?? '')
  return {
    status: response.statusCode ?? 0,
    server: response.headersDistinct.server?.[0] ?? '',
    deviceTime: Number.isNaN(date) ? undefined : date,
    challenges: response.headersDistinct['www-authenticate'] ?? [],
    body
  }
}
