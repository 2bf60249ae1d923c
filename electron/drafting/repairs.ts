// Repairs that would help many rows in the same way: found in turns, grouped, and kept until the rows change.
import { checkField, type OpenField, shortened } from '../../shared/check.ts'
import { type Field, isSecret } from '../../shared/computer.ts'
import type { Repair } from '../../shared/grid.ts'
import { asFoundTitle, type Rewriting, rewritingOf, rewritingTitle } from '../../shared/rewriting.ts'
import { commonDomain, suggest } from '../../shared/suggest.ts'
import { groupTitle, type SuggestionKind, suggestionWords } from '../../shared/suggestionWords.ts'
import { type Cells, retype, typed } from '../intake/retype.ts'
import { emptyRow, type KeptRow } from '../store/keptRow.ts'
import type { Turns } from '../turns.ts'
import type { Planned } from './edits.ts'
import { flag, type Sheet } from './sheet.ts'

/** What pressing the button of a group does. */
export type Remedy =
  | { readonly kind: 'cells'; readonly rows: ReadonlyMap<number, Cells> }
  /** One field of these rows in the usual form, or as the file writes it. */
  | { readonly kind: 'writing'; readonly field: OpenField; readonly usual: boolean; readonly rows: readonly number[] }
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

/** Repairs of single cells, gathered by kind. A note needs none. */
function gather(groups: Map<SuggestionKind, Growing>, row: KeptRow, domain: string | null): void {
  for (const { field, severity } of row.issues) {
    if (field === null || isSecret(field) || severity === 'note') continue
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

/** Cells that the file writes in one other way, while rows are looked at. */
interface Rewritten {
  readonly how: Rewriting
  readonly field: OpenField
  /** Shown as the file writes them, because a person wanted it so. */
  readonly asFound: boolean
  readonly rows: number[]
  readonly examples: Repair['examples']
}

function addRewritten(
  groups: Map<string, Rewritten>,
  row: KeptRow,
  field: OpenField,
  texts: { readonly file: string; readonly usual: string },
  asFound: boolean
): void {
  const how = rewritingOf(field, texts.file, texts.usual)
  const key = `${asFound ? 'usual' : 'as-file'}-${how.id}`
  const group = groups.get(key) ?? { how, field, asFound, rows: [], examples: [] }
  if (group.rows.length === 0) groups.set(key, group)
  group.rows.push(row.row)
  if (group.examples.length === mostExamples) return
  const [file, usual] = [shortened(texts.file), shortened(texts.usual)]
  const [from, to] = asFound ? [file, usual] : [usual, file]
  group.examples.push({ row: row.row, name: row.values.name, from, to })
}

/** Cells that were only put into the usual form, and those that were taken back from it, by how the file writes them. */
function gatherRewritten(groups: Map<string, Rewritten>, row: KeptRow): void {
  // What is wrong besides has a repair of its own.
  const sound = (field: OpenField): boolean =>
    !row.issues.some((issue) => issue.field === field && issue.severity !== 'note')
  if (row.found !== emptyRow.found) {
    for (const [name, file] of Object.entries(row.found)) {
      const field = name as Field
      const usual = row.values[field]
      if (isSecret(field) || usual === '' || row.edited.includes(field) || !sound(field)) continue
      addRewritten(groups, row, field, { file, usual }, false)
    }
  }
  for (const field of row.asFound) {
    if (isSecret(field) || !sound(field)) continue
    const file = row.values[field]
    const usual = checkField(field, file).value
    if (usual !== file) addRewritten(groups, row, field, { file, usual }, true)
  }
}

function closedRewritten({ how, field, asFound, rows, examples }: Rewritten): Group {
  const repair = {
    id: `${asFound ? 'usual' : 'as-file'}-${how.id}`,
    severity: 'note' as const,
    title: asFound ? asFoundTitle(how, rows.length) : rewritingTitle(how, rows.length),
    action: asFound ? 'Write in the usual form' : 'Keep as in the file',
    rows: rows.length,
    examples: [...examples]
  }
  return { repair, remedy: { kind: 'writing', field, usual: asFound, rows } }
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
    values.mebxPassword,
    values.oneTimePassword
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
  const rewritten = new Map<string, Rewritten>()
  const domain = commonDomain(fqdnsOf(sheet))
  for (const row of sheet.rows) {
    if (row.row % 16 === 0) {
      const more = turns.next(row.row, sheet.rows.length)
      if (more !== true && !(await more)) return null
    }
    if ((sheet.flags(row.row) & flag.leftOut) !== 0) continue
    if (row.issues.length > 0) gather(growing, row, domain)
    gatherRewritten(rewritten, row)
  }
  const groups = [
    ...[...growing].map(([id, group]) => closed(id, group)),
    ...[...rewritten.values()].map(closedRewritten),
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
  const cellsOf = (row: KeptRow): Cells => {
    if (remedy.kind === 'cells') return remedy.rows.get(row.row) ?? {}
    const { field, usual } = remedy
    return usual ? typed({ [field]: checkField(field, row.values[field]).value }) : { [field]: { kind: 'file' } }
  }
  const numbers = remedy.kind === 'writing' ? remedy.rows : remedy.rows.keys()
  const rows = rowsOf(numbers).flatMap((row) => {
    const after = retype(row, cellsOf(row))
    return after === row ? [] : [after]
  })
  return { title, rows }
}
