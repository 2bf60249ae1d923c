// Drafts and their rows as they are saved; rows apart from the draft, so that fixing one cell writes one row.
import { z } from 'zod'
import { fieldSchema, fields, severitySchema } from '../../shared/computer.ts'
import { type Draft, draftSchema } from '../../shared/draft.ts'
import { problemSchema } from '../../shared/problem.ts'
import type { Db } from './database.ts'

/** A row as it is kept: normalised texts (a secret field holds its slot), what is wrong with its own fields. */
export const keptRowSchema = z.object({
  row: z.number().int().nonnegative(),
  line: z.number().int().nonnegative(),
  values: z.record(z.enum(fields), z.string()),
  issues: z.array(z.object({ field: fieldSchema.nullable(), severity: severitySchema, problem: problemSchema })),
  leftOut: z.boolean()
})
export type KeptRow = z.infer<typeof keptRowSchema>

export interface Drafts {
  all(): Draft[]
  save(draft: Draft): void
  rows(draftId: string): KeptRow[]
  replaceRows(draftId: string, rows: readonly KeptRow[]): void
  saveRows(draftId: string, rows: readonly KeptRow[]): void
  remove(draftId: string): void
}

const json = (text: string): unknown => JSON.parse(text)

/** The draft tables of a store. */
export function draftsOf(db: Db, now: () => number): Drafts {
  const list = db.prepare<[], { body: string }>('SELECT body FROM drafts ORDER BY updated_at DESC')
  const put = db.prepare(
    `INSERT INTO drafts (id, body, updated_at) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET body = excluded.body, updated_at = excluded.updated_at`
  )
  const rowsOf = db.prepare<[string], { body: string }>('SELECT body FROM draft_rows WHERE draft_id = ? ORDER BY row')
  const clear = db.prepare('DELETE FROM draft_rows WHERE draft_id = ?')
  const putRow = db.prepare(
    `INSERT INTO draft_rows (draft_id, row, body) VALUES (?, ?, ?)
     ON CONFLICT (draft_id, row) DO UPDATE SET body = excluded.body`
  )
  const drop = db.prepare('DELETE FROM drafts WHERE id = ?')
  const saveRows = db.transaction((draftId: string, rows: readonly KeptRow[]) => {
    for (const row of rows) putRow.run(draftId, row.row, JSON.stringify(row))
  })
  return {
    all: () => list.all().map(({ body }) => draftSchema.parse(json(body))),
    save: (draft) => void put.run(draft.id, JSON.stringify(draft), now()),
    rows: (draftId) => rowsOf.all(draftId).map(({ body }) => keptRowSchema.parse(json(body))),
    replaceRows: db.transaction((draftId: string, rows: readonly KeptRow[]) => {
      clear.run(draftId)
      saveRows(draftId, rows)
    }),
    saveRows,
    remove: (draftId) => void drop.run(draftId)
  }
}
