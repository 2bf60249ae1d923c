// IPS_ProvisioningRecordLog: the log of who set the firmware up.
import { defineClass } from '../class.ts'
import { integer, optional, required, string } from '../schema.ts'

export const provisioningRecordLog = defineClass('IPS_ProvisioningRecordLog', {
  properties: {
    CurrentNumberOfRecords: optional(integer),
    ElementName: optional(string),
    EnabledState: optional(integer),
    HealthState: optional(integer),
    InstanceID: required(string),
    LogState: optional(integer),
    MaxNumberOfRecords: optional(integer),
    Name: optional(string),
    OverwritePolicy: optional(integer),
    RequestedState: optional(integer)
  }
})
