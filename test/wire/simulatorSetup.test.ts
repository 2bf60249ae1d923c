// What needs sockets: hellos, log-in by provisioning chain or PSK, ports that change at a commit, TLS by generation.
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls'
import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../electron/clock.ts'
import { setupPki } from '../../electron/simulator/certificate.ts'
import { type AddedComputer, type Fleet, type PracticeDevice, startFleet } from '../../electron/simulator/fleet.ts'
import { generationNamed, generationNames } from '../../electron/simulator/generations.ts'
import { rootOf } from '../../electron/simulator/pki.ts'
import { practiceComputer } from '../../electron/simulator/practice.ts'
import { ask, envelope, textOf } from '../unit/simulator/ask.ts'
import { amt, digestPassword, reference } from '../unit/simulator/device.ts'
import { madeCertificate, madeKey } from '../unit/simulator/keys.ts'

const fleets: Fleet[] = []
afterEach(async () => {
  await Promise.all(fleets.splice(0).map((fleet) => fleet.close()))
})

type More = Partial<Parameters<typeof startFleet>[0]>
const random = (n: number) => randomBytes(n)

async function started(computer: Partial<AddedComputer>, more: More = {}): Promise<PracticeDevice> {
  const computers = [{ ...practiceComputer(0, 'healthy'), ...computer }]
  const fleet = await startFleet({ computers, clock: systemClock, random, ...more })
  fleets.push(fleet)
  const [device] = fleet.devices
  if (!device) throw new Error('the fleet is empty')
  return device
}

const pki = await setupPki('corp.practice.example', () => Date.now(), random)
const roots = [rootOf(Buffer.from(pki.root)) ?? '']
const remote = { by: 'remote', roots, dnsSuffix: 'corp.practice.example' } as const
const setup = 'AMT_SetupAndConfigurationService'
const management = 'AMT_PublicKeyManagementService'

/** Old TLS is refused by OpenSSL unless asked for by name. */
const anyTls: ConnectionOptions = { rejectUnauthorized: false, minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' }

/** One TLS connection; `post` sends a request without any log-in and gives the answer, chunks and all. */
async function talk(device: PracticeDevice, options: ConnectionOptions) {
  const socket: TLSSocket = connect({ host: device.host, port: device.port, ...anyTls, ...options })
  await once(socket, 'secureConnect')
  const post = (body: string): Promise<string> =>
    new Promise((resolve, reject) => {
      let text = ''
      const done = (): void => {
        socket.off('data', take)
        socket.off('close', gone)
        resolve(text.replace(/\r\n[0-9A-F]{4}\r\n/g, ''))
      }
      const gone = (): void => (text === '' ? reject(new Error('cut')) : done())
      const take = (part: Buffer): void => {
        text += part.toString()
        if (text.endsWith('0\r\n\r\n')) done()
      }
      socket.on('data', take)
      socket.on('close', gone)
      socket.on('error', () => undefined)
      socket.write(`POST /wsman HTTP/1.1\r\nHost: x\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
    })
  return { socket, post }
}

describe('setup over TLS-PKI', () => {
  it('needs no log-in but the chain, and ends with another certificate and a challenge', async () => {
    const device = await started({ amtVersion: '15.0.23.1706', setup: remote })
    const { post, socket } = await talk(device, { cert: pki.chain, key: pki.key })
    const value = async (source: string): Promise<string> => textOf(await post(source), 'ReturnValue') ?? ''
    const { digestRealm } = device.state()
    const admin = { Username: 'admin', DigestPassword: digestPassword('admin', digestRealm, 'Practice-1!') }
    expect(await value(ask.invoke(setup, 'SetMEBxPassword', { Password: 'Practice-1!' }))).toBe('0')
    expect(await value(ask.invoke('AMT_AuthorizationService', 'SetAdminAclEntryEx', admin))).toBe('0')
    expect(await value(ask.invoke(management, 'GenerateKeyPair', { KeyAlgorithm: '0', KeyLength: '2048' }))).toBe('0')
    const [key] = device.state().keys
    const { der, sha256 } = await madeCertificate(device.fqdn, key?.privateKey ?? '')
    expect(await value(ask.invoke(management, 'AddCertificate', { CertificateBlob: der }))).toBe('0')
    const context = 'AMT_TLSCredentialContext'
    const ends = [
      ['ElementInContext', 'AMT_PublicKeyCertificate', 'InstanceID', 'Intel(r) AMT Certificate: Handle: 1'],
      [
        'ElementProvidingContext',
        'AMT_TLSProtocolEndpointCollection',
        'ElementName',
        'TLSProtocolEndpointInstances Collection'
      ]
    ].map(([tag, name, selector = '', id = '']) => `<r:${tag}>${reference(amt + name, selector, id)}</r:${tag}>`)
    const body = `<r:${context} xmlns:r="${amt}${context}">${ends.join('')}</r:${context}>`
    expect(await post(envelope('http://schemas.xmlsoap.org/ws/2004/09/transfer/Create', context, body))).toContain(
      'ResourceCreated'
    )
    const id = 'Intel(r) AMT 802.3 TLS Settings'
    const settings = { AcceptNonSecureConnections: 'false', ElementName: id, Enabled: 'true', InstanceID: id }
    expect(await post(ask.put('AMT_TLSSettingData', { ...settings, MutualAuthentication: 'false' }))).toContain(
      '200 OK'
    )
    const cut = once(socket, 'close')
    expect(await value(ask.invoke(setup, 'CommitChanges'))).toBe('0')
    await cut
    const after = await talk(device, {})
    const shown = after.socket.getPeerCertificate().fingerprint256.replaceAll(':', '').toLowerCase()
    expect(shown).toBe(sha256)
    expect(await after.post(ask.get('AMT_GeneralSettings'))).toContain('401 Unauthorized')
    after.socket.destroy()
  })

  it.each([
    ['no certificate', {}, remote],
    ['a chain of another root', { cert: pki.chain, key: pki.key }, { ...remote, roots: [] }],
    ['a chain for another domain', { cert: pki.chain, key: pki.key }, { ...remote, dnsSuffix: 'other.example' }],
    ['a leaf without its root', { cert: pki.chain.slice(0, pki.chain.indexOf('-----END') + 25), key: pki.key }, remote]
  ])('lets nobody in with %s', async (_name, options, waiting) => {
    const device = await started({ amtVersion: '15.0.23.1706', setup: waiting })
    const got = await talk(device, options)
      .then(({ post }) => post(ask.get('AMT_GeneralSettings')))
      .catch(() => 'cut')
    expect(got).toBe('cut')
  })
})

describe('setup by PID and PPS', () => {
  const psk = { pid: 'ABCD1234', pps: 'ABCD1234ABCD1234ABCD1234ABCD1234' }
  const options = (pps: string): ConnectionOptions => ({
    ciphers: 'PSK-AES128-CBC-SHA:@SECLEVEL=0',
    maxVersion: 'TLSv1.1',
    pskCallback: () => ({ identity: psk.pid, psk: Buffer.from(pps) }),
    checkServerIdentity: () => undefined
  })

  it('lets in who knows both', async () => {
    const device = await started({ amtVersion: '9.1.45.3000', setup: { by: 'remote', psk } })
    const { post, socket } = await talk(device, options(psk.pps))
    expect(textOf(await post(ask.invoke(setup, 'GetUuid')), 'ReturnValue')).toBe('0')
    socket.destroy()
    await expect(talk(device, options('B'.repeat(32)))).rejects.toThrow()
  })
})

describe('hello', () => {
  it('arrives in one piece from the address of the device', async () => {
    const block = 2 + (process.pid % 200)
    const listener = createServer()
    listener.listen(0, '127.0.0.1')
    await once(listener, 'listening')
    const { port } = listener.address() as AddressInfo
    const heard = new Promise<{ from: string; frame: Buffer }>((resolve) => {
      listener.on('connection', (socket) => {
        const parts: Buffer[] = []
        socket.on('data', (part) => parts.push(part))
        const from = socket.remoteAddress ?? ''
        socket.on('close', () => resolve({ from, frame: Buffer.concat(parts) }))
      })
    })
    const hello = { host: '127.0.0.1', port }
    const device = await started({ amtVersion: '15.0.23.1706', setup: remote }, { hello, ownAddresses: block })
    const { from, frame } = await heard
    expect([from, device.host, device.port]).toEqual([`127.0.${block}.1`, from, 16993])
    expect(frame.subarray(8, 24).toString('hex')).toContain(device.uuid.slice(24))
    expect(frame.toString('hex')).toContain(roots[0])
    listener.close()
  })
})

describe('TLS by generation', () => {
  it.each(generationNames)(
    'AMT %s speaks its versions, static RSA among the suites unless its key is ECC',
    async (name) => {
      const generation = generationNamed(name)
      const device = await started({ ...practiceComputer(0, 'tls-only'), amtVersion: generation?.version ?? '' })
      const suite = generation?.ownKey === 'ecc' ? 'ECDHE-ECDSA-AES128-GCM-SHA256' : 'AES128-SHA'
      const { socket } = await talk(device, { ciphers: `${suite}:@SECLEVEL=0`, maxVersion: 'TLSv1.2' })
      expect(socket.getCipher().name).toBe(suite)
      socket.destroy()
      const best = await talk(device, {})
      expect(best.socket.getProtocol()).toBe(generation?.tls.max)
      best.socket.destroy()
    }
  )
})

describe('certificates', () => {
  it('another is shown after a reset made one', async () => {
    const device = await started({ ...practiceComputer(0, 'tls-only') })
    const first = await talk(device, {})
    const before = first.socket.getPeerCertificate().fingerprint256
    first.socket.destroy()
    await device.renewCertificate()
    const { socket } = await talk(device, {})
    expect(socket.getPeerCertificate().fingerprint256).not.toBe(before)
    socket.destroy()
  })
  it('of clients must lead to a trusted root and carry a trusted name, where the device asks for them', async () => {
    const computer = { ...practiceComputer(0, 'tls-only') }
    const first = await startFleet({ computers: [computer], clock: systemClock, random })
    fleets.push(first)
    const rootKey = await madeKey()
    const root = await madeCertificate('Console Root', rootKey)
    const key = await madeKey()
    const issuer = { name: 'Console Root', key: rootKey }
    const [mine, other] = await Promise.all(
      ['console.corp.example', 'console.other.example'].map((name) => madeCertificate(name, key, { issuer }))
    )
    const row = {
      InstanceID: 'Intel(r) AMT Certificate: Handle: 1',
      TrustedRootCertficate: 'true',
      X509Certificate: root.der
    }
    const [saved] = first.snapshot().devices
    const stored = { AMT_PublicKeyCertificate: [row] }
    const restore = { version: 1, devices: [{ ...saved, mutual: ['corp.example'], stored }] }
    const device = await started(computer, { restore })
    const status = (options: ConnectionOptions): Promise<string> =>
      talk(device, options)
        .then(({ post }) => post(ask.get('AMT_GeneralSettings')))
        .then((text) => text.slice(9, 12))
        .catch(() => 'cut')
    expect(await status({ cert: mine?.pem ?? '', key })).toBe('401')
    expect(await status({ cert: other?.pem ?? '', key })).toBe('cut')
    expect(await status({})).toBe('cut')
  })
})
