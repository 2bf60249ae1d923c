// Which rows a view shows and in which order; built in turns, and kept until the rows change.
import { type Field, fields, isSecret } from '../../shared/computer.ts'
import type { Find, RowFilter, Sort, View } from '../../shared/grid.ts'
import { type Route, routes } from '../../shared/strategy.ts'
import type { KeptRow } from '../store/keptRow.ts'
import type { Turns } from '../turns.ts'
import { inOrder } from './order.ts'
import { flag, isOf, knownOf, type Sheet, shownText } from './sheet.ts'

const openFields = fields.filter((field) => !isSecret(field))

export interface Views {
  /** Row numbers of a view; null when cancelled. */
  of(view: View, turns: Turns): Promise<Int32Array | null>
}

/** Orders of one way of sorting, of the newest version that was asked for. */
interface Sorted {
  readonly version: number
  readonly order: Int32Array
}

/** As many ways as a page has in use at once; each costs 4 bytes a row. */
const mostKept = 6

/** Keeps the newest few of a kind. */
function remember<T>(kept: Map<string, T>, key: string, value: T): void {
  kept.delete(key)
  kept.set(key, value)
  const [oldest] = kept.keys()
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
}

/** Blockers first, then warnings, notes, good ones, and last what is left out. */
const stateRank = (flags: number): number =>
  (flags & flag.leftOut) !== 0
    ? 4
    : (flags & flag.blocker) !== 0
      ? 0
      : (flags & flag.warning) !== 0
        ? 1
        : (flags & flag.note) !== 0
          ? 2
          : 3

const knownRanks = ['new', 'changed', 'missing', 'same', 'none'] as const

type Keys = readonly (string | number)[]

/** What rows are compared by: one value for each, all of one type. */
function keyOf(by: Sort['by'], sheet: Sheet, routeOf: (row: KeptRow) => Route | null) {
  return (row: KeptRow): string | number => {
    switch (by) {
      case 'line':
        return row.line
      case 'state':
        return stateRank(sheet.flags(row.row))
      case 'known':
        return knownRanks.indexOf(knownOf(sheet.flags(row.row)))
      case 'route': {
        const route = routeOf(row)
        return route === null ? routes.length : routes.indexOf(route)
      }
      default:
        return shownText(row, by).toLowerCase()
    }
  }
}

/** Rows with the same key stay in the order of the file, whichever way the others are sorted. */
function comparing(keys: Keys, descending: boolean): (a: number, b: number) => number {
  const sign = descending ? -1 : 1
  return (a, b) => {
    const [left = '', right = ''] = [keys[a], keys[b]]
    if (left === right) return a - b
    return left < right ? -sign : sign
  }
}

/** Whether an open text of the row holds the searched one, which is in lower case. */
const holds = ({ values }: KeptRow, text: string): boolean =>
  openFields.some((field) => values[field] !== '' && values[field].toLowerCase().includes(text))

/** The views of a sheet. Routes depend on answers too: `answers` tells their version. */
export function viewsOf(
  sheet: Sheet,
  routeOf: (row: KeptRow) => Route | null,
  answers: () => unknown = () => null
): Views {
  const orders = new Map<string, Sorted>()
  const views = new Map<string, Sorted>()
  let known: unknown = answers()

  async function orderOf(sort: Sort | null, turns: Turns): Promise<Int32Array | null> {
    if (sort === null) return Int32Array.from(sheet.rows.keys())
    const name = `${sort.by} ${sort.descending}`
    const before = orders.get(name)
    const { version, rows } = sheet
    if (before?.version === version) return before.order
    const key = keyOf(sort.by, sheet, routeOf)
    const keys: (string | number)[] = []
    for (const row of rows) {
      const more = turns.next(keys.length, rows.length)
      if (more !== true && !(await more)) return null
      keys.push(key(row))
    }
    // Nearly the order of before: sorting that anew is quick.
    const start = before?.order.length === rows.length ? before.order : Int32Array.from(rows.keys())
    const order = await inOrder(start, comparing(keys, sort.descending), turns)
    if (order !== null) remember(orders, name, { version, order })
    return order
  }

  return {
    async of({ filter, search, sort }, turns) {
      if (known !== answers()) {
        known = answers()
        orders.clear()
        views.clear()
      }
      const text = search.trim().toLowerCase()
      const name = JSON.stringify([filter, text, sort])
      const { version, rows } = sheet
      const before = views.get(name)
      if (before?.version === version) return before.order
      const order = await orderOf(sort, turns)
      if (order === null) return null
      const shown = filter === 'all' && text === '' ? order : await kept(order, { filter, text, rows }, turns)
      if (shown !== null) remember(views, name, { version, order: shown })
      return shown
    }
  }

  async function kept(
    order: Int32Array,
    { filter, text, rows }: { filter: RowFilter; text: string; rows: readonly KeptRow[] },
    turns: Turns
  ): Promise<Int32Array | null> {
    const list = new Int32Array(order.length)
    let length = 0
    for (let at = 0; at < order.length; at++) {
      if (at % 64 === 0) {
        const more = turns.next(at, order.length)
        if (more !== true && !(await more)) return null
      }
      const row = rows[order[at] ?? 0]
      if (row === undefined || !isOf(sheet.flags(row.row), filter)) continue
      if (text === '' || holds(row, text)) list[length++] = row.row
    }
    return list.slice(0, length)
  }
}

/** Whether a cell has what is looked for. */
export function finds(find: Find): (row: KeptRow, field: Field) => boolean {
  const wanted = find.matchCase ? find.text : find.text.toLowerCase()
  return ({ values }, field) => {
    if (isSecret(field) || (find.field !== null && find.field !== field)) return false
    const text = find.matchCase ? values[field] : values[field].toLowerCase()
    return find.whole ? text === wanted : text.includes(wanted)
  }
}
