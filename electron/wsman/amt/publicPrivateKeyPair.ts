// AMT_PublicPrivateKeyPair: a key pair made by or added to the firmware; only the public half can be read.
import { defineClass } from '../class.ts'
import { bytes, optional, required, string } from '../schema.ts'

export const publicPrivateKeyPair = defineClass('AMT_PublicPrivateKeyPair', {
  properties: {
    /** RSA public key in PKCS#1, DER. */
    DERKey: optional(bytes),
    ElementName: optional(string),
    /** `Intel(r) AMT Key: Handle: n`. */
    InstanceID: required(string)
  },
  allows: ['delete']
})
