// A sleeping management engine is asked once more where that can do no harm; new passwords and moved endpoints are followed.
import { createHash } from 'node:crypto'
import { connect, createServer, type Socket } from 'node:net'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../electron/clock.ts'
import { type Credentials, type Device, openDevice } from '../../electron/wsman/client.ts'
import { resourceUri } from '../../electron/wsman/envelope.ts'
import { followMove } from '../../electron/wsman/reach.ts'
import {
  type Answering,
  challenge,
  type Identification,
  messageId,
  type Peer,
  parameter,
  realm,
  type Seen,
  selfSigned,
  soapAnswer,
  startPeer
} from './wsmanPeer.ts'

const host = '127.0.0.1'
const target = { resource: resourceUri('AMT_GeneralSettings') }
const md5 = (text: string) => createHash('md5').update(text).digest('hex')
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function start(answering: Answering, tls?: Identification): Promise<Peer> {
  const peer = await startPeer(answering, tls)
  closing.push(peer.close)
  return peer
}

function open(port: number, tls = false, credentials?: Credentials): Device {
  const device = openDevice({ endpoint: { host, port, tls }, credentials, timeouts: { wake: 1, connect: 2_000 } })
  closing.push(device.close)
  return device
}

const good: Answering = (seen, _, socket) => void socket.write(soapAnswer('<Change_OUTPUT/>', messageId(seen)))
/** Does something else to the first so many requests. */
const afterFirst =
  (count: number, first: (socket: Socket) => void): Answering =>
  (seen, at, socket) =>
    at < count ? first(socket) : good(seen, at, socket)
const codeOf = (result: Awaited<ReturnType<Device['get']>>) => (result.ok ? 'ok' : result.problem.code)

describe('a connection cut before any byte of an answer', () => {
  const reset = (socket: Socket) => void socket.resetAndDestroy()

  it('is no failure of a request that reads', async () => {
    const peer = await start(afterFirst(1, reset))
    expect(codeOf(await open(peer.port).get(target))).toBe('ok')
    expect([peer.seen.length, peer.connections()]).toEqual([2, 2])
  })

  it('is one when it happens again', async () => {
    const peer = await start(afterFirst(9, reset))
    expect(codeOf(await open(peer.port).get(target))).toBe('answer-cut')
    expect(peer.seen.length).toBe(2)
  })

  it('is one at once for a request that changes something', async () => {
    const peer = await start(afterFirst(1, reset))
    const device = open(peer.port)
    expect(codeOf(await device.invoke(target, 'Change', []))).toBe('answer-cut')
    expect(peer.seen.length).toBe(1)
  })

  it('is one when the answer had begun', async () => {
    const peer = await start(afterFirst(1, (socket) => void socket.write('HTTP/1.1 2', () => socket.resetAndDestroy())))
    expect(codeOf(await open(peer.port).get(target))).toBe('answer-cut')
    expect(peer.seen.length).toBe(1)
  })

  it('in the TLS handshake, when nothing was sent yet, is none even for a change', async () => {
    const peer = await start(good, await selfSigned('device'))
    let connections = 0
    const front = createServer((socket) => {
      connections += 1
      socket.on('error', () => undefined)
      if (connections === 1) return void socket.once('data', () => socket.resetAndDestroy())
      const onward = connect(peer.port, host)
      onward.on('error', () => undefined)
      socket.pipe(onward).pipe(socket)
    })
    await new Promise<void>((resolve) => front.listen(0, host, resolve))
    closing.push(() => front.close())
    const address = front.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    expect(codeOf(await open(port, true).invoke(target, 'Change', []))).toBe('ok')
    expect([connections, peer.seen.length]).toEqual([2, 1])
  })
})

/** Whether a Digest answer is right for this password, computed here and not by the code under test. */
function isRight({ authorization, body }: Seen, password: string, qop = 'auth'): boolean {
  const p = (name: string) => parameter(authorization, name)
  const about = qop === 'auth-int' ? `POST:/wsman:${md5(body)}` : 'POST:/wsman'
  const middle = `${p('nonce')}:${p('nc')}:${p('cnonce')}:${qop}`
  const response = md5(`${md5(`admin:${realm}:${password}`)}:${middle}:${md5(about)}`)
  return authorization !== undefined && p('qop') === qop && p('response') === response
}

describe('credentials', () => {
  it('are renewed for the calls that follow, on a new connection', async () => {
    let password = 'Old-1-Pass'
    const peer = await start((seen, at, socket) => {
      if (!isRight(seen, password)) return void socket.end(challenge())
      void good(seen, at, socket)
      if (seen.body.includes('Change_INPUT')) password = 'New-2-Pass'
    })
    const device = open(peer.port, false, { username: 'admin', password })
    const change = device.invoke(target, 'Change', [])
    device.renew({ username: 'admin', password: 'New-2-Pass' })
    const following = device.get(target)
    expect([codeOf(await change), codeOf(await following)]).toEqual(['ok', 'ok'])
    expect(peer.seen.map(({ authorization }) => authorization !== undefined)).toEqual([false, true, false, true])
    expect(peer.connections()).toBe(4)
  })

  it('can be renewed after a refusal', async () => {
    const peer = await start((seen, at, socket) =>
      isRight(seen, 'Right-1-Pass') ? good(seen, at, socket) : void socket.end(challenge())
    )
    const device = open(peer.port, false, { username: 'admin', password: 'Wrong-1-Pass' })
    expect(codeOf(await device.get(target))).toBe('login-refused')
    expect(codeOf(await device.get(target))).toBe('login-refused')
    device.renew({ username: 'admin', password: 'Right-1-Pass' })
    expect(codeOf(await device.get(target))).toBe('ok')
  })

  it('are proven over the whole body where only auth-int is offered', async () => {
    const peer = await start((seen, at, socket) =>
      isRight(seen, 'Right-1-Pass', 'auth-int')
        ? good(seen, at, socket)
        : void socket.end(challenge().replace('qop="auth"', 'qop="auth-int"'))
    )
    const device = open(peer.port, false, { username: 'admin', password: 'Right-1-Pass' })
    expect(codeOf(await device.get({ ...target, selectors: { Name: 'Bäcker' } }))).toBe('ok')
    expect(codeOf(await device.get(target))).toBe('ok')
    expect(peer.seen.length).toBe(3)
  })

  it('beyond ASCII are hashed and sent as UTF-8', async () => {
    const peer = await start((seen, at, socket) =>
      seen.authorization === undefined ? void socket.end(challenge()) : good(seen, at, socket)
    )
    const device = open(peer.port, false, { username: 'Jürgen', password: 'Right-1-Pass' })
    expect(codeOf(await device.get(target))).toBe('ok')
    const named = parameter(peer.seen[1]?.authorization, 'username') ?? ''
    expect(Buffer.from(named, 'latin1').toString('utf8')).toBe('Jürgen')
  })
})

describe('a device that moves at a commit', () => {
  const asAmt: Answering = (_, __, socket) => void socket.end(challenge())
  let before: Identification
  let given: Identification
  let third: Identification
  beforeAll(async () => {
    before = await selfSigned('device')
    given = await selfSigned('device')
    third = await selfSigned('device')
  })
  const options = { clock: systemClock, pause: 5, timeouts: { connect: 1_000 } }

  it('is waited for until it shows the certificate it was given', async () => {
    let looks = 0
    const old = await start(asAmt, before)
    const next = await start(asAmt, given)
    const front = createServer((socket) => {
      looks += 1
      const onward = connect(looks < 3 ? old.port : next.port, host)
      socket.on('error', () => undefined)
      onward.on('error', () => undefined)
      socket.pipe(onward).pipe(socket)
    })
    await new Promise<void>((resolve) => front.listen(0, host, resolve))
    closing.push(() => front.close())
    const address = front.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const from = { host, port, tls: true, pin: before.fingerprint }
    const result = await followMove({ from, to: { ...from, pin: given.fingerprint } }, options)
    expect(result.ok && result.value.endpoint.pin).toBe(given.fingerprint)
    expect(looks).toBe(3)
  })

  it('is told to have stayed when it stays', async () => {
    const plain = await start(asAmt)
    const gone = await start(asAmt)
    await gone.close()
    const from = { host, port: plain.port, tls: false }
    const to = { host, port: gone.port, tls: true, pin: given.fingerprint }
    const result = await followMove({ from, to }, { ...options, patience: 20 })
    expect(result.ok && result.value.endpoint).toEqual(from)
  })

  it('is not followed to a certificate that is neither the old nor the new one', async () => {
    const other = await start(asAmt, third)
    const from = { host, port: other.port, tls: true, pin: before.fingerprint }
    const result = await followMove({ from, to: { ...from, pin: given.fingerprint } }, options)
    expect(result.ok || result.problem.code).toBe('certificate-changed')
    await other.quiet()
    expect([other.connections(), other.received()]).toEqual([1, 0])
  })
})
