// The other end of the wire for the WS-MAN client: a raw socket server that answers with the bytes it is told to.
import 'reflect-metadata'
import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'
import { X509CertificateGenerator } from '@peculiar/x509'

/** One request as it came in. */
export interface Seen {
  readonly head: string
  readonly body: string
  readonly authorization: string | undefined
}

export interface Peer {
  readonly port: number
  readonly seen: readonly Seen[]
  /** Bytes received in clear (after TLS, when TLS is on). */
  readonly received: () => number
  readonly connections: () => number
  /** The most requests that were unanswered at one time. */
  readonly mostOpen: () => number
  /** Resolves when all connections have ended, so that nothing can still come in. */
  readonly quiet: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Writes the answer to request number `at` (from 0), or does something else to the socket. */
export type Answering = (seen: Seen, at: number, socket: Socket) => void | Promise<void>

export type Identification = {
  readonly key: string
  readonly cert: string
  readonly fingerprint: string
}

/** Starts a peer on loopback; with an identification, or whatever else TLS needs, it speaks TLS. */
export async function startPeer(answering: Answering, tls?: TlsOptions): Promise<Peer> {
  const seen: Seen[] = []
  const sockets = new Set<Socket>()
  let received = 0
  let connections = 0
  let open = 0
  let mostOpen = 0
  const serve = (socket: Socket) => {
    let text = ''
    socket.on('error', () => undefined)
    socket.on('data', (bytes) => {
      received += bytes.byteLength
      text += bytes.toString('latin1')
      for (let next = takeRequest(text); next !== undefined; next = takeRequest(text)) {
        text = text.slice(next.length)
        seen.push(next.seen)
        open += 1
        mostOpen = Math.max(mostOpen, open)
        void Promise.resolve(answering(next.seen, seen.length - 1, socket)).then(() => {
          open -= 1
        })
      }
    })
  }
  const server: Server = tls ? createTlsServer(tls, serve) : createServer(serve)
  server.on('connection', (socket: Socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
  })
  server.on('tlsClientError', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    seen,
    received: () => received,
    connections: () => connections,
    mostOpen: () => mostOpen,
    quiet: async () => {
      for (const socket of [...sockets]) await new Promise((resolve) => socket.once('close', resolve))
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      })
  }
}

function takeRequest(text: string) {
  const end = text.indexOf('\r\n\r\n')
  if (end === -1) return undefined
  const head = text.slice(0, end)
  const length = end + 4 + Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0)
  if (text.length < length) return undefined
  const body = Buffer.from(text.slice(end + 4, length), 'latin1').toString('utf8')
  return { length, seen: { head, body, authorization: /^authorization: (.*)$/im.exec(head)?.[1] } }
}

const nonces = [
  'wlbEK1EtAAAAAAAAWW5aUHFp+mQQ1j63',
  'B9AX94iAAAAAAAAAx6rrSfPHGUrx/3uA',
  '5bOx4i4TAAAAAAAAJ0IH1EXYw408gnUk'
]
export const realm = 'Digest:A4070000000000000000000000000000'
export const amtServer = 'Intel(R) Active Management Technology 15.0.23.1706'
const page =
  '<html><h2 class=warn>Log on failed. Incorrect user name or password, or user account temporarily locked.</h2></html>'

/** A 401 with AMT's header layout; nonces are numbered. */
export const challenge = (nonce = 0, stale = false, server = amtServer): string =>
  `HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm="${realm}", nonce="${nonces[nonce]}",stale="${stale}",qop="auth"\r\n` +
  `Content-Type: text/html\r\nServer: ${server}\r\nContent-Length: ${page.length}\r\nConnection: close\r\n\r\n${page}`

/** A SOAP answer in AMT's chunk form, cut in the middle of its bytes. */
export const soapAnswer = (body: string, relatesTo = '1', status = '200 OK'): Buffer => {
  const xml = Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?><a:Envelope xmlns:a="http://www.w3.org/2003/05/soap-envelope" xmlns:b="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:c="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" xmlns:f="http://schemas.xmlsoap.org/ws/2004/09/enumeration"><a:Header><b:RelatesTo>${relatesTo}</b:RelatesTo></a:Header><a:Body>${body}</a:Body></a:Envelope>`
  )
  const half = xml.byteLength >> 1
  const chunk = (bytes: Buffer) =>
    Buffer.concat([
      Buffer.from(`${bytes.byteLength.toString(16).toUpperCase().padStart(4, '0')}\r\n`),
      bytes,
      Buffer.from('\r\n')
    ])
  return Buffer.concat([
    Buffer.from(
      `HTTP/1.1 ${status}\r\nDate: Mon, 31 Jan 2022 10:23:04 GMT\r\nServer: ${amtServer}\r\nContent-Type: application/soap+xml; charset=UTF-8\r\nTransfer-Encoding: chunked\r\n\r\n`
    ),
    chunk(xml.subarray(0, half)),
    chunk(xml.subarray(half)),
    Buffer.from('0\r\n\r\n')
  ])
}

/** The number a request carries, so that its answer can relate to it. */
export const messageId = ({ body }: Seen): string => /<a:MessageID>([^<]*)</.exec(body)?.[1] ?? ''

/** A parameter of a Digest header. */
export const parameter = (authorization: string | undefined, name: string): string | undefined =>
  new RegExp(`\\b${name}="?([^",]*)`).exec(authorization ?? '')?.[1]

/** A self-signed certificate as a factory-new device shows. */
export async function selfSigned(name: string): Promise<Identification> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned(
    { name: `CN=${name}`, keys, signingAlgorithm: algorithm, notAfter: new Date('2050-01-01') },
    crypto
  )
  const key = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64')
  const digest = await crypto.subtle.digest('SHA-256', certificate.rawData)
  return {
    key: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n`,
    cert: certificate.toString('pem'),
    fingerprint: Buffer.from(digest).toString('hex')
  }
}
