// What every kind of file is read into first: lines with their place in the file; and how much of it is read at all.
import type { Field } from '../../shared/computer.ts'
import { type delimiters, type encodings, mostBytes, type PasswordForm, type Recognised } from '../../shared/draft.ts'
import { fail, type Problem, type Result } from '../../shared/problem.ts'

export type Encoding = (typeof encodings)[number]
export type Delimiter = (typeof delimiters)[number]

/** A line of the file: its number counted from 1 (where it begins, if it runs over several), and its cells. */
export interface Line {
  readonly line: number
  readonly cells: readonly string[]
}

/** Beyond these a file is refused. Bytes, cells in a line, lines with data. */
export const limits = { bytes: mostBytes, cells: 200, lines: 200_000 } as const

/** What the form of a file alone tells: the list of a known tool, whose columns need no guess. All null for other lists. */
export interface Form {
  readonly kind: Recognised['kind'] | null
  /** For the page: "MeshCommander computer list". */
  readonly words: string | null
  /** One for each title; null in it = not one of ours. */
  readonly fields: readonly (Field | null)[] | null
  /** How passwords stand in it. */
  readonly passwords: PasswordForm | null
}

export const noForm: Form = { kind: null, words: null, fields: null, passwords: null }

/** A list as it stands in the file. Lines may have fewer or more cells than there are titles: that is for the rows to judge. */
export interface Table extends Form {
  readonly format: 'text' | 'workbook' | 'json'
  /** null where the format settles it. */
  readonly encoding: Encoding | null
  readonly delimiter: Delimiter | null
  /** Sheets of a workbook, the chosen one first. */
  readonly sheets: readonly string[]
  /** Lines of the file above the list: its notes. 0 when there are none. */
  readonly skipped: number
  /** Whether the first line holds the titles; it is not among `lines` then. */
  readonly header: boolean
  /** The line of the titles; 0 without. */
  readonly titleLine: number
  /** From the file, or "Column 1", "Column 2" … */
  readonly titles: readonly string[]
  /** For JSON `line` is where an entry begins; for workbooks it is the row of the sheet. Taken away when rows are made of them. */
  readonly lines: Line[]
  /** What is worth telling about the file as a whole although it could be read. */
  readonly notes: readonly Problem[]
}

export const tooManyLines = fail('file-too-big', {
  found: `more than ${limits.lines} lines`,
  expected: `${limits.lines} lines at most`
})

/** Somebody called the reading off. */
export const cancelled = fail('reading-cancelled')

/** The contract lets 200 columns through, titles or cells. */
export function tooWide(all: readonly Line[]): Result<never> | null {
  const wide = all.find(({ cells }) => cells.length > limits.cells)
  if (wide === undefined) return null
  const facts = { found: `${wide.cells.length} cells`, expected: `${limits.cells} cells at most` }
  return fail('file-too-wide', { where: `line ${wide.line}`, ...facts })
}

/** Lines of any file, before it is known which of them are notes and which are titles. */
export interface Rough {
  readonly lines: Line[]
  readonly notes: readonly Problem[]
}
