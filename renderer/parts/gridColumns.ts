// The columns of the preview grid, and which cell the arrow keys lead to.
import { type Field, fieldTitles } from '../../shared/computer.ts'
import type { Row } from '../../shared/contract.ts'

export interface GridColumn {
  readonly title: string
  /** Absent for the columns that cannot be edited. */
  readonly field?: Field
  readonly width: string
  readonly mono?: boolean
  readonly right?: boolean
}

export const gridColumns: readonly GridColumn[] = [
  { title: 'State', width: '54px' },
  { title: 'Line', width: '44px', right: true },
  { title: fieldTitles.name, field: 'name', width: '94px' },
  { title: fieldTitles.fqdn, field: 'fqdn', width: 'minmax(176px, 1fr)' },
  { title: fieldTitles.guid, field: 'guid', width: '266px', mono: true },
  { title: fieldTitles.mac, field: 'mac', width: '134px', mono: true },
  { title: fieldTitles.address, field: 'address', width: '102px', mono: true },
  { title: 'MEBx', field: 'mebxPassword', width: '52px' },
  { title: 'Admin', field: 'adminPassword', width: '60px' }
]

export const gridTemplate = gridColumns.map((column) => column.width).join(' ')
export const rowHeight = 34

export interface Cell {
  /** Place among the rows shown, from 0. */
  readonly index: number
  /** Place in `gridColumns`. */
  readonly column: number
}

const clamp = (value: number, max: number): number => Math.max(0, Math.min(max, value))

/** The cell a navigation key leads to; undefined for other keys. Ctrl widens Home and End to the whole grid. */
export function moved(from: Cell, key: string, ctrl: boolean, total: number, pageRows: number): Cell | undefined {
  const by = (rows: number, columns: number): Cell => ({
    index: clamp(from.index + rows, Math.max(0, total - 1)),
    column: clamp(from.column + columns, gridColumns.length - 1)
  })
  switch (key) {
    case 'ArrowUp':
      return by(-1, 0)
    case 'ArrowDown':
      return by(1, 0)
    case 'ArrowLeft':
      return by(0, -1)
    case 'ArrowRight':
      return by(0, 1)
    case 'PageUp':
      return by(-pageRows, 0)
    case 'PageDown':
      return by(pageRows, 0)
    case 'Home':
      return ctrl ? { index: 0, column: 0 } : { ...from, column: 0 }
    case 'End':
      return ctrl ? by(total, gridColumns.length) : by(0, gridColumns.length)
    default:
      return undefined
  }
}

/** What a row needs most. */
export type RowState = 'leftOut' | 'blocker' | 'warning' | 'ready'

export const stateOf = (row: Row): RowState =>
  row.leftOut
    ? 'leftOut'
    : row.issues.some((issue) => issue.severity === 'blocker')
      ? 'blocker'
      : row.issues.some((issue) => issue.severity === 'warning')
        ? 'warning'
        : 'ready'
