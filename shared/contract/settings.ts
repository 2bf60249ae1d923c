// Asks about this installation: where updates may come from, what is kept on this computer, and how all of it goes.
import { z } from 'zod'
import { problemSchema } from '../problem.ts'
import { nothing } from './words.ts'

export const updatesSchema = z.object({
  version: z.string(),
  /** Why an update cannot be checked at all, or not be fetched; null while it can. */
  files: problemSchema.nullable(),
  server: problemSchema.nullable(),
  /** The server that may be asked; '' = off: nobody is contacted. */
  address: z.string(),
  /** How far the way from the server to this computer is gone. */
  state: z.enum(['idle', 'looking', 'found', 'fetching', 'ready']),
  /** What was found; null while nothing was. */
  found: z.object({ version: z.string(), date: z.string(), bytes: z.number() }).nullable(),
  /** 0 to 100 while it is fetched. */
  percent: z.number()
})
export type UpdatesView = z.infer<typeof updatesSchema>

/** What a person said may be lost: only data, also passwords in use, also those no login has proved. */
const acceptedSchema = z.enum(['nothing', 'passwords', 'unproved'])
export type Accepted = z.infer<typeof acceptedSchema>

export const keptSchema = z.object({
  folder: z.string(),
  files: z.array(z.object({ name: z.string(), bytes: z.number() })),
  /** In the keychain; null when it does not answer. */
  entries: z.number().int().nullable(),
  /** Computers with a new password that no login has proved. */
  unproved: z.number().int(),
  /** Computers whose password is in the keychain. */
  inUse: z.number().int()
})
export type Kept = z.infer<typeof keptSchema>

export const settingsAsks = {
  'updates.read': { input: nothing, output: updatesSchema },
  /** '' turns them off. Problems: update-address, update-no-key, update-by-hand. */
  'updates.set': { input: z.object({ address: z.string().max(500) }), output: updatesSchema },
  'updates.check': { input: nothing, output: updatesSchema },
  /** Answers when it is here and proved. */
  'updates.fetch': { input: nothing, output: updatesSchema },
  /** Ends the program. Problem still-working while computers are worked on. */
  'updates.install': { input: nothing, output: nothing },
  /** Main opens the file dialog; null when cancelled. `again`: the file of before, although it is not newer. */
  'updates.file': {
    input: z.object({ again: z.boolean() }),
    output: z.object({ version: z.string(), words: z.string() }).nullable()
  },
  'data.read': { input: nothing, output: keptSchema },
  /** Removes everything after the typed word and ends the program. Problems: passwords-unproved, passwords-only-here. */
  'data.remove': { input: z.object({ word: z.literal('remove'), accepted: acceptedSchema }), output: nothing }
} as const
