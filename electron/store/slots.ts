// Every keychain entry that a store speaks of, wherever it stands: what has to go when the store goes.
import type { Db } from './database.ts'

/** How names of entries begin; after a # comes the place within an entry. */
const slotForm = /^(?:(?:draft|job|import|installation|pack-keys|command-line|set-up|authority)\/|return-)[^#]+/

const textColumns = `SELECT m.name AS "table", c.name AS "column" FROM sqlite_master m, pragma_table_info(m.name) c
  WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND c.type = 'TEXT'`

/** The texts in a value: itself, or those in it when it is JSON. */
function* textsIn(value: unknown): Iterable<string> {
  if (typeof value === 'string') yield value
  else if (value !== null && typeof value === 'object') for (const each of Object.values(value)) yield* textsIn(each)
}

function read(value: string): unknown {
  if (!/^[[{]/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

/** Names of keychain entries, of practice as well as of real computers. */
export function slotsIn(db: Db): ReadonlySet<string> {
  const found = new Set<string>()
  for (const { table, column } of db.prepare<[], { table: string; column: string }>(textColumns).all()) {
    const values = db.prepare<[], { value: string }>(
      `SELECT "${column}" AS value FROM "${table}" WHERE "${column}" LIKE '%/%'`
    )
    for (const { value } of values.iterate()) {
      for (const text of textsIn(read(value))) {
        const [slot] = slotForm.exec(text) ?? []
        if (slot?.includes('/')) found.add(slot)
      }
    }
  }
  return found
}
