import { spawn, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Clock } from '../../electron/clock.ts'
import type { Faults } from '../../electron/simulator/faults.ts'
import { type AddedComputer, type Fleet, type PracticeDevice, startFleet } from '../../electron/simulator/fleet.ts'
import type { Personality } from '../../electron/simulator/personalities.ts'
import { practiceComputer } from '../../electron/simulator/practice.ts'
import { ask, textOf } from '../unit/simulator/ask.ts'
import { haveRecordings, recording, recordings } from '../unit/wsman/recordings.ts'

const general = 'AMT_GeneralSettings'
const setup = 'AMT_SetupAndConfigurationService'

/** A clock tests move by hand; sleeping takes no time and is written down. */
const handClock = () => {
  const slept: number[] = []
  const clock = {
    time: Date.UTC(2026, 10, 23, 6),
    slept,
    now: () => clock.time,
    sleep: async (ms: number) => void slept.push(ms)
  }
  return clock satisfies Clock & { time: number }
}

const fleets: Fleet[] = []
afterEach(async () => {
  await Promise.all(fleets.splice(0).map((fleet) => fleet.close()))
})

const start = async (computers: readonly AddedComputer[], more: Partial<Parameters<typeof startFleet>[0]> = {}) => {
  const clock = handClock()
  const fleet = await startFleet({ computers, clock, random: (n) => randomBytes(n), ...more })
  fleets.push(fleet)
  return { fleet, clock }
}

const one = async (personality: Personality = 'healthy', faults: Partial<Faults> = {}, amtVersion?: string) => {
  const { fleet, clock } = await start([{ ...practiceComputer(0, personality), ...(amtVersion && { amtVersion }) }])
  const [device] = fleet.devices
  if (!device) throw new Error('the fleet is empty')
  device.setFaults(faults)
  return { device, clock, fleet }
}

interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly raw: readonly string[]
  readonly body: string
}

const md5 = (text: string) => createHash('md5').update(text).digest('hex')

/** A client of a few lines: one connection kept alive, digest with a counter, nothing hidden. */
function client(device: PracticeDevice, password = device.password) {
  const options = { keepAlive: true, maxSockets: 1 }
  const agent = device.tls ? new HttpsAgent({ ...options, rejectUnauthorized: false }) : new HttpAgent(options)
  let challenge: { realm: string; nonce: string } | undefined
  let headers: Answer['headers'] = {}
  let nc = 0
  const send = (body: string, headers: Record<string, string> = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const target = { host: device.host, port: device.port, path: '/wsman', method: 'POST', agent, headers }
      const request = (device.tls ? httpsRequest : httpRequest)(target, (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('error', reject)
        response.on('end', () => {
          const { statusCode: status = 0, rawHeaders: raw } = response
          resolve({ status, headers: response.headers, raw, body: Buffer.concat(parts).toString() })
        })
      })
      request.on('error', reject)
      request.end(body)
    })
  const authorization = (quoted = false): string => {
    if (!challenge) throw new Error('no challenge yet')
    const { realm, nonce } = challenge
    const count = (++nc).toString(16).padStart(8, '0')
    const ha1 = md5(`${device.username}:${realm}:${password}`)
    const response = md5(`${ha1}:${nonce}:${count}:0a4f113b:auth:${md5('POST:/wsman')}`)
    const q = quoted ? '"' : ''
    return `Digest username="${device.username}",realm="${realm}",nonce="${nonce}",uri="/wsman",qop=${q}auth${q},nc=${q}${count}${q},cnonce="0a4f113b",response="${response}"`
  }
  const learn = (answer: Pick<Answer, 'headers'>): void => {
    headers = answer.headers
    const found = /realm="([^"]*)", nonce="([^"]*)"/.exec(answer.headers['www-authenticate'] ?? '')
    challenge = { realm: found?.[1] ?? '', nonce: found?.[2] ?? '' }
    nc = 0
  }
  return {
    send,
    authorization,
    /** Asks, answers one challenge, and gives back what came then. */
    async ask(body: string): Promise<Answer> {
      const first = await send(body, challenge ? { Authorization: authorization() } : {})
      if (first.status !== 401) return first
      learn(first)
      return send(body, { Authorization: authorization() })
    },
    learn,
    /** The headers of the challenge this client goes by. */
    challenged: () => headers,
    close: () => agent.destroy()
  }
}

/** All bytes a device answers to one raw request. */
const rawExchange = (device: PracticeDevice, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(device.port, device.host, () => socket.write(text))
    let all = ''
    socket.on('data', (part) => {
      all += part.toString('latin1')
      if (all.endsWith('0\r\n\r\n')) socket.destroy()
    })
    socket.on('close', () => resolve(all))
    socket.on('error', reject)
  })

const rawPost = (body: string, header = ''): string =>
  `POST /wsman HTTP/1.1\r\nHost: x\r\n${header}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`

describe('bytes', () => {
  it.runIf(haveRecordings)('of a challenge are those recorded, but for the nonce', async () => {
    // One of the recordings lost the end of its page; the others must agree to the last byte.
    const names = recordings('rps-http', '.http').filter(
      (name) => name.includes('_401_') && !name.includes('5559407141')
    )
    expect(names.length).toBeGreaterThan(1)
    for (const name of names) {
      const recorded = recording(name).toString('latin1')
      const digestRealm = /realm="([^"]*)"/.exec(recorded)?.[1] ?? ''
      const computer = { ...practiceComputer(0, 'healthy'), amtVersion: /[\d.]+(?=_401)/.exec(name)?.[0] ?? '' }
      const { fleet } = await start([computer])
      const snapshot = fleet.snapshot()
      const restore = { ...snapshot, devices: snapshot.devices.map((each) => ({ ...each, digestRealm })) }
      const [device] = (await start([computer], { restore })).fleet.devices
      const got = await rawExchange(device as PracticeDevice, rawPost(ask.get(general)))
      const withoutNonce = (text: string) => text.replace(/nonce="[A-Za-z0-9+/]{32}"/, 'nonce=""')
      expect(withoutNonce(got)).toBe(withoutNonce(recorded))
      expect(got).toMatch(/nonce="[A-Za-z0-9+/]{32}"/)
    }
  })

  it('of a reply have the recorded headers and chunk sizes, for either generation', async () => {
    for (const [version, type] of [
      ['11.8.50.3425', 'application/octet-stream'],
      ['15.0.23.1706', 'application/soap+xml; charset=UTF-8']
    ] as const) {
      const { device, clock } = await one('healthy', {}, version)
      const { send, learn, authorization } = client(device)
      learn(await send(''))
      const got = await rawExchange(device, rawPost(ask.get(general), `Authorization: ${authorization()}\r\n`))
      const [head = '', ...chunks] = got.split('\r\n\r\n')
      const date = new Date(clock.now() + device.state().clockOffset * 1000).toUTCString()
      expect(head).toBe(
        `HTTP/1.1 200 OK\r\nDate: ${date}\r\nServer: Intel(R) Active Management Technology ${version}\r\nX-Frame-Options: DENY\r\nContent-Type: ${type}\r\nTransfer-Encoding: chunked`
      )
      const lines = chunks.join('\r\n\r\n').split('\r\n')
      expect(lines[0]).toBe('0513')
      expect(lines[1]).toHaveLength(0x513)
      expect(lines[2]).toMatch(/^0[0-9A-F]{3}$/)
      expect(lines[3]).toHaveLength(Number.parseInt(lines[2] ?? '', 16))
      expect(lines.slice(4)).toEqual(['0', '', ''])
    }
  })

  it('close the connection on 401 and 400, and keep it otherwise', async () => {
    const { device } = await one()
    const { ask: talk, send, close } = client(device)
    expect((await send(ask.get(general))).headers.connection).toBe('close')
    expect((await talk(ask.get(general))).raw.map((each) => each.toLowerCase())).not.toContain('connection')
    expect((await talk(ask.get('AMT_Nothing'))).headers.connection).toBe('close')
    close()
  })
})

describe('log-in', () => {
  it('counts a nonce up over one connection, quoted or not, and refuses a replay as stale', async () => {
    const { device } = await one()
    const { send, learn, authorization, close } = client(device)
    learn(await send(''))
    const header = authorization(true)
    expect((await send(ask.get(general), { Authorization: header })).status).toBe(200)
    expect((await send(ask.get(general), { Authorization: authorization() })).status).toBe(200)
    const replay = await send(ask.get(general), { Authorization: header })
    expect([replay.status, replay.headers['www-authenticate']?.includes('stale="true"')]).toEqual([401, true])
    close()
  })

  it('on plain HTTP is needed for every request', async () => {
    const { device } = await one()
    const { ask: talk, send, close } = client(device)
    expect((await talk(ask.get(general))).status).toBe(200)
    expect((await send(ask.get(general))).status).toBe(401)
    close()
  })

  it('with a changed password leaves the old one behind', async () => {
    const { device } = await one()
    const hash = createHash('md5').update(`admin:${device.state().digestRealm}:Practice-New1!`).digest('base64')
    const change = ask.invoke('AMT_AuthorizationService', 'SetAdminAclEntryEx', {
      Username: 'admin',
      DigestPassword: hash
    })
    const old = client(device)
    expect(textOf((await old.ask(change)).body, 'ReturnValue')).toBe('0')
    // Nonces from before the change are gone too: the right password over one of them is stale.
    const fresh = client(device, 'Practice-New1!')
    fresh.learn({ headers: old.challenged() })
    // The counter the old log-in used is left out, lest the answer be stale for being a replay.
    fresh.authorization()
    const late = await fresh.send(ask.get(general), { Authorization: fresh.authorization() })
    expect(late.headers['www-authenticate']).toContain('stale="true"')
    expect((await old.ask(ask.get(general))).status).toBe(401)
    expect((await fresh.ask(ask.get(general))).status).toBe(200)
    expect(JSON.stringify(device.state())).not.toContain('Practice-New1!')
    old.close()
    fresh.close()
  })

  it('locks after ten wrong passwords, for the right one too, until the time has passed', async () => {
    const { device, clock } = await one()
    const guess = client(device, 'Wrong-Guess1!')
    // The first ask is challenged and then wrong; every later one is wrong twice.
    for (let failures = 0; device.state().lockedUntil === 0; failures += 1) {
      expect(failures).toBeLessThan(10)
      expect((await guess.ask(ask.get(general))).status).toBe(401)
    }
    expect(device.state().failedLogins).toBe(10)
    const right = client(device)
    expect((await right.ask(ask.get(general))).status).toBe(401)
    clock.time += 5_000
    expect((await right.ask(ask.get(general))).status).toBe(200)
    guess.close()
    right.close()
  })
})

describe('TLS', () => {
  it('remembers a log-in for its connection until an account changes', async () => {
    const { device } = await one('tls-only')
    const { ask: talk, send, close } = client(device)
    expect((await talk(ask.get(general))).status).toBe(200)
    expect((await send(ask.get(general))).status).toBe(200)
    const hash = createHash('md5').update(`admin:${device.state().digestRealm}:${device.password}`).digest('base64')
    const change = ask.invoke('AMT_AuthorizationService', 'SetAdminAclEntryEx', {
      Username: 'admin',
      DigestPassword: hash
    })
    expect(textOf((await send(change)).body, 'ReturnValue')).toBe('0')
    expect((await send(ask.get(general))).status).toBe(401)
    const other = client(device)
    expect((await other.send(ask.get(general))).status).toBe(401)
    close()
    other.close()
  })

  it('speaks the static-RSA suites old clients need, shows a new certificate after a change, and no plain HTTP', async () => {
    const { device } = await one('tls-only')
    const shown = (ciphers?: string): Promise<{ fingerprint: string; suite: string }> =>
      new Promise((resolve, reject) => {
        const tls = {
          rejectUnauthorized: false,
          agent: false,
          ...(ciphers && { ciphers, maxVersion: 'TLSv1.2' as const })
        }
        const request = httpsRequest(
          { host: device.host, port: device.port, path: '/wsman', method: 'POST', ...tls },
          (response) => {
            const socket = response.socket as import('node:tls').TLSSocket
            resolve({ fingerprint: socket.getPeerCertificate().fingerprint256, suite: socket.getCipher().name })
            response.resume()
          }
        )
        request.on('error', reject)
        request.end()
      })
    const before = await shown()
    expect((await shown('AES128-SHA')).suite).toBe('AES128-SHA')
    expect((await shown('AES256-SHA')).fingerprint).toBe(before.fingerprint)
    await device.renewCertificate()
    expect((await shown()).fingerprint).not.toBe(before.fingerprint)
    const plain = await rawExchange(device, rawPost('')).catch(() => '')
    expect(plain).not.toContain('WWW-Authenticate')
  })
})

describe('personalities', () => {
  it('switched off: the connection is refused, also while others come and go', async () => {
    const { device, fleet } = await one('switched-off')
    await fleet.add(Array.from({ length: 50 }, (_, n) => practiceComputer(100 + n)))
    await expect(client(device).send('')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('too old: names its version and has no WS-MAN', async () => {
    const { device } = await one('too-old', {}, '2.6.10.1024')
    const { status, headers } = await client(device).send(ask.get(general))
    expect([status, headers.server]).toEqual([404, 'Intel(R) Active Management Technology 2.6.10.1024'])
  })

  it('other UUID: answers with another one than promised', async () => {
    const { device } = await one('other-uuid')
    const talk = client(device)
    const { body } = await talk.ask(ask.get('CIM_ComputerSystemPackage'))
    expect(textOf(body, 'PlatformGUID')).toMatch(/^[0-9A-F]{32}$/)
    expect(device.state().uuid).not.toBe(device.uuid)
    talk.close()
  })

  it('locked out: refuses the right password at first', async () => {
    const { device, clock } = await one('locked-out')
    expect((await client(device).ask(ask.get(general))).status).toBe(401)
    clock.time += 3_600_000
    expect((await client(device).ask(ask.get(general))).status).toBe(200)
  })

  it('slow: waits before each answer', async () => {
    const { device, clock } = await one('slow')
    await client(device).ask(ask.get(general))
    expect(clock.slept).toEqual([150, 150])
  })

  it('drop after commit: the commit has happened and the line is dead, once', async () => {
    const { device } = await one('drop-after-commit')
    const talk = client(device)
    const settings = { ...device.state().generalSettings, HostName: 'fin-0231' }
    expect((await talk.ask(ask.put(general, settings))).status).toBe(200)
    await expect(talk.ask(ask.invoke(setup, 'CommitChanges'))).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(device.state().uncommitted).toBe(false)
    expect(textOf((await talk.ask(ask.invoke(setup, 'CommitChanges'))).body, 'ReturnValue')).toBe('0')
    talk.close()
  })
})

describe('fault switches', () => {
  it('stale: one right log-in is refused as stale and not counted', async () => {
    const { device } = await one('healthy', { stale: true })
    const talk = client(device)
    const refused = await talk.ask(ask.get(general))
    expect([refused.status, refused.headers['www-authenticate']?.includes('stale="true"')]).toEqual([401, true])
    talk.learn(refused)
    expect((await talk.ask(ask.get(general))).status).toBe(200)
    expect(device.state().failedLogins).toBe(0)
    talk.close()
  })

  it('nonceReset: every n log-ins the nonce is gone', async () => {
    const { device } = await one('healthy', { nonceReset: 2 })
    const talk = client(device)
    talk.learn(await talk.send(''))
    const statuses: number[] = []
    for (let n = 0; n < 3; n += 1)
      statuses.push((await talk.send(ask.get(general), { Authorization: talk.authorization() })).status)
    expect(statuses).toEqual([200, 200, 401])
    talk.close()
  })

  it('body: garbage is not XML', async () => {
    const { device } = await one('healthy', { body: 'garbage' })
    expect((await client(device).ask(ask.get(general))).body).toContain('<<<')
  })

  it('body: half a chunk ends in a cut connection', async () => {
    const { device } = await one('healthy', { body: 'half-chunk' })
    await expect(client(device).ask(ask.get(general))).rejects.toMatchObject({ code: 'ECONNRESET' })
  })

  it.each([
    ['huge', 50 * 1_048_576],
    ['endless', 60 * 1_048_576]
  ] as const)('body: %s brings more than any client should read', async (body, enough) => {
    const { device } = await one('healthy', { body })
    const talk = client(device)
    talk.learn(await talk.send(''))
    const length = await new Promise<number>((resolve, reject) => {
      const headers = { Authorization: talk.authorization() }
      const target = { host: device.host, port: device.port, path: '/wsman', method: 'POST', headers, agent: false }
      const request = httpRequest(target, (response) => {
        let seen = 0
        response.on('data', (part: Buffer) => {
          seen += part.length
          if (seen < enough) return
          response.destroy()
          resolve(seen)
        })
        response.on('end', () => resolve(seen))
      })
      request.on('error', reject)
      request.end(ask.get(general))
    })
    expect(length).toBeGreaterThanOrEqual(enough)
    talk.close()
  })

  it('slow bytes: the same answer, a little at a time', async () => {
    const { device, clock } = await one('healthy', { slowBytesMs: 7 })
    const talk = client(device)
    const { status, body } = await talk.ask(ask.get(general))
    expect([status, body.endsWith('</a:Envelope>')]).toEqual([200, true])
    expect(clock.slept.length).toBeGreaterThan(100)
    talk.close()
  })

  it('endless pull: the same items again and again', async () => {
    const { device } = await one('healthy', { endlessPull: true })
    const talk = client(device)
    const context = textOf((await talk.ask(ask.enumerate(general))).body, 'EnumerationContext') ?? ''
    for (let n = 0; n < 3; n += 1) {
      const { body } = await talk.ask(ask.pull(general, context, 999))
      expect([body.includes('<h:HostName>'), body.includes('EndOfSequence')]).toEqual([true, false])
    }
    talk.close()
  })

  it('certificate change: another one after so many log-ins, once', async () => {
    const { device } = await one('tls-only', { certificateChange: 2 })
    const before = device.state().certificate
    const talk = client(device)
    await talk.ask(ask.get(general))
    expect(device.state().certificate).toBe(before)
    const second = client(device)
    await second.ask(ask.get(general))
    await expect.poll(() => device.state().certificate).not.toBe(before)
    expect(device.state().faults.certificateChange).toBeNull()
    talk.close()
    second.close()
  })

  it('silent: takes the connection and says nothing', async () => {
    const { device } = await one('healthy', { silent: true })
    const waiting = client(device).send('')
    const first = await Promise.race([
      waiting.catch(() => 'cut'),
      new Promise((done) => setTimeout(done, 100, 'nothing'))
    ])
    expect(first).toBe('nothing')
    await Promise.all(fleets.splice(0).map((fleet) => fleet.close()))
    await expect(waiting).rejects.toMatchObject({ code: 'ECONNRESET' })
  })

  it('bounds hold: a body over 1 MB is refused, announced or not', async () => {
    const { device } = await one()
    const big = 'x'.repeat(1_048_577)
    const announced = await rawExchange(
      device,
      `POST /wsman HTTP/1.1\r\nHost: x\r\nContent-Length: ${big.length}\r\n\r\n`
    )
    expect(announced).toMatch(/^HTTP\/1.1 413 /)
    await expect(client(device).send(big, { 'Transfer-Encoding': 'chunked' })).rejects.toThrow()
  })
})

describe('the fleet', () => {
  it('remembers in JSON what a device keeps, without any password, and restores it', async () => {
    let changes = 0
    const computers = [practiceComputer(0), practiceComputer(10)]
    const { fleet } = await start(computers, { onChange: () => (changes += 1) })
    const [device] = fleet.devices
    if (!device) throw new Error('the fleet is empty')
    const talk = client(device)
    await talk.ask(ask.get(general))
    expect(changes).toBe(0)
    await talk.ask(ask.put(general, { ...device.state().generalSettings, HostName: 'taken-over' }))
    expect(changes).toBe(1)
    const text = JSON.stringify(fleet.snapshot())
    expect(text).not.toContain(device.password)
    const stranger = { ...fleet.snapshot().devices[0], fqdn: 'stranger.practice.example' }
    const parsed = JSON.parse(text)
    const restore = { ...parsed, devices: [...parsed.devices, stranger, { odd: true }] }
    const again = (await start(computers, { restore })).fleet
    expect(again.find('fin-0231')?.state().generalSettings.HostName).toBe('taken-over')
    expect(again.find('FIN-0241.corp.practice.example')?.state().certificate).toEqual(
      fleet.devices[1]?.state().certificate
    )
    expect(again.devices).toHaveLength(2)
    const revived = again.find('FIN-0231')
    if (!revived) throw new Error('not found')
    expect((await client(revived).ask(ask.get(general))).status).toBe(200)
    talk.close()
  })

  it.each([undefined, null, 'text', { version: 2 }, { version: 1, devices: [1] }])(
    'starts fresh from %j',
    async (restore) => {
      const { fleet } = await start([practiceComputer(0)], { restore })
      expect(fleet.devices[0]?.state().generalSettings.HostName).toBe('unnamed')
    }
  )

  it('resets to the beginning with the same realm, certificate and port', async () => {
    const { device, fleet } = await one('tls-only')
    const before = device.state()
    const talk = client(device)
    await talk.ask(ask.put(general, { ...before.generalSettings, HostName: 'other' }))
    device.setFaults({ once500: true })
    fleet.reset()
    const after = device.state()
    expect({ ...after, accountsVersion: 0 }).toEqual(before)
    expect((await talk.send(ask.get(general))).status).toBe(401)
    talk.close()
  })

  it('adds computers once, healthy unless said otherwise, on loopback only', async () => {
    let realms = 0
    const random = (n: number) => {
      if (n === 16) realms += 1
      return randomBytes(n)
    }
    const { fleet } = await start([practiceComputer(0)], { random })
    const { personality: _p, amtVersion: _v, ...plain } = practiceComputer(50)
    await Promise.all([fleet.add([plain, practiceComputer(0), plain]), fleet.add([plain])])
    expect(fleet.devices.map((each) => [each.name, each.personality, each.host])).toEqual([
      ['FIN-0231', 'healthy', '127.0.0.1'],
      ['FIN-0281', 'healthy', '127.0.0.1']
    ])
    expect(realms).toBe(2)
  })

  it('starts a thousand devices, each on its own port, and closes them all', async () => {
    const { fleet } = await start(Array.from({ length: 1000 }, (_, n) => practiceComputer(n, 'healthy')))
    expect(new Set(fleet.devices.map((each) => each.port)).size).toBe(1000)
    const last = fleet.devices.at(-1) as PracticeDevice
    expect((await client(last).ask(ask.get(general))).status).toBe(200)
    await fleet.close()
    await expect(client(last).send('')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })
})

describe('npm run simulate', () => {
  const main = join(import.meta.dirname, '../../electron/simulator/main.ts')
  const stripsTypes = Number.parseInt(process.versions.node, 10) >= 24
  if (!stripsTypes) console.info('This Node runs no TypeScript: the simulator program is not tried.')

  it.runIf(stripsTypes)('prints one line of JSON a device, serves, and ends cleanly when told', async () => {
    const child = spawn(process.execPath, [main, '--devices', '3', '--json', '--personality', 'healthy'])
    let text = ''
    for await (const part of child.stdout as AsyncIterable<Buffer>) {
      text += part.toString()
      if (text.split('\n').length > 3) break
    }
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as PracticeDevice & { readonly user: string })
    expect(lines.map((each) => [each.name, each.tls, each.personality])).toEqual(
      ['FIN-0231', 'FIN-0232', 'FIN-0233'].map((name) => [name, false, 'healthy'])
    )
    const [, second] = lines
    if (second === undefined) throw new Error('no second line')
    const talk = client({ ...second, username: second.user })
    expect((await talk.ask(ask.get(general))).status).toBe(200)
    child.kill('SIGTERM')
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0)
    talk.close()
  })

  it.runIf(stripsTypes)('starts the generation and the faults it is told to', async () => {
    const args = ['--devices', '1', '--json', '--generation', '16.1', '--fault', 'garbage', '--fault', 'lock-out=2']
    const child = spawn(process.execPath, [main, ...args])
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    const told = JSON.parse(line.toString()) as PracticeDevice & { readonly user: string }
    const device = { ...told, username: told.user }
    expect([device.amtVersion, device.tls]).toEqual(['16.1.25.2124', true])
    expect((await client(device).ask(ask.get(general))).body).toContain('<<<')
    child.kill('SIGTERM')
    await once(child, 'exit')
  })

  it.runIf(stripsTypes)('refuses what makes no sense', () => {
    for (const args of [
      ['--devices', '0'],
      ['--devices', 'many'],
      ['--personality', 'grumpy'],
      ['--generation', '5'],
      ['--fault', 'nothing'],
      ['--hello', 'nowhere']
    ])
      expect(spawnSync(process.execPath, [main, ...args]).status).not.toBe(0)
  })
})

/** Runs a program with `input` on its stdin, so that no password is in its arguments; gives its output. */
async function run(command: string, args: readonly string[], input: string): Promise<string> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(input)
  const parts: Buffer[] = []
  for await (const part of child.stdout as AsyncIterable<Buffer>) parts.push(part)
  return Buffer.concat(parts).toString()
}

describe('other clients', () => {
  const curlIsHere = spawnSync('curl', ['--version']).status === 0
  if (!curlIsHere) console.info('curl is not on this machine: the simulator is not tried with it.')

  it.runIf(curlIsHere)('curl --digest reads the general settings of a plain and a TLS device', async () => {
    const { fleet } = await start([practiceComputer(0), practiceComputer(10)])
    for (const device of fleet.devices) {
      const url = `${device.tls ? 'https' : 'http'}://${device.host}:${device.port}/wsman`
      const config = `user = "${device.username}:${device.password}"`
      const output = await run('curl', ['-sk', '--digest', '-K', '-', '--data-binary', ask.get(general), url], config)
      expect(textOf(output, 'DigestRealm')).toBe(device.state().digestRealm)
    }
  })
})
