// IPS_KVMRedirectionSettingData: how the screen is shared.
import { inherited } from '../cim/inherited.ts'
import { defineClass } from '../class.ts'
import { boolean, integer, optional, string } from '../schema.ts'

export const kvmRedirectionSettingData = defineClass('IPS_KVMRedirectionSettingData', {
  properties: {
    ...inherited.settingData,
    BackToBackFbMode: optional(boolean),
    DefaultScreen: optional(integer),
    DoubleBufferActive: optional(boolean),
    DoubleBufferEnabled: optional(boolean),
    EnabledByMEBx: optional(boolean),
    GrayscalePixelFormatSupported: optional(boolean),
    InitialDecimationModeForLowRes: optional(integer),
    /** VNC in clear. */
    Is5900PortEnabled: optional(boolean),
    OptInPolicy: optional(boolean),
    /** Seconds. */
    OptInPolicyTimeout: optional(integer),
    /** Exactly 8 characters, in clear; never given back. */
    RFBPassword: optional(string),
    /** Minutes. */
    SessionTimeout: optional(integer),
    ZlibControlSupported: optional(boolean)
  },
  allows: ['put'],
  readOnly: ['EnabledByMEBx'],
  methods: {
    TerminateSession: {}
  }
})
