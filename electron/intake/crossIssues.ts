// Compares rows with each other: what must differ between two computers, and does not; kept up to date row by row.
import type { Field, Severity } from '../../shared/computer.ts'
import { guidKey, readGuid } from '../../shared/guid.ts'
import { type ProblemCode, problem } from '../../shared/problem.ts'
import type { Issue, KeptRow } from '../store/keptRow.ts'
import { type KeyIndex, keyIndexOf } from './keyIndex.ts'

type Row = Pick<KeptRow, 'row' | 'line' | 'file' | 'values' | 'leftOut'>

/** How one field is compared: `key` makes equal what means the same, '' is not compared (it has its own problem already). */
interface Rule {
  readonly field: Field
  readonly severity: Severity
  readonly code: ProblemCode
  key(text: string): string
}

const lower = (text: string): string => text.toLowerCase()

const rules: readonly Rule[] = [
  { field: 'guid', severity: 'blocker', code: 'guid-duplicate', key: (text) => guidKey(readGuid(text) ?? '') },
  { field: 'name', severity: 'warning', code: 'name-duplicate', key: lower },
  { field: 'fqdn', severity: 'blocker', code: 'fqdn-duplicate', key: lower },
  { field: 'mac', severity: 'warning', code: 'mac-duplicate', key: (text) => lower(text).replace(/[\s:.-]/g, '') },
  { field: 'address', severity: 'warning', code: 'address-duplicate', key: lower }
]

const placeOf = ({ line, row }: Row): string => (line === 0 ? `row ${row + 1}` : `line ${line}`)

/** Rows with the same key; the first two are looked up when words are wanted, and forgotten when the group changes. */
interface Group {
  readonly members: Set<number>
  first: readonly [number, number] | undefined
}

function firstOf(group: Group): readonly [number, number] {
  if (group.first === undefined) {
    let [a, b] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
    for (const row of group.members) {
      if (row < a) [a, b] = [row, a]
      else if (row < b) b = row
    }
    group.first = [a, b]
  }
  return group.first
}

/** Rows by their keys under one rule: most keys belong to one row only. */
interface Groups {
  readonly alone: KeyIndex
  readonly shared: Map<string, Group>
}

/** Tells the row that changes between having partners and having none. */
type Hear = (row: number, rule: number, shared: boolean) => void

function join({ alone, shared }: Groups, key: string, row: number, rule: number, hear: Hear): void {
  const known = shared.get(key)
  if (known !== undefined) {
    known.members.add(row)
    known.first = undefined
    hear(row, rule, true)
    return
  }
  const other = alone.add(key, row)
  if (other === undefined) return
  alone.remove(key, other)
  shared.set(key, { members: new Set([other, row]), first: undefined })
  hear(other, rule, true)
  hear(row, rule, true)
}

function leave({ alone, shared }: Groups, key: string, row: number, rule: number, hear: Hear): void {
  const known = shared.get(key)
  if (known === undefined) {
    alone.remove(key, row)
    return
  }
  known.members.delete(row)
  known.first = undefined
  hear(row, rule, false)
  if (known.members.size > 1) return
  shared.delete(key)
  const [last] = known.members
  if (last === undefined) return
  alone.add(key, last)
  hear(last, rule, false)
}

export interface Cross {
  /** One row takes the place of another of the same number; undefined = it was not, or is not any more. */
  move(before: Row | undefined, after: Row | undefined): void
  /** Severities of what a row has against others, as bits: 1 a blocker, 2 a warning. */
  severities(row: number): number
  /** In words; the row as it was moved last. */
  issuesOf(row: Row): readonly Issue[]
  /** Groups of rows that mean the same computer: same GUID in either byte order. Numbers in each, lowest first. */
  sameGuid(): readonly (readonly number[])[]
}

/** Rows that are left out cannot clash. */
const keyOf = (row: Row | undefined, { field, key }: Rule): string =>
  row === undefined || row.leftOut ? '' : key(row.values[field])

const maskOf = (severity: Severity): number =>
  rules.reduce((mask, rule, at) => (rule.severity === severity ? mask | (1 << at) : mask), 0)
const blockers = maskOf('blocker')
const warnings = maskOf('warning')

/**
 * An index over rows. `rowOf` answers the row of a number as it is now; `changed` hears each row whose severities changed,
 * among them rows that nobody touched. Secrets are not compared. `expected` rows will come, if that is known.
 */
export function crossOf(
  rowOf: (row: number) => Row | undefined,
  changed: (row: number) => void = () => undefined,
  expected = 0
): Cross {
  const groups: readonly Groups[] = rules.map((rule) => ({
    alone: keyIndexOf((row) => keyOf(rowOf(row), rule), expected),
    shared: new Map()
  }))
  /** By row number: bit n = shares its key of rule n. */
  let shares = new Uint8Array(Math.max(1024, expected))

  const hear: Hear = (row, rule, shared) => {
    if (row >= shares.length) {
      const larger = new Uint8Array(Math.max(row + 1, shares.length * 2))
      larger.set(shares)
      shares = larger
    }
    const bits = shares[row] ?? 0
    shares[row] = shared ? bits | (1 << rule) : bits & ~(1 << rule)
    changed(row)
  }

  /** "pc7.contoso.com, also in line 9 and 3 more rows" */
  function foundWords(row: Row, group: Group, field: Field): string {
    const [a, b] = firstOf(group)
    const other = rowOf(a === row.row ? b : a)
    const more = group.members.size - 2
    const rest = more === 0 ? '' : ` and ${more} more ${more === 1 ? 'row' : 'rows'}`
    const value = row.values[field]
    const short = value.length > 40 ? `${value.slice(0, 39)}…` : value
    const file = other === undefined || other.file === row.file || other.file === '' ? '' : ` of ${other.file}`
    return `${short}, also in ${other === undefined ? '' : placeOf(other)}${file}${rest}`
  }

  /** Every row of a group is told: which of them is the wrong one, only a person knows. */
  function issueOf(row: Row, group: Group, rule: Rule): Issue {
    const [a, b] = firstOf(group)
    const turned = rule.field === 'guid' && group.members.size === 2 && rowOf(a)?.values.guid !== rowOf(b)?.values.guid
    const code = turned ? 'guid-duplicate-swapped' : rule.code
    const found = foundWords(row, group, rule.field)
    return {
      field: rule.field,
      severity: rule.severity,
      problem: problem(code, { found, expected: 'a value of its own' })
    }
  }

  return {
    move(before, after) {
      for (const [at, rule] of rules.entries()) {
        const here = groups[at]
        if (here === undefined) continue
        const same = before?.leftOut === after?.leftOut && before?.values[rule.field] === after?.values[rule.field]
        if (same) continue
        const [from, to] = [keyOf(before, rule), keyOf(after, rule)]
        if (from === to) continue
        if (from !== '' && before) leave(here, from, before.row, at, hear)
        if (to !== '' && after) join(here, to, after.row, at, hear)
      }
    },
    severities(row) {
      const bits = shares[row] ?? 0
      return ((bits & blockers) !== 0 ? 1 : 0) | ((bits & warnings) !== 0 ? 2 : 0)
    },
    issuesOf(row) {
      const bits = shares[row.row] ?? 0
      if (bits === 0) return []
      return rules.flatMap((rule, at) => {
        const group = (bits & (1 << at)) === 0 ? undefined : groups[at]?.shared.get(keyOf(row, rule))
        return group === undefined ? [] : [issueOf(row, group, rule)]
      })
    },
    sameGuid() {
      const all = [...(groups[0]?.shared.values() ?? [])]
      const numbers = all.map(({ members }) => [...members].sort((a, b) => a - b))
      return numbers.sort(([a = 0], [b = 0]) => a - b)
    }
  }
}

/** Issues of rows by row number, all compared at once; rows without any are not in the map. */
export function crossIssues(rows: readonly Row[]): ReadonlyMap<number, readonly Issue[]> {
  const byNumber = new Map(rows.map((row) => [row.row, row]))
  const cross = crossOf((row) => byNumber.get(row))
  for (const row of rows) cross.move(undefined, row)
  const issues = rows.map((row) => [row.row, cross.issuesOf(row)] as const)
  return new Map(issues.filter(([, found]) => found.length > 0))
}
