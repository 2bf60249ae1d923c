// What another manager said of exported computers: the latest word for each.
import type { ExportResult } from '../../shared/exporting.ts'
import { guidKey } from '../../shared/guid.ts'
import type { Db } from './database.ts'

export interface ExportResults {
  put(importId: string, results: readonly ExportResult[]): void
  /** By name. */
  of(importId: string): ExportResult[]
}

export function exportResultsOf(db: Db): ExportResults {
  const all = db.prepare<[string], ExportResult>(
    'SELECT name, guid, outcome, resource_id AS resourceId, detail, at FROM export_results WHERE import_id = ? ORDER BY name, guid'
  )
  const putOne = db.prepare(
    `INSERT INTO export_results (import_id, guid, name, outcome, resource_id, detail, at) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (import_id, guid) DO UPDATE SET name = excluded.name, outcome = excluded.outcome,
       resource_id = excluded.resource_id, detail = excluded.detail, at = excluded.at`
  )
  return {
    put(importId, results) {
      for (const { guid, name, outcome, resourceId, detail, at } of results)
        putOne.run(importId, guidKey(guid), name, outcome, resourceId, detail, at)
    },
    of: (importId) => all.all(importId)
  }
}
