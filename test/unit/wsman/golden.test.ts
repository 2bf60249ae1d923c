// Whole requests of classes with references and instances inside, against bytes written by hand.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { alarmClockService } from '../../../electron/wsman/amt/alarmClockService.ts'
import { remoteAccessService } from '../../../electron/wsman/amt/remoteAccessService.ts'
import { systemPowerScheme } from '../../../electron/wsman/amt/systemPowerScheme.ts'
import { tlsCredentialContext } from '../../../electron/wsman/amt/tlsCredentialContext.ts'
import { wiFiPortConfigurationService } from '../../../electron/wsman/amt/wiFiPortConfigurationService.ts'
import type { Device } from '../../../electron/wsman/client.ts'
import { resourceUri } from '../../../electron/wsman/envelope.ts'
import { writingDevice } from './sent.ts'

const golden = (name: string) => readFileSync(new URL(`./golden/${name}.xml`, import.meta.url), 'utf8').trimEnd()

const context = {
  ElementInContext: {
    resource: resourceUri('AMT_PublicKeyCertificate'),
    selectors: { InstanceID: 'Intel(r) AMT Certificate: Handle: 1' }
  },
  ElementProvidingContext: {
    resource: resourceUri('AMT_TLSProtocolEndpointCollection'),
    selectors: { ElementName: 'TLSProtocolEndpointInstances Collection' }
  }
}

const requests: Readonly<Record<string, (device: Device) => Promise<unknown>>> = {
  'create-context': (device) => tlsCredentialContext.create(device, context),
  'delete-context': (device) => tlsCredentialContext.delete(device, context),
  'add-wifi': (device) =>
    wiFiPortConfigurationService.addWiFiSettings(device, {
      WiFiEndpoint: { resource: resourceUri('CIM_WiFiEndpoint'), selectors: { Name: 'WiFi Endpoint 0' } },
      WiFiEndpointSettingsInput: {
        ElementName: 'Büro',
        InstanceID: 'Intel(r) AMT:WiFi Endpoint Settings Büro',
        AuthenticationMethod: 6,
        EncryptionMethod: 4,
        SSID: 'Büro & Lager',
        Priority: 1,
        PSKPassPhrase: 'a<b>]]>c&d"e'
      }
    }),
  'add-policy-rule': (device) =>
    remoteAccessService.addRemoteAccessPolicyRule(device, {
      Trigger: 2,
      TunnelLifeTime: 0,
      ExtendedData: new Uint8Array([0, 0, 0, 0, 0, 0, 0, 25]),
      MpServer: [
        {
          resource: resourceUri('AMT_ManagementPresenceRemoteSAP'),
          selectors: { Name: 'Intel(r) AMT:Management Presence Server 0' }
        }
      ]
    }),
  'set-power-scheme': (device) => systemPowerScheme.setPowerScheme(device, {}, { InstanceID: 'SCHEME 1' }),
  'add-alarm': (device) =>
    alarmClockService.addAlarm(device, {
      AlarmTemplate: {
        InstanceID: 'night',
        StartTime: Date.UTC(2026, 0, 31, 12),
        Interval: (24 + 2) * 60 + 3,
        DeleteOnCompletion: false
      }
    })
}

it.each(Object.entries(requests))('%s is the golden request', async (name, call) => {
  const { device, sent } = writingDevice()
  await call(device)
  expect(sent).toEqual([golden(name)])
})
