// CIM_Account: an account as CIM sees it.
import { defineClass } from '../class.ts'
import { integer, list, optional, string } from '../schema.ts'
import { requestStateChange } from './inherited.ts'

export const account = defineClass('CIM_Account', {
  properties: {
    CreationClassName: optional(string),
    ElementName: optional(string),
    EnabledState: optional(integer),
    Name: optional(string),
    OrganizationName: list(string),
    RequestedState: optional(integer),
    SystemCreationClassName: optional(string),
    SystemName: optional(string),
    UserID: optional(string),
    /** 32 hexadecimal digits of the digest, unlike SetAdminAclEntryEx. */
    UserPassword: list(string)
  },
  allows: ['put', 'delete'],
  methods: {
    RequestStateChange: requestStateChange
  }
})
