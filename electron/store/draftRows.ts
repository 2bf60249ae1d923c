// Rows of drafts by generation: what is written in slices counts all at once or never.
import type { Db } from './database.ts'
import { type KeptRow, restored, stored } from './keptRow.ts'

/**
 * A draft has one generation with all its rows, and perhaps newer ones with rows that were changed together since: of a row
 * the newest counts. What is beyond the number of rows that the draft names counts no more.
 */
export interface DraftRows {
  /** Reads the rows in slices: each call of the answer gives some, in no order, older ones of a row first; undefined = all. */
  readRows(draftId: string): () => KeptRow[] | undefined
  /** Few rows, changed in one transaction. */
  saveRows(draftId: string, rows: readonly KeptRow[]): void
  /** A generation that nobody sees before it is used. */
  newGeneration(draftId: string): number
  addRows(generation: number, rows: readonly KeptRow[]): void
  /** It counts from now on: beside the others, or as the only one. */
  useGeneration(draftId: string, generation: number, only: boolean): void
  /** It will not be used after all. */
  dropGeneration(generation: number): void
  /** How many generations a reader has to go through. */
  generations(draftId: string): number
  /** No generation of the draft counts any more. */
  retireRows(draftId: string): void
  /** Takes up to `most` rows away that nobody can see any more; true while there are more. */
  sweepRows(most: number): boolean
}

const slice = 1000

/** The row tables of a store. */
export function draftRowsOf(db: Db): DraftRows {
  const live = db
    .prepare<[string], number>('SELECT generation FROM draft_generations WHERE draft_id = ? AND live = 1 ORDER BY 1')
    .pluck()
  const next = db.prepare<[number, number, number], { row: number; body: string }>(
    'SELECT row, body FROM draft_rows WHERE generation = ? AND row > ? ORDER BY row LIMIT ?'
  )
  const put = db.prepare(
    `INSERT INTO draft_rows (generation, row, body) VALUES (?, ?, ?)
     ON CONFLICT (generation, row) DO UPDATE SET body = excluded.body`
  )
  const begin = db.prepare('INSERT INTO draft_generations (draft_id, live) VALUES (?, ?)')
  const retire = db.prepare('UPDATE draft_generations SET live = 0 WHERE draft_id = ? AND live = 1')
  const make = db.prepare('UPDATE draft_generations SET live = 1 WHERE generation = ?')
  const stale = db
    .prepare<[string], number>(
      `SELECT generation FROM draft_generations
       WHERE live = 0 AND generation NOT IN (SELECT value FROM json_each(?)) LIMIT 1`
    )
    .pluck()
  const sweep = db.prepare(
    'DELETE FROM draft_rows WHERE generation = ? AND row IN (SELECT row FROM draft_rows WHERE generation = ? LIMIT ?)'
  )
  const drop = db.prepare('DELETE FROM draft_generations WHERE generation = ?')
  /** Begun by this process and neither used nor given up: not stale. */
  const writing = new Set<number>()
  const add = (generation: number, rows: readonly KeptRow[]): void => {
    for (const row of rows) put.run(generation, row.row, stored(row))
  }
  return {
    readRows(draftId) {
      const waiting = live.all(draftId)
      const files = new Map<string, string>()
      let after = -1
      return () => {
        const [generation] = waiting
        if (generation === undefined) return undefined
        const lines = next.all(generation, after, slice)
        after = lines.at(-1)?.row ?? -1
        if (lines.length < slice) {
          waiting.shift()
          after = -1
        }
        return lines.map(({ row, body }) => restored(row, body, files))
      }
    },
    saveRows: db.transaction((draftId: string, rows: readonly KeptRow[]) => {
      add(live.all(draftId).at(-1) ?? Number(begin.run(draftId, 1).lastInsertRowid), rows)
    }),
    newGeneration(draftId) {
      const generation = Number(begin.run(draftId, 0).lastInsertRowid)
      writing.add(generation)
      return generation
    },
    // Nothing counts before its generation is used: power that fails takes all of it, or none.
    addRows: db.transaction(add),
    useGeneration: db.transaction((draftId: string, generation: number, only: boolean) => {
      if (only) retire.run(draftId)
      make.run(generation)
      writing.delete(generation)
    }),
    dropGeneration: (generation) => void writing.delete(generation),
    generations: (draftId) => live.all(draftId).length,
    retireRows: (draftId) => void retire.run(draftId),
    sweepRows: db.transaction((most: number) => {
      const generation = stale.get(JSON.stringify([...writing]))
      if (generation === undefined) return false
      if (sweep.run(generation, generation, most).changes < most) drop.run(generation)
      return true
    })
  }
}
