// What an old manager leaves behind in a device, written there as it would have been: over the wire.
import { authorizationService } from '../electron/wsman/amt/authorizationService.ts'
import { environmentDetectionSettingData } from '../electron/wsman/amt/environmentDetectionSettingData.ts'
import { publicKeyManagementService } from '../electron/wsman/amt/publicKeyManagementService.ts'
import { remoteAccessService } from '../electron/wsman/amt/remoteAccessService.ts'
import { wiFiPortConfigurationService } from '../electron/wsman/amt/wiFiPortConfigurationService.ts'
import { openDevice } from '../electron/wsman/client.ts'
import { resourceUri } from '../electron/wsman/envelope.ts'
import { httpProxyService } from '../electron/wsman/ips/httpProxyService.ts'
import { value } from './bench.ts'

/** A device, as far as one needs to know it to log in. */
export interface Reachable {
  readonly host: string
  readonly port: number
  readonly tls: boolean
  readonly password: string
}

/** Users, remote access, Wi-Fi, environment detection, a root (base64 DER), a bare key; proxies where the firmware knows them. */
export async function leaveBehind(
  { host, port, tls, password }: Reachable,
  root: string,
  proxies = false
): Promise<void> {
  const device = openDevice({ endpoint: { host, port, tls }, credentials: { username: 'admin', password } })
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
  value(
    await publicKeyManagementService.addTrustedRootCertificate(device, {
      CertificateBlob: new Uint8Array(Buffer.from(root, 'base64'))
    })
  )
  value(await publicKeyManagementService.generateKeyPair(device, { KeyAlgorithm: 0, KeyLength: 2048 }))
  device.close()
}
