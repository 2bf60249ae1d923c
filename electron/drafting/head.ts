// The first computers of a list, to be shown while all of it is still being read: nothing of them is kept.
import { type Field, fields, isSecret } from '../../shared/computer.ts'
import type { TellBody } from '../../shared/contract.ts'
import { mask } from '../../shared/password.ts'
import { type Recall, readList, type Wanted } from '../intake/list.ts'
import type { IntakeRow } from '../intake/rows.ts'
import { oneTurn } from '../turns.ts'

/** What the page may show of the beginning of a list. */
export type Head = Omit<TellBody<'source.head'>, 'draftId'>

/** Some hundreds of lines, read within a turn. */
const headBytes = 64 * 1024
const mostRows = 40

/** The beginning of a text up to the end of a line; undefined when that is not found, and when it would be everything. */
function beginningOf(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length <= headBytes) return undefined
  const end = bytes.subarray(0, headBytes).lastIndexOf(0x0a) + 1
  // In UTF-16 (little end first) the other half of the line end follows.
  return end === 0 ? undefined : bytes.subarray(0, bytes[end] === 0 ? end + 1 : end)
}

const cellOf = ({ values, secrets }: IntakeRow, field: Field): string =>
  isSecret(field) ? (secrets[field] === undefined ? '' : mask) : values[field]

/**
 * The head of a long text, read as all of it will be; undefined where the beginning alone says nothing: short files, which are
 * read as quickly, workbooks, JSON, and lists in which nothing was recognised.
 */
export async function headOf(wanted: Wanted, recall: Recall): Promise<Head | undefined> {
  const bytes = beginningOf(wanted.bytes)
  if (bytes === undefined) return undefined
  const read = await readList({ ...wanted, bytes }, { reading: oneTurn, checking: oneTurn }, recall)
  if (!read.ok) return undefined
  const { rows, source } = read.value
  const found = fields.filter((field) => source.columns.some((column) => column.field === field))
  if (found.length === 0) return undefined
  return {
    name: wanted.name,
    words: source.recognised.words,
    fields: found,
    rows: rows.slice(0, mostRows).map((row) => ({ line: row.line, cells: found.map((field) => cellOf(row, field)) }))
  }
}
