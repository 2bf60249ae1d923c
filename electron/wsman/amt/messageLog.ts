// AMT_MessageLog: the event log; its records are 21 bytes each.
import { requestStateChange } from '../cim/inherited.ts'
import { defineClass } from '../class.ts'
import { boolean, bytes, integer, list, optional, required, string } from '../schema.ts'

export const messageLog = defineClass('AMT_MessageLog', {
  properties: {
    Capabilities: list(integer),
    CharacterSet: optional(integer),
    CreationClassName: optional(string),
    CurrentNumberOfRecords: optional(integer),
    ElementName: optional(string),
    EnabledDefault: optional(integer),
    EnabledState: optional(integer),
    HealthState: optional(integer),
    IsFrozen: optional(boolean),
    LastChange: optional(integer),
    LogState: optional(integer),
    MaxLogSize: optional(integer),
    MaxNumberOfRecords: optional(integer),
    MaxRecordSize: optional(integer),
    Name: optional(string),
    OperationalStatus: list(integer),
    OverwritePolicy: optional(integer),
    PercentageNearFull: optional(integer),
    RequestedState: optional(integer),
    SizeOfHeader: optional(integer),
    SizeOfRecordHeader: optional(integer),
    Status: optional(string)
  },
  methods: {
    PositionToFirstRecord: { output: { IterationIdentifier: required(integer) }, reads: true },
    GetRecords: {
      input: {
        /** As the call before gave it; 1 is the first record. */
        IterationIdentifier: required(integer),
        /** 390 at most. */
        MaxReadRecords: required(integer)
      },
      output: {
        IterationIdentifier: required(integer),
        NoMoreRecords: required(boolean),
        RecordArray: list(bytes)
      },
      reads: true
    },
    ClearLog: {},
    FreezeLog: { input: { Freeze: required(boolean) } },
    RequestStateChange: requestStateChange
  }
})
