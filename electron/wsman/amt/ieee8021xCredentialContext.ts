// AMT_8021xCredentialContext: which certificates an 802.1X profile uses.
import { inherited } from '../cim/inherited.ts'
import { defineClass } from '../class.ts'

export const ieee8021xCredentialContext = defineClass('AMT_8021xCredentialContext', {
  properties: { ...inherited.credentialContext },
  allows: ['create', 'delete']
})
