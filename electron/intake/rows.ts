// Table and mapping to rows: each field read and checked, secrets apart.
import { checkField, checkTogether, type OpenField } from '../../shared/check.ts'
import { type Field, fields, isSecret, type SecretField, type Severity } from '../../shared/computer.ts'
import type { PasswordForm } from '../../shared/draft.ts'
import { checkPassword } from '../../shared/password.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import { emptyRow, type Issue, type KeptRow, noTexts } from '../store/keptRow.ts'
import type { Turns } from '../turns.ts'
import { unguard } from './guard.ts'
import type { Line, Table } from './lines.ts'

/** A row with secrets in plain text, until the caller has put them into the keychain. */
export interface IntakeRow extends KeptRow {
  /** Memory only: never stored, logged or sent. '' in `values` stands for them. */
  readonly secrets: Readonly<Partial<Record<SecretField, string>>>
}

export const noSecrets: IntakeRow['secrets'] = {}
const openFields = fields.filter((field): field is OpenField => !isSecret(field))

/** Fields that have something to say when they are blank. */
const needed: ReadonlySet<Field> = new Set(openFields.filter((field) => checkField(field, '').problem !== undefined))

/** Issues of one field, with what is found there. */
const issueOf = (field: Field | null, severity: Severity | undefined, found: Problem): Issue => ({
  field,
  severity: severity ?? 'blocker',
  problem: found
})

const missing: readonly Issue[] = openFields.flatMap((field) => {
  const { severity, problem: found } = checkField(field, '')
  return found === undefined ? [] : [issueOf(field, severity, found)]
})

/** A row that was not read from a file: the single-computer form, or a line added by hand. */
export const blankRow = (row: number): KeptRow => ({ ...emptyRow, row, issues: missing })

/** What name and FQDN have against each other. Wrong in themselves they are not compared: one mistake, one message. */
export function togetherIssues(values: KeptRow['values'], issues: readonly Issue[]): readonly Issue[] {
  if (issues.some(({ field, severity }) => (field === 'name' || field === 'fqdn') && severity === 'blocker')) return []
  return checkTogether(values)
}

/** Whether the line fits the columns. Too many cells block: a text that was split has shifted all cells behind it. */
function lineIssues({ cells }: Line, table: Pick<Table, 'header' | 'titles'>): readonly Issue[] {
  const columns = table.titles.length
  if (cells.length === columns) return emptyRow.issues
  const facts = { found: `${cells.length} cells`, expected: `${columns} cells` }
  if (cells.slice(columns).some((cell) => cell !== '')) return [issueOf(null, 'blocker', problem('row-long', facts))]
  // Without titles, optional columns at the end may be left away (configmgr.md 1.3).
  const short = table.header && cells.length < columns
  return short ? [issueOf(null, 'warning', problem('row-short', facts))] : emptyRow.issues
}

/**
 * The same text in memory of its own: a cell cut from the text of a file is a view of it to V8, and would keep all of that
 * text, passwords included, as long as the row lives. Shorter ones than that are copies already.
 */
const owned = (text: string): string => (text.length < 13 ? text : [text.slice(0, 1), text.slice(1)].join(''))

interface Place {
  readonly field: Field
  readonly at: number
}

interface Plan {
  readonly table: Table
  readonly places: readonly Place[]
  readonly passwords: PasswordForm
  readonly file: string
  readonly automatic: KeptRow['automatic']
}

/** A row while it is put together; what most rows do not have is made only when it is needed. */
interface Making {
  readonly values: Record<Field, string>
  found: Partial<Record<Field, string>> | undefined
  secrets: Partial<Record<SecretField, string>> | undefined
  readonly issues: Issue[]
}

function putSecret(making: Making, field: SecretField, cell: string, passwords: PasswordForm): void {
  const { secret, severity, problem: found } = checkPassword(field, cell, passwords)
  if (secret !== '') {
    making.secrets ??= {}
    making.secrets[field] = owned(secret)
  }
  if (found !== undefined) making.issues.push(issueOf(field, severity, found))
}

function putOpen(making: Making, field: OpenField, text: string): void {
  const { value, severity, problem: found } = checkField(field, text)
  making.values[field] = owned(value)
  if (value !== text) making.found = { ...making.found, [field]: owned(text) }
  if (found !== undefined) making.issues.push(issueOf(field, severity, found))
}

/** Fields that a row may have something to say about, and their columns: -1 = none, the last one if two were given to it. */
const placesOf = (columns: readonly (Field | null)[]): readonly Place[] =>
  fields
    .map((field) => ({ field, at: columns.lastIndexOf(field) }))
    .filter(({ field, at }) => at >= 0 || needed.has(field))

function toRow(row: number, line: Line, { table, places, passwords, file, automatic }: Plan): IntakeRow {
  const making: Making = { values: { ...noTexts }, found: undefined, secrets: undefined, issues: [] }
  for (const { field, at } of places) {
    const cell = (at < 0 ? '' : line.cells[at]) ?? ''
    // Most lists leave most optional fields blank, and nothing can be wrong with that.
    if (cell === '' && !needed.has(field)) continue
    if (isSecret(field)) putSecret(making, field, cell, passwords)
    else putOpen(making, field, unguard(cell))
  }
  const { values, found, secrets, issues } = making
  const all = [...lineIssues(line, table), ...issues, ...togetherIssues(values, issues)]
  return {
    row,
    line: line.line,
    file,
    values,
    found: found ?? emptyRow.found,
    edited: emptyRow.edited,
    asFound: emptyRow.asFound,
    issues: all.length === 0 ? emptyRow.issues : all,
    leftOut: false,
    automatic,
    known: 'none',
    differs: emptyRow.differs,
    secrets: secrets ?? noSecrets
  }
}

/** What stands for a line that became a row. */
const gone: Line = { line: 0, cells: [] }

/**
 * The rows of a table, numbered from 0 in the order of the lines, which are taken away from it; null when the work was
 * cancelled. `columns` says for each column which field it is (null = ignored), `passwords` how secrets stand in it, `file` what
 * the file is called, `exported` whether another management solution wrote it: then automatic provisioning is prevented.
 */
export async function toRows(
  table: Table,
  columns: readonly (Field | null)[],
  passwords: PasswordForm,
  turns: Turns,
  file: string,
  exported = false
): Promise<IntakeRow[] | null> {
  const plan: Plan = { table, places: placesOf(columns), passwords, file, automatic: exported ? 'prevented' : 'free' }
  const rows: IntakeRow[] = []
  const { lines } = table
  for (const [at, line] of lines.entries()) {
    const more = turns.next(at, lines.length)
    if (more !== true && !(await more)) return null
    rows.push(toRow(at, line, plan))
    // Nobody needs it any more: a hundred thousand lines need not be in memory twice.
    lines[at] = gone
  }
  lines.length = 0
  return rows
}
