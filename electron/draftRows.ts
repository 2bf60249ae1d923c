// The rows of a draft in work: what is wrong with each, how many are ready, what the page may see of them.
import { type Computer, computerSchema, type Field, fields, isSecret, secretFields } from '../shared/computer.ts'
import type { AskInput, Row } from '../shared/contract.ts'
import { type Counts, type Draft, noComputers } from '../shared/draft.ts'
import type { Issue } from './intake/rows.ts'
import type { Table } from './intake/table.ts'
import type { KeptRow } from './store/drafts.ts'

/** A draft being worked on: what is saved, and what is only in memory (the table read from the file). */
export interface Open {
  draft: Draft
  rows: KeptRow[]
  /** What the rows have against each other, by row number. */
  cross: ReadonlyMap<number, readonly Issue[]>
  /** As it was read from the file; a changed header line is derived from it each time. */
  table: Table | undefined
}

type Rows = Pick<Open, 'rows' | 'cross'>

const has = (severity: Issue['severity'], issues: readonly Issue[]): boolean =>
  issues.some((issue) => issue.severity === severity)

/** What is wrong with a row by itself, and together with the others. */
const issuesOf = ({ cross }: Rows, row: KeptRow): readonly Issue[] => [...row.issues, ...(cross.get(row.row) ?? [])]

/** How many rows are ready, blocked, warned, left out. */
export function countRows(open: Rows): Counts {
  const counts = { ...noComputers, total: open.rows.length }
  for (const row of open.rows) {
    if (row.leftOut) {
      counts.leftOut += 1
      continue
    }
    const issues = issuesOf(open, row)
    if (has('blocker', issues)) counts.blocked += 1
    else counts.ready += 1
    if (has('warning', issues)) counts.warned += 1
  }
  return counts
}

/** The rows that become jobs. */
export const readyRows = (open: Rows): KeptRow[] =>
  open.rows.filter((row) => !row.leftOut && !has('blocker', issuesOf(open, row)))

/** A row as the page may see it: of a secret only that it is kept. */
export function viewOf(open: Rows, row: KeptRow): Row {
  const shown = fields.map((field) => [field, isSecret(field) && row.values[field] !== '' ? 'kept' : row.values[field]])
  return {
    row: row.row,
    line: row.line,
    values: Object.fromEntries(shown) as Row['values'],
    issues: [...issuesOf(open, row)],
    leftOut: row.leftOut
  }
}

const searchable = ['name', 'fqdn', 'guid', 'mac', 'address'] as const satisfies readonly Field[]

/** The rows that a filter and a search leave, in their order. */
export function visibleRows(open: Rows, filter: AskInput<'rows.read'>['filter'], search: string): KeptRow[] {
  const text = search.trim().toLowerCase()
  return open.rows.filter((row) => {
    if (text !== '' && !searchable.some((field) => row.values[field].toLowerCase().includes(text))) return false
    if (filter === 'all') return true
    if (filter === 'leftOut') return row.leftOut
    return !row.leftOut && has(filter, issuesOf(open, row))
  })
}

/** A row as the computer that becomes a job. */
export function computerOf({ values }: KeptRow): Computer {
  const given = Object.entries(values).filter(([field, text]) => !isSecret(field as Field) || text !== '')
  return computerSchema.parse(Object.fromEntries(given))
}

/** The keychain slots that rows point to. */
export const slotsOf = (rows: readonly KeptRow[]): string[] =>
  rows.flatMap(({ values }) => secretFields.map((field) => values[field])).filter((slot) => slot !== '')

/** Slots of accounts and of the new admin password. */
export const typedSlots = ({ accounts, profile: { password } }: Draft): string[] =>
  [...accounts.map(({ slot }) => slot), password.kind === 'given' ? password.slot : undefined].filter(
    (slot) => slot !== undefined
  )
