// The kinds of facts the audit log holds and what each must carry; entries are appended, chained and never altered.
import { z } from 'zod'
import { stepSchema } from './steps.ts'

/** kind → what it carries. Every text is free of secrets; a slot name is not a secret. */
export const auditKinds = {
  'store opened': z.object({ version: z.string() }),
  /** The store was damaged, and this is what could be read of it. */
  'store recovered': z.object({ words: z.string() }),
  'import started': z.object({
    computers: z.number(),
    source: z.string(),
    route: z.string(),
    practice: z.boolean(),
    profile: z.string(),
    collection: z.string(),
    /** The plan in sentences; absent when it was simply started. */
    schedule: z.string().optional(),
    /** Pace, canary, how long it looks after its computers. */
    running: z.string().optional()
  }),
  'started anyway': z.object({ computers: z.number() }),
  'import paused': z.object({}),
  'import resumed': z.object({}),
  'import stopped': z.object({}),
  'import finished': z.object({ done: z.number(), person: z.number(), stopped: z.number() }),
  /** One cause stopped the import by itself. */
  'import held': z.object({ cause: z.string(), failed: z.number(), ended: z.number() }),
  'pace changed': z.object({ words: z.string() }),
  'canary ended': z.object({}),
  'retry asked': z.object({ jobs: z.number(), cause: z.string().optional() }),
  'skip asked': z.object({ jobs: z.number(), reason: z.string() }),
  'armed asleep': z.object({ until: z.string() }),
  'computer answered': z.object({}),
  'watch begun': z.object({ until: z.string() }),
  'watch ended': z.object({ looks: z.number(), outcome: z.string() }),
  'taken back': z.object({ differences: z.string() }),
  'secrets released': z.object({ count: z.number() }),
  'attempt begun': z.object({ attempt: z.number() }),
  'attempt interrupted': z.object({ step: stepSchema.nullable() }),
  'login tried': z.object({ account: z.string(), fitted: z.boolean(), tries: z.number() }),
  'certificate trusted': z.object({ fingerprint: z.string(), endpoint: z.string() }),
  'authority made': z.object({ fingerprint: z.string() }),
  'certificate issued': z.object({ fingerprint: z.string(), name: z.string() }),
  'certificate brought in': z.object({ issuer: z.string() }),
  'certificate released': z.object({ fingerprint: z.string() }),
  'old TLS allowed': z.object({ floor: z.string() }),
  'device looked into': z.object({ what: z.string() }),
  'computers checked': z.object({ source: z.string(), checked: z.number(), ready: z.number() }),
  'undo asked': z.object({ changes: z.number() }),
  'undo ended': z.object({ verdict: z.string(), problem: z.string().nullable() }),
  'profile saved': z.object({ name: z.string(), version: z.number() }),
  'profile deleted': z.object({ name: z.string(), version: z.number() }),
  'account added': z.object({ account: z.string(), slot: z.string() }),
  'identity confirmed': z.object({ guid: z.string(), byteOrder: z.string() }),
  'change intended': z.object({ step: stepSchema, what: z.string() }),
  'change made': z.object({ step: stepSchema, what: z.string() }),
  'secret kept': z.object({ slot: z.string() }),
  'secret promoted': z.object({ slot: z.string(), former: z.string().nullable() }),
  'attempt ended': z.object({ verdict: z.string(), problem: z.string().nullable(), detail: z.string() }),
  'checklist ticked': z.object({ item: z.string(), what: z.string(), done: z.boolean(), tickedAt: z.number() }),
  /** An exported file prevented it; a person lifted that, before Start or later. */
  'automatic provisioning allowed': z.object({ computers: z.number(), names: z.string() }),
  'report saved': z.object({ kind: z.string() }),
  /** The list as it came, without its secrets. */
  'clean list saved': z.object({ source: z.string() })
} as const

export type AuditKind = keyof typeof auditKinds
export const auditKindSchema = z.enum(Object.keys(auditKinds) as [AuditKind, ...AuditKind[]])
export type AuditBody<K extends AuditKind> = z.infer<(typeof auditKinds)[K]>

/** One entry as it is read back. */
export const auditEntrySchema = z.object({
  seq: z.number().int().positive(),
  at: z.number(),
  /** The operating-system user who ran the wizard. */
  actor: z.string(),
  kind: auditKindSchema,
  importId: z.string().nullable(),
  jobId: z.string().nullable(),
  /** Name of the computer, when the entry is about one. */
  computer: z.string().nullable(),
  body: z.record(z.string(), z.unknown()),
  hash: z.string()
})
export type AuditEntry = z.infer<typeof auditEntrySchema>

/** Whether every entry still has the hash it was written with, and each follows the one before. */
export const chainSchema = z.object({
  holds: z.boolean(),
  entries: z.number().int(),
  /** First entry that does not fit. */
  brokenAt: z.number().int().nullable(),
  /** Hash of the last entry: noted elsewhere it proves that nothing was cut off the end. */
  head: z.string(),
  why: z.string()
})
export type Chain = z.infer<typeof chainSchema>
