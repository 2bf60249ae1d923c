// What a device may ask for at log-in: Digest over the body as well, and Kerberos beside Digest or alone.
import { afterEach, describe, expect, it } from 'vitest'
import type { Faults } from '../../electron/simulator/faults.ts'
import type { PracticeDevice } from '../../electron/simulator/fleet.ts'
import { generalSettings } from '../../electron/wsman/amt/generalSettings.ts'
import { type Device, openDevice } from '../../electron/wsman/client.ts'
import { ask } from '../unit/simulator/ask.ts'
import { client, closeFleets, general, one } from './simulatorTalk.ts'
import { challenge, startPeer } from './wsmanPeer.ts'

const open: Device[] = []
afterEach(async () => {
  for (const device of open.splice(0)) device.close()
  await closeFleets()
})

function talkTo({ host, port, username, password }: PracticeDevice, given = password) {
  const tries = { count: 0 }
  const device = openDevice({
    endpoint: { host, port, tls: false },
    credentials: { username, password: given },
    onTry: () => {
      tries.count += 1
    }
  })
  open.push(device)
  return { device, tries }
}

const offers: readonly [string, Partial<Faults>][] = [
  ['auth-int beside auth', { qop: 'auth,auth-int' }],
  ['auth-int alone', { qop: 'auth-int' }],
  ['Negotiate beside Digest', { kerberos: 'also' }],
  ['Negotiate and auth-int', { kerberos: 'also', qop: 'auth-int' }]
]

describe('a device that offers', () => {
  it.each(offers)('%s is logged in to with one try, and goes on by its nonce', async (_, faults) => {
    const { device: practice } = await one('healthy', faults)
    const { device, tries } = talkTo(practice)
    const before = await generalSettings.get(device)
    if (!before.ok) throw new Error(before.problem.detail)
    const after = await generalSettings.put(device, before.value, { HostName: 'fin-0231' })
    expect(after.ok && after.value.values.HostName).toBe('fin-0231')
    expect((await generalSettings.get(device)).ok).toBe(true)
    expect([tries.count, practice.state().failedLogins]).toEqual([1, 0])
  })

  it.each(offers)('%s refuses a wrong password, and one try is all it costs', async (_, faults) => {
    const { device: practice } = await one('healthy', faults)
    const result = await generalSettings.get(talkTo(practice, 'Wrong-1-Pass').device)
    expect(!result.ok && result.problem.code).toBe('login-refused')
    expect(practice.state().failedLogins).toBe(1)
  })

  it('Negotiate alone is told apart, without a try of the password', async () => {
    const { device: practice } = await one('healthy', { kerberos: 'only' })
    const { device, tries } = talkTo(practice)
    const result = await generalSettings.get(device)
    expect(!result.ok && result.problem.code).toBe('kerberos-only')
    expect([tries.count, practice.state().failedLogins]).toEqual([0, 0])
    const identity = await device.identify()
    expect(identity.ok && [identity.value.realm, identity.value.amtVersion]).toEqual([undefined, practice.amtVersion])
  })

  it('Negotiate alone and is no AMT stays just that', async () => {
    const other = challenge(0, false, 'Other/1.0').replace(/Digest [^\r]*/, 'Negotiate')
    const peer = await startPeer((_seen, _at, socket) => void socket.end(other))
    const device = openDevice({ endpoint: { host: '127.0.0.1', port: peer.port, tls: false } })
    open.push(device)
    const result = await generalSettings.get(device)
    expect(!result.ok && result.problem.code).toBe('not-amt')
    await peer.close()
  })
})

describe('the practice device', () => {
  it('takes an answer without the body only where it offered that', async () => {
    const { device } = await one('healthy', { qop: 'auth-int' })
    const talk = client(device)
    expect((await talk.ask(ask.get(general))).status).toBe(401)
    device.setFaults({ qop: 'auth,auth-int' })
    expect((await talk.ask(ask.get(general))).status).toBe(200)
    talk.close()
  })
})
