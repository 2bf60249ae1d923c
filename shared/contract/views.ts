// How the page sees an import, the keychain and everything at once.
import { z } from 'zod'
import { ticksSchema } from '../checklist.ts'
import { draftSchema } from '../draft.ts'
import { importStateSchema, totalsSchema } from '../job.ts'
import { outcomeSchema } from '../outcome.ts'
import { problemSchema } from '../problem.ts'
import { runningSchema } from '../running.ts'
import { followedSchema } from '../schedule/followed.ts'
import { answersSchema, routeCountsSchema, routeSchema } from '../strategy.ts'
import { id } from './words.ts'

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
  /** `none`: this laptop has no network. `other`: none of its computers has been found from the one it is on. */
  network: z.enum(['none', 'other']).nullable(),
  /** Computers that do not answer and are looked for. */
  asleep: z.number().int(),
  /** Computers that wait for their hello. */
  awaited: z.number().int(),
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
