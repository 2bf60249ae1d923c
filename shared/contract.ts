// The one table of what the page may ask and what it may be told; main, preload, page and tests are all typed from it.
import { z } from 'zod'
import { auditEntrySchema, chainSchema } from './audit.ts'
import { isItem, ticksSchema } from './checklist.ts'
import { fieldSchema, slotSchema } from './computer.ts'
import { draftChangeSchema, draftSchema, passwordFormSchema, readingSchema } from './draft.ts'
import { blockSchema, editSchema, findSchema, repairSchema, rowSchema, viewSchema } from './grid.ts'
import { importStateSchema, jobSchema, totalsSchema } from './job.ts'
import { outcomeSchema } from './outcome.ts'
import { checkSchema, planSchema } from './plan.ts'
import { type Problem, problemCodes, problemSchema } from './problem.ts'
import { namedProfileSchema } from './profile.ts'
import { runningSchema } from './running.ts'
import { followedSchema } from './schedule/followed.ts'
import { answersSchema, routeCountsSchema, routeSchema } from './strategy.ts'

const id = z.string().min(1).max(64)
const nothing = z.object({}).strict()

/** What the queue does with an import at the moment. */
export const flowSchema = z.object({
  /** Computers that may be worked on at once now, and when nothing slows it down. */
  parallel: z.number().int(),
  full: z.number().int(),
  /** Why it is fewer now, in words; null while it is not. */
  eased: z.string().nullable(),
  /** Why nothing is begun for the moment, in words; null while it is. */
  held: z.string().nullable(),
  /** Which part of the list may be begun; absent when it does not begin with one. */
  stage: z.enum(['first', 'few', 'rest']).optional(),
  /** Computers that do not answer and are looked for. */
  asleep: z.number().int(),
  /** Computers that are done and still looked at. */
  watched: z.number().int()
})
export type Flow = z.infer<typeof flowSchema>

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
  /** What was answered on that page, and which routes its computers take. */
  answers: answersSchema,
  routes: routeCountsSchema,
  checklist: ticksSchema,
  /** What its computers are when they are done. */
  outcome: outcomeSchema,
  /** Computers for which automatic in-band provisioning is prevented. */
  prevented: z.number().int(),
  startedAt: z.number(),
  totals: totalsSchema,
  /** Milliseconds; null while nothing can be said. */
  timeLeft: z.number().nullable(),
  /** The plan it follows; absent when it was simply started. */
  schedule: followedSchema.optional(),
  running: runningSchema,
  flow: flowSchema,
  /** Why it paused by itself; null when it did not. */
  problem: problemSchema.nullable()
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

  /** How the battery stands, 0 to 1: low and not charging, nothing new is begun on real computers. */
  'power.battery': { input: z.object({ level: z.number().min(0).max(1), charging: z.boolean() }), output: nothing },

  'draft.begin': { input: z.object({ practice: z.boolean() }), output: draftSchema },
  'draft.open': { input: z.object({ draftId: id }), output: draftSchema },
  'draft.change': { input: z.object({ draftId: id, change: draftChangeSchema }), output: draftSchema },
  /** Forgets the draft and every secret kept for it. */
  'draft.discard': { input: z.object({ draftId: id }), output: nothing },

  /** Main opens the file dialog; null when the person cancelled. */
  'source.browse': {
    input: z.object({ draftId: id, replace: z.literal('replace').optional() }),
    output: draftSchema.nullable()
  },
  /**
   * A dropped or pasted file: its bytes, never its path. Computers that are there already are merged by GUID; to replace
   * them takes the typed word.
   */
  'source.give': {
    input: z.object({
      draftId: id,
      name: z.string().max(255),
      bytes: z.instanceof(Uint8Array),
      replace: z.literal('replace').optional()
    }),
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
      /** Places of the columns that the person has not touched: these keep their guess, its reason and their ties. */
      undecided: z.array(z.number().int().nonnegative()).max(200).optional(),
      header: z.boolean(),
      passwords: passwordFormSchema
    }),
    output: draftSchema
  },

  /** What was detected, overridden by a person; the file is read anew. */
  'source.options': {
    input: z.object({ draftId: id, options: readingSchema }),
    output: draftSchema
  },
  /** Ends the reading that is under way; the draft stays as it was. */
  'source.cancel': { input: z.object({ draftId: id }), output: nothing },
  /** Main opens the save dialog: the list as it came, with every secret taken out. null when cancelled. */
  'source.clean': { input: z.object({ draftId: id }), output: z.object({ file: z.string() }).nullable() },
  /** An empty list with example rows, or the guide to its fields. */
  'template.save': {
    input: z.object({ kind: z.enum(['list', 'guide']) }),
    output: z.object({ file: z.string() }).nullable()
  },

  'rows.read': {
    input: z.object({
      draftId: id,
      view: viewSchema,
      from: z.number().int().nonnegative(),
      count: z.number().int().min(1).max(500)
    }),
    output: z.object({ total: z.number().int(), rows: z.array(rowSchema) })
  },
  /** Texts of a block as lines of tab-separated cells, for the clipboard; secrets stay blank. */
  'rows.copy': {
    input: z.object({ draftId: id, view: viewSchema, block: blockSchema }),
    output: z.object({ text: z.string() })
  },
  /**
   * The place of the next row of a kind after `after` (from the top again at the end), or of the one before it when `back`
   * is set (from the end again at the top); null when there is none.
   */
  'rows.next': {
    input: z.object({
      draftId: id,
      view: viewSchema,
      after: z.number().int().min(-1),
      back: z.boolean().optional(),
      of: z.union([z.enum(['problem', 'blocker']), findSchema])
    }),
    output: z.object({ at: z.number().int().nonnegative().nullable(), count: z.number().int() })
  },
  /** Changes rows; secrets go to the keychain at once. `rows` counts the rows that changed. */
  'rows.edit': {
    input: z.object({ draftId: id, edit: editSchema }),
    output: z.object({ draft: draftSchema, rows: z.number().int(), first: rowSchema.nullable() })
  },
  'rows.undo': {
    input: z.object({ draftId: id, redo: z.boolean() }),
    output: z.object({ draft: draftSchema, rows: z.number().int(), first: rowSchema.nullable() })
  },
  /** Repairs that would help, largest group first. */
  'repairs.read': { input: z.object({ draftId: id }), output: z.object({ repairs: z.array(repairSchema) }) },

  /** One way only: there is no ask that reads a secret back. */
  'secret.keep': {
    input: z.object({
      draftId: id,
      purpose: z.enum(['account', 'newPassword', 'mebx', 'user', 'server', 'wifi', 'wired']),
      value: z.string().min(1).max(256)
    }),
    output: z.object({ slot: slotSchema })
  },

  /** Looks at every ready computer as the take-over would, changing nothing; goes on in the background. */
  'draft.check': { input: z.object({ draftId: id }), output: planSchema },
  'draft.stopCheck': { input: z.object({ draftId: id }), output: planSchema },
  'checks.read': {
    input: z.object({ draftId: id, from: z.number().int().nonnegative(), count: z.number().int().min(0).max(500) }),
    output: z.object({ plan: planSchema, checks: z.array(checkSchema) })
  },

  'profiles.read': { input: nothing, output: z.object({ profiles: z.array(namedProfileSchema) }) },
  /** The draft's profile under a name, without its secrets: a new one, or the next version of the one with this id. */
  'profile.save': {
    input: z.object({ draftId: id, profileId: id.nullable(), name: z.string().trim().min(1).max(100) }),
    output: z.object({ draft: draftSchema, saved: namedProfileSchema })
  },
  'profile.delete': { input: z.object({ profileId: id }), output: nothing },
  /** Main opens the save dialog; null when cancelled. */
  'profile.export': { input: z.object({ draftId: id }), output: z.object({ file: z.string() }).nullable() },
  /** Main opens the file dialog; the profile in the file becomes the draft's. Null when cancelled. */
  'profile.import': { input: z.object({ draftId: id }), output: draftSchema.nullable() },

  /** Main opens the file dialog; the root certificates in the file join the profile's. Null when cancelled. */
  'profile.addRoots': { input: z.object({ draftId: id }), output: draftSchema.nullable() },

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
  /** jobIds null = every job that needs a person or was stopped (not those set aside); with a cause, only those that have it. */
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
  'jobs.changed': z.object({ seq: z.number().int(), import: importSchema, jobs: z.array(jobSchema) }),
  /** How far the reading of a file is; `total` 0 while it cannot be said. The last one has `done` = `total`. */
  'source.progress': z.object({
    draftId: id,
    what: z.enum(['reading', 'checking', 'keeping']),
    done: z.number(),
    total: z.number()
  }),
  /** A dry run went on or ended; at most twice a second. */
  'checks.changed': z.object({ draftId: id })
} as const

export type Ask = keyof typeof asks

/** What may be asked while another program works on the data: only what reads. */
export const lookingAsks: readonly Ask[] = [
  'app.snapshot',
  'jobs.read',
  'audit.read',
  'audit.verify',
  'device.classes',
  'profiles.read'
]
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
