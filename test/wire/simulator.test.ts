// Practice devices over real sockets: bytes as recorded, log-in, TLS, personalities, other people’s clients.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { request as httpsRequest } from 'node:https'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { PracticeDevice } from '../../electron/simulator/fleet.ts'
import { practiceComputer } from '../../electron/simulator/practice.ts'
import { ask, textOf } from '../unit/simulator/ask.ts'
import { haveRecordings, recording, recordings } from '../unit/wsman/recordings.ts'
import { client, closeFleets, general, one, rawExchange, rawPost, setup, start } from './simulatorTalk.ts'

afterEach(closeFleets)

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

  it('answer every request of a connection, also one that comes before the answer before is out', async () => {
    const { device } = await one('healthy', { latencyMs: 20 })
    const { send, learn, authorization } = client(device)
    learn(await send(''))
    const question = () => rawPost(ask.get(general), `Authorization: ${authorization()}\r\n`)
    const socket = connect(device.port, device.host, () => socket.write(question() + question() + question()))
    let got = ''
    await new Promise<void>((resolve, reject) => {
      socket.on('error', reject)
      socket.on('data', (part) => {
        got += part.toString('latin1')
        if (got.split('HTTP/1.1 200').length === 4) resolve()
      })
    })
    socket.destroy()
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
  it.runIf(curlIsHere)('curl --digest finds its way through all that a device may offer', async () => {
    const { device } = await one('healthy', { qop: 'auth,auth-int', kerberos: 'also' })
    const url = `http://${device.host}:${device.port}/wsman`
    const config = `user = "${device.username}:${device.password}"`
    const output = await run('curl', ['-s', '--digest', '-K', '-', '--data-binary', ask.get(general), url], config)
    expect(textOf(output, 'DigestRealm')).toBe(device.state().digestRealm)
  })
})
