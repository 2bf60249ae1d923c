// The grid of computers between page and core: a row as it is shown, which rows are in view, what is changed at once.
import { z } from 'zod'
import { fieldSchema, fields, severitySchema } from './computer.ts'
import { problemSchema } from './problem.ts'
import { rowAdviceSchema } from './strategy.ts'

/** How a row stands to what was known before this file: rows of files given earlier, and computers of earlier imports. */
export const knownSchema = z.enum(['none', 'new', 'changed', 'same', 'missing'])
export type Known = z.infer<typeof knownSchema>

/** One row of the grid. Secrets are never in it: only whether one is kept. */
export const rowSchema = z.object({
  /** Stable number of the row within the draft, from 0. */
  row: z.number().int().nonnegative(),
  /** Line in the file, from 1; 0 when it was typed in. */
  line: z.number().int().nonnegative(),
  /** Name of the file it came from; '' when it was typed in. */
  file: z.string(),
  /** Texts by field; a secret field holds '' or 'kept'. */
  values: z.record(z.enum(fields), z.string()),
  /** The text as it stood in the file, where the wizard keeps another one. Never of a secret field. */
  found: z.partialRecord(fieldSchema, z.string()),
  /** Fields that a person or a repair changed since the row came in. */
  edited: z.array(fieldSchema),
  issues: z.array(z.object({ field: fieldSchema.nullable(), severity: severitySchema, problem: problemSchema })),
  leftOut: z.boolean(),
  /** It came with an exported file: automatic in-band provisioning is prevented until somebody allows it. */
  automaticPrevented: z.boolean(),
  known: knownSchema,
  /** Fields in which it differs from what was known. */
  differs: z.array(fieldSchema),
  /** Which route this computer can take, and why. */
  advice: rowAdviceSchema
})
export type Row = z.infer<typeof rowSchema>

export const rowFilterSchema = z.enum([
  'all',
  'blocker',
  'warning',
  'note',
  'edited',
  'new',
  'changed',
  'same',
  'missing',
  'prevented',
  'leftOut'
])
export type RowFilter = z.infer<typeof rowFilterSchema>

export const sortSchema = z.object({
  by: z.enum([...fields, 'line', 'state', 'route', 'known']),
  descending: z.boolean()
})
export type Sort = z.infer<typeof sortSchema>

/** Which rows are shown, in which order. Places in a view count from 0. */
export const viewSchema = z.object({
  filter: rowFilterSchema,
  search: z.string().max(100),
  /** null = the order of the file. */
  sort: sortSchema.nullable()
})
export type View = z.infer<typeof viewSchema>

const place = z.number().int().nonnegative()

/** A block of the view: places from `from` to `to` (both included), and the fields it spans. */
export const blockSchema = z.object({ from: place, to: place, fields: z.array(fieldSchema).min(1) })
export type Block = z.infer<typeof blockSchema>

/** What to look for in cells; secrets are never searched. */
export const findSchema = z.object({
  text: z.string().min(1).max(255),
  /** null = every open field. */
  field: fieldSchema.nullable(),
  matchCase: z.boolean(),
  /** Only cells that hold nothing else. */
  whole: z.boolean()
})
export type Find = z.infer<typeof findSchema>

/** Everything a person can do to rows at once; each is one step of undo. */
export const editSchema = z.discriminatedUnion('kind', [
  /** A text into one cell; row null appends a row, as the single-computer form does. */
  z.object({
    kind: z.literal('set'),
    row: place.nullable(),
    values: z.partialRecord(fieldSchema, z.string().max(1000))
  }),
  /** Texts into cells of several rows: what devices told of themselves. */
  z.object({
    kind: z.literal('learn'),
    rows: z.array(z.object({ row: place, values: z.partialRecord(fieldSchema, z.string().max(1000)) })).max(100_000)
  }),
  /** Lines and cells from the clipboard, laid from a place on; what goes beyond the last row is appended. */
  z.object({
    kind: z.literal('paste'),
    view: viewSchema,
    at: place,
    /** Last place of the block, when one is selected: what is pasted fills it where it fits a whole number of times. */
    to: place.optional(),
    fields: z.array(fieldSchema).min(1),
    cells: z
      .array(z.array(z.string().max(1000)).max(20))
      .min(1)
      .max(100_000)
  }),
  /** The first row of the block into all rows below it. */
  z.object({ kind: z.literal('fill'), view: viewSchema, block: blockSchema }),
  /** Empties the cells of the block. */
  z.object({ kind: z.literal('clear'), view: viewSchema, block: blockSchema }),
  z.object({ kind: z.literal('replace'), view: viewSchema, find: findSchema, by: z.string().max(255) }),
  z.object({ kind: z.literal('leaveOut'), view: viewSchema, from: place, to: place, leftOut: z.boolean() }),
  /** Rows null = every row. */
  z.object({ kind: z.literal('allowAutomatic'), row: place.nullable(), allowed: z.boolean() }),
  /** Cells back to the text in the file. */
  z.object({ kind: z.literal('revert'), view: viewSchema, block: blockSchema }),
  /** A group of equal repairs, by the id that `repairs.read` gave. */
  z.object({ kind: z.literal('repair'), id: z.string().max(100) })
])
export type Edit = z.infer<typeof editSchema>

/** One repair that would help many rows in the same way. */
export const repairSchema = z.object({
  id: z.string(),
  severity: severitySchema,
  /** "12 GUIDs have braces" */
  title: z.string(),
  /** What pressing the button does, as its caption: "Take the braces away". */
  action: z.string(),
  rows: z.number().int(),
  /** The first few, before and after; secrets masked. */
  examples: z.array(z.object({ row: place, name: z.string(), from: z.string(), to: z.string() })).max(3)
})
export type Repair = z.infer<typeof repairSchema>
