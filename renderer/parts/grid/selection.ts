// Where the active cell goes and which block of cells is selected; places count from 0, as in the view.

export interface Cell {
  /** Place among the rows shown. */
  readonly index: number
  /** Place in `gridColumns`. */
  readonly column: number
}

/** A rectangle of cells, all ends included. */
export interface Block {
  readonly from: number
  readonly to: number
  readonly left: number
  readonly right: number
}

/** How large the grid is, and how many rows fit its frame. */
export interface Extent {
  readonly rows: number
  readonly columns: number
  readonly pageRows: number
}

/** The block between the cell where the selection began and the active one. */
export const blockOf = (anchor: Cell, active: Cell): Block => ({
  from: Math.min(anchor.index, active.index),
  to: Math.max(anchor.index, active.index),
  left: Math.min(anchor.column, active.column),
  right: Math.max(anchor.column, active.column)
})

const clamp = (value: number, max: number): number => Math.max(0, Math.min(max, value))

/** A cell moved by rows and columns, kept inside the grid. */
export const movedBy = (from: Cell, rows: number, columns: number, extent: Extent): Cell => ({
  index: clamp(from.index + rows, Math.max(0, extent.rows - 1)),
  column: clamp(from.column + columns, extent.columns - 1)
})

/** The cell a navigation key leads to; undefined for other keys. Ctrl goes to the edge. */
export function moved(from: Cell, key: string, ctrl: boolean, extent: Extent): Cell | undefined {
  const by = (rows: number, columns: number): Cell => movedBy(from, rows, columns, extent)
  switch (key) {
    case 'ArrowUp':
      return by(ctrl ? -extent.rows : -1, 0)
    case 'ArrowDown':
      return by(ctrl ? extent.rows : 1, 0)
    case 'ArrowLeft':
      return by(0, ctrl ? -extent.columns : -1)
    case 'ArrowRight':
      return by(0, ctrl ? extent.columns : 1)
    case 'PageUp':
      return by(-extent.pageRows, 0)
    case 'PageDown':
      return by(extent.pageRows, 0)
    case 'Home':
      return ctrl ? { index: 0, column: 0 } : { ...from, column: 0 }
    case 'End':
      return by(ctrl ? extent.rows : 0, extent.columns)
    default:
      return undefined
  }
}

/**
 * How a selection shows in one row, as a short text that is equal as long as nothing changes there: '' when the row has no
 * part in it, else "left,right,active" with -1 for no active cell. Rows compare it, so that only those concerned are drawn.
 */
export function partOf(anchor: Cell, active: Cell, index: number): string {
  const { from, to, left, right } = blockOf(anchor, active)
  return index < from || index > to ? '' : `${left},${right},${index === active.index ? active.column : -1}`
}
