// IPS_SecIOService: how the consent code is shown.
import { defineClass } from '../class.ts'
import { boolean, integer, optional, string } from '../schema.ts'

export const secIOService = defineClass('IPS_SecIOService', {
  properties: {
    CreationClassName: optional(string),
    DefaultScreen: optional(integer),
    EnabledState: optional(integer),
    Name: optional(string),
    RequestedLanguage: optional(integer),
    Started: optional(boolean),
    Status: optional(string),
    SystemCreationClassName: optional(string),
    SystemName: optional(string),
    language: optional(integer),
    zoom: optional(integer)
  },
  allows: ['put']
})
