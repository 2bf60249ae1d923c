// Table and mapping to rows: each field read and checked, secrets apart, problems with the place where they were found.
import { checkField, checkTogether, type OpenField } from '../../shared/check.ts'
import { type Field, fields, fieldTitles, isSecret, type SecretField, type Severity } from '../../shared/computer.ts'
import type { PasswordForm } from '../../shared/draft.ts'
import { checkPassword } from '../../shared/password.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import { unguard } from './guard.ts'
import type { Line, Table } from './table.ts'

/** One thing to say about a row. `field` is null when it concerns the line as a whole. */
export interface Issue {
  readonly field: Field | null
  readonly severity: Severity
  readonly problem: Problem
}

/** One row of an import, as the contract's row, with its secrets in plain text until the caller has put them into the keychain. */
export interface IntakeRow {
  /** Number within the draft, from 0. */
  readonly row: number
  /** Line in the file, from 1; 0 when it was typed in. */
  readonly line: number
  /** Normalised texts; '' for a secret field (or what the caller put there since). */
  readonly values: Readonly<Record<Field, string>>
  /** Memory only: never stored, logged or sent. */
  readonly secrets: Readonly<Partial<Record<SecretField, string>>>
  readonly issues: readonly Issue[]
  readonly leftOut: boolean
}

const noValues: Readonly<Record<Field, string>> = {
  name: '',
  fqdn: '',
  guid: '',
  mac: '',
  mebxPassword: '',
  adminPassword: '',
  address: '',
  amtVersion: ''
}

const openFields = fields.filter((field): field is OpenField => !isSecret(field))

/** A row that was not read from a file: the single-computer form, or a line added by hand. */
export const blankRow = (row: number): IntakeRow => ({
  row,
  line: 0,
  values: noValues,
  secrets: {},
  issues: [],
  leftOut: false
})

/** "line 5, SMBIOS GUID"; only the field's title when the row was typed. */
const placeOf = (line: number, field: Field | null): string =>
  [...(line === 0 ? [] : [`line ${line}`]), ...(field === null ? [] : [fieldTitles[field]])].join(', ') || 'this row'

const issue = (line: number, field: Field | null, severity: Severity, found: Problem): Issue => ({
  field,
  severity,
  problem: { ...found, where: placeOf(line, field) }
})

/** Values and issues of the fields that may be shown. */
function checkOpen(line: number, texts: Readonly<Record<Field, string>>): Pick<IntakeRow, 'values' | 'issues'> {
  const values = { ...noValues }
  const issues: Issue[] = []
  for (const field of openFields) {
    const checked = checkField(field, texts[field])
    values[field] = checked.value
    if (checked.problem !== undefined) issues.push(issue(line, field, checked.severity ?? 'blocker', checked.problem))
  }
  // Names that are wrong in themselves are not compared: one mistake, one message.
  if (!issues.some(({ field, severity }) => (field === 'name' || field === 'fqdn') && severity === 'blocker')) {
    for (const { field, severity, problem: found } of checkTogether(values))
      issues.push(issue(line, field, severity, found))
  }
  return { values, issues }
}

/** Whether the line fits the columns. Too many cells block: a text that was split has shifted all cells behind it. */
function checkLine({ line, cells }: Line, table: Pick<Table, 'header' | 'titles'>): readonly Issue[] {
  const columns = table.titles.length
  const facts = { found: `${cells.length} cells`, expected: `${columns} cells` }
  if (cells.slice(columns).some((cell) => cell !== ''))
    return [issue(line, null, 'blocker', problem('row-long', facts))]
  // Without titles, optional columns at the end may be left away (configmgr.md 1.3).
  if (table.header && cells.length < columns) return [issue(line, null, 'warning', problem('row-short', facts))]
  return []
}

function toRow(
  row: number,
  line: Line,
  table: Table,
  columns: readonly (Field | null)[],
  passwords: PasswordForm
): IntakeRow {
  const texts = { ...noValues }
  const secrets: Partial<Record<SecretField, string>> = {}
  const secretIssues: Issue[] = []
  columns.forEach((field, at) => {
    const cell = line.cells[at] ?? ''
    if (field === null) return
    if (!isSecret(field)) {
      texts[field] = unguard(cell)
      return
    }
    const { secret, severity, problem: found } = checkPassword(field, cell, passwords)
    if (secret !== '') secrets[field] = secret
    if (found !== undefined) secretIssues.push(issue(line.line, field, severity ?? 'blocker', found))
  })
  const { values, issues } = checkOpen(line.line, texts)
  return {
    row,
    line: line.line,
    values,
    secrets,
    issues: [...checkLine(line, table), ...issues, ...secretIssues],
    leftOut: false
  }
}

/**
 * The rows of a table. `columns` says for each column which field it is (null = ignored); `passwords` how secrets stand in it.
 * Rows are numbered from 0 in the order of the lines.
 */
export const toRows = (table: Table, columns: readonly (Field | null)[], passwords: PasswordForm): IntakeRow[] =>
  table.lines.map((line, row) => toRow(row, line, table, columns, passwords))

/**
 * A row after texts were typed into it, checked anew. Typed passwords are clear text and come back in `secrets`; '' takes the
 * secret out. Secrets that were not touched keep what stands in `values` and their issues. What was said about the line as a
 * whole is settled by the person who edits it.
 */
export function fixRow(row: IntakeRow, typed: Readonly<Partial<Record<Field, string>>>): IntakeRow {
  const { values, issues } = checkOpen(row.line, { ...row.values, ...typed })
  const secretValues: Partial<Record<SecretField, string>> = {}
  const secrets: Partial<Record<SecretField, string>> = { ...row.secrets }
  const secretIssues: Issue[] = []
  for (const field of fields.filter(isSecret)) {
    const text = typed[field]
    secretValues[field] = text === undefined ? row.values[field] : ''
    if (text === undefined) {
      secretIssues.push(...row.issues.filter((known) => known.field === field))
      continue
    }
    const { secret, severity, problem: found } = checkPassword(field, text, 'clear')
    delete secrets[field]
    if (secret !== '') secrets[field] = secret
    if (found !== undefined) secretIssues.push(issue(row.line, field, severity ?? 'blocker', found))
  }
  return { ...row, values: { ...values, ...secretValues }, secrets, issues: [...issues, ...secretIssues] }
}
