// CIM_ComputerSystemPackage: the platform GUID, a second witness for the computer's UUID.
import { guidFromBytes } from '../../../shared/guid.ts'
import { fail, ok, type Result } from '../../../shared/problem.ts'
import type { Device } from '../client.ts'
import { resourceUri } from '../envelope.ts'
import { atHost } from '../failure.ts'
import { getInstance, type Instance } from '../instance.ts'
import { reference, required, string } from '../schema.ts'

const resource = resourceUri('CIM_ComputerSystemPackage')

const shape = {
  Antecedent: required(reference),
  Dependent: required(reference),
  /** 32 hexadecimal digits in raw SMBIOS order. */
  PlatformGUID: required(string)
}

export const computerSystemPackage = {
  get: (device: Device): Promise<Result<Instance<typeof shape>>> => getInstance(device, { resource }, shape),
  /** The platform GUID in printable form, lower case. */
  platformGuid: async (device: Device): Promise<Result<string>> => {
    const found = await computerSystemPackage.get(device)
    if (!found.ok) return found
    const digits = found.value.values.PlatformGUID.trim()
    const guid = /^[0-9a-f]{32}$/i.test(digits) ? guidFromBytes(Buffer.from(digits, 'hex')) : undefined
    return guid === undefined
      ? atHost(
          device.endpoint.host,
          fail('answer-garbled', { where: 'PlatformGUID', expected: '32 hexadecimal digits' })
        )
      : ok(guid)
  }
}
