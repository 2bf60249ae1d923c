// The fleet as a whole, and the program behind `npm run simulate`.
import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { PracticeDevice } from '../../electron/simulator/fleet.ts'
import { practiceComputer } from '../../electron/simulator/practice.ts'
import { ask } from '../unit/simulator/ask.ts'
import { client, closeFleets, general, one, start } from './simulatorTalk.ts'

afterEach(closeFleets)

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
