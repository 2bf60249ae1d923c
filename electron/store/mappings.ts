// What people took the columns of earlier lists for: by the list as a whole, and by single titles. Never a cell's text.
import { type Field, fieldSchema } from '../../shared/computer.ts'
import type { Remembered, Signature } from '../../shared/remembered.ts'
import type { Db } from './database.ts'

export interface Mappings {
  /**
   * Remembers what a person took the columns of a list for (null = left out, undefined = not decided), from now on for the same
   * list and for each of its titles.
   */
  remember(list: Signature, fields: readonly (Field | null | undefined)[]): void
  /** What is remembered of each column; undefined for those of which nothing is. A list as a whole counts before its titles. */
  find(list: Signature): readonly (Remembered | undefined)[]
}

interface Kept {
  readonly field: string | null
  readonly at: number
}

/** A kept field; undefined when this version does not know it. */
function read(kept: Kept | undefined, by: Remembered['by']): Remembered | undefined {
  if (kept === undefined) return undefined
  const field = fieldSchema.nullable().safeParse(kept.field)
  return field.success ? { field: field.data, at: kept.at, by } : undefined
}

/** The mapping tables of a store. */
export function mappingsOf(db: Db, now: () => number): Mappings {
  const clear = db.prepare('DELETE FROM mappings WHERE list = ?')
  const put = db.prepare('INSERT INTO mappings (list, column_mark, field, at) VALUES (?, ?, ?, ?)')
  const putTitle = db.prepare(
    `INSERT INTO mapping_titles (title, field, at) VALUES (?, ?, ?)
     ON CONFLICT (title) DO UPDATE SET field = excluded.field, at = excluded.at`
  )
  const ofList = db.prepare<[string, string], Kept>('SELECT field, at FROM mappings WHERE list = ? AND column_mark = ?')
  const ofTitle = db.prepare<[string], Kept>('SELECT field, at FROM mapping_titles WHERE title = ?')
  return {
    remember: db.transaction((list: Signature, fields: readonly (Field | null | undefined)[]) => {
      const at = now()
      clear.run(list.list)
      list.columns.forEach((column, index) => {
        const field = fields[index]
        if (field === undefined) return
        put.run(list.list, column, field, at)
        // That a column was left out in one list says nothing about another, where it may be the only one of its kind.
        const title = list.titles[index]
        if (field !== null && title != null) putTitle.run(title, field, at)
      })
    }),
    find: ({ list, columns, titles }) =>
      columns.map((column, index) => {
        const title = titles[index]
        return read(ofList.get(list, column), 'list') ?? (title == null ? undefined : read(ofTitle.get(title), 'title'))
      })
  }
}
