// Frames of hello messages, written down as bytes from the documented layout, not made by anything of ours.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Hello, helloStream, longestHello, readHello } from '../../../electron/setup/hello.ts'
import { helloFrame } from '../../../electron/simulator/hello.ts'
import { fresh } from '../simulator/device.ts'

const bytes = (...parts: readonly string[]): Uint8Array => Uint8Array.from(Buffer.from(parts.join(''), 'hex'))

// The raw UUID is that of a recorded device; its printable form is the one AMT itself gives for it.
const rawUuid = '13aee355d2bfbb6117a088aedd7037ea'
const printed = '55e3ae13-bfd2-61bb-17a0-88aedd7037ea'
const daddy = 'c3846bf24b9e93ca64274c0ec67c1ecc5e024ffcacd2d74019350e81fe546ae4'
const sha1 = '2796bae63f1801e277261ba0d77770028f20eee4'
const sha384 = 'ab'.repeat(48)

const psk = bytes('0000', '0200', '07000000', rawUuid, '4142434431323334')
const pki = bytes('0100', '0300', '00000000', rawUuid, '03', '0220', daddy, '0114', sha1, '0330', sha384)

const pskHello: Hello = { version: 2, credentialsSet: false, retry: 7, guid: printed, pid: 'ABCD1234', hashes: [] }
const pkiHello: Hello = {
  version: 3,
  credentialsSet: true,
  retry: 0,
  guid: printed,
  hashes: [
    { kind: 'SHA-256', thumbprint: daddy },
    { kind: 'SHA-1', thumbprint: sha1 },
    { kind: 'SHA-384', thumbprint: sha384 }
  ]
}

const code = (result: ReturnType<typeof readHello>): string => (result.ok ? 'ok' : result.problem.code)

/** Everything a stream makes of these segments. */
function streamed(segments: readonly Uint8Array[]): readonly (Hello | string)[] {
  const stream = helloStream()
  const heard: (Hello | string)[] = []
  for (const segment of segments) {
    const read = stream.push(segment)
    heard.push(...(read.ok ? read.value : [read.problem.code]))
  }
  const ended = stream.end()
  return ended.ok ? heard : [...heard, ended.problem.code]
}

describe('one message', () => {
  it('of version 2 says its PID', () => {
    expect(readHello(psk)).toEqual({ ok: true, value: { hello: pskHello, used: 32 } })
  })

  it('of version 3 says which roots it accepts', () => {
    expect(readHello(pki)).toEqual({ ok: true, value: { hello: pkiHello, used: 25 + 34 + 22 + 50 } })
  })

  it('has the length that recorded ones have: 25 bytes and 34 for each SHA-256 hash', () => {
    for (const [count, length] of [
      [23, 807],
      [24, 841]
    ] as const) {
      const frame = bytes(
        '01000300',
        '00000000',
        rawUuid,
        Buffer.from([count]).toString('hex'),
        `0220${daddy}`.repeat(count)
      )
      expect(frame).toHaveLength(length)
      expect(readHello(frame)).toMatchObject({ ok: true, value: { used: length } })
    }
  })

  it('without a single hash is one all the same', () => {
    expect(readHello(bytes('01000300', '00000000', rawUuid, '00'))).toMatchObject({ ok: true, value: { used: 25 } })
  })

  it.each([
    ['a browser', Buffer.from('GET / HTTP/1.1\r\n\r\n'), 'hello-stranger'],
    ['a TLS handshake', bytes('160301020001000', '1'), 'hello-stranger'],
    ['zeros', new Uint8Array(64), 'hello-stranger'],
    ['credentials that are neither set nor not', bytes('0200', '0300', '00000000', rawUuid, '00'), 'hello-stranger'],
    ['version 1', bytes('0000', '0100', '00000000', rawUuid), 'hello-version'],
    ['version 4', bytes('0000', '0400', '00000000', rawUuid), 'hello-version'],
    ['a SHA-256 of 20 bytes', bytes('01000300', '00000000', rawUuid, '01', '0214', sha1), 'hello-damaged'],
    ['an unknown kind of hash', bytes('01000300', '00000000', rawUuid, '01', '0720', daddy), 'hello-damaged'],
    ['a PID that is no text', bytes('00000200', '00000000', rawUuid, '0001020304050607'), 'hello-damaged'],
    ['no GUID', bytes('01000300', '00000000', '00'.repeat(16), '00'), 'hello-no-guid'],
    ['a GUID that was never set', bytes('01000300', '00000000', 'ff'.repeat(16), '00'), 'hello-no-guid'],
    [
      'the GUID that many boards share',
      bytes('01000300', '00000000', '00020003000400050006000700080009', '00'),
      'hello-no-guid'
    ]
  ])('%s is told by its name', (_, frame, expected) => {
    expect(code(readHello(Uint8Array.from(frame)))).toBe(expected)
  })
})

describe('a stream', () => {
  it('may be split at any place', () => {
    for (const [frame, hello] of [
      [psk, pskHello],
      [pki, pkiHello]
    ] as const) {
      for (let at = 1; at < frame.length; at++) {
        expect(streamed([frame.subarray(0, at), frame.subarray(at)])).toEqual([hello])
      }
      expect(streamed([...frame].map((byte) => Uint8Array.of(byte)))).toEqual([hello])
    }
  })

  it('may carry several messages in one segment', () => {
    expect(streamed([Buffer.concat([psk, pki, psk])])).toEqual([pskHello, pkiHello, pskHello])
  })

  it('may have anything behind a message', () => {
    for (const tail of [
      bytes('00'),
      bytes('0000000000000000'),
      Buffer.from('GET /'),
      bytes('0100'),
      new Uint8Array(50)
    ]) {
      expect(streamed([Buffer.concat([pki, tail])])).toEqual([pkiHello])
      expect(streamed([pki, tail])).toEqual([pkiHello])
    }
  })

  it('that ends too early is told', () => {
    for (const length of [1, 8, 31]) expect(streamed([psk.subarray(0, length)])).toEqual(['hello-damaged'])
    expect(streamed([pki.subarray(0, 60)])).toEqual(['hello-damaged'])
    expect(streamed([])).toEqual([])
  })

  it('is read no further than the longest message', () => {
    const longest = bytes('01000300', '00000000', rawUuid, 'ff', `0330${sha384}`.repeat(255))
    expect(longest).toHaveLength(longestHello)
    expect(streamed([longest])).toHaveLength(1)
    expect(streamed([longest, Uint8Array.of(1)])).toEqual([expect.anything(), 'hello-too-long'])
    expect(streamed([pki, new Uint8Array(longestHello)])).toEqual([pkiHello, 'hello-too-long'])
    const many = Array.from({ length: 1_000 }, () => psk)
    for (const segments of [many, [Buffer.concat(many)]]) {
      expect(streamed(segments).filter((each) => typeof each !== 'string')).toHaveLength(16)
    }
  })

  it('of any bytes ends in messages or a named problem, and is the same however it is split', () => {
    const header = fc
      .tuple(fc.constantFrom('0000', '0100'), fc.constantFrom('0200', '0300'), fc.uint8Array({ maxLength: 200 }))
      .map(([set, version, rest]) => Buffer.concat([Buffer.from(set + version, 'hex'), rest]))
    const frames = fc.array(fc.oneof(fc.uint8Array({ maxLength: 60 }), header, fc.constant(psk), fc.constant(pki)), {
      maxLength: 4
    })
    fc.assert(
      fc.property(frames, fc.array(fc.nat(300), { maxLength: 6 }), (parts, cuts) => {
        const whole = Buffer.concat(parts)
        const at = [...cuts.filter((cut) => cut < whole.length), 0, whole.length].sort((a, b) => a - b)
        const split = at.slice(1).map((end, n) => whole.subarray(at[n], end))
        const heard = streamed([whole])
        expect(streamed(split)).toEqual(heard)
        for (const each of heard) if (typeof each === 'string') expect(each).toMatch(/^hello-/)
      }),
      { numRuns: 400 }
    )
  })
})

describe('a practice device', () => {
  it('says what the document says, byte for byte', () => {
    const roots = [sha1, daddy, sha384]
    const setup = { by: 'remote', roots } as const
    const device = fresh({ uuid: printed, amtVersion: '15.0.23.1706', setup })
    expect(readHello(helloFrame(device, 4))).toMatchObject({
      ok: true,
      value: { hello: { version: 3, guid: printed, retry: 4, credentialsSet: false } }
    })
    const read = readHello(helloFrame(device, 0))
    const hashes = read.ok && read.value !== 'more' ? read.value.hello.hashes : []
    expect(hashes.slice(0, 3).map(({ kind, thumbprint }) => [kind, thumbprint])).toEqual([
      ['SHA-1', sha1],
      ['SHA-256', daddy],
      ['SHA-384', sha384]
    ])
    const byPid = fresh({
      uuid: printed,
      amtVersion: '9.1.45.3000',
      setup: { by: 'remote', psk: { pid: 'ABCD1234', pps: 'A'.repeat(32) } }
    })
    expect(Buffer.from(helloFrame(byPid, 7)).toString('hex')).toBe(Buffer.from(psk).toString('hex'))
  })
})
