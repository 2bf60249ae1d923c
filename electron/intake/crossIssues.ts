// Compares the rows of an import with each other: what must differ between two computers, and does not.
import { type Field, fieldTitles, type Severity } from '../../shared/computer.ts'
import { guidKey, isGuid } from '../../shared/guid.ts'
import { type ProblemCode, problem } from '../../shared/problem.ts'
import type { IntakeRow, Issue } from './rows.ts'

type Row = Pick<IntakeRow, 'row' | 'line' | 'values' | 'leftOut'>

/** How one field is compared: `key` makes equal what means the same, '' is not compared (it has its own problem already). */
interface Rule {
  readonly field: Field
  readonly severity: Severity
  readonly code: ProblemCode
  key(text: string): string
}

const lower = (text: string): string => text.toLowerCase()

const rules: readonly Rule[] = [
  { field: 'guid', severity: 'blocker', code: 'guid-duplicate', key: (text) => (isGuid(text) ? guidKey(text) : '') },
  { field: 'name', severity: 'warning', code: 'name-duplicate', key: lower },
  { field: 'fqdn', severity: 'blocker', code: 'fqdn-duplicate', key: lower },
  { field: 'mac', severity: 'warning', code: 'mac-duplicate', key: lower },
  { field: 'address', severity: 'warning', code: 'address-duplicate', key: lower }
]

const placeOf = ({ line, row }: Row): string => (line === 0 ? `row ${row + 1}` : `line ${line}`)

/** "pc7.contoso.com, also in line 9 and 3 more rows" */
function foundWords(row: Row, group: readonly Row[], field: Field): string {
  const other = group[0] === row ? group[1] : group[0]
  const more = group.length - 2
  const rest = more === 0 ? '' : ` and ${more} more ${more === 1 ? 'row' : 'rows'}`
  const value = row.values[field]
  const short = value.length > 40 ? `${value.slice(0, 39)}…` : value
  return `${short}, also in ${other === undefined ? '' : placeOf(other)}${rest}`
}

function groupsOf(rows: readonly Row[], { field, key }: Rule): readonly (readonly Row[])[] {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const text = key(row.values[field])
    if (text === '') continue
    const group = groups.get(text)
    if (group === undefined) groups.set(text, [row])
    else group.push(row)
  }
  return [...groups.values()].filter((group) => group.length > 1)
}

/** Every row of a group is told: which of them is the wrong one, only a person knows. */
function issueFor(row: Row, group: readonly Row[], rule: Rule): Issue {
  const turned = rule.field === 'guid' && group.length === 2 && group[0]?.values.guid !== group[1]?.values.guid
  const code = turned ? 'guid-duplicate-swapped' : rule.code
  const where = [...(row.line === 0 ? [] : [placeOf(row)]), fieldTitles[rule.field]].join(', ')
  const found = foundWords(row, group, rule.field)
  return {
    field: rule.field,
    severity: rule.severity,
    problem: problem(code, { where, found, expected: 'a value of its own' })
  }
}

/** Issues by row number, for rows that are not left out; rows without any are not in the map. Secrets are not compared. */
export function crossIssues(rows: readonly Row[]): ReadonlyMap<number, readonly Issue[]> {
  const issues = new Map<number, Issue[]>()
  const counted = rows.filter((row) => !row.leftOut)
  for (const rule of rules) {
    for (const group of groupsOf(counted, rule)) {
      for (const row of group) {
        const list = issues.get(row.row)
        const found = issueFor(row, group, rule)
        if (list === undefined) issues.set(row.row, [found])
        else list.push(found)
      }
    }
  }
  return issues
}
