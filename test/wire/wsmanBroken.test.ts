// Everything a cable, a proxy or a tired firmware can do to an answer ends in its own Problem, and in time.
import type { Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type Device, type DeviceOptions, openDevice } from '../../electron/wsman/client.ts'
import { resourceUri } from '../../electron/wsman/envelope.ts'
import { challenge, messageId, type Peer, soapAnswer, startPeer } from './wsmanPeer.ts'

const target = { resource: resourceUri('AMT_GeneralSettings') }
const open: { peer: Peer; device: Device }[] = []
afterEach(async () => {
  for (const { peer, device } of open.splice(0)) {
    device.close()
    await peer.close()
  }
})

async function against(answer: (socket: Socket) => void, more: Partial<DeviceOptions> = {}) {
  const peer = await startPeer((_, __, socket) => answer(socket))
  const endpoint = { host: '127.0.0.1', port: peer.port, tls: false }
  const device = openDevice({ endpoint, ...more, timeouts: { wake: 1, ...more.timeouts } })
  open.push({ peer, device })
  return { peer, device }
}

const codeOf = async (answer: (socket: Socket) => void, more: Partial<DeviceOptions> = {}) => {
  const { device } = await against(answer, more)
  const result = await device.get(target)
  return result.ok ? 'ok' : result.problem.code
}

const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'
const good = soapAnswer('<x/>')

describe('answers that break off', () => {
  it.each([
    ['before the first byte', (socket: Socket) => socket.destroy(), 'answer-cut'],
    ['in the head', (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nDa'), 'answer-cut'],
    ['in the middle of a chunk', (socket: Socket) => socket.end(good.subarray(0, 400)), 'answer-cut'],
    ['before the last chunk', (socket: Socket) => socket.end(good.subarray(0, -5)), 'answer-cut'],
    [
      'short of their length',
      (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<a'),
      'answer-cut'
    ],
    [
      'with a reset',
      (socket: Socket) => socket.write(good.subarray(0, 400), () => socket.resetAndDestroy()),
      'answer-cut'
    ]
  ])('%s', async (_, answer, code) => {
    expect(await codeOf(answer)).toBe(code)
  })
})

describe('answers that are not what they should be', () => {
  it.each([
    ['a chunk size that is no number', `${head}zz\r\n<a/>\r\n0\r\n\r\n`, 'answer-garbled'],
    ['no HTTP at all', '\u0000\u0001garbage\r\n\r\n', 'answer-garbled'],
    ['no XML', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello', 'answer-garbled'],
    ['another page', 'HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n<html></html>', 'answer-garbled'],
    ['half an element', 'HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n<a:Envelope ', 'answer-garbled'],
    ['an error page', 'HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy', 'http-status'],
    ['a 401 nobody can answer', 'HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n', 'http-status'],
    ['the answer to another request', soapAnswer('<x/>', '99'), 'answer-garbled'],
    ['an empty body', soapAnswer(''), 'answer-garbled']
  ])('%s', async (_, answer, code) => {
    expect(await codeOf((socket) => void socket.write(answer))).toBe(code)
  })

  it('a SOAP fault keeps its meaning under HTTP 400', async () => {
    const fault =
      '<a:Fault><a:Code><a:Value>a:Sender</a:Value><a:Subcode><a:Value>b:DestinationUnreachable</a:Value></a:Subcode></a:Code></a:Fault>'
    expect(await codeOf((socket) => void socket.write(soapAnswer(fault, '0', '400 Bad Request')))).toBe('class-missing')
  })

  it.each([
    ['with a length', `Content-Length: ${50 * 1024 * 1024}`],
    ['without', 'Connection: close']
  ])('50 MB %s are not read to their end', async (_, line) => {
    let written = 0
    const code = await codeOf((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\n${line}\r\n\r\n`)
      const piece = Buffer.alloc(1024 * 1024, 'x')
      const more = () => {
        written += 1
        if (written <= 50 && !socket.destroyed) socket.write(piece, more)
      }
      more()
    })
    expect(code).toBe('answer-too-big')
    expect(written).toBeLessThan(50)
  })
})

describe('answers that do not come', () => {
  const timeouts = { connect: 2_000, firstByte: 60, total: 5_000 }

  it('silent after the request', async () => {
    expect(await codeOf(() => undefined, { timeouts })).toBe('answer-slow')
  })

  it('slow beyond the total time', async () => {
    const drip = (socket: Socket) => {
      socket.write(head)
      const timer = setInterval(() => socket.write('0001\r\nx\r\n'), 10)
      socket.on('close', () => clearInterval(timer))
    }
    expect(await codeOf(drip, { timeouts: { ...timeouts, total: 120 } })).toBe('answer-slow')
  })

  it('stopped by its signal, and by close', async () => {
    const stop = new AbortController()
    expect(await codeOf(() => stop.abort(), { signal: stop.signal })).toBe('stopped')
    const { device } = await against(() => device.close())
    const results = await Promise.all([device.get(target), device.get(target)])
    expect(results.map((result) => result.ok || result.problem.code)).toEqual(['stopped', 'stopped'])
  })

  it('refused, and unknown names', async () => {
    const peer = await startPeer(() => undefined)
    await peer.close()
    const refused = await openDevice({ endpoint: { host: '127.0.0.1', port: peer.port, tls: false } }).get(target)
    expect(refused.ok || refused.problem.code).toBe('device-refused')
    expect(refused.ok || refused.problem.where).toContain('127.0.0.1')
  })

  it('goes on with a new connection after a failure', async () => {
    let at = 0
    const { peer, device } = await against((socket) => {
      at += 1
      if (at === 1) socket.destroy()
      else socket.write(soapAnswer('<x/>', '2'))
    })
    expect((await device.invoke(target, 'Change', [])).ok).toBe(false)
    expect((await device.get(target)).ok).toBe(true)
    expect(peer.connections()).toBe(2)
  })
})

describe('enumerations', () => {
  const enumerated = (pulls: (at: number) => string) =>
    startPeer((seen, at, socket) => {
      const first = '<f:EnumerateResponse><f:EnumerationContext>C1</f:EnumerationContext></f:EnumerateResponse>'
      socket.write(soapAnswer(at === 0 ? first : pulls(at), messageId(seen)))
    })

  it('pull until the end, with the newest context', async () => {
    const peer = await enumerated((at) =>
      at < 3
        ? `<f:PullResponse><f:Items><i>${at}</i></f:Items><f:EnumerationContext>C${at + 1}</f:EnumerationContext></f:PullResponse>`
        : '<f:PullResponse><f:Items></f:Items><f:EndOfSequence></f:EndOfSequence></f:PullResponse>'
    )
    const device = openDevice({ endpoint: { host: '127.0.0.1', port: peer.port, tls: false } })
    open.push({ peer, device })
    const result = await device.enumerate(target)
    expect(result.ok && result.value.map(({ text }) => text)).toEqual(['1', '2'])
    const contexts = peer.seen.map(({ body }) => /<EnumerationContext>(.*?)</.exec(body)?.[1])
    expect(contexts).toEqual([undefined, 'C1', 'C2', 'C3'])
  })

  it('end when the device never ends them', async () => {
    const items = '<i/>'.repeat(2_000)
    const peer = await enumerated(
      () => `<f:PullResponse><f:Items>${items}</f:Items><f:EnumerationContext>C</f:EnumerationContext></f:PullResponse>`
    )
    const device = openDevice({ endpoint: { host: '127.0.0.1', port: peer.port, tls: false } })
    open.push({ peer, device })
    const result = await device.enumerate(target)
    expect(result.ok || result.problem.code).toBe('answer-too-big')
    expect(peer.seen.length).toBeLessThan(10)
  })
})

describe('values that cannot be sent', () => {
  it('never reach the wire', async () => {
    const { peer, device } = await against((socket) => void socket.end(challenge()), {
      credentials: { username: 'ad\r\nmin', password: 'x' }
    })
    const header = await device.get(target)
    const body = await device.get({ ...target, selectors: { InstanceID: 'a\u0000b' } })
    expect([header, body].map((result) => result.ok || result.problem.code)).toEqual([
      'value-unwritable',
      'value-unwritable'
    ])
    expect(peer.connections()).toBe(0)
  })
})
