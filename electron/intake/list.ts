// From bytes to rows: the one way a list is read, for the window and for the command line.
import { isSecret } from '../../shared/computer.ts'
import type { FileSource, PasswordForm, Reading } from '../../shared/draft.ts'
import { chosen, columnsFor, type Guess, guessColumns } from '../../shared/mapping.ts'
import { decodePassword, passwordRule } from '../../shared/password.ts'
import { fail, ok, type Result } from '../../shared/problem.ts'
import { type Remembered, type Signature, signatureOf } from '../../shared/remembered.ts'
import type { Turns } from '../turns.ts'
import { cleanCopy, holdsSecrets } from './cleanCopy.ts'
import { columnsOfForm, recognise } from './recognise.ts'
import { type IntakeRow, toRows } from './rows.ts'
import { readTable, type Table } from './table.ts'

/** What to read, and what a person chose instead of what is found. */
export interface Wanted {
  readonly name: string
  readonly bytes: Uint8Array
  readonly chosen: Reading
  /** What each column is taken for, a person having had a say in it; null = to be guessed. */
  readonly guesses: readonly Guess[] | null
  readonly passwords: PasswordForm | null
}

/** What people took the columns of earlier lists for. */
export type Recall = (list: Signature) => readonly (Remembered | undefined)[]

/** A list as it was read. */
export interface List {
  /** What the list is recognised by when it comes again. */
  readonly signature: Signature
  readonly rows: IntakeRow[]
  readonly source: Omit<FileSource, 'earlier' | 'atHand'>
  /** Cells of password columns when none of them is Base64 and all are passwords as they stand: the form is wrong. */
  readonly clearCells: number
}

const samples = 50

/** How the parts of a reading report how far it is. */
export interface ReadingTurns {
  readonly reading: Turns
  readonly checking: Turns
}

const sampleOf = ({ lines }: Table): (readonly string[])[] => lines.slice(0, samples).map(({ cells }) => cells)

function guessesOf({ guesses }: Wanted, table: Table, remembered: readonly (Remembered | undefined)[]) {
  if (guesses !== null) return table.titles.map((_, at) => guesses[at] ?? chosen(null))
  // A form tells its columns, unless a person has taken those of this very list for something else.
  const corrected = remembered.some((known) => known?.by === 'list')
  const told = corrected ? null : columnsOfForm(table)
  return told ?? guessColumns(table.titles, sampleOf(table), table.header, remembered)
}

/** Password cells that only clear text explains; 0 when one of them is Base64 or breaks the rule either way. */
function clearCellsOf(table: Table, guesses: readonly Guess[], passwords: PasswordForm): number {
  if (passwords === 'clear') return 0
  const columns = guesses.flatMap(({ field }, at) => (field !== null && isSecret(field) ? [at] : []))
  if (columns.length === 0) return 0
  let count = 0
  for (const { cells } of table.lines) {
    for (const at of columns) {
      const cell = cells[at] ?? ''
      if (cell.trim() === '') continue
      if (decodePassword(cell) !== null || passwordRule(cell).length > 0) return 0
      count += 1
    }
  }
  return count
}

/** What the page is told of the file. */
function sourceOf(
  { name, bytes, chosen: options }: Wanted,
  table: Table,
  guesses: readonly Guess[],
  passwords: PasswordForm
): List['source'] {
  const { kind, words, confidence, note, exported } = recognise(table, guesses)
  return {
    kind: 'file',
    name,
    bytes: bytes.byteLength,
    format: table.format,
    encoding: table.encoding,
    delimiter: table.delimiter,
    sheets: [...table.sheets],
    skipped: table.skipped,
    header: table.header,
    chosen: options,
    lines: table.lines.length,
    passwords,
    columns: columnsFor(table, guesses),
    recognised: { kind, words, confidence },
    exported,
    secrets: holdsSecrets(table, guesses),
    notes: [...table.notes, ...(note ? [note] : [])]
  }
}

/**
 * Reads a list: table, columns, rows, and what kind of list it is. `recall` answers what is remembered of its columns.
 * Problems: those of the file, with its name, and reading-cancelled.
 */
export async function readList(wanted: Wanted, turns: ReadingTurns, recall: Recall = () => []): Promise<Result<List>> {
  const { name, bytes } = wanted
  const read = await readTable(bytes, wanted.chosen, turns.reading)
  if (!read.ok) return { ok: false, problem: { ...read.problem, where: placed(name, read.problem.where) } }
  const table = read.value
  const signature = signatureOf(table.titles, sampleOf(table), table.header)
  const guesses = guessesOf(wanted, table, recall(signature))
  const passwords = wanted.passwords ?? table.passwords ?? 'base64'
  const columns = guesses.map(({ field }) => field)
  const source = sourceOf(wanted, table, guesses, passwords)
  const clearCells = clearCellsOf(table, guesses, passwords)
  const rows = await toRows(table, columns, passwords, turns.checking, name, source.exported)
  if (rows === null) return fail('reading-cancelled', { where: name })
  return ok({ signature, rows, source, clearCells })
}

const placed = (name: string, where: string | undefined): string => [name, where].filter(Boolean).join(', ')

/** The list as it came, with every secret taken out. Problems: those of the file. */
export async function readClean(
  { name, bytes, chosen: options }: Pick<Wanted, 'name' | 'bytes' | 'chosen'>,
  columns: readonly Pick<Guess, 'field'>[],
  turns: Turns
): Promise<Result<{ readonly name: string; readonly bytes: Uint8Array }>> {
  const read = await readTable(bytes, options, turns)
  if (!read.ok) return read
  const copy = cleanCopy(read.value, columns)
  return ok({ name: `${name.replace(/\.[^.]*$/, '')}${copy.suffix}`, bytes: copy.bytes })
}
