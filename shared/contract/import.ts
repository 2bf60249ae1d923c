// Asks that start an import, steer it and read how far it is.
import { z } from 'zod'
import { isItem } from '../checklist.ts'
import { jobSchema } from '../job.ts'
import { problemCodes } from '../problem.ts'
import { runningSchema } from '../running.ts'
import { importSchema } from './views.ts'
import { id } from './words.ts'

export const importAsks = {
  /** How long a computer takes, from those that are done (ms; `measured` 0 = assumed), and how many run side by side. */
  'pace.read': {
    input: z.object({ practice: z.boolean() }),
    output: z.object({
      pace: z.object({ median: z.number(), tail: z.number(), measured: z.number().int() }),
      parallel: z.number().int().positive()
    })
  },

  'import.start': { input: z.object({ draftId: id }), output: importSchema },
  'import.pause': { input: z.object({ importId: id }), output: importSchema },
  'import.resume': { input: z.object({ importId: id }), output: importSchema },
  /** Lets the current steps end, then stops; what was not begun stays as it is. */
  'import.stop': { input: z.object({ importId: id }), output: importSchema },
  /** Neither planned times nor change windows hold this import back any more; on record in the audit log. */
  'import.startNow': { input: z.object({ importId: id }), output: importSchema },
  /** jobIds null = every job that needs a person or was stopped (not those that were set aside or wait for a signature); with a cause, only those that have it. */
  'import.retry': {
    input: z.object({ importId: id, jobIds: z.array(id).nullable(), cause: z.enum(problemCodes).optional() }),
    output: importSchema
  },
  /** Leaves these computers as they are; one that is in work ends its step first. */
  'import.skip': {
    input: z.object({ importId: id, jobIds: z.array(id).min(1).max(100_000), reason: z.string().trim().max(200) }),
    output: importSchema
  },
  /** How it runs from now on; on record in the audit log. */
  'import.pace': { input: z.object({ importId: id, running: runningSchema }), output: importSchema },
  /** The rest of the list now, without waiting for the first few. */
  'import.wholeNow': { input: z.object({ importId: id }), output: importSchema },
  /** How many former passwords of its computers the keychain still has. */
  'secrets.held': { input: z.object({ importId: id }), output: z.object({ former: z.number().int() }) },
  /** Forgets the former passwords of its computers that are done; the ones in use stay. */
  'secrets.release': { input: z.object({ importId: id }), output: z.object({ released: z.number().int() }) },
  /** One more candidate for the computers whose password is not known yet; its password goes to the keychain. */
  'import.addAccount': {
    input: z.object({
      importId: id,
      username: z.string().trim().min(1).max(32),
      description: z.string().max(200),
      value: z.string().min(1).max(256)
    }),
    output: importSchema
  },
  /** Main opens the save dialog: all signing requests of the import in one file. Null when cancelled. */
  'import.saveRequests': { input: z.object({ importId: id }), output: z.object({ file: z.string() }).nullable() },
  /** Main opens the file dialog: the signed certificates; their computers go on. Null when cancelled. */
  'import.takeCertificates': { input: z.object({ importId: id }), output: importSchema.nullable() },
  /** The person has looked into it: the device may show another certificate than before. Its next one is trusted anew. */
  'job.trustCertificate': { input: z.object({ importId: id, jobId: id }), output: importSchema },
  /** Older TLS for this one computer; on record in the audit log. */
  'job.allowTls': { input: z.object({ importId: id, jobId: id, floor: z.enum(['1.1', '1.0']) }), output: importSchema },
  /** More certificates than are believed to fit; jobIds null = on every computer that waits for it. On record in the audit log. */
  'import.tryBeyondPlaces': {
    input: z.object({ importId: id, jobIds: z.array(id).max(100_000).nullable() }),
    output: importSchema
  },
  /** A tick on the route's checklist, set or taken back; on record in the audit log. */
  'import.tick': {
    input: z.object({ importId: id, item: z.string().max(40).refine(isItem), done: z.boolean() }),
    output: importSchema
  },
  /**
   * Records that automatic in-band provisioning is allowed again; jobIds null = for every computer. In Configuration Manager
   * it has to be enabled there.
   */
  'import.allowAutomatic': {
    input: z.object({ importId: id, jobIds: z.array(id).max(500).nullable() }),
    output: importSchema
  },
  /** Puts back what was changed and can be put back; answers when it is through. */
  'job.undo': { input: z.object({ importId: id, jobId: id }), output: importSchema },
  /** Snapshot with the number of the last tell it contains. */
  'jobs.read': {
    input: z.object({ importId: id }),
    output: z.object({ seq: z.number().int(), import: importSchema, jobs: z.array(jobSchema) })
  },

  /** Main opens the save dialog; null when cancelled, else the file's name. */
  'report.save': {
    input: z.object({ importId: id, kind: z.enum(['report', 'failedRows']) }),
    output: z.object({ file: z.string() }).nullable()
  }
} as const
