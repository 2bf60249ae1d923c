// IPS_8021xCredentialContext: which certificates wired 802.1X uses.
import { inherited } from '../cim/inherited.ts'
import { defineClass } from '../class.ts'

export const ieee8021xCredentialContext = defineClass('IPS_8021xCredentialContext', {
  properties: { ...inherited.credentialContext }
})
