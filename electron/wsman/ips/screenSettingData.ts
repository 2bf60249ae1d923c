// IPS_ScreenSettingData: the screens of the computer, four values for each property.
import { inherited } from '../cim/inherited.ts'
import { defineClass } from '../class.ts'
import { boolean, integer, list, optional } from '../schema.ts'

export const screenSettingData = defineClass('IPS_ScreenSettingData', {
  properties: {
    ...inherited.settingData,
    IsActive: list(boolean),
    PrimaryIndex: optional(integer),
    /** Spelt as Intel spells it. */
    QuadraryIndex: optional(integer),
    ResolutionX: list(integer),
    ResolutionY: list(integer),
    SecondaryIndex: optional(integer),
    TertiaryIndex: optional(integer),
    UpperLeftX: list(integer),
    UpperLeftY: list(integer)
  }
})
