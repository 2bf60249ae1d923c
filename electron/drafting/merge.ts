// Lays a list over the computers that are there: same GUID, same computer; what the list leaves blank stays as it was.
import { type Field, fields, isSecret } from '../../shared/computer.ts'
import { guidKey, readGuid } from '../../shared/guid.ts'
import { type IntakeRow, togetherIssues } from '../intake/rows.ts'
import { emptyRow, type Issue, type KeptRow } from '../store/keptRow.ts'
import type { Turns } from '../turns.ts'
import type { Changed } from './edits.ts'

const keyOf = (row: KeptRow): string => guidKey(readGuid(row.values.guid) ?? '')

/** Whether the list says something in this cell, be it wrong. */
const gives = (row: IntakeRow, field: Field): boolean =>
  isSecret(field)
    ? row.secrets[field] !== undefined || row.issues.some((issue) => issue.field === field)
    : row.values[field] !== ''

/** Fields of `after` that are not as in `before`. A GUID in the other byte order is the same one. */
export const differing = (before: KeptRow, after: KeptRow, given: (field: Field) => boolean): readonly Field[] => {
  const list = fields.filter((field) => {
    if (!given(field)) return false
    if (field === 'guid') return keyOf(before) !== keyOf(after)
    return before.values[field].toLowerCase() !== after.values[field].toLowerCase()
  })
  return list.length === 0 ? emptyRow.differs : list
}

/** One computer from what was known of it and what the list says: filled cells win. */
function overlaid(before: KeptRow, after: IntakeRow): IntakeRow {
  const values = { ...before.values }
  const found: Partial<Record<Field, string>> = {}
  const given = new Set(fields.filter((field) => gives(after, field)))
  for (const field of fields) {
    const from = given.has(field) ? after : before
    values[field] = from.values[field]
    const text = from.found[field]
    if (text !== undefined) found[field] = text
  }
  const of = (row: KeptRow, wanted: boolean): readonly Issue[] =>
    row.issues.filter(
      ({ field, problem }) => (field === null ? wanted : given.has(field) === wanted) && problem.code !== 'name-differs'
    )
  const issues = [...of(after, true), ...of(before, false)]
  const together = togetherIssues(values, issues)
  return {
    ...after,
    row: before.row,
    values,
    found: Object.keys(found).length === 0 ? emptyRow.found : found,
    edited: before.edited.filter((field) => !given.has(field)),
    asFound: before.asFound.filter((field) => !given.has(field)),
    issues: [...issues, ...together],
    leftOut: before.leftOut,
    automatic: before.automatic === 'free' ? after.automatic : before.automatic,
    secrets: after.secrets
  }
}

/**
 * The rows of a draft after a list was merged onto its base; null when cancelled. Rows of the base keep their numbers, new
 * computers follow. A GUID that the list has twice is merged once; the second row follows, so that both are told.
 * Whether a password changed is not told: the keychain is not asked for the old one.
 */
export async function merged(
  base: readonly KeptRow[],
  list: readonly IntakeRow[],
  turns: Turns
): Promise<Changed | null> {
  if (base.length === 0) return list
  const rows: (KeptRow | IntakeRow)[] = []
  const places = new Map<string, number>()
  for (const row of base) {
    const more = turns.next(rows.length, base.length)
    if (more !== true && !(await more)) return null
    rows.push({ ...row, known: 'missing', differs: emptyRow.differs })
    const key = keyOf(row)
    if (key !== '' && !places.has(key)) places.set(key, row.row)
  }
  let done = 0
  for (const row of list) {
    const more = turns.next(done++, list.length)
    if (more !== true && !(await more)) return null
    const key = keyOf(row)
    const before = base[places.get(key) ?? -1]
    if (before === undefined) {
      rows.push({ ...row, row: rows.length, known: 'new' })
      continue
    }
    places.delete(key)
    const after = overlaid(before, row)
    const differs = differing(before, after, (field) => !isSecret(field))
    rows[before.row] = { ...after, known: differs.length === 0 ? 'same' : 'changed', differs }
  }
  return rows
}
