// Where a searched text stands in a row, and what replacing it makes of a cell; the core does the same for all rows at once.
import { type Field, isSecret } from '../../../shared/computer.ts'
import type { Find, Row } from '../../../shared/grid.ts'
import { gridColumns } from './columns.ts'

const folded = (text: string, find: Find): string => (find.matchCase ? text : text.toLowerCase())

/** Whether a cell's text is found. */
export function isMatch(text: string, find: Find): boolean {
  const wanted = folded(find.text, find)
  return find.whole ? folded(text, find) === wanted : folded(text, find).includes(wanted)
}

/** Every occurrence in a cell replaced. */
export function replacedIn(text: string, find: Find, by: string): string {
  if (find.whole) return isMatch(text, find) ? by : text
  const literal = find.text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return text.replace(new RegExp(literal, find.matchCase ? 'gu' : 'giu'), () => by)
}

const isSearched = (field: Field | undefined, find: Find): field is Field =>
  field !== undefined && !isSecret(field) && (find.field === null || find.field === field)

/** Columns of a row in which the text stands, from left to right. */
export const matchesIn = (row: Row, find: Find): number[] =>
  gridColumns.flatMap(({ field }, place) =>
    isSearched(field, find) && isMatch(row.values[field], find) ? [place] : []
  )
