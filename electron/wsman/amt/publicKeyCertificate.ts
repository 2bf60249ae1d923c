// AMT_PublicKeyCertificate: a certificate in the firmware’s small store.
import { defineClass } from '../class.ts'
import { boolean, bytes, optional, required, string } from '../schema.ts'

/** A certificate in use cannot be deleted. */
export const publicKeyCertificate = defineClass('AMT_PublicKeyCertificate', {
  properties: {
    ElementName: optional(string),
    /** `Intel(r) AMT Certificate: Handle: n`. */
    InstanceID: required(string),
    Issuer: optional(string),
    /** True for what came with the firmware, which cannot be deleted. */
    ReadOnlyCertificate: optional(boolean),
    Subject: optional(string),
    /** Spelt as Intel spells it. */
    TrustedRootCertficate: optional(boolean),
    /** DER. */
    X509Certificate: optional(bytes)
  },
  allows: ['put', 'delete']
})
