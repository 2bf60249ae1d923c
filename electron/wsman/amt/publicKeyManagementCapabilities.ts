// AMT_PublicKeyManagementCapabilities: how much of some things the certificate store takes.
import { defineClass } from '../class.ts'
import { integer, list, optional } from '../schema.ts'

/** Of certificates without trust and of key pairs it says nothing (Intel's class file of the AMT SDK, version 3.0.0). */
export const publicKeyManagementCapabilities = defineClass('AMT_PublicKeyManagementCapabilities', {
  properties: {
    /** Bytes. */
    CertChainMaxSize: optional(integer),
    CommonNameMaxCount: optional(integer),
    CommonNameMaxSize: optional(integer),
    MaximumCRLSize: optional(integer),
    RootCertMaxCount: optional(integer),
    /** Bytes. */
    RootCertMaxSize: optional(integer),
    /** Bits of an RSA key. */
    SupportedKeyLengths: list(integer)
  }
})
