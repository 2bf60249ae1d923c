// The columns of the grid of computers: what each shows, how wide it is, and which stay when the grid is scrolled sideways.
import { type Field, fieldTitles } from '../../../shared/computer.ts'
import type { Known, Row, Sort } from '../../../shared/grid.ts'
import type { Route } from '../../../shared/strategy.ts'

export interface GridColumn {
  readonly key: Sort['by']
  readonly title: string
  /** Absent for the columns that cannot be edited. */
  readonly field?: Field
  /** Pixels; a column that grows takes what the window leaves. */
  readonly width: number
  readonly grows?: true
  readonly mono?: true
  readonly right?: true
}

/** The first few stay where they are while the others are scrolled sideways. */
export const frozenColumns = 4

const column = (field: Field, width: number, more: Partial<GridColumn> = {}): GridColumn => ({
  key: field,
  field,
  title: fieldTitles[field],
  width,
  ...more
})

export const gridColumns: readonly GridColumn[] = [
  { key: 'state', title: 'State', width: 62 },
  { key: 'line', title: 'Line', width: 58, right: true },
  { key: 'known', title: 'Known', width: 76 },
  column('name', 118),
  column('fqdn', 214, { grows: true }),
  column('guid', 270, { mono: true }),
  column('mac', 138, { mono: true }),
  column('address', 124, { mono: true }),
  column('mebxPassword', 66, { title: 'MEBx' }),
  column('adminPassword', 70, { title: 'Admin' }),
  column('amtVersion', 100),
  column('amtStatus', 160),
  column('oneTimePassword', 84, { title: 'One-time' }),
  { key: 'route', title: 'Route', width: 118 }
]

const template = (columns: readonly GridColumn[]): string =>
  columns.map(({ width, grows }) => (grows === true ? `minmax(${width}px, 1fr)` : `${width}px`)).join(' ')

export const gridTemplate = template(gridColumns)
export const frozenTemplate = template(gridColumns.slice(0, frozenColumns))

/** Pixels. */
export const rowHeight = 30

const widthOf = (columns: readonly GridColumn[]): number => columns.reduce((sum, { width }) => sum + width, 0)

export const gridWidth = widthOf(gridColumns)
export const frozenWidth = widthOf(gridColumns.slice(0, frozenColumns))
export const firstField = gridColumns.findIndex(({ field }) => field !== undefined)
export const placeOf = (field: Field): number => gridColumns.findIndex((one) => one.field === field)

/** The fields among the columns from `left` to `right`. */
export const fieldsWithin = (left: number, right: number): Field[] =>
  gridColumns.slice(left, right + 1).flatMap(({ field }) => (field === undefined ? [] : [field]))

export const routeWords: Readonly<Record<Route, string>> = {
  'in-band': 'In-band',
  'with-export': 'With utility',
  'without-export': 'Without utility'
}

export const knownWords: Readonly<Record<Known, string>> = {
  none: '–',
  new: 'New',
  changed: 'Changed',
  same: 'Same',
  missing: 'Missing'
}

/** What a row needs most. */
export type RowState = 'leftOut' | 'blocker' | 'warning' | 'ready'

export const stateOf = ({ leftOut, issues }: Row): RowState => {
  if (leftOut) return 'leftOut'
  if (issues.some(({ severity }) => severity === 'blocker')) return 'blocker'
  return issues.some(({ severity }) => severity === 'warning') ? 'warning' : 'ready'
}

/** "Line 5, FIN-0233"; "Line 5 of leeds.csv, FIN-0233" where several files are in the draft. */
export function rowName({ line, file, values }: Row, naming = false): string {
  const name = values.name === '' ? 'this row' : values.name
  return line === 0 ? name : `Line ${line}${naming && file !== '' ? ` of ${file}` : ''}, ${name}`
}
