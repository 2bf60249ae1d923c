// AMT_EnvironmentDetectionSettingData: whether the firmware is inside the company network; outside it closes its ports.
import { inherited } from '../cim/inherited.ts'
import { defineClass } from '../class.ts'
import { boolean, integer, list, optional, reference, required, string } from '../schema.ts'

export const environmentDetectionSettingData = defineClass('AMT_EnvironmentDetectionSettingData', {
  properties: {
    ...inherited.settingData,
    DetectionAlgorithm: optional(integer),
    /** Domain suffixes; with none the firmware always counts as inside. */
    DetectionStrings: list(string),
    DetectionIPv6LocalPrefixes: list(string)
  },
  allows: ['put'],
  putBy: 'InstanceID',
  methods: {
    EnableVpnRouting: { input: { Enable: required(boolean) } },
    SetSystemDefensePolicy: { input: { Policy: required(reference) } }
  }
})
