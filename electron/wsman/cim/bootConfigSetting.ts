// CIM_BootConfigSetting: from what the computer starts next.
import { defineClass } from '../class.ts'
import { list, reference } from '../schema.ts'
import { inherited } from './inherited.ts'

export const bootConfigSetting = defineClass('CIM_BootConfigSetting', {
  properties: { ...inherited.settingData },
  methods: {
    ChangeBootOrder: { input: { Source: list(reference) } }
  }
})
