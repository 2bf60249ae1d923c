// The sockets of a practice device: HTTP and HTTPS on loopback, byte for byte in the shape AMT firmware answers with.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https'
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net'
import type { Clock } from '../clock.ts'
import { answer } from './device.ts'
import { logIn, nonceBook, readLogIn } from './login.ts'
import type { BodyFault } from './personalities.ts'
import { type Certificate, type DeviceState, majorVersion, speaksWsman } from './state.ts'

const loopback = '127.0.0.1'
const maxBody = 1_048_576
/** Recorded replies split into chunks of about this many bytes, in the middle of elements. */
const chunkSize = 0x513
const hugeBody = 50 * 1_048_576

/** Where a device's state lives while its server runs. */
interface StateCell {
  read(): DeviceState
  write(state: DeviceState): void
}

/** A running device. `close` destroys its open connections. */
export interface DeviceServer {
  readonly port: number
  /** Presents another certificate to connections made from now on. */
  present(certificate: Certificate): void
  close(): Promise<void>
}

/** Raw header pairs, flat: name, value, name, value. Node sends them in this order and adds none. */
type Headers = readonly string[]

const serverName = (state: DeviceState): string => `Intel(R) Active Management Technology ${state.amtVersion}`

/** The page of a 401. One attribute differs between the generations: 690 bytes up to AMT 11, 693 from 12. */
function refusalPage(state: DeviceState): string {
  const align = majorVersion(state.amtVersion) < 12 ? 'top' : 'middle'
  return [
    '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" >',
    '<html><head><link rel=stylesheet href=/styles.css>',
    '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">',
    '<title>Intel&reg; Active Management Technology</title></head>',
    '<body>',
    '<table class=header>',
    '<tr><td valign=top nowrap>',
    '<p class=top1>Intel<font class=r><sup>&reg;</sup></font> Active Management Technology',
    `<td valign="${align}"><img src="logo.gif" align="right" alt="Intel">`,
    '</table>',
    '<br />',
    '<h2 class=warn>Log on failed. Incorrect user name or password, or user account temporarily locked.</h2>',
    '',
    '<p>',
    '<form METHOD="GET" action="index.htm"><h2><input type=submit value="Try again">',
    '</h2></form>',
    '<p>',
    '',
    '</body>',
    '</html>',
    ''
  ].join('\n')
}

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  413: 'Request Entity Too Large',
  500: 'Internal Server Error'
}

/** Sends status line and exactly these headers; the caller frames the body itself. */
function head(response: ServerResponse, status: number, headers: Headers): void {
  response.sendDate = false
  // Without this Node adds Connection and Keep-Alive headers no AMT sends.
  response.removeHeader('connection')
  response.writeHead(status, reasons[status], [...headers])
  // Node would write its own lower-case chunk sizes otherwise.
  response.chunkedEncoding = false
}

function sendPage(
  response: ServerResponse,
  state: DeviceState,
  status: number,
  page: string,
  first: Headers = []
): void {
  const length = String(Buffer.byteLength(page))
  const rest = ['Content-Type', 'text/html', 'Server', serverName(state), 'Content-Length', length]
  head(response, status, [...first, ...rest, 'Connection', 'close'])
  response.end(page)
}

/** Four digits, upper case, leading zero: "0513". */
const chunkHead = (length: number): string => `${length.toString(16).toUpperCase().padStart(4, '0')}\r\n`

function framed(body: string): Buffer {
  const bytes = Buffer.from(body, 'utf8')
  const parts: Buffer[] = []
  for (let at = 0; at < bytes.length; at += chunkSize) {
    const part = bytes.subarray(at, at + chunkSize)
    parts.push(Buffer.from(chunkHead(part.length)), part, Buffer.from('\r\n'))
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')])
}

/** Writes chunks of filler until `bytes` are out or the client is gone, never faster than it reads. */
async function pour(response: ServerResponse, bytes: number): Promise<void> {
  // A client that hangs up meanwhile is what this fault is for, so errors end it like a close does.
  const quietly = (event: string) => once(response, event).catch(() => undefined)
  const gone = quietly('close')
  const filler = Buffer.from(`${chunkHead(0x0fff)}${'x'.repeat(0x0fff)}\r\n`)
  for (let left = bytes; left > 0 && !response.destroyed; left -= 0x0fff)
    if (!response.write(filler)) await Promise.race([quietly('drain'), gone])
  if (!response.destroyed) response.end('0\r\n\r\n')
}

const damage: Readonly<Record<BodyFault, (response: ServerResponse) => Promise<void> | void>> = {
  garbage: (response) => void response.end(framed('<<< \u0000 this is not XML & never was')),
  endless: (response) => pour(response, Number.POSITIVE_INFINITY),
  huge: (response) => pour(response, hugeBody),
  'half-chunk': (response) =>
    void response.write(`${chunkHead(chunkSize)}<?xml version="1.0"`, () => response.socket?.destroy())
}

/** Reads a request body; `undefined` when it is larger than any WS-MAN request has a reason to be. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length
    if (length > maxBody) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

interface ServerOptions {
  readonly cell: StateCell
  readonly clock: Clock
  readonly random: (n: number) => Uint8Array
  /** HTTPS with this certificate; HTTP without. */
  readonly certificate?: Certificate | null
  /** An ephemeral port when absent. */
  readonly port?: number | undefined
}

/** Opens one device on loopback. Rejects only when the port can not be had. */
export async function startDevice(options: ServerOptions): Promise<DeviceServer> {
  const { cell, clock, certificate } = options
  const nonces = nonceBook(() => clock.now(), options.random)
  /** AMT from 6.0 remembers a log-in for the life of its TLS session, until an account changes. */
  const remembered = new WeakMap<Socket, number>()
  let granted = 0

  const challenge = (response: ServerResponse, stale = false): void => {
    const state = cell.read()
    // One space after the first comma and none after the others: recorded, and clients have learned it.
    const value = `Digest realm="${state.digestRealm}", nonce="${nonces.issue()}",stale="${stale}",qop="auth"`
    sendPage(response, state, 401, refusalPage(state), ['WWW-Authenticate', value])
  }

  /** True when the request may pass; otherwise the refusal has been sent. */
  const authenticate = (request: IncomingMessage, response: ServerResponse): boolean => {
    const header = request.headers.authorization
    const before = cell.read()
    if (header === undefined) {
      if (remembered.get(request.socket) === before.accountsVersion) return true
      challenge(response)
      return false
    }
    const login = readLogIn(header)
    const { method = '', url: path = '' } = request
    const nonceKnown = login !== undefined && nonces.use(login.nonce, login.nc)
    const { state, outcome } = logIn(before, login, { method, path, nonceKnown }, clock.now())
    cell.write(state)
    if (outcome !== 'granted') {
      challenge(response, outcome === 'stale')
      return false
    }
    if (certificate && majorVersion(state.amtVersion) >= 6) remembered.set(request.socket, state.accountsVersion)
    granted += 1
    if (state.faults.nonceReset !== null && granted % state.faults.nonceReset === 0) nonces.forget()
    return true
  }

  const respond = (response: ServerResponse, source: string): Promise<void> | void => {
    const before = cell.read()
    const now = clock.now()
    const { state, reply } = answer(before, source, now)
    cell.write(state)
    if (state.accountsVersion !== before.accountsVersion) nonces.forget()
    if (reply.cut) return void response.socket?.destroy()
    const type =
      majorVersion(state.amtVersion) < 12 ? 'application/octet-stream' : 'application/soap+xml; charset=UTF-8'
    head(response, reply.status, [
      'Date',
      new Date(now + state.clockOffset * 1000).toUTCString(),
      'Server',
      serverName(state),
      'X-Frame-Options',
      'DENY',
      'Content-Type',
      type,
      'Transfer-Encoding',
      'chunked',
      ...(reply.status === 400 ? ['Connection', 'close'] : [])
    ])
    if (state.faults.body !== null) return damage[state.faults.body](response)
    response.end(framed(reply.body))
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (cell.read().faults.silent) return
    if (Number(request.headers['content-length'] ?? 0) > maxBody)
      return sendPage(response, cell.read(), 413, '<html><body>Request too large.</body></html>\n')
    // Taken now: a request given up halfway loses its socket.
    const { socket } = request
    const source = await readBody(request).catch(() => undefined)
    if (source === undefined) return void socket.destroy()
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    const { latencyMs } = cell.read().faults
    if (latencyMs > 0) await clock.sleep(latencyMs, gone.signal)
    if (response.destroyed || !response.socket) return
    const state = cell.read()
    if (request.url !== '/wsman' || request.method !== 'POST' || !speaksWsman(state))
      return sendPage(response, state, 404, '<html><body>Not found.</body></html>\n')
    if (authenticate(request, response)) await respond(response, source)
  }

  const listener = (request: IncomingMessage, response: ServerResponse): void => void serve(request, response)
  const limits = { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 60_000, maxHeaderSize: 16_384 }
  const tls = certificate
    ? ({ cert: certificate.certificate, key: certificate.key, minVersion: 'TLSv1.2' } as const)
    : null
  const server = tls ? createTlsServer({ ...limits, ...tls }, listener) : createServer(limits, listener)
  const close = closer(server)
  await listen(server, options.port)
  return {
    port: (server.address() as AddressInfo).port,
    present: ({ certificate: cert, key }) =>
      'setSecureContext' in server && server.setSecureContext({ cert, key, minVersion: 'TLSv1.2' }),
    close
  }
}

async function listen(server: Server | TlsServer | ReturnType<typeof createTcpServer>, port = 0): Promise<void> {
  server.listen({ host: loopback, port, backlog: 128 })
  await once(server, 'listening')
}

/** Closes a server and everything connected to it, at once. */
function closer(server: ReturnType<typeof createTcpServer>): () => Promise<void> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
  })
  return async () => {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }
}

/**
 * A port on which nothing accepts. It is kept in use by an outgoing connection of our own, so that the system gives it to
 * nobody else while the device is switched off.
 */
export async function holdClosedPort(): Promise<DeviceServer> {
  const anchor = createTcpServer()
  const closeAnchor = closer(anchor)
  await listen(anchor)
  const holder = connect((anchor.address() as AddressInfo).port, loopback)
  holder.on('error', () => holder.destroy())
  await once(holder, 'connect')
  return {
    port: holder.localPort ?? 0,
    present: () => undefined,
    close: async () => {
      holder.destroy()
      await closeAnchor()
    }
  }
}
