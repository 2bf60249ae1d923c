// AMT_TLSCredentialContext: which certificate the TLS ports show.
import { inherited } from '../cim/inherited.ts'
import { defineClass } from '../class.ts'

/** A second Create is answered with `already-exists`: then Put. Both count from the next commit on. */
export const tlsCredentialContext = defineClass('AMT_TLSCredentialContext', {
  properties: { ...inherited.credentialContext },
  allows: ['create', 'put', 'delete']
})
