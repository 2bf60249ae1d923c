// AMT_AssetTableService: the SMBIOS tables as the firmware keeps them.
import { inherited } from '../cim/inherited.ts'
import { defineClass } from '../class.ts'

export const assetTableService = defineClass('AMT_AssetTableService', {
  properties: { ...inherited.service }
})
