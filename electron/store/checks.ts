// Results of dry runs: one for each row of a draft, kept over restarts, with what they rest on.
import { z } from 'zod'
import { type Check, checkSchema } from '../../shared/plan.ts'
import type { Db } from './database.ts'

/** A result as it is kept; `basis` tells whether row, profile or accounts have changed since. */
export const keptCheckSchema = checkSchema.omit({ stale: true }).extend({ basis: z.string() })
export type KeptCheck = z.infer<typeof keptCheckSchema>

export interface Checks {
  of(draftId: string): KeptCheck[]
  save(draftId: string, check: Omit<Check, 'stale'> & { readonly basis: string }): void
  clear(draftId: string): void
}

/** The check table of a store; results go with their draft. */
export function checksOf(db: Db): Checks {
  const list = db.prepare<[string], { body: string }>('SELECT body FROM checks WHERE draft_id = ? ORDER BY row')
  const put = db.prepare(
    `INSERT INTO checks (draft_id, row, body) VALUES (?, ?, ?)
     ON CONFLICT (draft_id, row) DO UPDATE SET body = excluded.body`
  )
  const drop = db.prepare('DELETE FROM checks WHERE draft_id = ?')
  return {
    of: (draftId) => list.all(draftId).map(({ body }) => keptCheckSchema.parse(JSON.parse(body))),
    save: (draftId, check) => void put.run(draftId, check.row, JSON.stringify(check)),
    clear: (draftId) => void drop.run(draftId)
  }
}
