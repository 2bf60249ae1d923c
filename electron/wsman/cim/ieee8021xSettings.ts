// CIM_IEEE8021xSettings: 802.1X as an argument for a Wi-Fi profile.
import { defineClass } from '../class.ts'
import { bytes, integer, optional, required, string } from '../schema.ts'

export const ieee8021xSettings = defineClass('CIM_IEEE8021xSettings', {
  properties: {
    ElementName: optional(string),
    InstanceID: required(string),
    AuthenticationProtocol: optional(integer),
    RoamingIdentity: optional(string),
    ServerCertificateName: optional(string),
    ServerCertificateNameComparison: optional(integer),
    Username: optional(string),
    Password: optional(string),
    Domain: optional(string),
    ProtectedAccessCredential: optional(bytes),
    PACPassword: optional(string),
    PSK: optional(bytes)
  },
  allows: ['put', 'delete']
})
