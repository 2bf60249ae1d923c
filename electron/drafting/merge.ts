// Lays a list over the computers that are there: what it says of those it knows counts, what it leaves blank stays as it was.
import { type Field, fields, isSecret, type SecretField } from '../../shared/computer.ts'
import { guidKey, readGuid } from '../../shared/guid.ts'
import { type IntakeRow, togetherIssues } from '../intake/rows.ts'
import { emptyRow, type Issue, type KeptRow } from '../store/keptRow.ts'
import type { Turns } from '../turns.ts'
import type { Taken } from './edits.ts'

const keyOf = (row: KeptRow): string => guidKey(readGuid(row.values.guid) ?? '')

/** Which slot holds a secret that was read but is not kept anew; secrets that are in no slot are new. */
export type Slots = ReadonlyMap<string, string>

const heldIn = (row: KeptRow | IntakeRow, field: SecretField, slots: Slots): string | undefined => {
  const secret = 'secrets' in row ? row.secrets[field] : undefined
  return secret === undefined ? row.values[field] : slots.get(secret)
}

/** Whether the list says something in this cell, be it wrong. */
const gives = (row: IntakeRow, field: Field): boolean =>
  isSecret(field)
    ? row.secrets[field] !== undefined || row.issues.some((issue) => issue.field === field)
    : row.values[field] !== ''

const noSlots: Slots = new Map()

/**
 * Fields of `after` that are not as in `before`. A GUID in the other byte order is the same one; equal passwords lie in the same
 * slot, so none is looked at.
 */
export const differing = (
  before: KeptRow,
  after: KeptRow | IntakeRow,
  given: (field: Field) => boolean = () => true,
  slots = noSlots
): readonly Field[] => {
  const list = fields.filter((field) => {
    if (!given(field)) return false
    if (isSecret(field)) return heldIn(after, field, slots) !== before.values[field]
    if (field === 'guid' && keyOf(before) !== '') return keyOf(before) !== keyOf(after)
    return before.values[field].toLowerCase() !== after.values[field].toLowerCase()
  })
  return list.length === 0 ? emptyRow.differs : list
}

/** The list's GUID is none and the one that is there was repaired: it stays, and what the list says stays findable. */
function withGuidOf(before: KeptRow, row: IntakeRow): IntakeRow {
  if (keyOf(row) !== '' || keyOf(before) === '' || row.values.guid === '') return row
  const found = { ...row.found, guid: row.found.guid ?? row.values.guid }
  const issues = row.issues.filter(({ field }) => field !== 'guid')
  const of = before.issues.filter(({ field }) => field === 'guid')
  return {
    ...row,
    values: { ...row.values, guid: before.values.guid },
    found,
    edited: ['guid'],
    issues: [...of, ...issues]
  }
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
    edited: fields.filter((field) => (given.has(field) ? after : before).edited.includes(field)),
    asFound: before.asFound.filter((field) => !given.has(field)),
    issues: [...issues, ...together],
    leftOut: before.leftOut,
    automatic: before.automatic === 'free' ? after.automatic : before.automatic,
    secrets: after.secrets
  }
}

/** What a row without a GUID is found again by: its full name, and only if it has none, name and MAC address together. */
function nameOf({ values: { name, fqdn, mac } }: KeptRow): string {
  if (fqdn !== '') return fqdn.toLowerCase()
  return name === '' && mac === '' ? '' : `${name}\n${mac}`.toLowerCase()
}

/** Finds the row of the base that a row of the list means; each is found once. */
interface Finder {
  add(row: KeptRow): void
  take(row: KeptRow): KeptRow | undefined
}

function finder(): Finder {
  const byGuid = new Map<string, KeptRow>()
  /** null = several rows have this name, so that it tells nothing. */
  const byName = new Map<string, KeptRow | null>()
  const taken = new Set<number>()
  return {
    add(row) {
      const [key, name] = [keyOf(row), nameOf(row)]
      if (key !== '' && !byGuid.has(key)) byGuid.set(key, row)
      if (name !== '') byName.set(name, byName.has(name) ? null : row)
    },
    take(row) {
      const key = keyOf(row)
      const named = byName.get(nameOf(row)) ?? undefined
      // Two GUIDs that both are valid and differ are two computers, whatever they are called.
      const before = byGuid.get(key) ?? (named && (key === '' || keyOf(named) === '') ? named : undefined)
      if (before === undefined || taken.has(before.row)) return undefined
      taken.add(before.row)
      return before
    }
  }
}

/**
 * The rows of a draft after a list was merged onto its base; null when cancelled. Rows of the base keep their numbers, new
 * computers follow. Same GUID, same computer; where one of the two has no valid GUID, the FQDN tells if only one row has it. What
 * the list has twice is merged once; the second row follows, so that both are told. `slots` says which passwords are known.
 */
export async function merged(
  base: readonly KeptRow[],
  list: IntakeRow[],
  slots: Slots,
  turns: Turns
): Promise<Taken | null> {
  if (base.length === 0) return list
  const rows: (KeptRow | IntakeRow)[] = []
  const known = finder()
  for (const row of base) {
    const more = turns.next(rows.length, base.length)
    if (more !== true && !(await more)) return null
    rows.push({ ...row, known: 'missing', differs: emptyRow.differs })
    known.add(row)
  }
  let done = 0
  for (const row of list) {
    const more = turns.next(done++, list.length)
    if (more !== true && !(await more)) return null
    const before = known.take(row)
    if (before === undefined) {
      rows.push({ ...row, row: rows.length, known: 'new' })
      continue
    }
    const after = overlaid(before, withGuidOf(before, row))
    const differs = differing(before, after, undefined, slots)
    rows[before.row] = { ...after, known: differs.length === 0 ? 'same' : 'changed', differs }
  }
  return rows
}
