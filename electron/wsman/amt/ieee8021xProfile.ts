// AMT_8021XProfile: 802.1X on the wired port, before IPS_IEEE8021xSettings took its place.
import { defineClass } from '../class.ts'
import { boolean, bytes, integer, optional, reference, required, string } from '../schema.ts'

export const ieee8021xProfile = defineClass('AMT_8021XProfile', {
  properties: {
    ActiveInS0: optional(boolean),
    AuthenticationProtocol: optional(integer),
    ClientCertificate: optional(reference),
    Domain: optional(string),
    ElementName: optional(string),
    Enabled: optional(boolean),
    InstanceID: required(string),
    PACPassword: optional(string),
    Password: optional(string),
    ProtectedAccessCredential: optional(bytes),
    /** Seconds. */
    PxeTimeout: optional(integer),
    RoamingIdentity: optional(string),
    ServerCertificateIssuer: optional(reference),
    ServerCertificateName: optional(string),
    ServerCertificateNameComparison: optional(integer),
    Username: optional(string)
  },
  allows: ['put']
})
