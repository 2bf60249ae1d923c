// CIM_WiFiEndpointCapabilities: which ciphers and log-ins Wi-Fi knows.
import { defineClass } from '../class.ts'
import { integer, list, optional, string } from '../schema.ts'

export const wiFiEndpointCapabilities = defineClass('CIM_WiFiEndpointCapabilities', {
  properties: {
    ElementName: optional(string),
    InstanceID: optional(string),
    SupportedAuthenticationMethods: list(integer),
    SupportedEncryptionMethods: list(integer)
  }
})
