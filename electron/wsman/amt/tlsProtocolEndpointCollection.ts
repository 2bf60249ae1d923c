// AMT_TLSProtocolEndpointCollection: all TLS ports together, as credential contexts name them.
import { defineClass } from '../class.ts'
import { optional, string } from '../schema.ts'

export const tlsProtocolEndpointCollection = defineClass('AMT_TLSProtocolEndpointCollection', {
  properties: {
    /** Reported with a blank after TLSProtocolEndpoint; clients send it without, and AMT takes both. */
    ElementName: optional(string)
  }
})
