// What an old manager leaves behind in a device, written there as it would have been: over the wire.
import { createPrivateKey } from 'node:crypto'
import { authorizationService } from '../electron/wsman/amt/authorizationService.ts'
import { environmentDetectionSettingData } from '../electron/wsman/amt/environmentDetectionSettingData.ts'
import { ieee8021xCredentialContext } from '../electron/wsman/amt/ieee8021xCredentialContext.ts'
import { ieee8021xProfile } from '../electron/wsman/amt/ieee8021xProfile.ts'
import { publicKeyManagementService } from '../electron/wsman/amt/publicKeyManagementService.ts'
import { remoteAccessService } from '../electron/wsman/amt/remoteAccessService.ts'
import { wiFiPortConfigurationService } from '../electron/wsman/amt/wiFiPortConfigurationService.ts'
import { type Device, openDevice } from '../electron/wsman/client.ts'
import { resourceUri } from '../electron/wsman/envelope.ts'
import { httpProxyService } from '../electron/wsman/ips/httpProxyService.ts'
import { ieee8021xSettings as wiredSettings } from '../electron/wsman/ips/ieee8021xSettings.ts'
import type { Reference } from '../electron/wsman/schema.ts'
import { value } from './bench.ts'
import { madeCertificate, madeKey } from './unit/simulator/keys.ts'

/** A device, as far as one needs to know it to log in. */
export interface Reachable {
  readonly host: string
  readonly port: number
  readonly tls: boolean
  readonly password: string
}

const opened = ({ host, port, tls, password }: Reachable): Device =>
  openDevice({ endpoint: { host, port, tls }, credentials: { username: 'admin', password } })

/** Roots (base64 DER) that nothing uses. */
export async function addRoots(reachable: Reachable, roots: readonly string[]): Promise<void> {
  const device = opened(reachable)
  for (const root of roots) {
    const CertificateBlob = new Uint8Array(Buffer.from(root, 'base64'))
    value(await publicKeyManagementService.addTrustedRootCertificate(device, { CertificateBlob }))
  }
  device.close()
}

/** Made once: a key as the old manager had it, and a certificate over it. PKCS #1 and DER. */
const client = madeKey().then(async (key) => ({
  key: new Uint8Array(createPrivateKey(key).export({ type: 'pkcs1', format: 'der' })),
  certificate: new Uint8Array(Buffer.from((await madeCertificate('old 802.1X', key)).der, 'base64'))
}))

/** 802.1X by certificate (EAP-TLS), on the cable and in Wi-Fi; what says which certificates it uses stays when it goes. */
async function joinNetworks(device: Device, root: Reference): Promise<void> {
  const { key, certificate } = await client
  value(await publicKeyManagementService.addKey(device, { KeyBlob: key }))
  const added = value(await publicKeyManagementService.addCertificate(device, { CertificateBlob: certificate }))
  const own = added.CreatedCertificate
  const settings = { AuthenticationProtocol: 0, Username: 'old', RoamingIdentity: 'old' }
  const newer = await wiredSettings.get(device)
  if (newer.ok) {
    value(await wiredSettings.put(device, newer.value, { ...settings, Enabled: 2 }))
    value(await wiredSettings.setCertificates(device, { ServerCertificateIssuer: root, ClientCertificate: own }))
  } else {
    const older = value(await ieee8021xProfile.get(device))
    const certificates = { ServerCertificateIssuer: root, ClientCertificate: own }
    value(await ieee8021xProfile.put(device, older, { ...settings, ...certificates, Enabled: true }))
    const selectors = { InstanceID: older.values.InstanceID }
    const ElementProvidingContext = { resource: ieee8021xProfile.resource, selectors }
    for (const ElementInContext of [root, own])
      value(await ieee8021xCredentialContext.create(device, { ElementInContext, ElementProvidingContext }))
  }
  const office = { InstanceID: 'o', ElementName: 'o', SSID: 'old office', AuthenticationMethod: 7, EncryptionMethod: 4 }
  value(
    await wiFiPortConfigurationService.addWiFiSettings(device, {
      WiFiEndpoint: { resource: resourceUri('CIM_WiFiEndpoint'), selectors: { Name: 'WiFi Endpoint 0' } },
      WiFiEndpointSettingsInput: { ...office, Priority: 2 },
      IEEE8021xSettingsInput: { ...settings, ElementName: 'o', InstanceID: 'old 802.1X' },
      CACredential: root,
      ClientCredential: own
    })
  )
}

/**
 * Users, remote access, Wi-Fi, 802.1X by certificate, environment detection, a root (base64 DER), a bare key; proxies where
 * the firmware knows them.
 */
export async function leaveBehind(reachable: Reachable, root: string, proxies = false): Promise<void> {
  const device = opened(reachable)
  const hash = new Uint8Array(16).fill(7)
  const user = { AccessPermission: 2, Realms: [2, 5] }
  value(
    await authorizationService.addUserAclEntryEx(device, {
      ...user,
      DigestUsername: 'oldconsole',
      DigestPassword: hash
    })
  )
  const sid = new Uint8Array([1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 32, 2, 0, 0])
  value(await authorizationService.addUserAclEntryEx(device, { ...user, KerberosUserSid: sid }))
  const server = {
    AccessInfo: 'mps.old.example',
    InfoFormat: 201,
    Port: 4433,
    AuthMethod: 2,
    Username: 'u',
    Password: 'x'
  }
  const { MpServer } = value(await remoteAccessService.addMpServer(device, server))
  value(
    await remoteAccessService.addRemoteAccessPolicyRule(device, { Trigger: 0, TunnelLifeTime: 0, MpServer: [MpServer] })
  )
  const wifi = { InstanceID: 'w', ElementName: 'w', SSID: 'old site', AuthenticationMethod: 6, EncryptionMethod: 4 }
  value(
    await wiFiPortConfigurationService.addWiFiSettings(device, {
      WiFiEndpoint: { resource: resourceUri('CIM_WiFiEndpoint'), selectors: { Name: 'WiFi Endpoint 0' } },
      WiFiEndpointSettingsInput: { ...wifi, Priority: 1, PSKPassPhrase: 'old passphrase' }
    })
  )
  if (proxies) {
    const proxy = { AccessInfo: '192.0.2.3', InfoFormat: 3, Port: 8080, NetworkDnsSuffix: 'old.example' }
    value(await httpProxyService.addProxyAccessPoint(device, proxy))
  }
  const data = value(await environmentDetectionSettingData.get(device))
  value(await environmentDetectionSettingData.put(device, data, { DetectionStrings: ['old.example'] }))
  const trusted = value(
    await publicKeyManagementService.addTrustedRootCertificate(device, {
      CertificateBlob: new Uint8Array(Buffer.from(root, 'base64'))
    })
  )
  await joinNetworks(device, trusted.CreatedCertificate)
  value(await publicKeyManagementService.generateKeyPair(device, { KeyAlgorithm: 0, KeyLength: 2048 }))
  device.close()
}
