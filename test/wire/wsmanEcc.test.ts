// Devices over P-384: the client connects to them, and gives them another such certificate.
import { X509Certificate } from 'node:crypto'
import { afterEach, expect, it } from 'vitest'
import { systemClock } from '../../electron/clock.ts'
import { generalSettings } from '../../electron/wsman/amt/generalSettings.ts'
import { publicKeyManagementService as store } from '../../electron/wsman/amt/publicKeyManagementService.ts'
import { publicPrivateKeyPair } from '../../electron/wsman/amt/publicPrivateKeyPair.ts'
import { setupAndConfigurationService as setup } from '../../electron/wsman/amt/setupAndConfigurationService.ts'
import { tlsCredentialContext } from '../../electron/wsman/amt/tlsCredentialContext.ts'
import { type Device, openDevice } from '../../electron/wsman/client.ts'
import { followMove } from '../../electron/wsman/reach.ts'
import { madeCertificate, madeKey } from '../unit/simulator/keys.ts'
import { closeFleets, one } from './simulatorTalk.ts'

const open: Device[] = []
afterEach(async () => {
  for (const device of open.splice(0)) device.close()
  await closeFleets()
})

async function deviceOf(amtVersion: string) {
  const { device: practice } = await one('healthy', {}, amtVersion)
  const { host, port, username, password } = practice
  const device = openDevice({ endpoint: { host, port, tls: true }, credentials: { username, password } })
  open.push(device)
  return { practice, device }
}

function worked<T>(result: { ok: true; value: T } | { ok: false; problem: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}

const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'))

it.each(['21.0.0.1200', '22.0.0.1100'])('AMT %s is read over a certificate of P-384', async (amtVersion) => {
  const { practice, device } = await deviceOf(amtVersion)
  expect(worked(await generalSettings.get(device)).values.DigestRealm).toBe(practice.state().digestRealm)
  const { fingerprint, tls } = worked(await device.identify())
  const shown = new X509Certificate(practice.state().certificate?.certificate ?? '')
  expect(shown.publicKey.asymmetricKeyDetails?.namedCurve).toBe('secp384r1')
  expect([fingerprint, tls?.protocol]).toEqual([shown.fingerprint256.replaceAll(':', '').toLowerCase(), 'TLSv1.3'])
})

it('AMT 22 makes a P-384 key, takes the certificate over it, and is found again by it', async () => {
  const { practice, device } = await deviceOf('22.0.0.1100')
  const { KeyPair } = worked(await store.generateKeyPair(device, { KeyAlgorithm: 1, KeyLength: 384 }))
  expect(worked(await publicPrivateKeyPair.enumerate(device)).length).toBe(1)
  const own = practice.state().keys[0]?.privateKey ?? ''
  expect(KeyPair.selectors.InstanceID).toBe('Intel(r) AMT Key: Handle: 0')
  const { der, sha256 } = await madeCertificate(practice.fqdn, own)
  const added = worked(await store.addCertificate(device, { CertificateBlob: bytes(der) }))
  const [context] = worked(await tlsCredentialContext.enumerate(device))
  if (!context) throw new Error('no context')
  const ElementInContext = added.CreatedCertificate
  worked(await tlsCredentialContext.put(device, context, { ElementInContext }))
  const from = { ...device.endpoint, pin: worked(await device.identify()).fingerprint }
  worked(await setup.commitChanges(device))
  const moved = await followMove({ from, to: { ...from, pin: sha256 } }, { clock: systemClock, pause: 5 })
  expect(worked(moved).endpoint.pin).toBe(sha256)
})

it('AMT 22 says of RSA under its TLS what it wants instead', async () => {
  const { practice, device } = await deviceOf('22.0.0.1100')
  worked(await generalSettings.get(device))
  worked(await store.generateKeyPair(device, { KeyAlgorithm: 0, KeyLength: 2048 }))
  const { der } = await madeCertificate(practice.fqdn, practice.state().keys[0]?.privateKey ?? (await madeKey()))
  const added = worked(await store.addCertificate(device, { CertificateBlob: bytes(der) }))
  const [context] = worked(await tlsCredentialContext.enumerate(device))
  if (!context) throw new Error('no context')
  const put = await tlsCredentialContext.put(device, context, { ElementInContext: added.CreatedCertificate })
  expect(!put.ok && [put.problem.code, put.problem.meaning]).toEqual([
    'device-internal',
    expect.stringContaining('P-384')
  ])
})
