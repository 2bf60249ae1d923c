// Text to table: finds the separator and the header line, and keeps for each line where it stands in the file.
import { parse } from 'csv-parse/sync'
import { looksLikeHeader } from '../../shared/mapping.ts'
import { fail, ok, type Problem, problem, type Result } from '../../shared/problem.ts'
import { type Encoding, readText } from './encoding.ts'

export const delimiters = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof delimiters)[number]

/** A line of the file: its number counted from 1 (where it begins, if it runs over several), and its cells. */
export interface Line {
  readonly line: number
  readonly cells: readonly string[]
}

/** A list as it stands in the file. Lines may have fewer or more cells than there are titles: that is for the rows to judge. */
export interface Table {
  readonly encoding: Encoding
  readonly delimiter: Delimiter
  /** Whether the first line holds the titles; it is not among `lines` then. */
  readonly header: boolean
  /** From the file, or "Column 1", "Column 2" … */
  readonly titles: readonly string[]
  readonly lines: readonly Line[]
  /** What is worth telling about the file as a whole although it could be read. */
  readonly notes: readonly Problem[]
}

/** What a person chose instead of what was found. */
export interface TableChoice {
  readonly header?: boolean
  readonly delimiter?: Delimiter
}

/** Beyond these a file is refused. Bytes, cells in a line, lines with data. */
export const limits = { bytes: 100 * 1024 * 1024, cells: 200, lines: 200_000 } as const

/** Bytes of one line; an unclosed quotation mark makes lines of this size. */
const longestLine = 1_000_000

interface Parsed {
  readonly lines: readonly Line[]
  /** How reading ended early, if it did. */
  readonly stopped: 'open' | 'closed early' | 'long' | 'many' | null
  /** The line after the last complete one. */
  readonly next: number
}

/** csv-parse's codes for a line it cannot read on from. */
const stops: Readonly<Record<string, NonNullable<Parsed['stopped']>>> = {
  CSV_QUOTE_NOT_CLOSED: 'open',
  CSV_INVALID_CLOSING_QUOTE: 'closed early',
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: 'closed early',
  CSV_MAX_RECORD_SIZE: 'long'
}

const count = (text: string, letter: string): number => text.split(letter).length - 1

function parseLines(text: string, delimiter: Delimiter, most: number): Parsed {
  const lines: Line[] = []
  let next = 1
  let records = 0
  const keep = (cells: string[], info: { lines: number }): null => {
    const breaks = cells.reduce((sum, cell) => (cell.includes('\n') ? sum + count(cell, '\n') : sum), 0)
    next = info.lines + 1
    records++
    // Excel writes lines of nothing but separators under a list that once was longer.
    if (cells.some((cell) => cell !== '')) lines.push({ line: info.lines - breaks, cells })
    return null
  }
  try {
    parse(text, {
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: longestLine,
      to: most,
      on_record: keep
    })
  } catch (error) {
    const stopped = error instanceof Error && 'code' in error ? stops[String(error.code)] : undefined
    if (stopped !== undefined) return { lines, stopped, next }
    throw error
  }
  return { lines, stopped: records === most ? 'many' : null, next }
}

/** Where, from a line on, the first quotation mark stands, and where the one opened that is never closed. */
function openings(text: string, from: number): { readonly first: number; readonly open: number | null } {
  let line = 1
  let first: number | null = null
  let open: number | null = null
  for (const letter of text) {
    if (letter === '\n') line++
    else if (letter === '"' && line >= from) {
      open = open === null ? line : null
      first ??= line
    }
  }
  return { first: first ?? from, open }
}

const tooManyLines = fail('file-too-big', {
  found: `more than ${limits.lines} lines`,
  expected: `${limits.lines} lines at most`
})

/** What to say when reading ended before the file did. */
function stoppedAt(text: string, { stopped, next }: Parsed): Result<never> | null {
  if (stopped === null) return null
  if (stopped === 'many') return tooManyLines
  if (stopped === 'long') {
    const found = 'more than a million characters before the line ends'
    return fail('file-too-wide', { where: `line ${next}`, found, expected: `${limits.cells} cells at most` })
  }
  const { first, open } = openings(text, next)
  const still = 'a quotation mark that is still open at the end of the file'
  const early = 'a cell in quotation marks that has more text behind the closing one'
  const [line, found] = stopped === 'open' ? [open ?? first, still] : [first, early]
  return fail('file-unclosed-quote', {
    where: `line ${line}`,
    found,
    expected: 'quotation marks in pairs around a whole cell'
  })
}

const sampleLines = 50
/** Enough text for the sample, cut at a line end. */
const sampleOf = (text: string): string =>
  text
    .split('\n', sampleLines * 2)
    .join('\n')
    .slice(0, 200_000)

/** The separator that splits most lines into the same number of cells, the more the better; null when none splits. */
function findDelimiter(text: string): Delimiter | null {
  const sample = sampleOf(text)
  let best: { readonly delimiter: Delimiter; readonly share: number; readonly cells: number } | null = null
  for (const delimiter of delimiters) {
    const { lines } = parseLines(sample, delimiter, sampleLines)
    const split = lines.filter(({ cells }) => cells.length > 1)
    if (split.length === 0) continue
    const share = split.length / lines.length
    const cells = split.reduce((sum, line) => sum + line.cells.length, 0) / split.length
    if (best === null || share > best.share || (share === best.share && cells > best.cells))
      best = { delimiter, share, cells }
  }
  return best?.delimiter ?? null
}

/** Excel's own first line that names the separator. */
const separatorLine = /^sep=([,;\t|])\n/i

/**
 * How many columns a list without titles has: the most cells that more than a hundredth of the lines have.
 * Optional columns at the end may be missing, so a short line is no sign; a single overlong one is a mistake.
 */
function width(lines: readonly Line[]): number {
  const seen = new Map<number, number>()
  for (const { cells } of lines) seen.set(cells.length, (seen.get(cells.length) ?? 0) + 1)
  return Math.max(...[...seen].filter(([, times]) => times * 100 > lines.length).map(([cells]) => cells), 1)
}

function notesOf(guessed: boolean, lines: readonly Line[]): readonly Problem[] {
  const long = lines.filter(({ cells }) => cells.some((cell) => cell.includes('\n')))
  const [first] = long
  return [
    ...(guessed ? [problem('file-encoding-guessed', { found: 'bytes that are not UTF-8' })] : []),
    ...(first === undefined
      ? []
      : [
          problem('file-long-cell', {
            where: `line ${first.line}`,
            found: `${long.length} such ${long.length === 1 ? 'line' : 'lines'}`
          })
        ])
  ]
}

/** The contract lets 200 columns through, titles or cells. */
function tooWide(all: readonly Line[]): Result<never> | null {
  const wide = all.find(({ cells }) => cells.length > limits.cells)
  if (wide === undefined) return null
  const facts = { found: `${wide.cells.length} cells`, expected: `${limits.cells} cells at most` }
  return fail('file-too-wide', { where: `line ${wide.line}`, ...facts })
}

/**
 * Reads a list: encoding, separator and header line are found, or taken from `choice`. Blank lines are skipped.
 * Problems: `file-empty`, `file-not-csv`, `file-unclosed-quote`, `file-too-big`, `file-too-wide`.
 */
export function readTable(bytes: Uint8Array, choice: TableChoice = {}): Result<Table> {
  if (bytes.length > limits.bytes) {
    return fail('file-too-big', { found: `${Math.ceil(bytes.length / 1048576)} MB`, expected: '100 MB at most' })
  }
  const read = readText(bytes)
  if (!read.ok) return read
  const { encoding, guessed } = read.value
  const named = separatorLine.exec(read.value.text)?.[1] as Delimiter | undefined
  // Blanked, not cut out: the numbers of the lines below stay right.
  const text = named === undefined ? read.value.text : read.value.text.replace(separatorLine, '\n')
  const delimiter = choice.delimiter ?? named ?? findDelimiter(text)
  // The titles, and one more than allowed, so that too many shows. Without a separator there may still be a quotation mark
  // to blame.
  const parsed = parseLines(text, delimiter ?? ',', limits.lines + 2)
  const stopped = stoppedAt(text, parsed)
  if (stopped !== null) return stopped
  if (delimiter === null || !parsed.lines.some(({ cells }) => cells.length > 1)) {
    return fail('file-not-csv', {
      found: 'text with a single column: no comma, semicolon, tab or | separates anything',
      expected: 'at least name, FQDN and SMBIOS GUID in each line'
    })
  }
  return assemble(parsed.lines, { encoding, guessed, delimiter, header: choice.header })
}

interface Found {
  readonly encoding: Encoding
  readonly guessed: boolean
  readonly delimiter: Delimiter
  readonly header: boolean | undefined
}

function assemble(all: readonly Line[], { encoding, guessed, delimiter, header: chosen }: Found): Result<Table> {
  const cells = all.map((line) => line.cells)
  const header = chosen ?? looksLikeHeader(cells[0] ?? [], cells.slice(1, sampleLines))
  const lines = header ? all.slice(1) : all
  const over = lines.length > limits.lines ? tooManyLines : tooWide(all)
  if (over !== null) return over
  if (lines.length === 0)
    return fail('file-empty', { found: 'only a line of titles', expected: 'at least one computer below it' })
  const first = header ? (cells[0] ?? []) : []
  const titles = header
    ? first.map((title, at) => title.slice(0, 200) || `Column ${at + 1}`)
    : Array.from({ length: width(lines) }, (_, at) => `Column ${at + 1}`)
  return ok({ encoding, delimiter, header, titles, lines, notes: notesOf(guessed, lines) })
}
