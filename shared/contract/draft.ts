// Asks about a draft: its source, its mapping, its secrets and its dry run.
import { z } from 'zod'
import { fieldSchema, slotSchema } from '../computer.ts'
import { draftChangeSchema, draftSchema, mostBytes, passwordFormSchema, pieceBytes, readingSchema } from '../draft.ts'
import { checkSchema, planSchema } from '../plan.ts'
import { id, nothing } from './words.ts'

export const draftAsks = {
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
  /** A piece of a file that will be given, at most a megabyte, which follows the one before it; at 0 a file begins. */
  'source.piece': {
    input: z.object({
      draftId: id,
      size: z.number().int().positive().max(mostBytes),
      from: z.number().int().nonnegative(),
      bytes: z.instanceof(Uint8Array).refine(({ byteLength }) => byteLength <= pieceBytes)
    }),
    output: nothing
  },
  /**
   * A dropped or pasted file: its bytes (the last of them, from `from` on, when pieces came before), never its path. Computers
   * that are there already are merged by GUID; to replace them takes the typed word.
   */
  'source.give': {
    input: z.object({
      draftId: id,
      name: z.string().max(255),
      bytes: z.instanceof(Uint8Array),
      from: z.number().int().nonnegative().optional(),
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
  }
} as const
