// Asks that look at a device and change nothing.
import { z } from 'zod'
import { id, nothing } from './words.ts'

export const deviceAsks = {
  /** Class names that can be read from a device. */
  'device.classes': { input: nothing, output: z.object({ classes: z.array(z.string()) }) },
  /** Reads, never writes: one class from a job's device, logged in with what the keychain has; secrets struck out. */
  'device.read': {
    input: z.object({
      importId: id,
      jobId: id,
      class: z.string().regex(/^(AMT|IPS|CIM)_\w{1,80}$/),
      operation: z.enum(['get', 'enumerate'])
    }),
    output: z.object({ text: z.string() })
  }
} as const
