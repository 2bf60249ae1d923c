// The pointer in the grid: a press chooses a cell, Shift or dragging a block, a press on a line number the row, two presses edit.
import type { PointerEvent, MouseEvent as ReactMouse, RefObject } from 'react'
import { useGrid } from '../../gridStore.ts'
import { gridColumns, rowHeight } from './columns.ts'
import { beginEdit } from './editing.ts'
import type { RowPages } from './rowPages.ts'
import type { Cell } from './selection.ts'

/** The cell that an element belongs to. */
function cellAt(target: EventTarget | Element | null): Cell | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-column]') : null
  const row = cell?.closest<HTMLElement>('[data-index]')
  if (cell === null || row === null || row === undefined) return undefined
  return { index: Number(row.dataset.index), column: Number(cell.dataset.column) }
}

const lineColumn = gridColumns.findIndex(({ key }) => key === 'line')
const inEditor = (target: EventTarget): boolean => target instanceof HTMLInputElement

export function usePointer(rows: RowPages, frame: RefObject<HTMLDivElement | null>, endEdit: () => void) {
  /** Beyond the frame's edge the rows follow by the height of the pointer, so that dragging scrolls. */
  function dragged(event: PointerEvent): Cell | undefined {
    const box = frame.current?.getBoundingClientRect()
    if (box === undefined || frame.current === null) return undefined
    const x = Math.min(Math.max(event.clientX, box.left + 4), box.right - 20)
    const y = event.clientY - box.top - rowHeight + frame.current.scrollTop
    const index = Math.min(Math.max(0, Math.floor(y / rowHeight)), Math.max(0, rows.total - 1))
    const inside = Math.min(Math.max(event.clientY, box.top + rowHeight + 4), box.bottom - 20)
    const column = cellAt(document.elementFromPoint(x, inside))?.column
    return column === undefined ? undefined : { index, column }
  }
  return {
    onPointerDown(event: PointerEvent): void {
      const cell = cellAt(event.target)
      if (cell === undefined || inEditor(event.target) || event.button !== 0) return
      endEdit()
      const { go, select, active } = useGrid.getState()
      if (cell.column === lineColumn) {
        const from = event.shiftKey ? useGrid.getState().anchor.index : cell.index
        select({ index: from, column: gridColumns.length - 1 }, { index: cell.index, column: 0 })
      } else if (event.shiftKey || cell.index !== active.index || cell.column !== active.column) {
        go(cell, event.shiftKey)
      }
    },
    onPointerMove(event: PointerEvent): void {
      if ((event.buttons & 1) === 0 || inEditor(event.target)) return
      const { active, anchor, go } = useGrid.getState()
      if (cellAt(event.target) === undefined && event.target !== frame.current) return
      const cell = dragged(event)
      if (cell === undefined || (cell.index === active.index && cell.column === active.column)) return
      // Only a drag captures the pointer: a double press must still find its cell.
      frame.current?.setPointerCapture(event.pointerId)
      const whole = active.column === 0 && anchor.column === gridColumns.length - 1
      go(whole ? { ...cell, column: active.column } : cell, true)
    },
    /** A text that does not fit its cell is told in full; only then, and not for each cell that scrolls by. */
    onPointerOver(event: PointerEvent): void {
      const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-field]') : null
      if (cell !== null) cell.title = cell.scrollWidth > cell.clientWidth ? (cell.textContent ?? '') : ''
    },
    onDoubleClick(event: ReactMouse): void {
      if (cellAt(event.target) !== undefined && !inEditor(event.target)) beginEdit(rows, 'opened')
    }
  }
}
