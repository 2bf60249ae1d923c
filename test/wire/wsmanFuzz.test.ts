// Whatever comes back over the wire, the client answers with a value or a Problem, in time and in bounded memory.
import { once } from 'node:events'
import type { Socket } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generalSettings } from '../../electron/wsman/amt/generalSettings.ts'
import { type Device, openDevice, type Timeouts } from '../../electron/wsman/client.ts'
import { resourceUri } from '../../electron/wsman/envelope.ts'
import { challenge, messageId, type Peer, soapAnswer, startPeer } from './wsmanPeer.ts'

const target = { resource: resourceUri('AMT_GeneralSettings') }
const instance = `<g:AMT_GeneralSettings xmlns:g="${target.resource}"><g:DigestRealm>Digest:A4070000000000000000000000000000</g:DigestRealm><g:HostName>pc-1</g:HostName><g:DDNSTTL>900</g:DDNSTTL><g:PingResponseEnabled>true</g:PingResponseEnabled></g:AMT_GeneralSettings>`
const good = soapAnswer(instance)
const refusal = Buffer.from(challenge())
const megabyte = 1024 * 1024

let answer: (socket: Socket, relatesTo: string, at: number) => unknown
let peer: Peer
let answered = 0
beforeAll(async () => {
  peer = await startPeer((seen, _, socket) => {
    answered += 1
    answer(socket, messageId(seen), answered)
  })
})
afterAll(() => peer.close())

const quick = { connect: 1_000, firstByte: 400, total: 800, wake: 1 }

/** One try with a device of its own: what came of it. Throws, and so fails the test, when the time limits do not hold. */
async function outcome(work: (device: Device) => Promise<{ ok: boolean }>, timeouts: Partial<Timeouts> = quick) {
  answered = 0
  const device = openDevice({
    endpoint: { host: '127.0.0.1', port: peer.port, tls: false },
    credentials: { username: 'admin', password: 'Fuzz-1-Pass' },
    timeouts
  })
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('neither a value nor a Problem in time')), 8_000)
  })
  try {
    const result = (await Promise.race([work(device), late])) as { ok: boolean; problem?: { code: string } }
    return result.ok ? 'ok' : (result.problem?.code ?? 'no code')
  } finally {
    clearTimeout(timer)
    device.close()
  }
}
const get = (device: Device) => generalSettings.get(device)
const enumerate = (device: Device) => device.enumerate(target)

/** Sends these bytes in pieces of this size to every request, then ends the connection. */
const sends = (bytes: Buffer, size = bytes.byteLength) => {
  answer = (socket) => {
    for (let at = 0; at < bytes.byteLength; at += Math.max(1, size))
      socket.write(bytes.subarray(at, at + Math.max(1, size)))
    socket.end()
  }
}

const sources = fc.constantFrom(good, refusal)

describe('answers changed at random', () => {
  it('in single bits', async () => {
    const flips = fc.array(fc.tuple(fc.nat(10_000), fc.nat(7)), { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(sources, flips, async (source, bits) => {
        const bytes = Buffer.from(source)
        for (const [at, bit] of bits) {
          const place = at % bytes.byteLength
          bytes[place] = (bytes[place] ?? 0) ^ (1 << bit)
        }
        sends(bytes)
        await outcome(get)
      }),
      { numRuns: 300 }
    )
  })

  it('cut anywhere, in pieces of any size', async () => {
    await fc.assert(
      fc.asyncProperty(sources, fc.nat(10_000), fc.integer({ min: 1, max: 400 }), async (source, at, size) => {
        const end = at % source.byteLength
        sends(source.subarray(0, end), size)
        expect(await outcome(get)).not.toBe('ok')
      }),
      { numRuns: 120 }
    )
  })

  it('with header lines doubled, left out and in another order', async () => {
    const odd = [
      'Content-Length: 5',
      'Transfer-Encoding: chunked',
      'Connection: close',
      'Server: x',
      'Date: never',
      ': ',
      'a'
    ]
    const extra = fc.array(fc.constantFrom(...odd, 'WWW-Authenticate: Digest realm="r",nonce="n"'), { maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(sources, extra, fc.infiniteStream(fc.nat(1_000)), async (source, more, numbers) => {
        const end = source.indexOf('\r\n\r\n')
        const [status, ...lines] = source.subarray(0, end).toString('latin1').split('\r\n')
        const pick = () => numbers.next().value as number
        const kept = [...lines, ...more].flatMap((line) =>
          Array.from({ length: [1, 1, 2, 0][pick() % 4] ?? 1 }, () => line)
        )
        const mixed = kept.map((line) => [pick(), line] as const).sort(([a], [b]) => a - b)
        const head = [status, ...mixed.map(([, line]) => line)].join('\r\n')
        sends(Buffer.concat([Buffer.from(head, 'latin1'), source.subarray(end)]))
        await outcome(get)
      }),
      { numRuns: 150 }
    )
  })

  it('left open, with nothing more to come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(good.byteLength - 6), async (end) => {
        answer = (socket) => socket.write(good.subarray(0, end))
        expect(await outcome(get, { ...quick, firstByte: 40, total: 60 })).toBe('answer-slow')
      }),
      { numRuns: 15 }
    )
  })
})

describe('answers that mean harm', () => {
  const body = (xml: string) => `HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(xml)}\r\n\r\n${xml}`
  const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('')
  it.each([
    ['100,000 elements deep', '<a>'.repeat(100_000), 'answer-too-big'],
    ['a million elements wide', `<a>${'<b/>'.repeat(1_000_000)}</a>`, 'answer-too-big'],
    [
      '300,000 attributes',
      `<a ${Array.from({ length: 300_000 }, (_, n) => `b${n}="1"`).join(' ')}/>`,
      'answer-too-big'
    ],
    ['a name of 4 MB', `<${'a'.repeat(4 * megabyte)}/>`, 'answer-garbled'],
    ['a start tag without end', `<a b="${'x'.repeat(4 * megabyte)}`, 'answer-garbled'],
    ['entities of entities', `<!DOCTYPE a [<!ENTITY l0 "ha">${laughs}]><a>&l9;</a>`, 'answer-garbled'],
    ['an outer entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>', 'answer-garbled'],
    ['another encoding', '<?xml version="1.0" encoding="UTF-16"?><a/>', 'answer-garbled']
  ])('%s', async (_, xml, code) => {
    answer = (socket) => socket.end(body(xml))
    expect(await outcome(get, { total: 8_000 })).toBe(code)
  })

  it('headers without end', async () => {
    answer = (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n')
      const timer = setInterval(() => socket.write(`X: ${'y'.repeat(4_000)}\r\n`), 1)
      socket.on('close', () => clearInterval(timer))
    }
    expect(await outcome(get)).toBe('answer-garbled')
  })

  it('64 MB bodies, with little memory', async () => {
    const piece = Buffer.alloc(megabyte, 'x')
    let most = 0
    const before = process.memoryUsage().rss
    answer = async (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 67108864\r\n\r\n')
      for (let at = 0; at < 64 && !socket.destroyed; at++) {
        if (!socket.write(piece))
          await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => undefined)
        most = Math.max(most, process.memoryUsage().rss - before)
      }
    }
    for (let round = 0; round < 4; round++) expect(await outcome(get, { total: 8_000 })).toBe('answer-too-big')
    expect(most).toBeLessThan(256 * megabyte)
  })
})

describe('enumerations', () => {
  const pull = (inside: string, end = '<f:EndOfSequence/>') =>
    `<f:PullResponse><f:Items>${inside}</f:Items>${end}</f:PullResponse>`
  const begun = '<f:EnumerateResponse><f:EnumerationContext>C</f:EnumerationContext></f:EnumerateResponse>'
  const items = (count: number) => '<i><n>1</n></i>'.repeat(count)

  it('of 10,000 items in one pull, and in a hundred', async () => {
    const counts: number[] = []
    const counted = async (device: Device) => {
      const result = await device.enumerate(target)
      if (result.ok) counts.push(result.value.length)
      return result
    }
    answer = (socket, id, at) => socket.write(soapAnswer(at === 1 ? begun : pull(items(10_000)), id))
    await outcome(counted, { total: 8_000 })
    const more = '<f:EnumerationContext>C</f:EnumerationContext>'
    answer = (socket, id, at) =>
      socket.write(soapAnswer(at === 1 ? begun : pull(items(100), at === 101 ? undefined : more), id))
    await outcome(counted, { total: 8_000 })
    expect(counts).toEqual([10_000, 10_000])
  })

  it('without end stop, however small the pulls', async () => {
    const more = '<f:EnumerationContext>C</f:EnumerationContext>'
    for (const count of [0, 1, 5_000]) {
      answer = (socket, id, at) => socket.write(soapAnswer(at === 1 ? begun : pull(items(count), more), id))
      expect(await outcome(enumerate, { total: 8_000 })).toBe('answer-too-big')
    }
  })
})
