// AMT_SetupAndConfigurationService: setup state, the computer's UUID, and committing changes.
import { guidFromBytes } from '../../../shared/guid.ts'
import { fail, ok, type Result } from '../../../shared/problem.ts'
import type { Device } from '../client.ts'
import { resourceUri } from '../envelope.ts'
import { atHost } from '../failure.ts'
import { call, getInstance, type Instance } from '../instance.ts'
import { boolean, bytes, integer, optional, required, string } from '../schema.ts'

const resource = resourceUri('AMT_SetupAndConfigurationService')

const shape = {
  /** 1 admin or enterprise, 4 client control. */
  ProvisioningMode: optional(integer),
  /** 0 before, 1 in, 2 after setup. */
  ProvisioningState: required(integer),
  /** 0 coupled with the MEBx password, 1 separate, 2 hash. */
  PasswordModel: optional(integer),
  ZeroTouchConfigurationEnabled: optional(boolean),
  DhcpDNSSuffix: optional(string),
  TrustedDNSSuffix: optional(string)
}

/** The computer's UUID in both orders. */
export interface ComputerUuid {
  /** 16 bytes as SMBIOS and the hello message have them. */
  readonly raw: Uint8Array
  /** Printable form, lower case, first three groups swapped. */
  readonly guid: string
}

const getUuid = { resource, name: 'GetUuid', input: {}, output: { UUID: required(bytes) } }
const commitChanges = { resource, name: 'CommitChanges', input: {}, output: {} }

export const setupAndConfigurationService = {
  get: (device: Device): Promise<Result<Instance<typeof shape>>> => getInstance(device, { resource }, shape),
  getUuid: async (device: Device): Promise<Result<ComputerUuid>> => {
    const output = await call(device, getUuid, {})
    if (!output.ok) return output
    const raw = output.value.UUID
    if (raw.byteLength === 16) return ok({ raw, guid: guidFromBytes(raw) })
    const wrong = { where: 'GetUuid_OUTPUT.UUID', found: `${raw.byteLength} bytes`, expected: '16 bytes' }
    return atHost(device.endpoint.host, fail('answer-garbled', wrong))
  },
  /**
   * Applies what is still pending (TLS, network). The firmware's network restarts after it, so a cut answer says
   * nothing: read the state again, do not repeat the commit.
   */
  commitChanges: (device: Device) => call(device, commitChanges, {})
}
