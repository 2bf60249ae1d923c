// CIM_SoftwareIdentity: versions of the firmware's parts.
import { ok, type Result } from '../../../shared/problem.ts'
import type { Device } from '../client.ts'
import { resourceUri } from '../envelope.ts'
import { enumerateInstances } from '../instance.ts'
import { boolean, optional, required, string, type Values } from '../schema.ts'

const resource = resourceUri('CIM_SoftwareIdentity')

const shape = {
  /** `AMT`, `Build Number`, `Sku`, `Legacy Mode`, ... */
  InstanceID: required(string),
  IsEntity: optional(boolean),
  /** Text even where it looks like a number (`Sku` is `16392`). */
  VersionString: required(string)
}

export type SoftwareIdentity = Values<typeof shape>

export const softwareIdentity = {
  enumerate: async (device: Device): Promise<Result<readonly SoftwareIdentity[]>> => {
    const found = await enumerateInstances(device, { resource }, shape)
    return found.ok ? ok(found.value.map(({ values }) => values)) : found
  }
}
