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
  'provisioning certificate kept': z.object({ fingerprint: z.string(), name: z.string() }),
  'provisioning certificate forgotten': z.object({ fingerprint: z.string() }),
  'pairs kept': z.object({ count: z.number(), source: z.string() }),
  'pairs printed': z.object({ count: z.number() }),
  /** A file with PIDs, PPS and MEBx passwords in clear; `computers` null = one record for all. */
  'usb key made': z.object({ version: z.string(), computers: z.number().nullable() }),
  'usb key forgotten': z.object({ version: z.string() }),
  'one-time password compared': z.object({ fits: z.boolean() }),
  'hello answered': z.object({ address: z.string() }),
  'set-up chosen': z.object({ why: z.string() }),
  'certificate released': z.object({ fingerprint: z.string() }),
  /** The key by which the installation signs; `publicKey` is SubjectPublicKeyInfo in base64, `fingerprint` the same as words. */
  'installation key made': z.object({ installation: z.string(), publicKey: z.string(), fingerprint: z.string() }),
  /** The keychain had it no longer. `before` is the fingerprint of the lost one. */
  'installation key replaced': z.object({
    installation: z.string(),
    publicKey: z.string(),
    fingerprint: z.string(),
    before: z.string()
  }),
  'old TLS allowed': z.object({ floor: z.string() }),
  /** More certificates than are believed to fit; `room` is what was found then. */
  'more places allowed': z.object({ room: z.string() }),
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
  'network searched': z.object({ ranges: z.string(), asked: z.number(), found: z.number() }),
  'guids read': z.object({ account: z.string(), asked: z.number(), read: z.number() }),
  /** Entries left as a signed file; none left the store. */
  'audit exported': z.object({ from: z.number(), to: z.number() }),
  /** Entries went into a signed file and out of the store; the chain begins after them. */
  'audit archived': z.object({ from: z.number(), to: z.number(), head: z.string(), file: z.string() }),
  /** Passwords left as an encrypted file. */
  'secrets exported': z.object({ count: z.number(), reason: z.string() }),
  'support bundle saved': z.object({}),
  'report saved': z.object({ kind: z.string() }),
  'pack keys made': z.object({ fingerprint: z.string() }),
  /** `kind` site or return; `sealed` how many passwords and keys are in it; `lock` a passphrase, or the fingerprint it is for. */
  'pack written': z.object({
    pack: z.string(),
    kind: z.string(),
    computers: z.number(),
    sealed: z.number(),
    lock: z.string()
  }),
  'site pack opened': z.object({ pack: z.string(), signer: z.string(), drafts: z.number(), already: z.number() }),
  'return pack merged': z.object({
    pack: z.string(),
    signer: z.string(),
    results: z.number(),
    conflicts: z.number(),
    /** Six words of the key that it is signed with. */
    fingerprint: z.string().optional(),
    /** Hash of the last audit entry that came with it. */
    head: z.string()
  }),
  'result taken in': z.object({ from: z.string(), state: z.string() }),
  'results differ': z.object({ from: z.string() }),
  'result chosen': z.object({ from: z.string() }),
  /** For another manager; `complete`: passwords were in it. */
  'list exported': z.object({ to: z.string(), computers: z.number(), complete: z.boolean() }),
  'export result read': z.object({ created: z.number(), exists: z.number(), failed: z.number() }),
  /** The list as it came, without its secrets. */
  'clean list saved': z.object({ source: z.string() }),
  'hello listener started': z.object({ address: z.string(), port: z.number(), practice: z.boolean() }),
  'hello listener stopped': z.object({ port: z.number(), hellos: z.number() }),
  /** A server that may be asked for updates, or none any more. */
  'updates turned on': z.object({ address: z.string() }),
  'updates turned off': z.object({}),
  /** Its signature, version and SHA-512 held; `from` the address or the file it came from. */
  'update accepted': z.object({ version: z.string(), from: z.string(), sha512: z.string() }),
  'callers claimed': z.object({ computers: z.number() }),
  'callers ignored': z.object({ computers: z.number(), ignored: z.boolean() })
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

/** An entry of this log, or of another laptop's, whose version may know kinds that this one does not. */
export const shownEntrySchema = auditEntrySchema.extend({ kind: z.string() })
export type ShownEntry = z.infer<typeof shownEntrySchema>

/** Another laptop, of whose log entries came back in return packs. */
export const laptopSchema = z.object({
  /** The key it signs with. */
  origin: z.string(),
  name: z.string(),
  /** Six words of that key. */
  fingerprint: z.string(),
  entries: z.number().int(),
  /** Entries about other work, of which only the place in the chain is here. */
  links: z.number().int()
})
export type Laptop = z.infer<typeof laptopSchema>

/** Whether another laptop's entries are what came in its packs. */
export const returnedChainSchema = z.object({
  /** `partial`: nothing was altered, but some did not come, or what vouches for them is not at hand. */
  state: z.enum(['whole', 'partial', 'broken']),
  from: z.number().int(),
  to: z.number().int(),
  brokenAt: z.number().int().nullable(),
  /** Entry of this log that notes how theirs ended; null when none does. */
  vouchedBy: z.number().int().nullable(),
  why: z.string()
})
export type ReturnedChain = z.infer<typeof returnedChainSchema>

/** Whether every entry still has the hash it was written with, and each follows the one before. */
export const chainSchema = z.object({
  holds: z.boolean(),
  entries: z.number().int(),
  /** First entry that does not fit. */
  brokenAt: z.number().int().nullable(),
  /** Hash of the last entry: noted elsewhere it proves that nothing was cut off the end. */
  head: z.string(),
  why: z.string(),
  /** Number of the first entry that was looked at: more than 1 once older ones were archived. */
  startsAt: z.number().int(),
  /** Up to this entry a signature of the installation stands for it; null while there is no key. */
  signedTo: z.number().int().nullable()
})
export type Chain = z.infer<typeof chainSchema>
