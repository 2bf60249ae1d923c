// Text to lines: finds the separator, splits slice by slice (with csv-parse from the first line on that needs it), and keeps for each line where it stands in the file.
import { Parser } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import { delimiters } from '../../shared/draft.ts'
import { fail, ok, type Problem, problem, type Result } from '../../shared/problem.ts'
import { shapeOf } from '../../shared/shapes.ts'
import { fieldOfTitle } from '../../shared/titles.ts'
import type { Turns } from '../turns.ts'
import type { Text } from './encoding.ts'
import { cancelled, type Delimiter, type Line, limits, type Rough, tooManyLines } from './lines.ts'
import { plainLines } from './plainLines.ts'

/** Bytes of one line; an unclosed quotation mark makes lines of this size. */
const longestLine = 1_000_000

/** How a line could not be read to its end, by csv-parse's codes. */
const stops: Readonly<Record<string, 'open' | 'closed early' | 'long'>> = {
  CSV_QUOTE_NOT_CLOSED: 'open',
  CSV_INVALID_CLOSING_QUOTE: 'closed early',
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: 'closed early',
  CSV_MAX_RECORD_SIZE: 'long'
}

/** Why reading stopped; an error that is not about the file is thrown. */
function stopOf(error: unknown): 'open' | 'closed early' | 'long' {
  const stop = error instanceof Error && 'code' in error ? stops[String(error.code)] : undefined
  if (stop === undefined) throw error
  return stop
}

/** Also what the bench gives to the bare parser. */
export const parserOptions = (delimiter: Delimiter) => ({
  delimiter,
  record_delimiter: '\n',
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  trim: true,
  max_record_size: longestLine
})

const breaksIn = (cell: string): number => (cell.includes('\n') ? cell.split('\n').length - 1 : 0)

/** Collects the records of one pass; the line numbers are those of the file. */
function collector() {
  const lines: Line[] = []
  const seen = { records: 0, last: 0, long: 0, firstLong: 0 }
  const keep = (cells: readonly string[], end: number): void => {
    // A record that ends one line below the one before has no line ends in its cells.
    const breaks = end === seen.last + 1 ? 0 : cells.reduce((sum, cell) => sum + breaksIn(cell), 0)
    if (breaks > 0 && seen.long++ === 0) seen.firstLong = end - breaks
    seen.last = end
    seen.records++
    // Excel writes lines of nothing but separators under a list that once was longer.
    const filled = cells[0] !== '' || cells.some((cell) => cell !== '')
    if (filled && seen.records <= limits.lines + 1) lines.push({ line: end - breaks, cells })
  }
  return { lines, seen, keep }
}

const sampleLines = 50

/** Enough text for the sample, cut at a line end. */
function sampleOf(slices: Iterable<{ readonly text: string }>): string {
  let sample = ''
  for (const { text } of slices) {
    sample += text
    if (sample.length >= 200_000 || sample.split('\n', sampleLines * 2).length === sampleLines * 2) break
  }
  return sample
    .split('\n', sampleLines * 2)
    .join('\n')
    .slice(0, 200_000)
}

function sampleWith(sample: string, delimiter: Delimiter): readonly Line[] {
  const { lines, keep } = collector()
  try {
    const onRecord = (cells: string[], { lines: end }: { readonly lines: number }): null => {
      keep(cells, end)
      return null
    }
    parse(sample, { ...parserOptions(delimiter), to: sampleLines, on_record: onRecord })
  } catch (error) {
    stopOf(error)
  }
  return lines
}

/** A line that speaks for its separator: one of its cells is a title we know, or looks like nothing a longer text does. */
const speaks = ({ cells }: Line): boolean =>
  cells.length > 1 &&
  cells
    .slice(0, limits.cells)
    .some((cell) => fieldOfTitle(cell) !== null || ['guid', 'mac', 'address', 'fqdn'].includes(shapeOf(cell)))

/**
 * The separator that makes most lines speak for it; among equals the one that splits most lines, into the most cells. null
 * when none splits.
 */
function findDelimiter(sample: string): Delimiter | null {
  const rated = delimiters.flatMap((delimiter) => {
    const lines = sampleWith(sample, delimiter)
    const split = lines.filter(({ cells }) => cells.length > 1)
    if (split.length === 0) return []
    const cells = split.reduce((sum, line) => sum + line.cells.length, 0) / split.length
    return [{ delimiter, worth: [split.filter(speaks).length, split.length / lines.length, cells] }]
  })
  const better = (one: readonly number[], other: readonly number[]): number =>
    one.map((value, at) => value - (other[at] ?? 0)).find((difference) => difference !== 0) ?? 0
  return rated.sort((one, other) => better(other.worth, one.worth))[0]?.delimiter ?? null
}

/** The slices with their first lines made blank, not cut out: the numbers of the lines below stay right. */
function* blanked(text: Text, count: number): ReturnType<Text['slices']> {
  let left = count
  for (const { text: slice, done } of text.slices()) {
    let at = 0
    for (; left > 0 && at < slice.length; left--) {
      const end = slice.indexOf('\n', at)
      if (end < 0) {
        at = slice.length
        break
      }
      at = end + 1
    }
    yield { text: '\n'.repeat(at === 0 ? 0 : slice.slice(0, at).split('\n').length - 1) + slice.slice(at), done }
  }
}

/** Where, from a line on, the first quotation mark stands, and where the one opened that is never closed; null = cancelled. */
async function openings(slices: ReturnType<Text['slices']>, from: number, size: number, turns: Turns) {
  let line = 1
  let first: number | null = null
  let open: number | null = null
  for (const { text, done } of slices) {
    for (const letter of text) {
      if (letter === '\n') line++
      else if (letter === '"' && line >= from) {
        open = open === null ? line : null
        first ??= line
      }
    }
    if (!(await turns.next(done, size))) return null
  }
  return { first: first ?? from, open }
}

const stillOpen = 'a quotation mark that is still open at the end of the file'
const closedEarly = 'a cell in quotation marks that has more text behind the closing one'

/** What to say when reading ended before the file did; `next` is the line after the last complete one. */
async function stoppedAt(
  stop: 'open' | 'closed early' | 'long',
  next: number,
  text: Text,
  blank: number,
  turns: Turns
): Promise<Result<never>> {
  if (stop === 'long') {
    const found = 'more than a million characters before the line ends'
    return fail('file-too-wide', { where: `line ${next}`, found, expected: `${limits.cells} cells at most` })
  }
  const opened = await openings(blanked(text, blank), next, text.size, turns)
  if (opened === null) return cancelled
  const [line, found] = stop === 'open' ? [opened.open ?? opened.first, stillOpen] : [opened.first, closedEarly]
  return fail('file-unclosed-quote', {
    where: `line ${line}`,
    found,
    expected: 'quotation marks in pairs around a whole cell'
  })
}

function notesOf(text: Text, long: number, firstLong: number): readonly Problem[] {
  const times = `${long} such ${long === 1 ? 'line' : 'lines'}`
  return [
    ...(text.guessed ? [problem('file-encoding-guessed', { found: 'bytes that are not UTF-8' })] : []),
    ...(text.broken ? [problem('file-encoding-wrong', { found: `bytes that are not ${text.encoding}` })] : []),
    ...(long === 0 ? [] : [problem('file-long-cell', { where: `line ${firstLong}`, found: times })])
  ]
}

/** Gives a text to a parser, or null = there is no more; answers the error that ended it. */
const give = (parser: Parser, text: string | null) =>
  new Promise<Error | null | undefined>((resolve) => {
    if (text === null) parser.end(resolve)
    else parser.write(text, resolve)
  })

/** A parser of what follows after so many lines. */
function parserFrom(above: number, delimiter: Delimiter, keep: ReturnType<typeof collector>['keep']): Parser {
  const parser = new Parser(parserOptions(delimiter))
  // Records are taken where the parser hands them to its stream, whose queue would cost a fifth more time.
  parser.push = (cells: string[] | null): boolean => {
    if (cells !== null) keep(cells, above + parser.info.lines)
    return true
  }
  // Told by the callbacks already; without a listener it would be thrown.
  parser.on('error', () => undefined)
  return parser
}

async function split(
  text: Text,
  delimiter: Delimiter,
  blank: number,
  turns: Turns
): Promise<Result<{ readonly lines: Line[]; readonly blank: boolean; readonly notes: readonly Problem[] }>> {
  const { lines, seen, keep } = collector()
  const plain = plainLines(delimiter, keep)
  let parser: Parser | null = null
  let nothing = true
  for (const { text: slice, done } of blanked(text, blank)) {
    if (slice.includes('\0')) return fail('file-not-csv', { found: 'binary data, not text' })
    nothing &&= slice.trim() === ''
    const left = parser === null ? plain.take(slice) : slice
    if (left !== '') parser ??= parserFrom(plain.count, delimiter, keep)
    const error = parser && (await give(parser, left))
    if (error) return stoppedAt(stopOf(error), seen.last + 1, text, blank, turns)
    if (seen.records > limits.lines + 1) return tooManyLines
    if (!(await turns.next(done, text.size))) return cancelled
  }
  const left = parser === null ? plain.end() : ''
  if (left !== '') parser ??= parserFrom(plain.count, delimiter, keep)
  const error = parser && ((await give(parser, left)) ?? (await give(parser, null)))
  if (error) return stoppedAt(stopOf(error), seen.last + 1, text, blank, turns)
  if (seen.records > limits.lines + 1) return tooManyLines
  return ok({ lines, blank: nothing, notes: notesOf(text, seen.long, seen.firstLong) })
}

/**
 * Splits a text into lines of cells; blank lines are left out. `skip` lines at the start are not looked at. Excel's own first
 * line `sep=;` is obeyed. Problems: `file-empty`, `file-not-csv`, `file-unclosed-quote`, `file-too-big`, `file-too-wide`,
 * `reading-cancelled`.
 */
export async function readDelimited(
  text: Text,
  chosen: { readonly delimiter?: Delimiter | undefined; readonly skip?: number | undefined },
  turns: Turns
): Promise<Result<Rough & { readonly delimiter: Delimiter }>> {
  const start = text.slices().next()
  const named = start.done === true ? undefined : /^sep=([,;\t|])\n/i.exec(start.value.text)?.[1]
  const blank = Math.max(chosen.skip ?? 0, named === undefined ? 0 : 1)
  const found =
    chosen.delimiter ?? delimiters.find((one) => one === named) ?? findDelimiter(sampleOf(blanked(text, blank)))
  // Without a separator there may still be a quotation mark to blame.
  const read = await split(text, found ?? ',', blank, turns)
  if (!read.ok) return read
  const { lines, notes } = read.value
  if (read.value.blank)
    return fail('file-empty', { found: 'only blank lines', expected: 'at least one line with data' })
  if (found === null || !lines.some(({ cells }) => cells.length > 1)) {
    return fail('file-not-csv', {
      found: 'text with a single column: no comma, semicolon, tab or | separates anything',
      expected: 'at least name, FQDN and SMBIOS GUID in each line'
    })
  }
  return ok({ delimiter: found, lines, notes })
}
