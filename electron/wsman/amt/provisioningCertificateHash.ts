// AMT_ProvisioningCertificateHash: the hash of a root that a setup server's certificate may come from (remote configuration).
import { defineClass } from '../class.ts'
import { boolean, bytes, integer, optional, required, string } from '../schema.ts'

/** Those of the factory can be turned off and not deleted. */
export const provisioningCertificateHash = defineClass('AMT_ProvisioningCertificateHash', {
  properties: {
    /** What the root is called. */
    Description: optional(string),
    ElementName: optional(string),
    Enabled: optional(boolean),
    HashData: optional(bytes),
    /** Which hash; the numbers are not relied upon. */
    HashType: optional(integer),
    InstanceID: required(string),
    /** True for those of the factory. */
    IsDefault: optional(boolean)
  },
  allows: ['put', 'delete']
})
