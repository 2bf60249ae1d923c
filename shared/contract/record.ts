// Asks about what is on record.
import { z } from 'zod'
import { auditEntrySchema, chainSchema } from '../audit.ts'
import { nothing } from './words.ts'

export const recordAsks = {
  'audit.read': {
    input: z.object({
      before: z.number().int().positive().nullable(),
      count: z.number().int().min(1).max(500),
      search: z.string().max(100)
    }),
    output: z.object({ entries: z.array(auditEntrySchema), more: z.boolean() })
  },
  'audit.verify': { input: nothing, output: chainSchema }
} as const
