// CIM_CredentialContext: which credential belongs to what.
import { defineClass } from '../class.ts'
import { inherited } from './inherited.ts'

export const credentialContext = defineClass('CIM_CredentialContext', {
  properties: { ...inherited.credentialContext }
})
