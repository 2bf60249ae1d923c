// Whether the first line of a list holds titles is a person's choice: the same table either way.
import { fail, ok, type Result } from '../../shared/problem.ts'
import type { Table } from './table.ts'

/** The same table with its first line taken as titles, or no longer. */
export function withHeader(table: Table, header: boolean): Result<Table> {
  if (header) {
    const [first, ...lines] = table.lines
    if (!first || lines.length === 0) return fail('file-empty')
    const titles = table.titles.map((title, at) => first.cells[at]?.trim() || title)
    return ok({ ...table, header, titles, lines })
  }
  const titles = table.titles.map((_, at) => `Column ${at + 1}`)
  const line = { line: Math.max(1, (table.lines[0]?.line ?? 2) - 1), cells: table.titles }
  return ok({ ...table, header, titles, lines: [line, ...table.lines] })
}
