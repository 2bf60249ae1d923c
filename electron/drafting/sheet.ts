// The rows of a draft in memory: what is wrong with each, how many there are of each kind, kept up to date row by row.

import { readAmtStatus } from '../../shared/amtStatus.ts'
import { checkField } from '../../shared/check.ts'
import {
  type Computer,
  computerSchema,
  type Field,
  fields,
  fieldTitles,
  isSecret,
  type Severity
} from '../../shared/computer.ts'
import { type Counts, noComputers } from '../../shared/draft.ts'
import type { Known, Row, RowFilter } from '../../shared/grid.ts'
import type { RowAdvice } from '../../shared/strategy.ts'
import { type Cross, crossOf } from '../intake/crossIssues.ts'
import type { Issue, KeptRow } from '../store/keptRow.ts'
import type { Turns } from '../turns.ts'
import type { Ground } from './advice.ts'
import { newGrounds } from './grounds.ts'

/** What a row is, as bits: filters, counts and sorting by state read nothing else. */
export const flag = {
  blocker: 1,
  warning: 2,
  note: 4,
  edited: 8,
  leftOut: 16,
  prevented: 32,
  unprovisioned: 64,
  guidless: 128,
  // Behind the bits of what is known.
  passwordless: 1 << 11
} as const
const knownShift = 8
const knowns: readonly Known[] = ['none', 'new', 'changed', 'same', 'missing']
const flagCombinations = 1 << 12

/** What decides whether somebody logs in to a row's computer, and with what. */
const loginBits = flag.blocker | flag.leftOut | flag.unprovisioned | flag.passwordless

const severityFlags: Readonly<Record<Severity, number>> = {
  blocker: flag.blocker,
  warning: flag.warning,
  note: flag.note
}

export interface Sheet {
  readonly rows: readonly KeptRow[]
  /** Counts up with every change; what was derived from an older version is stale. */
  readonly version: number
  flags(row: number): number
  /** Takes the place of the row of its number, or is appended. */
  put(row: KeptRow): void
  /** Only the first `length` rows stay. */
  cut(length: number): void
  counts(): Counts
  /** The facts that routes are decided by, of rows that are not left out, and how many rows have each. */
  grounds(): Iterable<Ground>
  /** What is wrong with a row by itself, and together with the others. */
  issuesOf(row: KeptRow): readonly Issue[]
  sameGuid: Cross['sameGuid']
}

export const knownOf = (flags: number): Known => knowns[(flags >> knownShift) & 7] ?? 'none'

/** Whether a row with these flags is of a kind. */
export function isOf(flags: number, filter: RowFilter): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'blocker':
    case 'warning':
    case 'note':
      return (flags & (flag[filter] | flag.leftOut)) === flag[filter]
    case 'edited':
    case 'leftOut':
    case 'prevented':
      return (flags & flag[filter]) !== 0
    case 'new':
    case 'changed':
    case 'same':
    case 'missing':
      return knownOf(flags) === filter
  }
}

const counted: readonly (readonly [keyof Counts, RowFilter])[] = [
  ['total', 'all'],
  ['blocked', 'blocker'],
  ['warned', 'warning'],
  ['noted', 'note'],
  ['leftOut', 'leftOut'],
  ['edited', 'edited'],
  ['prevented', 'prevented'],
  ['new', 'new'],
  ['changed', 'changed'],
  ['same', 'same'],
  ['missing', 'missing']
]

/** An empty sheet; `expected` rows will come, if that is known. */
export function newSheet(expected = 0): Sheet {
  const rows: KeptRow[] = []
  const state = { version: 0 }
  let flags = new Uint16Array(Math.max(1024, expected))
  /** How many rows have exactly these flags. */
  const tally = new Int32Array(flagCombinations)
  const grounds = newGrounds()

  const cross = crossOf(
    (row) => rows[row],
    (row) => {
      if (rows[row] !== undefined) refresh(rows[row])
    },
    expected
  )

  function flagsOf(row: KeptRow): number {
    let found = knowns.indexOf(row.known) << knownShift
    for (const { severity } of row.issues) found |= severityFlags[severity]
    if (row.edited.length > 0) found |= flag.edited
    if (row.leftOut) found |= flag.leftOut
    if (row.automatic === 'prevented') found |= flag.prevented
    const { amtStatus = '', guid, address, fqdn, adminPassword } = row.values
    if (guid === '' && (address !== '' || fqdn !== '')) found |= flag.guidless
    if (amtStatus !== '' && readAmtStatus(amtStatus) === 'Not Provisioned') found |= flag.unprovisioned
    if (adminPassword === '') found |= flag.passwordless
    return found | cross.severities(row.row)
  }

  function refresh(row: KeptRow): void {
    const [before, after] = [flags[row.row] ?? 0, flagsOf(row)]
    tally[before] = (tally[before] ?? 0) - 1
    tally[after] = (tally[after] ?? 0) + 1
    flags[row.row] = after
  }

  function room(length: number): void {
    if (length <= flags.length) return
    const larger = new Uint16Array(Math.max(length, flags.length * 2))
    larger.set(flags)
    flags = larger
  }

  return {
    rows,
    get version() {
      return state.version
    },
    flags: (row) => flags[row] ?? 0,
    put(row) {
      const before = rows[row.row]
      if (before === undefined) {
        if (row.row !== rows.length) throw new Error(`row ${row.row} does not follow row ${rows.length - 1}`)
        room(rows.length + 1)
        flags[row.row] = 0
        tally[0] = (tally[0] ?? 0) + 1
      }
      rows[row.row] = row
      cross.move(before, row)
      grounds.move(before, row)
      refresh(row)
      state.version += 1
    },
    cut(length) {
      for (let last = rows.at(-1); last !== undefined && last.row >= length; last = rows.at(-1)) {
        cross.move(last, undefined)
        grounds.move(last, undefined)
        const at = flags[last.row] ?? 0
        tally[at] = (tally[at] ?? 0) - 1
        flags[last.row] = 0
        rows.pop()
      }
      state.version += 1
    },
    counts() {
      const counts = { ...noComputers }
      for (let bits = 0; bits < flagCombinations; bits++) {
        const rowsOfIt = tally[bits] ?? 0
        if (rowsOfIt === 0) continue
        for (const [name, filter] of counted) if (isOf(bits, filter)) counts[name] += rowsOfIt
        if ((bits & (flag.blocker | flag.leftOut)) === 0) counts.ready += rowsOfIt
        if ((bits & (flag.unprovisioned | flag.leftOut)) === flag.unprovisioned) counts.unprovisioned += rowsOfIt
        if ((bits & (flag.guidless | flag.leftOut)) === flag.guidless) counts.guidless += rowsOfIt
        if ((bits & loginBits) === flag.passwordless) counts.passwordless += rowsOfIt
      }
      return counts
    },
    grounds: grounds.all,
    issuesOf(row) {
      const others = cross.issuesOf(row)
      return others.length === 0 ? row.issues : [...row.issues, ...others]
    },
    sameGuid: cross.sameGuid
  }
}

/** A sheet of these rows; null when cancelled. */
export async function sheetOf(rows: readonly KeptRow[], turns: Turns): Promise<Sheet | null> {
  const sheet = newSheet(rows.length)
  for (const row of rows) {
    const more = turns.next(row.row, rows.length)
    if (more !== true && !(await more)) return null
    sheet.put(row)
  }
  return sheet
}

/** The rows that become jobs. */
export const readyRows = (sheet: Sheet): KeptRow[] =>
  sheet.rows.filter(({ row }) => (sheet.flags(row) & (flag.blocker | flag.leftOut)) === 0)

/** A text as it may be shown: of a secret only that it is kept. */
export const shownText = ({ values }: KeptRow, field: Field): string =>
  isSecret(field) && values[field] !== '' ? 'kept' : values[field]

/** "line 5, SMBIOS GUID", "b.csv, line 5"; only the field's title when the row was typed. */
function placeOf({ line, file }: KeptRow, field: Field | null, naming: boolean): string {
  const parts = [...(naming && file !== '' ? [file] : []), ...(line === 0 ? [] : [`line ${line}`])]
  if (field !== null) parts.push(fieldTitles[field])
  return parts.join(', ') || 'this row'
}

/** A row as the page may see it. `naming`: messages name the file, as there are several. */
export function viewOf(sheet: Sheet, row: KeptRow, advice: RowAdvice, naming: boolean): Row {
  const found = Object.entries(row.found).filter(([field]) => !isSecret(field as Field))
  return {
    row: row.row,
    line: row.line,
    file: row.file,
    values: Object.fromEntries(fields.map((field) => [field, shownText(row, field)])) as Row['values'],
    found: Object.fromEntries(found),
    edited: [...row.edited],
    issues: sheet.issuesOf(row).map((issue) => ({
      ...issue,
      problem: { ...issue.problem, where: placeOf(row, issue.field, naming) }
    })),
    leftOut: row.leftOut,
    automaticPrevented: row.automatic === 'prevented',
    known: row.known,
    differs: [...row.differs],
    advice
  }
}

/** A row as the computer that becomes a job: what is shown as found is normalised here. */
export function computerOf({ values, asFound, automatic }: KeptRow): Computer {
  const given = Object.entries(values).filter(([field, text]) => !isSecret(field as Field) || text !== '')
  const normal = asFound.flatMap((field) => (isSecret(field) ? [] : [[field, checkField(field, values[field]).value]]))
  return computerSchema.parse({
    ...Object.fromEntries(given),
    ...Object.fromEntries(normal),
    automaticPrevented: automatic === 'prevented'
  })
}
