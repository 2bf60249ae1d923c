// Asks about what computers are set up with: provisioning certificates, and pairs of PID and PPS. A PPS never comes to the page.
import { z } from 'zod'
import { meansSchema } from '../setUp.ts'
import { usbWishSchema } from '../usbKey.ts'
import { id } from './words.ts'

const kind = z.object({ practice: z.boolean() })

export const setUpAsks = {
  'setUp.read': { input: kind, output: meansSchema },
  /** Main opens the file dialog; `password` opens a protected file ('' = none). Null when cancelled. */
  'setUp.importCertificate': {
    input: z.object({ practice: z.boolean(), password: z.string().max(256) }),
    output: meansSchema.nullable()
  },
  'setUp.forgetCertificate': {
    input: z.object({ practice: z.boolean(), fingerprint: z.string().regex(/^[0-9a-f]{64}$/) }),
    output: meansSchema
  },
  /** Main opens the file dialog; null when cancelled. */
  'setUp.importPairs': { input: kind, output: meansSchema.nullable() },
  'setUp.generatePairs': {
    input: z.object({ practice: z.boolean(), count: z.number().int().min(1).max(1000) }),
    output: meansSchema
  },
  'setUp.forgetPairs': {
    input: z.object({ practice: z.boolean(), pids: z.array(z.string().max(8)).max(20_000) }),
    output: meansSchema
  },
  /** Main opens the save dialog: every pair in clear, by a person's choice. Null when cancelled. */
  'setUp.printPairs': { input: kind, output: z.object({ file: z.string() }).nullable() },
  /** Main opens the save dialog and writes setup.bin, with its passwords in clear, by a person's choice. Null when cancelled. */
  'setUp.makeUsbKey': {
    input: z.object({ practice: z.boolean(), wish: usbWishSchema, understood: z.literal(true) }),
    output: z
      .object({
        file: z.string(),
        computers: z.number().int().nullable(),
        leftOut: z.number().int(),
        means: meansSchema
      })
      .nullable()
  },
  'setUp.forgetUsbKey': {
    input: z.object({ practice: z.boolean(), id: z.string().regex(/^[0-9a-f]{16}$/) }),
    output: meansSchema
  },
  /** A computer whose take-over cannot go on is set up from nothing instead, when it calls or at once at its address. */
  'job.setUp': { input: z.object({ importId: id, jobId: id }), output: z.object({}) }
} as const
