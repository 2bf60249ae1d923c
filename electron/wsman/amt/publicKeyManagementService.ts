// AMT_PublicKeyManagementService: adds certificates and makes keys.
import { inherited } from '../cim/inherited.ts'
import { defineClass } from '../class.ts'
import { bytes, integer, list, optional, reference, required, string } from '../schema.ts'

export const publicKeyManagementService = defineClass('AMT_PublicKeyManagementService', {
  properties: { ...inherited.service, EnabledDefault: optional(integer) },
  methods: {
    /** Busy for minutes after a start: ask again every ten seconds. */
    GenerateKeyPair: {
      input: {
        /** 0 RSA, 1 ECC P-384 (AMT 21 and later). */
        KeyAlgorithm: required(integer),
        KeyLength: required(integer)
      },
      output: { KeyPair: required(reference) }
    },
    AddCertificate: {
      input: {
        /** DER. */
        CertificateBlob: required(bytes)
      },
      output: { CreatedCertificate: required(reference) }
    },
    /** Refused while mutual authentication is on. */
    AddTrustedRootCertificate: {
      input: { CertificateBlob: required(bytes) },
      output: { CreatedCertificate: required(reference) }
    },
    AddKey: {
      input: {
        /** PKCS#1 private key, DER. */
        KeyBlob: required(bytes)
      },
      output: { CreatedKey: required(reference) }
    },
    GeneratePKCS10Request: {
      input: { KeyPair: required(reference), DNName: required(string), Usage: required(integer) },
      output: { CertificateRequest: required(bytes) }
    },
    /** AMT 6.2 and later. */
    GeneratePKCS10RequestEx: {
      input: {
        KeyPair: required(reference),
        /** 0 SHA-1, 1 SHA-256, 2 SHA-384 (AMT 21 and later). */
        SigningAlgorithm: required(integer),
        NullSignedCertificateRequest: required(bytes)
      },
      output: { SignedCertificateRequest: required(bytes) }
    },
    AddCRL: { input: { Url: required(string), SerialNumbers: list(bytes) } },
    ResetCRLList: {}
  }
})
