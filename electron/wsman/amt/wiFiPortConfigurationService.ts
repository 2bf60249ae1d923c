// AMT_WiFiPortConfigurationService: Wi-Fi profiles of the firmware.
import { ieee8021xSettings } from '../cim/ieee8021xSettings.ts'
import { inherited } from '../cim/inherited.ts'
import { wiFiEndpointSettings } from '../cim/wiFiEndpointSettings.ts'
import { defineClass } from '../class.ts'
import { boolean, embedded, integer, optional, reference, required, string } from '../schema.ts'

export const wiFiPortConfigurationService = defineClass('AMT_WiFiPortConfigurationService', {
  properties: {
    ...inherited.service,
    HealthState: optional(integer),
    LastConnectedSsidUnderMeControl: optional(string),
    NoHostCsmeSoftwarePolicy: optional(integer),
    UEFIWiFiProfileShareEnabled: optional(boolean),
    /** 0 off, 1 the user’s profiles, 3 any. */
    localProfileSynchronizationEnabled: optional(integer)
  },
  allows: ['put'],
  methods: {
    AddWiFiSettings: {
      input: {
        /** `WiFi Endpoint 0`. */
        WiFiEndpoint: required(reference),
        WiFiEndpointSettingsInput: required(
          embedded(wiFiEndpointSettings.resource, wiFiEndpointSettings.table.properties)
        ),
        IEEE8021xSettingsInput: optional(embedded(ieee8021xSettings.resource, ieee8021xSettings.table.properties)),
        ClientCredential: optional(reference),
        CACredential: optional(reference)
      },
      output: { WiFiEndpointSettings: optional(reference), IEEE8021xSettings: optional(reference) }
    },
    UpdateWiFiSettings: {
      input: {
        WiFiEndpointSettings: required(reference),
        WiFiEndpointSettingsInput: required(
          embedded(wiFiEndpointSettings.resource, wiFiEndpointSettings.table.properties)
        ),
        IEEE8021xSettingsInput: optional(embedded(ieee8021xSettings.resource, ieee8021xSettings.table.properties)),
        ClientCredential: optional(reference),
        CACredential: optional(reference)
      },
      output: { IEEE8021xSettings: optional(reference) }
    },
    DeleteAllITProfiles: {},
    DeleteAllUserProfiles: {}
  }
})
