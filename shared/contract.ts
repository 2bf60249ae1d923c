// The one table of what the page may ask and what it may be told; main, preload, page and tests are all typed from it.
import { z } from 'zod'
import { auditEntrySchema, chainSchema } from './audit.ts'
import { fieldSchema, fields, severitySchema, slotSchema } from './computer.ts'
import { draftChangeSchema, draftSchema, passwordFormSchema } from './draft.ts'
import { importStateSchema, jobSchema, totalsSchema } from './job.ts'
import { type Problem, problemSchema } from './problem.ts'
import { followedSchema } from './schedule/followed.ts'
import { routeSchema } from './strategy.ts'

const id = z.string().min(1).max(64)
const nothing = z.object({}).strict()

/** One row of the grid. Secrets are never in it: only whether one is kept. */
export const rowSchema = z.object({
  /** Stable number of the row within the draft, from 0. */
  row: z.number().int().nonnegative(),
  /** Line in the file, from 1; 0 when it was typed in. */
  line: z.number().int().nonnegative(),
  /** Texts by field; a secret field holds '' or 'kept'. */
  values: z.record(z.enum(fields), z.string()),
  issues: z.array(z.object({ field: fieldSchema.nullable(), severity: severitySchema, problem: problemSchema })),
  leftOut: z.boolean()
})
export type Row = z.infer<typeof rowSchema>

export const rowFilterSchema = z.enum(['all', 'blocker', 'warning', 'leftOut'])

/** An import as the start page and the progress page show it. */
export const importSchema = z.object({
  id,
  practice: z.boolean(),
  state: importStateSchema,
  /** File name, or the computer's name. */
  source: z.string(),
  collection: z.string(),
  /** What the strategy page advised; null when it was not decided. */
  route: routeSchema.nullable(),
  startedAt: z.number(),
  totals: totalsSchema,
  /** Milliseconds; null while nothing can be said. */
  timeLeft: z.number().nullable(),
  /** The plan it follows; absent when it was simply started. */
  schedule: followedSchema.optional()
})
export type Import = z.infer<typeof importSchema>

/** Where secrets go: the operating system's keychain, memory (practice only), or nowhere. */
export const keychainSchema = z.object({ kind: z.enum(['keychain', 'memory', 'none']), words: z.string() })

export const snapshotSchema = z.object({
  version: z.string(),
  /** "Electron 45.4.1" and what else a support call needs. */
  runtime: z.string(),
  keychain: keychainSchema,
  /** Another program works on the same data: this window only looks on, and takes over when that one ends. */
  watching: z.boolean(),
  /** Computers of the practice fleet; 0 while it is not running. */
  practiceComputers: z.number().int(),
  drafts: z.array(draftSchema),
  imports: z.array(importSchema)
})
export type Snapshot = z.infer<typeof snapshotSchema>

/** ask → what comes in, what goes out. Every answer travels as a Result: the value, or a Problem. */
export const asks = {
  /** Everything the start page needs. */
  'app.snapshot': { input: nothing, output: snapshotSchema },

  'draft.begin': { input: z.object({ practice: z.boolean() }), output: draftSchema },
  'draft.open': { input: z.object({ draftId: id }), output: draftSchema },
  'draft.change': { input: z.object({ draftId: id, change: draftChangeSchema }), output: draftSchema },
  /** Forgets the draft and every secret kept for it. */
  'draft.discard': { input: z.object({ draftId: id }), output: nothing },

  /** Main opens the file dialog; null when the person cancelled. */
  'source.browse': { input: z.object({ draftId: id }), output: draftSchema.nullable() },
  /** A dropped or pasted file: its bytes, never its path. */
  'source.give': {
    input: z.object({ draftId: id, name: z.string().max(255), bytes: z.instanceof(Uint8Array) }),
    output: draftSchema
  },
  /** The sample file that belongs to the practice fleet. */
  'source.sample': { input: z.object({ draftId: id }), output: draftSchema },
  'source.single': { input: z.object({ draftId: id }), output: draftSchema },
  /** Which column is which field, whether there is a header line, how passwords stand in the file. */
  'source.map': {
    input: z.object({
      draftId: id,
      fields: z.array(fieldSchema.nullable()).max(200),
      header: z.boolean(),
      passwords: passwordFormSchema
    }),
    output: draftSchema
  },

  'rows.read': {
    input: z.object({
      draftId: id,
      from: z.number().int().nonnegative(),
      count: z.number().int().min(1).max(500),
      filter: rowFilterSchema,
      search: z.string().max(100)
    }),
    output: z.object({ total: z.number().int(), rows: z.array(rowSchema) })
  },
  /** Puts a text into one cell (a secret goes to the keychain at once); row null appends a row, as the single-computer form does. */
  'rows.fix': {
    input: z.object({
      draftId: id,
      row: z.number().int().nonnegative().nullable(),
      values: z.partialRecord(fieldSchema, z.string().max(1000))
    }),
    output: z.object({ draft: draftSchema, row: rowSchema })
  },
  'rows.leaveOut': {
    input: z.object({
      draftId: id,
      rows: z.array(z.number().int().nonnegative()).min(1).max(100_000),
      leftOut: z.boolean()
    }),
    output: draftSchema
  },

  /** One way only: there is no ask that reads a secret back. */
  'secret.keep': {
    input: z.object({ draftId: id, purpose: z.enum(['account', 'newPassword']), value: z.string().min(1).max(256) }),
    output: z.object({ slot: slotSchema })
  },

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
  /** jobIds null = every job that needs a person or was stopped. */
  'import.retry': { input: z.object({ importId: id, jobIds: z.array(id).nullable() }), output: importSchema },
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
  /** The person has looked into it: the device may show another certificate than before. Its next one is trusted anew. */
  'job.trustCertificate': { input: z.object({ importId: id, jobId: id }), output: importSchema },
  /** Older TLS for this one computer; on record in the audit log. */
  'job.allowTls': { input: z.object({ importId: id, jobId: id, floor: z.enum(['1.1', '1.0']) }), output: importSchema },
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
  },
  /** Snapshot with the number of the last tell it contains. */
  'jobs.read': {
    input: z.object({ importId: id }),
    output: z.object({ seq: z.number().int(), import: importSchema, jobs: z.array(jobSchema) })
  },

  /** Main opens the save dialog; null when cancelled, else the file's name. */
  'report.save': {
    input: z.object({ importId: id, kind: z.enum(['report', 'failedRows']) }),
    output: z.object({ file: z.string() }).nullable()
  },

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

/** What the page is told without asking; coalesced to at most 10 a second. */
export const tells = {
  /** Jobs that changed since the tell before; refetch when `seq` leaves a gap. */
  'jobs.changed': z.object({ seq: z.number().int(), import: importSchema, jobs: z.array(jobSchema) })
} as const

export type Ask = keyof typeof asks

/** What may be asked while another program works on the data: only what reads. */
export const lookingAsks: readonly Ask[] = ['app.snapshot', 'jobs.read', 'audit.read', 'audit.verify', 'device.classes']
export type AskInput<A extends Ask> = z.input<(typeof asks)[A]['input']>
export type AskOutput<A extends Ask> = z.output<(typeof asks)[A]['output']>
export type Tell = keyof typeof tells
export type TellBody<T extends Tell> = z.output<(typeof tells)[T]>

/** What crosses back: the value, or the Problem that took its place. */
export type Answer<A extends Ask> =
  | { readonly ok: true; readonly value: AskOutput<A> }
  | { readonly ok: false; readonly problem: Problem }

/** What preload puts on `window.wizard`: the only door between page and core. */
export interface Bridge {
  ask<A extends Ask>(name: A, input: AskInput<A>): Promise<Answer<A>>
  /** Returns the function that ends the listening. */
  onTell<T extends Tell>(name: T, hear: (body: TellBody<T>) => void): () => void
}
