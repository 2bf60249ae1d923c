// AMT_AuditLog: what happened to the firmware, kept for the auditor.
import { requestStateChange } from '../cim/inherited.ts'
import { defineClass } from '../class.ts'
import { bytes, datetime, integer, list, optional, required, string } from '../schema.ts'

export const auditLog = defineClass('AMT_AuditLog', {
  properties: {
    /** Bits: 0 and 1 locks, 2 nearly full, 3 full, 4 no signing key. */
    AuditState: optional(integer),
    CurrentNumberOfRecords: optional(integer),
    ElementName: optional(string),
    EnabledState: optional(integer),
    MaxAllowedAuditors: optional(integer),
    MaxNumberOfRecords: optional(integer),
    MinDaysToKeep: optional(integer),
    Name: optional(string),
    OverwritePolicy: optional(integer),
    PercentageFree: optional(integer),
    RequestedState: optional(integer),
    StoragePolicy: optional(integer),
    TimeOfLastRecord: optional(datetime)
  },
  methods: {
    ClearLog: {},
    /** Some ten records at a time. */
    ReadRecords: {
      input: {
        /** From 1. */
        StartIndex: required(integer)
      },
      output: {
        TotalRecordCount: required(integer),
        RecordsReturned: required(integer),
        EventRecords: list(bytes)
      },
      reads: true
    },
    SetAuditLock: {
      input: {
        /** At most 300. */
        LockTimeoutInSeconds: optional(integer),
        /** 0 lock the log, 1 lock unprovisioning, 2 unlock. */
        Flag: required(integer),
        /** As a lock gave it; needed to unlock. */
        Handle: optional(integer)
      },
      output: { Handle: optional(integer) }
    },
    ExportAuditLogSignature: {
      input: { SigningMechanism: required(integer) },
      output: {
        TotalRecordCount: optional(integer),
        StartLogTime: optional(datetime),
        EndLogTime: optional(datetime),
        GenerationTime: optional(datetime),
        AuditLogHash: optional(bytes),
        AMTNonce: optional(bytes),
        UUID: optional(bytes),
        FQDN: optional(string),
        FWVersion: optional(string),
        AMTSVN: optional(integer),
        SignatureMechanism: optional(integer),
        Signature: optional(bytes),
        LengthOfCertificates: list(integer),
        Certificates: optional(bytes)
      },
      reads: true
    },
    RequestStateChange: requestStateChange
  }
})
