// What each edit makes of the rows it is about; nothing is stored here, and secrets that were typed are still in plain text.
import { type Field, fields, isSecret } from '../../shared/computer.ts'
import type { Block, Edit, View } from '../../shared/grid.ts'
import { fail, ok, type Result } from '../../shared/problem.ts'
import { type Cell, type Cells, retype, typed } from '../intake/retype.ts'
import { blankRow, type IntakeRow } from '../intake/rows.ts'
import type { KeptRow } from '../store/keptRow.ts'
import type { Turns } from '../turns.ts'
import type { Sheet } from './sheet.ts'
import { finds, type Views } from './views.ts'

/** Rows as they shall be, in rising order of their numbers. */
export type Changed = readonly (KeptRow | IntakeRow)[]

/** The rows of a list on their way into a draft: each is exchanged where it stands, so that none is in memory twice. */
export type Taken = (KeptRow | IntakeRow)[]

/** An edit that is ready to be made: what undo will call it, and the rows that it changes or appends. */
export interface Planned {
  readonly title: string
  readonly rows: Changed
}

export interface Grid {
  readonly sheet: Sheet
  readonly views: Views
}

/** "1 cell", "120 cells" */
export const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`

const secretsOf = (row: KeptRow | IntakeRow): IntakeRow['secrets'] => ('secrets' in row ? row.secrets : {})

/** Cells that are not the same in both; a secret that was typed differs from any. */
function cellsChanged(before: KeptRow | undefined, after: KeptRow | IntakeRow): number {
  const secrets = secretsOf(after)
  return fields.filter(
    (field) =>
      (before?.values[field] ?? '') !== after.values[field] || (isSecret(field) && secrets[field] !== undefined)
  ).length
}

/** Does something for each of many, in turns; null when the work shall end. */
async function each<T, U>(list: Iterable<T>, total: number, turns: Turns, work: (item: T) => U): Promise<U[] | null> {
  const done: U[] = []
  for (const item of list) {
    const more = turns.next(done.length, total)
    if (more !== true && !(await more)) return null
    done.push(work(item))
  }
  return done
}

/** Puts cells into rows; rows that stay as they were are not among the answer. */
async function putInto(
  grid: Grid,
  places: ArrayLike<number> & Iterable<number>,
  cellsOf: (row: KeptRow, at: number) => Cells,
  turns: Turns,
  title: (cells: number) => string
): Promise<Planned | null> {
  const rows: (KeptRow | IntakeRow)[] = []
  let at = 0
  let cells = 0
  const done = await each(places, places.length, turns, (number) => {
    const before = grid.sheet.rows[number]
    if (before === undefined) return
    const after = retype(before, cellsOf(before, at++))
    if (after === before) return
    rows.push(after)
    cells += cellsChanged(before, after)
  })
  // A view may be sorted any way; rows are stored and numbered in their own order.
  return done && { title: title(cells), rows: rows.sort((a, b) => a.row - b.row) }
}

async function placesOf(grid: Grid, view: View, { from, to }: Pick<Block, 'from' | 'to'>, turns: Turns) {
  const order = await grid.views.of(view, turns)
  return order === null ? null : order.subarray(from, to + 1)
}

type Planner<K extends Edit['kind']> = (
  edit: Extract<Edit, { kind: K }>,
  grid: Grid,
  turns: Turns
) => Promise<Result<Planned> | null>

const okOrNull = (planned: Planned | null): Result<Planned> | null => planned && ok(planned)

const set: Planner<'set'> = async ({ row: number, values }, { sheet }) => {
  const before = number === null ? blankRow(sheet.rows.length) : sheet.rows[number]
  if (before === undefined) return fail('row-gone')
  const after = retype(before, typed(values))
  if (number === null) return ok({ title: 'Add a computer', rows: [after] })
  return ok({ title: `Change ${counted(cellsChanged(before, after), 'cell')}`, rows: after === before ? [] : [after] })
}

const learn: Planner<'learn'> = async ({ rows: told }, grid, turns) => {
  const byRow = new Map(told.map(({ row, values }) => [row, values]))
  const places = [...byRow.keys()].sort((a, b) => a - b)
  const cellsOf = (row: KeptRow): Cells => typed(byRow.get(row.row) ?? {})
  return okOrNull(await putInto(grid, places, cellsOf, turns, (count) => `Read ${counted(count, 'cell')} from devices`))
}

/** How often a clipboard of this size is laid into a block of that size: once, or as often as it fits exactly. */
const repeats = (block: number, cells: number): number => (block > cells && block % cells === 0 ? block / cells : 1)

const paste: Planner<'paste'> = async ({ view, at, to, fields: into, cells }, grid, turns) => {
  const order = await grid.views.of(view, turns)
  if (order === null) return null
  const widest = Math.max(...cells.slice(0, 1000).map((line) => line.length))
  const tall = cells.length * (to === undefined ? 1 : repeats(to - at + 1, cells.length))
  const wide = to === undefined ? widest : widest * repeats(into.length, widest)
  const lineOf = (line: number): Cells => {
    const texts = cells[line % cells.length] ?? []
    const entries = into
      .slice(0, wide)
      .map((field, column) => [field, texts[column % widest]] as const)
      .filter(([, text]) => text !== undefined)
    return typed(Object.fromEntries(entries))
  }
  const there = order.subarray(at, at + tall)
  const title = (count: number): string => `Paste ${counted(count, 'cell')}`
  const changed = await putInto(grid, there, (_, line) => lineOf(line), turns, title)
  if (changed === null) return null
  // Only where the end of the view is the end of the list can more rows follow.
  const plain = view.filter === 'all' && view.search.trim() === '' && view.sort === null
  const beyond = plain && at <= order.length ? tall - there.length : 0
  const next = grid.sheet.rows.length
  const added = await each(Array(beyond).keys(), beyond, turns, (line) =>
    retype(blankRow(next + line), lineOf(there.length + line))
  )
  if (added === null) return null
  const all = beyond === 0 ? changed.title : `Paste ${counted(changed.rows.length + beyond, 'row')}`
  return ok({ title: all, rows: [...changed.rows, ...added] })
}

const fill: Planner<'fill'> = async ({ view, block }, grid, turns) => {
  const places = await placesOf(grid, view, block, turns)
  if (places === null) return null
  const first = grid.sheet.rows[places[0] ?? -1]
  if (first === undefined) return fail('row-gone')
  const cells: Cells = Object.fromEntries(
    block.fields.map((field): [Field, Cell] => [field, { kind: 'kept', from: first }])
  )
  return okOrNull(
    await putInto(
      grid,
      places.subarray(1),
      () => cells,
      turns,
      (count) => `Fill ${counted(count, 'cell')}`
    )
  )
}

const clear: Planner<'clear'> = async ({ view, block }, grid, turns) => {
  const places = await placesOf(grid, view, block, turns)
  if (places === null) return null
  const cells = typed(Object.fromEntries(block.fields.map((field) => [field, ''])))
  return okOrNull(
    await putInto(
      grid,
      places,
      () => cells,
      turns,
      (count) => `Empty ${counted(count, 'cell')}`
    )
  )
}

const revert: Planner<'revert'> = async ({ view, block }, grid, turns) => {
  const places = await placesOf(grid, view, block, turns)
  if (places === null) return null
  const cells: Cells = Object.fromEntries(block.fields.map((field): [Field, Cell] => [field, { kind: 'file' }]))
  const title = (count: number): string => `Back to the file in ${counted(count, 'cell')}`
  return okOrNull(await putInto(grid, places, () => cells, turns, title))
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

const replace: Planner<'replace'> = async ({ view, find, by }, grid, turns) => {
  const order = await grid.views.of(view, turns)
  if (order === null) return null
  const has = finds(find)
  const every = new RegExp(escaped(find.text), find.matchCase ? 'gu' : 'giu')
  const cellsOf = (row: KeptRow): Cells =>
    typed(
      Object.fromEntries(
        fields
          .filter((field) => has(row, field))
          .map((field) => [field, find.whole ? by : row.values[field].replace(every, () => by)])
      )
    )
  return okOrNull(await putInto(grid, order, cellsOf, turns, (count) => `Replace in ${counted(count, 'cell')}`))
}

const leaveOut: Planner<'leaveOut'> = async ({ view, from, to, leftOut }, grid, turns) => {
  const places = await placesOf(grid, view, { from, to }, turns)
  if (places === null) return null
  if (places.length === 0) return fail('row-gone')
  const rows = [...places]
    .sort((a, b) => a - b)
    .flatMap((number) => grid.sheet.rows[number] ?? [])
    .filter((row) => row.leftOut !== leftOut)
    .map((row) => ({ ...row, leftOut }))
  return ok({ title: `${leftOut ? 'Leave out' : 'Take back in'} ${counted(rows.length, 'row')}`, rows })
}

const allowAutomatic: Planner<'allowAutomatic'> = async ({ row: number, allowed }, { sheet }) => {
  const from = allowed ? 'prevented' : 'allowed'
  const candidates = number === null ? sheet.rows : sheet.rows.slice(number, number + 1)
  if (number !== null && candidates.length === 0) return fail('row-gone')
  const rows = candidates
    .filter(({ automatic }) => automatic === from)
    .map((row): KeptRow => ({ ...row, automatic: allowed ? 'allowed' : 'prevented' }))
  const what = `automatic provisioning of ${counted(rows.length, 'computer')}`
  return ok({ title: `${allowed ? 'Allow' : 'Prevent'} ${what}`, rows })
}

const planners: { readonly [K in Exclude<Edit['kind'], 'repair'>]: Planner<K> } = {
  set,
  learn,
  paste,
  fill,
  clear,
  revert,
  replace,
  leaveOut,
  allowAutomatic
}

/** What an edit would change. Problem `row-gone`; null when the work shall end. */
export const planEdit = (
  edit: Exclude<Edit, { kind: 'repair' }>,
  grid: Grid,
  turns: Turns
): Promise<Result<Planned> | null> => (planners[edit.kind] as Planner<typeof edit.kind>)(edit as never, grid, turns)
