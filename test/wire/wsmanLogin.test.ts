// Digest over real sockets: how often a password is tried, what a stale nonce costs, one request at a time.
import { createHash } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { type Device, openDevice } from '../../electron/wsman/client.ts'
import { resourceUri } from '../../electron/wsman/envelope.ts'
import { haveRecordings, recording } from '../unit/wsman/recordings.ts'
import {
  type Answering,
  amtServer,
  challenge,
  messageId,
  type Peer,
  parameter,
  realm,
  type Seen,
  soapAnswer,
  startPeer
} from './wsmanPeer.ts'

const password = 'Corr3ct-Horse'
const target = { resource: resourceUri('AMT_GeneralSettings') }
const md5 = (text: string) => createHash('md5').update(text).digest('hex')
const instance = '<x>Bäckerei 漢字 😀</x>'

const open: { peer: Peer; device: Device }[] = []
afterEach(async () => {
  for (const { peer, device } of open.splice(0)) {
    device.close()
    await peer.close()
  }
})

async function talk(answering: Answering, given = password) {
  const peer = await startPeer(answering)
  const tries = { count: 0 }
  const device = openDevice({
    endpoint: { host: '127.0.0.1', port: peer.port, tls: false },
    credentials: { username: 'admin', password: given },
    onTry: () => {
      tries.count += 1
    }
  })
  open.push({ peer, device })
  return { peer, device, tries }
}

/** Whether a Digest answer is right, computed here and not by the code under test. */
function isRight({ authorization }: Seen): boolean {
  const p = (name: string) => parameter(authorization, name)
  const ha1 = md5(`admin:${realm}:${password}`)
  const tail = `${p('nonce')}:${p('nc')}:${p('cnonce')}:${p('qop')}:${md5('POST:/wsman')}`
  return authorization !== undefined && p('response') === md5(`${ha1}:${tail}`)
}

const strict: Answering = (seen, _, socket) => {
  if (isRight(seen)) socket.write(soapAnswer(instance, messageId(seen)))
  else socket.end(challenge())
}

describe('a right password', () => {
  it('is tried once, then the nonce is counted on over one connection', async () => {
    const { peer, device, tries } = await talk(strict)
    for (let at = 0; at < 3; at++) expect((await device.get(target)).ok).toBe(true)
    expect(tries.count).toBe(1)
    expect(peer.seen.map(({ authorization }) => parameter(authorization, 'nc'))).toEqual([
      undefined,
      '00000001',
      '00000002',
      '00000003'
    ])
    expect(new Set(peer.seen.map(({ authorization }) => parameter(authorization, 'cnonce'))).size).toBe(4)
    expect(peer.connections()).toBe(2)
  })

  it('brings text that was cut inside characters in one piece', async () => {
    const { device } = await talk(strict)
    const result = await device.get(target)
    expect(result.ok && result.value.text).toBe('Bäckerei 漢字 😀')
  })

  it('keeps requests from overlapping', async () => {
    const { peer, device } = await talk(async (seen, _, socket) => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      await strict(seen, 0, socket)
    })
    const results = await Promise.all(Array.from({ length: 8 }, () => device.get(target)))
    expect(results.every(({ ok }) => ok)).toBe(true)
    expect(peer.mostOpen()).toBe(1)
    expect(peer.connections()).toBe(2)
  })

  it('survives a nonce the device has forgotten, with one replay', async () => {
    const { peer, device, tries } = await talk((seen, at, socket) => {
      const nonce = at < 3 ? 0 : 1
      const fresh = parameter(seen.authorization, 'nonce') === parameter(challenge(nonce), 'nonce')
      if (fresh && isRight(seen)) socket.write(soapAnswer(instance, messageId(seen)))
      else socket.end(challenge(nonce))
    })
    for (let at = 0; at < 3; at++) expect((await device.get(target)).ok).toBe(true)
    expect(tries.count).toBe(2)
    expect(peer.seen.length).toBe(5)
  })

  it('is not answered with when another device has come to the address', async () => {
    const other = challenge(1).replace(realm, `Digest:${'B'.repeat(32)}`)
    expect(other).not.toBe(challenge(1))
    const { peer, device, tries } = await talk((seen, at, socket) => {
      if (at >= 2) socket.end(other)
      else void strict(seen, at, socket)
    })
    expect((await device.get(target)).ok).toBe(true)
    const second = await device.get(target)
    expect(second.ok || second.problem.code).toBe('device-changed')
    expect(tries.count).toBe(1)
    const sent = peer.seen.map(({ authorization }) => parameter(authorization, 'realm'))
    expect(sent.filter((one) => one !== undefined && one !== realm)).toEqual([])
  })

  it('survives a nonce called stale on its very first use', async () => {
    const { peer, device, tries } = await talk((seen, at, socket) => {
      if (at === 2 && isRight(seen)) socket.write(soapAnswer(instance, messageId(seen)))
      else socket.end(challenge(at, at === 1))
    })
    expect((await device.get(target)).ok).toBe(true)
    expect([tries.count, peer.seen.length]).toEqual([2, 3])
  })
})

describe('a wrong password', () => {
  it('is sent exactly once, and nothing more after it', async () => {
    const { peer, device, tries } = await talk(strict, 'Wr0ng-Battery')
    const results = await Promise.all([device.get(target), device.get(target), device.enumerate(target)])
    for (const result of results) expect(result.ok || result.problem.code).toBe('login-refused')
    expect(peer.seen.filter(({ authorization }) => authorization !== undefined).length).toBe(1)
    expect([tries.count, peer.seen.length]).toEqual([1, 2])
    expect(JSON.stringify(results)).not.toContain('Wr0ng')
    const [first] = results
    expect(first.ok || first.problem.meaning).toMatch(/wrong.*locked/)
    expect(first.ok || first.problem).toMatchObject({ title: 'The device refused the login', where: '127.0.0.1' })
  })

  it('does not loop with a device that calls every nonce stale', async () => {
    const { peer, device, tries } = await talk((_, at, socket) => void socket.end(challenge(at % 3, true)))
    const result = await device.get(target)
    expect(result.ok || result.problem.code).toBe('login-refused')
    expect([tries.count, peer.seen.length]).toEqual([2, 3])
  })
})

describe('no password', () => {
  it('goes to whoever is not AMT', async () => {
    const printer = 'HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm="printer",nonce="x"\r\nContent-Length: 0\r\n\r\n'
    const { peer, device, tries } = await talk((_, __, socket) => void socket.write(printer))
    const result = await device.get(target)
    expect(result.ok || result.problem.code).toBe('not-amt')
    expect([tries.count, peer.seen.length]).toEqual([0, 1])
  })

  it('tells AMT without /wsman', async () => {
    const missing = `HTTP/1.1 404 Not Found\r\nServer: ${amtServer}\r\nContent-Length: 0\r\n\r\n`
    const { device } = await talk((_, __, socket) => void socket.write(missing))
    const result = await device.identify()
    expect(result.ok && result.value.wsman).toBe(false)
  })

  it('is asked for', async () => {
    const peer = await startPeer(strict)
    const device = openDevice({ endpoint: { host: '127.0.0.1', port: peer.port, tls: false } })
    open.push({ peer, device })
    const result = await device.get(target)
    expect(result.ok || result.problem.code).toBe('login-needed')
    expect(peer.seen.length).toBe(1)
  })

  it('identifies a device by its challenge', async () => {
    const { peer, device, tries } = await talk(strict)
    const result = await device.identify()
    expect(result).toEqual({
      ok: true,
      value: {
        amtVersion: '15.0.23.1706',
        realm,
        fingerprint: undefined,
        server: 'Intel(R) Active Management Technology 15.0.23.1706',
        wsman: true,
        deviceTime: undefined
      }
    })
    expect([tries.count, peer.seen[0]?.authorization]).toEqual([0, undefined])
    expect(peer.seen[0]?.head).toMatch(/^POST \/wsman HTTP\/1\.1/)
  })

  it.each([
    ['Intel(R) Active Management Technology 3.2.0', 'needs-translator'],
    ['Intel(R) Active Management Technology 2.2.20', 'needs-translator'],
    ['Intel(R) Active Management Technology 3.2.1', undefined],
    ['Intel(R) Active Management Technology 10.0.1', undefined],
    ['Intel(R) Standard Manageability 7.1.4', undefined]
  ])('%s', async (server, code) => {
    const { device } = await talk((_, __, socket) => void socket.end(challenge(0, false, server)))
    const result = await device.identify()
    expect(result.ok ? undefined : result.problem.code).toBe(code)
  })

  it.each([
    'HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Length: 2\r\n\r\nhi',
    'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm="printer",nonce="x"\r\nContent-Length: 0\r\n\r\n',
    'SSH-2.0-OpenSSH_9.6\r\n'
  ])('takes nobody else for AMT: %j', async (answer) => {
    const { device } = await talk((_, __, socket) => void socket.end(answer))
    const result = await device.identify()
    expect(result.ok || result.problem.code).toBe('not-amt')
  })

  it('tells the device’s clock when it is let in at once', async () => {
    const { device } = await talk((_, __, socket) => void socket.write(soapAnswer('<i/>')))
    const result = await device.identify()
    expect(result.ok && result.value.deviceTime).toBe(Date.UTC(2022, 0, 31, 10, 23, 4))
  })
})

describe.skipIf(!haveRecordings)('recorded HTTP messages', () => {
  const unprovision = 'rps-http/15.0.23.1706_200_AMT_SetupAndConfigurationService_UnprovisionResponse_a8b4aa6f48.http'
  const refusal = 'rps-http/11.8.50.3425_401_html_none_36b8022a93.http'
  const service = { resource: resourceUri('AMT_SetupAndConfigurationService') }

  it('a 401 and a chunked 200 of two firmwares make one exchange', async () => {
    const { device, tries } = await talk((seen, _, socket) => {
      if (isRight(seen)) socket.write(recording(unprovision))
      else socket.end(recording(refusal))
    })
    const result = await device.invoke(service, 'Unprovision', [])
    expect(result.ok && result.value.children[0]?.text).toBe('0')
    expect(tries.count).toBe(1)
  })

  it('a 400 without a fault is an HTTP status', async () => {
    const edited = 'rps-http/15.0.23.1706_400_AMT_SetupAndConfigurationService_UnprovisionResponse_f62dcfe9dd.http'
    const { device } = await talk((_, __, socket) => void socket.write(recording(edited)))
    const result = await device.invoke(service, 'Unprovision', [])
    expect(result.ok || [result.problem.code, result.problem.detail]).toEqual(['http-status', 'HTTP 400'])
  })
})
