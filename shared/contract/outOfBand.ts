// Asks about the hello listener and about who calls.
import { z } from 'zod'
import { draftSchema } from '../draft.ts'
import { importStateSchema, jobStateSchema } from '../job.ts'
import { problemSchema } from '../problem.ts'
import { id, nothing } from './words.ts'

/** The port that devices say hello to unless somebody changed it in them. */
export const helloPort = 9971

/** What came in since the listener was started. */
const tallySchema = z.object({
  connections: z.number().int(),
  hellos: z.number().int(),
  /** Connections with something else than a usable hello. */
  strangers: z.number().int(),
  /** Connections closed unread, to stay within bounds. */
  refused: z.number().int()
})

/** How the listener stands. */
export const listenerSchema = z.object({
  on: z.boolean(),
  /** Practice computers call it, on loopback only. */
  practice: z.boolean(),
  /** '' = all addresses of this computer. */
  address: z.string(),
  port: z.number().int(),
  /** When it was started (ms since 1970); null while it is off. */
  since: z.number().nullable(),
  tally: tallySchema,
  /** Why it could not be started; null when it could. */
  problem: problemSchema.nullable()
})
export type ListenerState = z.infer<typeof listenerSchema>

const guid = z.string().max(64)

/** A computer that said hello. All of it is what the message claims; the GUID alone is used, to find its row. */
export const callerSchema = z.object({
  guid,
  practice: z.boolean(),
  /** Where its last hello came from. */
  address: z.string(),
  version: z.union([z.literal(2), z.literal(3)]),
  pid: z.string().nullable(),
  hashes: z.array(z.string()),
  credentialsSet: z.boolean(),
  count: z.number().int(),
  firstAt: z.number(),
  /** What its messages tell of the window: see shared/helloWindow.ts. */
  openedAt: z.number(),
  exact: z.boolean(),
  lastAt: z.number(),
  retry: z.number().int(),
  reopened: z.number().int(),
  ignored: z.boolean(),
  /** The draft it was claimed into, while that is there. */
  draftId: z.string().nullable(),
  /** Its job in the newest import that has it; null when none has. */
  job: z
    .object({ id, importId: id, name: z.string(), state: jobStateSchema, importState: importStateSchema })
    .nullable()
})
export type Caller = z.infer<typeof callerSchema>

export const outOfBandAsks = {
  'hello.start': {
    input: z.object({
      address: z.string().trim().max(64),
      port: z.number().int().min(1).max(65_535),
      practice: z.boolean()
    }),
    /** A Problem is in it: the page keeps what was typed. */
    output: listenerSchema
  },
  'hello.stop': { input: nothing, output: listenerSchema },
  /** The listener, and the latest of its callers: those to decide on, or those that are ignored. */
  'hello.read': {
    input: z.object({ practice: z.boolean(), ignored: z.boolean() }),
    output: z.object({
      listener: listenerSchema,
      callers: z.array(callerSchema).max(500),
      total: z.number().int(),
      ignored: z.number().int()
    })
  },
  /** What is known of one computer's hello; null when it never called. */
  'hello.caller': {
    input: z.object({ guid, practice: z.boolean() }),
    output: z.object({ caller: callerSchema.nullable() })
  },
  /** Puts callers into a draft with GUID and address; null = a new draft. */
  'hello.claim': {
    input: z.object({ guids: z.array(guid).min(1).max(500), practice: z.boolean(), draftId: id.nullable() }),
    output: draftSchema
  },
  'hello.ignore': {
    input: z.object({ guids: z.array(guid).min(1).max(500), practice: z.boolean(), ignored: z.boolean() }),
    output: nothing
  }
} as const
