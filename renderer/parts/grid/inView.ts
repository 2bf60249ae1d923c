// Scrolls the grid's frame just so far that a cell is in view, beside the head and the frozen columns.
import { frozenColumns, frozenWidth, gridColumns, rowHeight } from './columns.ts'
import type { Cell } from './selection.ts'

/** Where to scroll to so that `from`…`to` lies within a frame of `size` that shows from `now` on. */
const nearest = (now: number, size: number, from: number, to: number): number =>
  from < now ? from : to > now + size ? to - size : now

/** Rows that fit the frame, with one of them kept in sight when a page is turned. */
export const rowsInFrame = (frame: HTMLElement | null): number =>
  Math.max(1, Math.floor(((frame?.clientHeight ?? 0) - rowHeight) / rowHeight) - 1)

export function bringIntoView(frame: HTMLElement | null, { index, column }: Cell): void {
  if (frame === null) return
  const top = nearest(frame.scrollTop, frame.clientHeight - rowHeight, index * rowHeight, (index + 1) * rowHeight)
  if (top !== frame.scrollTop) frame.scrollTop = top
  if (column < frozenColumns) return
  // Columns that grow make the others begin later than their widths say, so the head is asked.
  const head = frame.querySelectorAll<HTMLElement>('[role="columnheader"]')[column]
  if (head === undefined) return
  const begins = head.offsetLeft - frozenWidth
  const left = nearest(frame.scrollLeft, frame.clientWidth - frozenWidth, begins, begins + head.offsetWidth)
  if (left !== frame.scrollLeft) frame.scrollLeft = column === gridColumns.length - 1 ? frame.scrollWidth : left
}
