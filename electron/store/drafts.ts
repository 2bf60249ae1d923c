// Drafts as they are saved, and the keychain entries that their rows ever had; the rows themselves are in draftRows.ts.
import { type Draft, draftSchema } from '../../shared/draft.ts'
import type { Db } from './database.ts'
import { type DraftRows, draftRowsOf } from './draftRows.ts'

/** A keychain entry that rows of a draft had or still have. */
export interface KeptEntry {
  readonly draftId: string
  readonly entry: string
  readonly practice: boolean
}

export interface Drafts extends DraftRows {
  all(): Draft[]
  find(draftId: string): Draft | undefined
  save(draft: Draft): void
  /** The draft is gone at once; its rows become stale, its entries stay listed until they are forgotten. */
  remove(draftId: string): void

  /** Listed before they are written to the keychain, so that a kill in between leaves nothing that nobody knows of. */
  listEntries(draftId: string, entries: readonly string[], practice: boolean): void
  /** Of one draft, or of all drafts that are gone. */
  entries(draftId: string | null): KeptEntry[]
  dropEntries(draftId: string, entries: readonly string[]): void
}

const json = (text: string): unknown => JSON.parse(text)

interface EntryLine {
  readonly draft_id: string
  readonly entry: string
  readonly practice: number
}

/** The draft tables of a store. */
export function draftsOf(db: Db, now: () => number): Drafts {
  const rows = draftRowsOf(db)
  const list = db.prepare<[], { body: string }>('SELECT body FROM drafts ORDER BY updated_at DESC')
  const one = db.prepare<[string], { body: string }>('SELECT body FROM drafts WHERE id = ?')
  const put = db.prepare(
    `INSERT INTO drafts (id, body, updated_at) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET body = excluded.body, updated_at = excluded.updated_at`
  )
  const drop = db.prepare('DELETE FROM drafts WHERE id = ?')
  const putEntry = db.prepare(
    'INSERT INTO draft_entries (draft_id, entry, practice) VALUES (?, ?, ?) ON CONFLICT DO NOTHING'
  )
  const ofDraft = db.prepare<[string], EntryLine>('SELECT * FROM draft_entries WHERE draft_id = ?')
  const ofNobody = db.prepare<[], EntryLine>(
    'SELECT * FROM draft_entries WHERE draft_id NOT IN (SELECT id FROM drafts)'
  )
  const dropEntry = db.prepare('DELETE FROM draft_entries WHERE draft_id = ? AND entry = ?')
  return {
    ...rows,
    all: () => list.all().map(({ body }) => draftSchema.parse(json(body))),
    find(draftId) {
      const line = one.get(draftId)
      return line && draftSchema.parse(json(line.body))
    },
    save: (draft) => void put.run(draft.id, JSON.stringify(draft), now()),
    remove: db.transaction((draftId: string) => {
      rows.retireRows(draftId)
      drop.run(draftId)
    }),
    listEntries: db.transaction((draftId: string, entries: readonly string[], practice: boolean) => {
      for (const entry of entries) putEntry.run(draftId, entry, practice ? 1 : 0)
    }),
    entries: (draftId) =>
      (draftId === null ? ofNobody.all() : ofDraft.all(draftId)).map((line) => ({
        draftId: line.draft_id,
        entry: line.entry,
        practice: line.practice === 1
      })),
    dropEntries: db.transaction((draftId: string, entries: readonly string[]) => {
      for (const entry of entries) dropEntry.run(draftId, entry)
    })
  }
}
