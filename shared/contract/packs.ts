// Asks about site packs: out and back in, whom they are signed by, and results that differ.
import { z } from 'zod'
import { jobSchema } from '../job.ts'
import { problemSchema } from '../problem.ts'
import { id, nothing } from './words.ts'

/** An installation as people see it. */
const cardSchema = z.object({ name: z.string(), fingerprint: z.string(), address: z.string() })

/** A passphrase comes in and never goes out; an address is public. */
const passphrase = z.string().max(1024)
const lockSchema = z.discriminatedUnion('by', [
  z.object({ by: z.literal('passphrase'), passphrase }),
  z.object({ by: z.literal('address'), address: z.string().max(2000) })
])
export type PackLock = z.infer<typeof lockSchema>

/** What can be said of a pack before it is opened. */
export const packHeadSchema = z.object({
  /** Names it until it is taken or put away. */
  token: id,
  file: z.string(),
  kind: z.enum(['site', 'return']),
  createdAt: z.number(),
  bytes: z.number(),
  lock: z.enum(['passphrase', 'key']),
  signer: z.object({
    name: z.string(),
    fingerprint: z.string(),
    /** Its signature was trusted before, or it is this installation. */
    known: z.boolean()
  })
})
export type PackHead = z.infer<typeof packHeadSchema>

/** What is in an opened pack; nothing of it is taken yet. */
export const packContentSchema = z.object({
  plans: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      practice: z.boolean(),
      computers: z.number().int(),
      /** A draft or an import of it is here already. */
      here: z.boolean()
    })
  ),
  profiles: z.number().int(),
  secrets: z.number().int(),
  results: z.number().int(),
  /** Audit entries that come with it. */
  entries: z.number().int()
})
export type PackContent = z.infer<typeof packContentSchema>

export const packTakenSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('site'),
    drafts: z.array(z.object({ id: z.string(), name: z.string(), computers: z.number().int() })),
    already: z.array(z.string()),
    profiles: z.number().int()
  }),
  z.object({
    kind: z.literal('return'),
    imports: z.array(z.object({ id: z.string(), name: z.string() })),
    results: z.number().int(),
    news: z.number().int(),
    taken: z.number().int(),
    conflicts: z.number().int(),
    working: z.number().int(),
    entries: z.number().int()
  })
])
export type PackTaken = z.infer<typeof packTakenSchema>

/** One of the results that differ. */
export const sideSchema = z.object({
  /** Signing key of the laptop it comes from. */
  origin: z.string(),
  name: z.string(),
  mine: z.boolean(),
  state: z.enum(['done', 'person', 'stopped']),
  problem: problemSchema.nullable(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  attempts: z.number().int(),
  facts: jobSchema.shape.facts,
  /** How many passwords and other secrets are in use since. */
  secrets: z.number().int()
})
export type Side = z.infer<typeof sideSchema>

export const conflictSchema = z.object({
  planId: z.string(),
  importId: z.string(),
  /** What the import is called. */
  source: z.string(),
  guid: z.string(),
  computer: z.string(),
  sides: z.array(sideSchema)
})
export type Conflict = z.infer<typeof conflictSchema>

export const packsSchema = z.object({
  /** Null when its key cannot be had; the problem says why. */
  installation: cardSchema.nullable(),
  problem: problemSchema.nullable(),
  /** Imports of plans that came in a site pack, and how many of their computers have a result. */
  returns: z.array(
    z.object({
      importId: z.string(),
      source: z.string(),
      from: z.string(),
      computers: z.number().int(),
      ended: z.number().int()
    })
  ),
  conflicts: z.array(conflictSchema)
})
export type PacksView = z.infer<typeof packsSchema>

const saved = z.object({ file: z.string(), computers: z.number().int(), secrets: z.number().int() }).nullable()

export const packAsks = {
  'packs.read': { input: nothing, output: packsSchema },
  'installation.rename': { input: z.object({ name: z.string().trim().min(1).max(60) }), output: cardSchema },
  /** New keys where the old ones are lost for good. */
  'installation.renew': { input: nothing, output: cardSchema },
  /** Main opens the save dialog; null when cancelled. */
  'pack.save': {
    input: z.object({ draftIds: z.array(id).min(1).max(200), secrets: z.boolean(), lock: lockSchema }),
    output: saved
  },
  /** As `pack.save`, for the way back; `sender`: locked to the laptop that the plans came from. */
  'pack.return': {
    input: z.object({
      importIds: z.array(id).min(1).max(200),
      lock: z.discriminatedUnion('by', [z.object({ by: z.literal('sender') }), ...lockSchema.options])
    }),
    output: saved
  },
  /** Main opens the file dialog; null when cancelled. The signature is proved, the content still closed. */
  'pack.choose': { input: nothing, output: packHeadSchema.nullable() },
  /** As `pack.choose`, for the file that was handed to the program; null when none was. */
  'pack.handed': { input: nothing, output: packHeadSchema.nullable() },
  'pack.look': { input: z.object({ token: id, passphrase: passphrase.optional() }), output: packContentSchema },
  /** `trust`: the fingerprint of an unknown signer was compared. */
  'pack.take': { input: z.object({ token: id, trust: z.boolean() }), output: packTakenSchema },
  'pack.putAway': { input: z.object({ token: id }), output: nothing },
  /** Whose result of a computer is true. */
  'pack.resolve': {
    input: z.object({ planId: id, guid: z.string().max(64), origin: z.string().max(100) }),
    output: packsSchema
  }
} as const
