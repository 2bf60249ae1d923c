// Certificates are pinned before a byte of HTTP leaves, and nothing falls back to an open connection behind our back.
import { connect, createServer } from 'node:net'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openDevice } from '../../electron/wsman/client.ts'
import { resourceUri } from '../../electron/wsman/envelope.ts'
import { findEndpoint } from '../../electron/wsman/reach.ts'
import { type Answering, challenge, type Identification, type Peer, selfSigned, startPeer } from './wsmanPeer.ts'

const host = '127.0.0.1'
const target = { resource: resourceUri('AMT_GeneralSettings') }
const asAmt: Answering = (_, __, socket) => void socket.end(challenge())
let ours: Identification
let other: Identification
const peers: Peer[] = []

beforeAll(async () => {
  ours = await selfSigned('device')
  other = await selfSigned('device')
})
afterEach(async () => {
  for (const peer of peers.splice(0)) await peer.close()
})
const start = async (answering: Answering, tls?: Identification) => {
  const peer = await startPeer(answering, tls)
  peers.push(peer)
  return peer
}
/** A port where nothing listens. */
const deadPort = async () => {
  const peer = await startPeer(asAmt)
  await peer.close()
  return peer.port
}

describe('the certificate', () => {
  it('is told on first use, and accepted again', async () => {
    const peer = await start(asAmt, ours)
    for (const pin of [undefined, ours.fingerprint]) {
      const device = openDevice({ endpoint: { host, port: peer.port, tls: true, pin } })
      const result = await device.identify()
      expect(result.ok && result.value.fingerprint).toBe(ours.fingerprint)
      device.close()
    }
  })

  it('that differs from the pin gets not one byte', async () => {
    const peer = await start(asAmt, other)
    const device = openDevice({
      endpoint: { host, port: peer.port, tls: true, pin: ours.fingerprint },
      credentials: { username: 'admin', password: 'x' }
    })
    for (const result of [await device.identify(), await device.get(target)]) {
      expect(result.ok || [result.problem.code, result.problem.found, result.problem.expected]).toEqual([
        'certificate-changed',
        other.fingerprint,
        ours.fingerprint
      ])
    }
    await peer.quiet()
    expect([peer.connections(), peer.received()]).toEqual([2, 0])
    device.close()
  })

  it('must not change between two connections of one device either', async () => {
    const first = await start(asAmt, ours)
    const device = openDevice({ endpoint: { host, port: first.port, tls: true } })
    expect((await device.identify()).ok).toBe(true)
    await first.close()
    const second = await startOn(first.port, other)
    const result = await device.identify()
    expect(result.ok || result.problem.code).toBe('certificate-changed')
    await second.quiet()
    expect(second.received()).toBe(0)
    device.close()
  })

  it('known and yet no TLS wanted: nothing is sent', async () => {
    const peer = await start(asAmt)
    const device = openDevice({ endpoint: { host, port: peer.port, tls: false, pin: ours.fingerprint } })
    const result = await device.identify()
    expect(result.ok || result.problem.code).toBe('tls-expected')
    expect(peer.connections()).toBe(0)
  })

  it('and a handshake that breaks are told apart', async () => {
    const plain = await start(asAmt)
    const broken = await openDevice({
      endpoint: { host, port: plain.port, tls: true },
      timeouts: { connect: 80 }
    }).identify()
    expect(broken.ok || broken.problem.code).toBe('answer-slow')
    const cutting = createServer((socket) => void socket.resume().end())
    await new Promise<void>((resolve) => cutting.listen(0, host, resolve))
    const address = cutting.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const cut = await openDevice({ endpoint: { host, port, tls: true }, timeouts: { wake: 1 } }).identify()
    expect(cut.ok || cut.problem.code).toBe('tls-failed')
    await new Promise((resolve) => cutting.close(resolve))
  })
})

async function startOn(port: number, tls: Identification): Promise<Peer> {
  const peer = await startPeer(asAmt, tls)
  peers.push(peer)
  return forward(port, peer)
}

/** Lets a peer answer on a port that was used before. */
async function forward(port: number, peer: Peer): Promise<Peer> {
  const server = createServer((socket) => {
    const onward = connect(peer.port, host)
    socket.pipe(onward).pipe(socket)
    socket.on('error', () => onward.destroy())
    onward.on('error', () => socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(port, host, resolve))
  peers.push({ ...peer, close: () => new Promise((resolve) => server.close(() => resolve())) })
  return peer
}

describe('finding the endpoint', () => {
  it('prefers TLS and brings the certificate back', async () => {
    const secure = await start(asAmt, ours)
    const plain = await start(asAmt)
    const result = await findEndpoint(host, { ports: { tls: secure.port, plain: plain.port } })
    expect(result.ok && result.value.endpoint).toEqual({ host, port: secure.port, tls: true, pin: ours.fingerprint })
    expect(plain.connections()).toBe(0)
  })

  it('takes the open port when the TLS port refuses', async () => {
    const plain = await start(asAmt)
    const result = await findEndpoint(host, { ports: { tls: await deadPort(), plain: plain.port } })
    expect(result.ok && result.value.endpoint).toEqual({ host, port: plain.port, tls: false })
    expect(result.ok && result.value.identity.amtVersion).toBe('15.0.23.1706')
  })

  it('does not take the open port of a device with a known certificate', async () => {
    const plain = await start(asAmt)
    const ports = { tls: await deadPort(), plain: plain.port }
    const result = await findEndpoint(host, { ports, pin: ours.fingerprint })
    expect(result.ok || result.problem.code).toBe('tls-expected')
    expect(plain.seen.every(({ authorization }) => authorization === undefined)).toBe(true)
  })

  it('tries only the ports it is given', async () => {
    const plain = await start(asAmt)
    const secure = await start(asAmt, ours)
    const onlyPlain = await findEndpoint(host, { ports: { plain: plain.port } })
    expect(onlyPlain.ok && onlyPlain.value.endpoint.tls).toBe(false)
    const onlyTls = await findEndpoint(host, { ports: { tls: secure.port } })
    expect(onlyTls.ok && onlyTls.value.endpoint.tls).toBe(true)
    expect((await findEndpoint(host, { ports: { tls: await deadPort() } })).ok).toBe(false)
  })

  it('tells refused, silent, changed and not AMT apart', async () => {
    const code = async (ports: { tls: number; plain: number }, pin?: string, firstByte = 5_000) => {
      const result = await findEndpoint(host, { ports, pin, timeouts: { connect: 2_000, firstByte } })
      return result.ok ? 'ok' : result.problem.code
    }
    const dead = await deadPort()
    const web = await start((_, __, socket) => void socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'), ours)
    const mute = await start(() => undefined, ours)
    expect(await code({ tls: dead, plain: dead })).toBe('device-refused')
    expect(await code({ tls: dead, plain: dead }, ours.fingerprint)).toBe('device-refused')
    expect(await code({ tls: web.port, plain: dead })).toBe('not-amt')
    expect(await code({ tls: web.port, plain: dead }, other.fingerprint)).toBe('certificate-changed')
    expect(await code({ tls: mute.port, plain: dead }, undefined, 60)).toBe('answer-slow')
  })
})
