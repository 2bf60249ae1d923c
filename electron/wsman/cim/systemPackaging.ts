// CIM_SystemPackaging: which package the computer is in.
import { defineClass } from '../class.ts'
import { optional, string } from '../schema.ts'
import { inherited } from './inherited.ts'

export const systemPackaging = defineClass('CIM_SystemPackaging', {
  properties: { ...inherited.dependency, PlatformGUID: optional(string) }
})
