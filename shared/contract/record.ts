// Asks about what is on record: the audit log and its files, what devices logged, passwords that leave on purpose, support.
import { z } from 'zod'
import { auditEntrySchema, chainSchema, laptopSchema, returnedChainSchema, shownEntrySchema } from '../audit.ts'
import { deviceLogSchema } from '../deviceLog.ts'
import { id, nothing } from './words.ts'

const saved = z.object({ file: z.string() })

/** Newest first, before a number. */
const page = z.object({
  before: z.number().int().positive().nullable(),
  count: z.number().int().min(1).max(500),
  search: z.string().max(100)
})
const origin = z.string().max(100)

export const recordAsks = {
  'audit.read': { input: page, output: z.object({ entries: z.array(auditEntrySchema), more: z.boolean() }) },
  /** Laptops whose entries came back in return packs. */
  'audit.laptops': { input: nothing, output: z.object({ laptops: z.array(laptopSchema) }) },
  'audit.readLaptop': {
    input: page.extend({ origin }),
    output: z.object({ entries: z.array(shownEntrySchema), more: z.boolean() })
  },
  'audit.verifyLaptop': { input: z.object({ origin }), output: returnedChainSchema },
  'audit.verify': { input: nothing, output: chainSchema },
  /** Main opens the file dialog: an archive is verified together with the store, an export by itself. Null when cancelled. */
  'audit.verifyFile': { input: nothing, output: chainSchema.nullable() },
  /** Main opens the save dialog: every entry, signed. Null when cancelled. */
  'audit.export': { input: nothing, output: saved.nullable() },
  /** Main opens the save dialog: the program that verifies exports without the wizard. Null when cancelled. */
  'audit.saveVerifier': { input: nothing, output: saved.nullable() },
  /** Main opens the save dialog; entries from before this time (ms since 1970) leave the store. Null when cancelled. */
  'audit.archive': {
    input: z.object({ before: z.number() }),
    output: saved.extend({ entries: z.number().int() }).nullable()
  },
  /** What the device of a job had in its own audit log when it was done; null where it has none. */
  'device.log': {
    input: z.object({ importId: id, jobId: id }),
    output: z.object({ log: deviceLogSchema.nullable() })
  },
  /** Main opens the save dialog: the passwords of an import, encrypted; takes the typed word. Null when cancelled. */
  'secrets.export': {
    input: z.object({ importId: id, passphrase: z.string().max(1000), word: z.literal('export') }),
    output: saved.extend({ count: z.number().int() }).nullable()
  },
  /** Main opens the save dialog: logs, versions, settings, problems and counts, without a secret. Null when cancelled. */
  'support.save': { input: nothing, output: saved.nullable() }
} as const
