// IPS_HTTPProxyAccessPoint: a proxy on the way to the management presence server.
import { defineClass } from '../class.ts'
import { integer, optional, required, string } from '../schema.ts'

export const httpProxyAccessPoint = defineClass('IPS_HTTPProxyAccessPoint', {
  properties: {
    /** Address or name, as InfoFormat says. */
    AccessInfo: optional(string),
    CreationClassName: optional(string),
    ElementName: optional(string),
    InfoFormat: optional(integer),
    Name: required(string),
    NetworkDnsSuffix: optional(string),
    Port: optional(integer),
    Priority: optional(integer),
    SystemCreationClassName: optional(string),
    SystemName: optional(string)
  },
  allows: ['delete'],
  methods: {
    UpdatePriority: { input: { Priority: required(integer) } }
  }
})
