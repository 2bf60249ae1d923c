// AMT_BootSettingData: what the computer is to do at the next start.
import { inherited } from '../cim/inherited.ts'
import { defineClass } from '../class.ts'
import { boolean, bytes, integer, list, optional, string } from '../schema.ts'

export const bootSettingData = defineClass('AMT_BootSettingData', {
  properties: {
    ...inherited.settingData,
    BIOSLastStatus: list(integer),
    BIOSPause: optional(boolean),
    BIOSSetup: optional(boolean),
    BootMediaIndex: optional(integer),
    BootguardStatus: optional(integer),
    ConfigurationDataReset: optional(boolean),
    EnforceSecureBoot: optional(boolean),
    FirmwareVerbosity: optional(integer),
    ForcedProgressEvents: optional(boolean),
    IDERBootDevice: optional(integer),
    LockKeyboard: optional(boolean),
    LockPowerButton: optional(boolean),
    LockResetButton: optional(boolean),
    LockSleepButton: optional(boolean),
    OptionsCleared: optional(boolean),
    OwningEntity: optional(string),
    PlatformErase: optional(boolean),
    RPEEnabled: optional(boolean),
    RSEPassword: optional(string),
    ReflashBIOS: optional(boolean),
    SecureBootControlEnabled: optional(boolean),
    SecureErase: optional(boolean),
    UEFIHTTPSBootEnabled: optional(boolean),
    UEFILocalPBABootEnabled: optional(boolean),
    UefiBootNumberOfParams: optional(integer),
    UefiBootParametersArray: optional(bytes),
    UseIDER: optional(boolean),
    UseSOL: optional(boolean),
    UseSafeMode: optional(boolean),
    UserPasswordBypass: optional(boolean),
    WinREBootEnabled: optional(boolean)
  },
  allows: ['put'],
  readOnly: [
    'BIOSLastStatus',
    'BootguardStatus',
    'OptionsCleared',
    'WinREBootEnabled',
    'UEFILocalPBABootEnabled',
    'UEFIHTTPSBootEnabled',
    'SecureBootControlEnabled'
  ]
})
