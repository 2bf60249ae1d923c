// IPS_IEEE8021xSettings: 802.1X on the wired port.
import { inherited } from '../cim/inherited.ts'
import { defineClass } from '../class.ts'
import { boolean, bytes, integer, optional, reference, string } from '../schema.ts'

export const ieee8021xSettings = defineClass('IPS_IEEE8021xSettings', {
  properties: {
    ...inherited.settingData,
    AuthenticationProtocol: optional(integer),
    AvailableInS0: optional(boolean),
    Domain: optional(string),
    /** 2 on, 3 off, 6 on without certificates. */
    Enabled: optional(integer),
    PACPassword: optional(string),
    Password: optional(string),
    ProtectedAccessCredential: optional(bytes),
    PSK: optional(bytes),
    /** Seconds. */
    PxeTimeout: optional(integer),
    RoamingIdentity: optional(string),
    ServerCertificateName: optional(string),
    ServerCertificateNameComparison: optional(integer),
    Username: optional(string)
  },
  allows: ['put'],
  methods: {
    SetCertificates: {
      input: { ServerCertificateIssuer: optional(reference), ClientCertificate: optional(reference) }
    }
  }
})
