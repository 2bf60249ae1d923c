// The one table of what the page may ask and what it may be told; main, preload, page and tests are all typed from it.
import { z } from 'zod'
import { fieldSchema, isSecret } from './computer.ts'
import { deviceAsks } from './contract/device.ts'
import { discoveryAsks } from './contract/discovery.ts'
import { draftAsks } from './contract/draft.ts'
import { exportAsks } from './contract/exports.ts'
import { importAsks } from './contract/import.ts'
import { outOfBandAsks } from './contract/outOfBand.ts'
import { packAsks } from './contract/packs.ts'
import { profileAsks } from './contract/profile.ts'
import { recordAsks } from './contract/record.ts'
import { rowAsks } from './contract/rows.ts'
import { settingsAsks } from './contract/settings.ts'
import { setUpAsks } from './contract/setUp.ts'
import { importSchema, snapshotSchema } from './contract/views.ts'
import { id, nothing } from './contract/words.ts'
import { jobSchema } from './job.ts'
import { mask } from './password.ts'
import type { Problem } from './problem.ts'

/** ask → what comes in, what goes out. Every answer travels as a Result: the value, or a Problem. */
export const asks = {
  /** Everything the start page needs. */
  'app.snapshot': { input: nothing, output: snapshotSchema },

  /** How the battery stands, 0 to 1: low and not charging, nothing new is begun on real computers. */
  'power.battery': { input: z.object({ level: z.number().min(0).max(1), charging: z.boolean() }), output: nothing },

  ...draftAsks,
  ...rowAsks,
  ...discoveryAsks,
  ...profileAsks,
  ...importAsks,
  ...exportAsks,
  ...deviceAsks,
  ...recordAsks,
  ...outOfBandAsks,
  ...packAsks,
  ...setUpAsks,
  ...settingsAsks
} as const

/** What the page is told without asking; coalesced to at most 10 a second where they repeat. */
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
  /**
   * What a long file begins with, told at once while all of it is still being read and nothing is kept: fields that columns
   * were found for, and the first rows with a text for each; passwords masked.
   */
  'source.head': z
    .object({
      draftId: id,
      name: z.string(),
      words: z.string(),
      fields: z.array(fieldSchema),
      rows: z.array(z.object({ line: z.number().int(), cells: z.array(z.string()) }))
    })
    .refine(({ fields, rows }) =>
      rows.every(({ cells }) => fields.every((field, at) => !isSecret(field) || cells[at] === '' || cells[at] === mask))
    ),
  /** A dry run went on or ended; at most twice a second. */
  'checks.changed': z.object({ draftId: id }),
  /** Somebody called, or the listener changed; at most twice a second. */
  'hello.changed': nothing,
  /** A site pack was handed to the program: `pack.handed` opens it. */
  'pack.handed': nothing,
  /** A search of the network went on or ended; at most twice a second. */
  'search.changed': z.object({ draftId: id })
} as const

export type Ask = keyof typeof asks

/** What may be asked while another program works on the data: only what reads. */
export const lookingAsks: readonly Ask[] = [
  'app.snapshot',
  'jobs.read',
  'audit.read',
  'audit.verify',
  'audit.verifyFile',
  'audit.saveVerifier',
  'device.log',
  'device.classes',
  'profiles.read',
  'hello.read',
  'hello.caller',
  'export.results',
  'pack.handed',
  'updates.read',
  'data.read'
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
