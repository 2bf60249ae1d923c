// What the page may read of an open draft: rows of a view, the next row of a kind, a block as text for the clipboard.
import { fields, isSecret } from '../../shared/computer.ts'
import type { AskInput, AskOutput } from '../../shared/contract.ts'
import type { Row, View } from '../../shared/grid.ts'
import { guard } from '../intake/guard.ts'
import type { KeptRow } from '../store/keptRow.ts'
import type { Turns } from '../turns.ts'
import { adviceOf } from './advice.ts'
import { type Grown, isNaming, type Open } from './open.ts'
import { isOf, viewOf } from './sheet.ts'
import { finds } from './views.ts'

/** A row as the page may see it. */
export const shownRow = (open: Open, { sheet }: Grown, row: KeptRow): Row =>
  viewOf(sheet, row, adviceOf(open.draft.answers, row), isNaming(open.draft))

async function orderOf({ views }: Grown, view: View, turns: Turns): Promise<Int32Array> {
  const order = await views.of(view, turns)
  if (order === null) throw new Error('nobody can cancel a view')
  return order
}

/** Rows of a view from a place on. */
export async function readRows(
  open: Open,
  grown: Grown,
  { view, from, count }: AskInput<'rows.read'>,
  turns: Turns
): Promise<AskOutput<'rows.read'>> {
  const order = await orderOf(grown, view, turns)
  const rows = [...order.subarray(from, from + count)].flatMap((number) => grown.sheet.rows[number] ?? [])
  return { total: order.length, rows: rows.map((row) => shownRow(open, grown, row)) }
}

/** What a row must be to be stopped at. */
function wantedBy(grown: Grown, of: AskInput<'rows.next'>['of']): (row: KeptRow) => boolean {
  if (typeof of !== 'string') {
    const has = finds(of)
    return (row) => fields.some((field) => has(row, field))
  }
  return ({ row }) => {
    const flags = grown.sheet.flags(row)
    return isOf(flags, 'blocker') || (of === 'problem' && isOf(flags, 'warning'))
  }
}

/** The next place, from the top again at the end, or backwards; and how many there are. */
export async function nextRow(
  grown: Grown,
  { view, after, back = false, of }: AskInput<'rows.next'>,
  turns: Turns
): Promise<AskOutput<'rows.next'>> {
  const order = await orderOf(grown, view, turns)
  const wanted = wantedBy(grown, of)
  let [first, before, next, last]: (number | null)[] = [null, null, null, null]
  let count = 0
  for (let at = 0; at < order.length; at++) {
    if (at % 64 === 0) await turns.next(at, order.length)
    const row = grown.sheet.rows[order[at] ?? -1]
    if (row === undefined || !wanted(row)) continue
    count += 1
    first ??= at
    if (at < after) before = at
    if (at > after) next ??= at
    last = at
  }
  return { at: (back ? (before ?? last) : (next ?? first)) ?? null, count }
}

/** A block for the clipboard: no secret, and nothing that a spreadsheet program would calculate. */
export async function copyRows(
  grown: Grown,
  { view, block }: AskInput<'rows.copy'>,
  turns: Turns
): Promise<AskOutput<'rows.copy'>> {
  const order = await orderOf(grown, view, turns)
  const lines: string[] = []
  for (const number of order.subarray(block.from, block.to + 1)) {
    await turns.next(lines.length, order.length)
    const row = grown.sheet.rows[number]
    const cell = (field: (typeof block.fields)[number]): string =>
      row === undefined || isSecret(field) ? '' : guard(row.values[field].replace(/[\t\r\n]+/g, ' '))
    lines.push(block.fields.map(cell).join('\t'))
  }
  return { text: lines.join('\r\n') }
}
