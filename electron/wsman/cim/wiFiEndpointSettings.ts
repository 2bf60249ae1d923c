// CIM_WiFiEndpointSettings: a Wi-Fi profile.
import { defineClass } from '../class.ts'
import { bytes, integer, list, optional, required, string } from '../schema.ts'

export const wiFiEndpointSettings = defineClass('CIM_WiFiEndpointSettings', {
  properties: {
    ElementName: optional(string),
    InstanceID: required(string),
    /** 4 WPA-PSK, 5 WPA-802.1X, 6 WPA2-PSK, 7 WPA2-802.1X, 32768 WPA3-SAE, 32769 WPA3-OWE. */
    AuthenticationMethod: optional(integer),
    BSSType: optional(integer),
    /** 3 TKIP, 4 CCMP. */
    EncryptionMethod: optional(integer),
    SSID: optional(string),
    /** Different for every profile. */
    Priority: optional(integer),
    KeyIndex: optional(integer),
    Keys: list(string),
    /** 8 to 63 characters, in clear; never given back. */
    PSKPassPhrase: optional(string),
    PSKValue: optional(bytes)
  },
  allows: ['put', 'delete']
})
