// AMT_Hdr8021Filter: a filter by VLAN and priority.
import { defineClass } from '../class.ts'
import { boolean, integer, optional, string } from '../schema.ts'

export const hdr8021Filter = defineClass('AMT_Hdr8021Filter', {
  properties: {
    CreationClassName: optional(string),
    ElementName: optional(string),
    FilterDirection: optional(integer),
    FilterEnabled: optional(boolean),
    Name: optional(string),
    SystemCreationClassName: optional(string),
    SystemName: optional(string),
    VLANID: optional(integer),
    VLANPriority: optional(integer)
  }
})
