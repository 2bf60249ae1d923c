// Repairs that would help many rows in the same way: found in turns, grouped, and kept until the rows change.
import { shortened } from '../../shared/check.ts'
import { isSecret } from '../../shared/computer.ts'
import type { Repair } from '../../shared/grid.ts'
import { commonDomain, suggest } from '../../shared/suggest.ts'
import { groupTitle, type SuggestionKind, suggestionWords } from '../../shared/suggestionWords.ts'
import { type Cells, retype, typed } from '../intake/retype.ts'
import type { KeptRow } from '../store/keptRow.ts'
import type { Turns } from '../turns.ts'
import type { Planned } from './edits.ts'
import { flag, type Sheet } from './sheet.ts'

/** What pressing the button of a group does. */
export type Remedy =
  | { readonly kind: 'cells'; readonly rows: ReadonlyMap<number, Cells> }
  | { readonly kind: 'leaveOut'; readonly rows: readonly number[] }
  /** The file is read anew, its passwords as clear text. */
  | { readonly kind: 'clearPasswords' }

export interface Group {
  readonly repair: Repair
  readonly remedy: Remedy
}

export interface Repairs {
  readonly version: number
  readonly groups: readonly Group[]
}

/** A group that grows while rows are looked at. */
interface Growing {
  severity: Repair['severity']
  readonly cells: Map<number, Cells>
  readonly examples: Repair['examples']
}

const mostExamples = 3
const ranks = { blocker: 0, warning: 1, note: 2 } as const

/** Repairs of single cells, gathered by kind. A note needs none, unless a person wants the cell as the file writes it. */
function gather(groups: Map<SuggestionKind, Growing>, row: KeptRow, domain: string | null): void {
  for (const { field, severity } of row.issues) {
    if (field === null || isSecret(field) || (severity === 'note' && !row.asFound.includes(field))) continue
    const text = row.values[field]
    const found = suggest(field, text, row.values, { domain })
    if (found === null) continue
    const group: Growing = groups.get(found.kind) ?? { severity, cells: new Map(), examples: [] }
    groups.set(found.kind, group)
    if (ranks[severity] < ranks[group.severity]) group.severity = severity
    group.cells.set(row.row, { ...group.cells.get(row.row), ...typed({ ...found.also, [field]: found.text }) })
    if (group.examples.length < mostExamples)
      group.examples.push({ row: row.row, name: row.values.name, from: shortened(text), to: found.text })
  }
}

function closed(kind: SuggestionKind, { severity, cells, examples }: Growing): Group {
  const title = groupTitle(kind, cells.size)
  const { action } = suggestionWords[kind]
  const repair = { id: kind, severity, title, action, rows: cells.size, examples: [...examples] }
  return { repair, remedy: { kind: 'cells', rows: cells } }
}

const many = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`

/** Rows to leave out, as a group; undefined when there are none. */
function leaving(
  sheet: Sheet,
  rows: readonly number[],
  words: Pick<Repair, 'id' | 'severity' | 'title' | 'action'>
): Group[] {
  if (rows.length === 0) return []
  const examples = rows.slice(0, mostExamples).map((row) => {
    const { name = '', guid = '' } = sheet.rows[row]?.values ?? {}
    return { row, name, from: guid || name, to: 'left out' }
  })
  return [{ repair: { ...words, rows: rows.length, examples }, remedy: { kind: 'leaveOut', rows } }]
}

const openTexts = ({ values }: KeptRow): string =>
  JSON.stringify([
    values.name,
    values.fqdn,
    values.mac,
    values.address,
    values.adminPassword,
    values.mebxPassword
  ]).toLowerCase()

/** Rows that mean the same computer: later ones that are the same throughout, and pairs in turned byte order. */
function sameComputers(sheet: Sheet): Group[] {
  const twice: number[] = []
  const turned: number[] = []
  for (const numbers of sheet.sameGuid()) {
    const rows = numbers.flatMap((number) => sheet.rows[number] ?? [])
    const seen = new Map<string, KeptRow>()
    for (const row of rows) {
      const before = seen.get(openTexts(row))
      if (before === undefined) seen.set(openTexts(row), row)
      else if (before.values.guid === row.values.guid) twice.push(row.row)
      else turned.push(row.row)
    }
    const [first, second] = rows
    if (rows.length === 2 && seen.size === 2 && first && second && first.values.guid !== second.values.guid)
      turned.push(second.row)
  }
  return [
    ...leaving(sheet, twice, {
      id: 'duplicates',
      severity: 'blocker',
      title: many(twice.length, 'row is the exact copy of an earlier one', 'rows are exact copies of earlier ones'),
      action: 'Leave the copies out'
    }),
    ...leaving(sheet, turned, {
      id: 'turned-guids',
      severity: 'blocker',
      title: many(
        turned.length,
        'row has the GUID of an earlier one in the other byte order',
        'rows have the GUID of an earlier one in the other byte order'
      ),
      action: 'Leave the later ones out'
    })
  ]
}

const isBlank = ({ values }: KeptRow): boolean => Object.values(values).every((text) => text === '')

function blankRows(sheet: Sheet): Group[] {
  const rows = sheet.rows.filter((row) => !row.leftOut && isBlank(row)).map(({ row }) => row)
  const title = many(rows.length, 'row is empty', 'rows are empty')
  const action = 'Leave the empty rows out'
  return leaving(sheet, rows, { id: 'blank', severity: 'blocker', title, action })
}

function clearPasswords(cells: number): Group[] {
  if (cells === 0) return []
  const title = many(
    cells,
    'password is not Base64 but fits as it stands',
    'passwords are not Base64 but fit as they stand'
  )
  const action = 'Take passwords as clear text'
  const repair = { id: 'clear-passwords', severity: 'blocker' as const, title, action, rows: cells, examples: [] }
  return [{ repair, remedy: { kind: 'clearPasswords' } }]
}

function* fqdnsOf({ rows }: Sheet): Iterable<string> {
  for (const { leftOut, values } of rows) if (!leftOut) yield values.fqdn
}

/** All groups, worst severity first, largest first; null when cancelled. `clearCells` as the list was read. */
export async function repairsOf(sheet: Sheet, clearCells: number, turns: Turns): Promise<Repairs | null> {
  const { version } = sheet
  const growing = new Map<SuggestionKind, Growing>()
  const domain = commonDomain(fqdnsOf(sheet))
  for (const row of sheet.rows) {
    if (row.row % 16 === 0) {
      const more = turns.next(row.row, sheet.rows.length)
      if (more !== true && !(await more)) return null
    }
    if (row.issues.length > 0 && (sheet.flags(row.row) & flag.leftOut) === 0) gather(growing, row, domain)
  }
  const groups = [
    ...[...growing].map(([id, group]) => closed(id, group)),
    ...sameComputers(sheet),
    ...blankRows(sheet),
    ...clearPasswords(clearCells)
  ]
  return {
    version,
    groups: groups.sort((a, b) => ranks[a.repair.severity] - ranks[b.repair.severity] || b.repair.rows - a.repair.rows)
  }
}

/** What a group's repair makes of the rows. */
export function planRepair(
  { repair, remedy }: Group & { readonly remedy: Exclude<Remedy, { kind: 'clearPasswords' }> },
  sheet: Sheet
): Planned {
  const rowsOf = (numbers: Iterable<number>): KeptRow[] =>
    [...numbers].sort((a, b) => a - b).flatMap((n) => sheet.rows[n] ?? [])
  const title = `${repair.action} (${many(repair.rows, 'row', 'rows')})`
  if (remedy.kind === 'leaveOut') return { title, rows: rowsOf(remedy.rows).map((row) => ({ ...row, leftOut: true })) }
  const rows = rowsOf(remedy.rows.keys()).flatMap((row) => {
    const after = retype(row, remedy.rows.get(row.row) ?? {})
    return after === row ? [] : [after]
  })
  return { title, rows }
}
