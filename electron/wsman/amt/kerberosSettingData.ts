// AMT_KerberosSettingData: log-in with domain accounts; the clock must be right first.
import { defineClass } from '../class.ts'
import { boolean, bytes, integer, list, optional, required, string } from '../schema.ts'

export const kerberosSettingData = defineClass('AMT_KerberosSettingData', {
  properties: {
    ElementName: optional(string),
    EncryptionAlgorithm: optional(integer),
    /** `Intel (r) AMT: Kerberos Settings`, blank before (r) included. */
    InstanceID: required(string),
    IterationCount: optional(integer),
    KeyVersion: optional(integer),
    KrbEnabled: optional(boolean),
    /** 16 bytes, RC4; deprecated since AMT 8. Never given back. */
    MasterKey: optional(bytes),
    /** Minutes; 5 at most. */
    MaximumClockTolerance: optional(integer),
    Passphrase: optional(string),
    RealmName: optional(string),
    Salt: optional(string),
    ServicePrincipalName: list(string),
    ServicePrincipalProtocol: list(integer),
    /** 0 RC4-HMAC, 1 AES128, 2 AES256. */
    SupportedEncryptionAlgorithms: list(integer)
  },
  allows: ['put'],
  readOnly: ['SupportedEncryptionAlgorithms'],
  methods: {
    GetCredentialCacheState: { output: { Enabled: required(boolean) }, reads: true },
    SetCredentialCacheState: { input: { Enable: required(boolean) } }
  }
})
