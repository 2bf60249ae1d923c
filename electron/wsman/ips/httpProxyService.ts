// IPS_HTTPProxyService: adds proxies on the way to the management presence server.
import { inherited } from '../cim/inherited.ts'
import { defineClass } from '../class.ts'
import { boolean, integer, optional, reference, required, string } from '../schema.ts'

export const httpProxyService = defineClass('IPS_HTTPProxyService', {
  properties: { ...inherited.service, SyncEnabled: optional(boolean) },
  allows: ['put'],
  methods: {
    AddProxyAccessPoint: {
      input: {
        AccessInfo: required(string),
        /** 3 IPv4, 4 IPv6, 201 FQDN. */
        InfoFormat: required(integer),
        Port: required(integer),
        NetworkDnsSuffix: required(string)
      },
      output: { ProxyAccessPoint: required(reference) }
    }
  }
})
