// Bytes to table: text, workbook or JSON, with what was detected about it and what a person chose instead.
import type { Reading } from '../../shared/draft.ts'
import { looksLikeHeader } from '../../shared/mapping.ts'
import { fail, ok, type Result } from '../../shared/problem.ts'
import { oneTurn, type Turns } from '../turns.ts'
import { readDelimited } from './delimited.ts'
import { looksLikeJson, openText } from './encoding.ts'
import { readJson } from './json.ts'
import { formOf } from './knownLists.ts'
import { leadingNotes } from './leading.ts'
import { type Line, limits, noForm, type Rough, type Table, tooManyLines, tooWide } from './lines.ts'
import { isWorkbook, readWorkbook } from './workbook.ts'

export type { Table } from './lines.ts'

/**
 * How many columns a list without titles has: the most cells that more than a hundredth of the lines have.
 * Optional columns at the end may be missing, so a short line is no sign; a single overlong one is a mistake.
 */
function width(lines: readonly Line[]): number {
  const seen = new Map<number, number>()
  for (const { cells } of lines) seen.set(cells.length, (seen.get(cells.length) ?? 0) + 1)
  return Math.max(...[...seen].filter(([, times]) => times * 100 > lines.length).map(([cells]) => cells), 1)
}

const nameless = (at: number): string => `Column ${at + 1}`
const titlesOf = (cells: readonly string[]): string[] => cells.map((title, at) => title.slice(0, 200) || nameless(at))

const sampled = 50

type Found = Pick<Table, 'format' | 'encoding' | 'delimiter' | 'sheets'>

/** Notes above, titles, lines: as found, or as a person says. */
function assemble({ lines: all, notes }: Rough, found: Found, { skip, header: chosen }: Reading): Result<Table> {
  const listed = skip === undefined ? all.slice(leadingNotes(all)) : all.filter(({ line }) => line > skip)
  const [first] = listed
  if (first === undefined) return fail('file-empty', { found: 'nothing below the lines that are left out' })
  const above = listed.length < all.length ? first.line - 1 : 0
  const below = listed.slice(1, sampled).map(({ cells }) => cells)
  const header = chosen ?? looksLikeHeader(first.cells, below)
  const lines = header ? listed.slice(1) : listed
  const over = lines.length > limits.lines ? tooManyLines : tooWide(listed)
  if (over !== null) return over
  if (lines.length === 0)
    return fail('file-empty', { found: 'only a line of titles', expected: 'at least one computer below it' })
  const titles = header ? titlesOf(first.cells) : Array.from({ length: width(lines) }, (_, at) => nameless(at))
  const table = { ...found, skipped: skip ?? above, header, titleLine: header ? first.line : 0, titles, lines, notes }
  return ok(formOf({ ...table, ...noForm }))
}

async function read(bytes: Uint8Array, chosen: Reading, turns: Turns): Promise<Result<Table>> {
  if (isWorkbook(bytes)) {
    const book = await readWorkbook(bytes, chosen.sheet, turns)
    if (!book.ok) return book
    return assemble(
      book.value,
      { format: 'workbook', encoding: null, delimiter: null, sheets: book.value.sheets },
      chosen
    )
  }
  const text = openText(bytes, chosen.encoding)
  if (!text.ok) return text
  const { encoding } = text.value
  const start = text.value.slices().next()
  if (start.done !== true && looksLikeJson(start.value.text)) {
    const list = await readJson(text.value, turns)
    if (!list.ok) return list
    const found = {
      format: 'json',
      encoding,
      delimiter: null,
      sheets: [],
      skipped: 0,
      header: true,
      titleLine: 0
    } as const
    return ok({ ...found, ...list.value })
  }
  const lines = await readDelimited(text.value, chosen, turns)
  if (!lines.ok) return lines
  return assemble(lines.value, { format: 'text', encoding, delimiter: lines.value.delimiter, sheets: [] }, chosen)
}

/**
 * Reads a list: what it is and how it is written is found, or taken from `chosen`. Blank lines are skipped. Works in turns
 * and can be called off between them. Problems: `file-empty`, `file-not-csv`, `file-unclosed-quote`, `file-too-big`,
 * `file-too-wide`, `file-encoding-wrong`, `file-not-json`, `file-encrypted`, `file-old-workbook`, `file-broken-workbook`,
 * `file-bomb`, `reading-cancelled`.
 */
export async function readTable(
  bytes: Uint8Array,
  chosen: Reading = {},
  turns: Turns = oneTurn
): Promise<Result<Table>> {
  if (bytes.length > limits.bytes) {
    return fail('file-too-big', { found: `${Math.ceil(bytes.length / 1048576)} MB`, expected: '100 MB at most' })
  }
  return read(bytes, chosen, turns)
}
