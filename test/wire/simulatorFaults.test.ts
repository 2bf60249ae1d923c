import { request as httpRequest } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { ask, textOf } from '../unit/simulator/ask.ts'
import { client, closeFleets, general, one, rawExchange } from './simulatorTalk.ts'

afterEach(closeFleets)

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
    await closeFleets()
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
