// Writes lists as CSV: quoted as RFC 4180 wants it, safe for spreadsheets, in the separator of the person's country.
import { guard } from './guard.ts'
import type { Delimiter } from './lines.ts'

/** Quoted also where a spreadsheet of another country would split. */
const quoted = (cell: string): string => (/[",;|\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

const lineOf = (cells: readonly string[], delimiter: Delimiter): string =>
  cells.map((cell) => quoted(guard(cell))).join(delimiter)

/** A text with byte order mark (for Excel) and CR LF. Cells that a spreadsheet would calculate are guarded. */
export const listText = (lines: readonly (readonly string[])[], delimiter: Delimiter = ','): string =>
  `\ufeff${lines.map((cells) => `${lineOf(cells, delimiter)}\r\n`).join('')}`

/** A system that was set up without a language calls it "C" or nothing, and no number can be written in that. */
const isLanguage = (locale: string): boolean => /^[a-z]{2,3}(-[a-z0-9]+)*$/i.test(locale)

/** What spreadsheets of a country put between cells: the semicolon where numbers are written with a comma. */
export const listSeparator = (locale: string): Delimiter =>
  isLanguage(locale) && (1.5).toLocaleString(locale).includes(',') ? ';' : ','
