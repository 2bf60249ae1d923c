// Asks of the grid: reading, changing and repairing the rows of a draft.
import { z } from 'zod'
import { draftSchema } from '../draft.ts'
import { blockSchema, editSchema, findSchema, repairSchema, rowSchema, viewSchema } from '../grid.ts'
import { id } from './words.ts'

export const rowAsks = {
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
  'repairs.read': { input: z.object({ draftId: id }), output: z.object({ repairs: z.array(repairSchema) }) }
} as const
