// AMT_ManagementPresenceRemoteSAP: a management presence server the firmware calls (CIRA).
import { defineClass } from '../class.ts'
import { integer, optional, required, string } from '../schema.ts'

export const managementPresenceRemoteSAP = defineClass('AMT_ManagementPresenceRemoteSAP', {
  properties: {
    /** Address or name, as InfoFormat says. */
    AccessInfo: optional(string),
    CN: optional(string),
    CreationClassName: optional(string),
    ElementName: optional(string),
    /** 3 IPv4, 4 IPv6, 201 FQDN. */
    InfoFormat: optional(integer),
    Name: required(string),
    Port: optional(integer),
    SystemCreationClassName: optional(string),
    SystemName: optional(string)
  },
  allows: ['delete']
})
