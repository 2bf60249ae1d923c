// CIM_ComputerSystemPackage: the platform GUID, a second witness for the computer’s UUID.
import { guidFromBytes } from '../../../shared/guid.ts'
import { fail, ok, type Result } from '../../../shared/problem.ts'
import { defineClass } from '../class.ts'
import type { Device } from '../client.ts'
import { atHost } from '../failure.ts'
import { required, string } from '../schema.ts'
import { inherited } from './inherited.ts'

const declared = defineClass('CIM_ComputerSystemPackage', {
  properties: {
    ...inherited.dependency,
    /** 32 hexadecimal digits in raw SMBIOS order. */
    PlatformGUID: required(string)
  }
})

export const computerSystemPackage = {
  ...declared,
  /** The platform GUID in printable form, lower case. */
  platformGuid: async (device: Device): Promise<Result<string>> => {
    const found = await declared.get(device)
    if (!found.ok) return found
    const digits = found.value.values.PlatformGUID.trim()
    const guid = /^[0-9a-f]{32}$/i.test(digits) ? guidFromBytes(Buffer.from(digits, 'hex')) : undefined
    if (guid !== undefined) return ok(guid)
    const wrong = { where: 'PlatformGUID', expected: '32 hexadecimal digits' }
    return atHost(device.endpoint.host, fail('answer-garbled', wrong))
  }
}
