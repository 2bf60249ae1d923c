// AMT_BootCapabilities: what the computer can be told to do at the next start.
import { defineClass } from '../class.ts'
import { boolean, integer, optional, required, string } from '../schema.ts'

export const bootCapabilities = defineClass('AMT_BootCapabilities', {
  properties: {
    ElementName: optional(string),
    InstanceID: required(string),
    AMTSecureBootControl: optional(boolean),
    BIOSPause: optional(boolean),
    BIOSReflash: optional(boolean),
    BIOSSecureBoot: optional(boolean),
    BIOSSetup: optional(boolean),
    ConfigurationDataReset: optional(boolean),
    ForceCDorDVDBoot: optional(boolean),
    ForceDiagnosticBoot: optional(boolean),
    ForceHardDriveBoot: optional(boolean),
    ForceHardDriveSafeModeBoot: optional(boolean),
    ForcePXEBoot: optional(boolean),
    ForceUEFIHTTPSBoot: optional(boolean),
    ForceUEFILocalPBABoot: optional(boolean),
    ForceWinREBoot: optional(boolean),
    ForcedProgressEvents: optional(boolean),
    IDER: optional(boolean),
    KeyboardLock: optional(boolean),
    PlatformErase: optional(integer),
    PowerButtonLock: optional(boolean),
    ResetButtonLock: optional(boolean),
    SOL: optional(boolean),
    SecureErase: optional(boolean),
    SleepButtonLock: optional(boolean),
    UEFIWiFiCoExistenceAndProfileShare: optional(boolean),
    UserPasswordBypass: optional(boolean),
    VerbosityQuiet: optional(boolean),
    VerbosityScreenBlank: optional(boolean),
    VerbosityVerbose: optional(boolean)
  }
})
