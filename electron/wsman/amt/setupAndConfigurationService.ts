// AMT_SetupAndConfigurationService: setup state, the computer’s UUID, committing changes and undoing the setup.
import { guidFromBytes } from '../../../shared/guid.ts'
import { fail, ok, type Result } from '../../../shared/problem.ts'
import { inherited } from '../cim/inherited.ts'
import { defineClass } from '../class.ts'
import type { Device } from '../client.ts'
import { atHost } from '../failure.ts'
import { boolean, bytes, datetime, integer, list, optional, required, string } from '../schema.ts'

const auditRecord = {
  ProvisioningTLSMode: optional(integer),
  SecureDNS: optional(boolean),
  HostInitiated: optional(boolean),
  ProvServerFQDN: optional(string),
  SelectedHashType: optional(integer),
  SelectedHashData: optional(bytes),
  CaCertificateSerials: list(bytes),
  AdditionalCaSerialNums: optional(boolean),
  IsOemDefault: optional(boolean),
  IsTimeValid: optional(boolean),
  ProvServerIP: optional(string),
  TlsStartTime: optional(datetime)
}

const declared = defineClass('AMT_SetupAndConfigurationService', {
  properties: {
    ...inherited.service,
    ConfigurationServerFQDN: optional(string),
    DhcpDNSSuffix: optional(string),
    /** 0 coupled with the MEBx password, 1 separate, 2 hash. */
    PasswordModel: optional(integer),
    /** 1 admin or enterprise, 4 client control. */
    ProvisioningMode: optional(integer),
    /** Readable in setup (state 1) only. */
    ProvisioningServerOTP: optional(bytes),
    /** 0 before, 1 in, 2 after setup. */
    ProvisioningState: required(integer),
    TrustedDNSSuffix: optional(string),
    ZeroTouchConfigurationEnabled: optional(boolean)
  },
  allows: ['put'],
  methods: {
    /** 16 bytes in SMBIOS order. */
    GetUuid: { output: { UUID: required(bytes) }, reads: true },
    /**
     * Applies what is still pending (TLS, network). The firmware's network restarts after it, so a cut answer says
     * nothing: read the state again, do not repeat the commit.
     */
    CommitChanges: {},
    /** Needed before the first commit; refused in client control mode. */
    SetMEBxPassword: {
      input: {
        /** In clear. */
        Password: required(string)
      }
    },
    /** AMT 2.2 to 10; gone in 11. That both travel as base64 is believed, not proven. */
    SetTLSPSK: {
      input: {
        /** Eight ASCII characters. */
        PID: required(bytes),
        /** Thirty-two ASCII characters. */
        PPS: required(bytes)
      }
    },
    /** Back to factory state. The answer comes before the network stack restarts. */
    Unprovision: {
      input: {
        /** 1 admin or enterprise, all that newer firmware knows. */
        ProvisioningMode: required(integer)
      }
    },
    /** Keeps admin account, PID and PPS, names and server address. */
    PartialUnprovision: {},
    GetUnprovisionBlockingComponents: {
      output: {
        /** 1 audit log. */
        Component: list(integer)
      },
      reads: true
    },
    ExtendProvisioningPeriod: {
      input: {
        /** Hours, 1 to 24. */
        Duration: required(integer)
      }
    },
    ResetFlashWearOutProtection: {},
    GetProvisioningAuditRecord: { output: auditRecord, reads: true },
    GetProvisioningAuditRecordV2: { output: auditRecord, reads: true }
  }
})

/** The computer's UUID in both orders. */
export interface ComputerUuid {
  /** 16 bytes as SMBIOS and the hello message have them. */
  readonly raw: Uint8Array
  /** Printable form, lower case, first three groups swapped. */
  readonly guid: string
}

export const setupAndConfigurationService = {
  ...declared,
  getUuid: async (device: Device): Promise<Result<ComputerUuid>> => {
    const output = await declared.getUuid(device)
    if (!output.ok) return output
    const raw = output.value.UUID
    if (raw.byteLength === 16) return ok({ raw, guid: guidFromBytes(raw) })
    const wrong = { where: 'GetUuid_OUTPUT.UUID', found: `${raw.byteLength} bytes`, expected: '16 bytes' }
    return atHost(device.endpoint.host, fail('answer-garbled', wrong))
  }
}
