// The grid of computers: only the rows in view are drawn, the keyboard moves one active cell, cells are edited in place.
// biome-ignore-all lint/a11y/useSemanticElements: rows that are drawn only in view cannot be table elements
import { makeStyles, tokens } from '@fluentui/react-components'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import { useGrid } from '../../gridStore.ts'
import { gridColumns, gridWidth, rowHeight } from './columns.ts'
import { commitEdit, type Step } from './editing.ts'
import type { Edits } from './edits.ts'
import { GridHead } from './GridHead.tsx'
import { GridRow } from './GridRow.tsx'
import { bringIntoView, rowsInFrame } from './inView.ts'
import type { RowPages } from './rowPages.ts'
import type { Shortcut } from './shortcuts.ts'
import { useGridKeys } from './useGridKeys.ts'
import { usePointer } from './usePointer.ts'

const overscan = 4

const useStyles = makeStyles({
  grid: {
    flexGrow: 1,
    flexBasis: 0,
    minHeight: '208px',
    overflow: 'auto',
    position: 'relative',
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    fontSize: tokens.fontSizeBase200,
    outlineStyle: 'none',
    contain: 'strict',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` }
  },
  body: { position: 'relative', minWidth: `${gridWidth}px` },
  empty: { padding: '32px 16px', textAlign: 'center', color: tokens.colorNeutralForeground3 }
})

interface GridProps {
  readonly rows: RowPages
  readonly edits: Edits
  readonly shortcuts: readonly Shortcut[]
  /** What to say when no row is shown. */
  readonly empty: string
}

/** Rows to draw; the active one stays drawn out of view, because the frame names it and it may be being edited. */
function useDrawnRows(rows: RowPages, frame: RefObject<HTMLDivElement | null>) {
  const active = useGrid((state) => state.active.index)
  const { total } = rows
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan,
    rangeExtractor: (range) => {
      const drawn = defaultRangeExtractor(range)
      return drawn.includes(active) || active >= total ? drawn : [...drawn, active]
    }
  })
  const items = virtual.getVirtualItems()
  const first = virtual.range?.startIndex ?? 0
  const last = virtual.range?.endIndex ?? 0
  const direction = virtual.scrollDirection === 'backward' ? -1 : 1
  useEffect(() => rows.need(first, last, direction), [rows, first, last, direction])
  // Rows that scroll out lend their elements to those that scroll in.
  const lent = Math.ceil((virtual.scrollRect?.height ?? 0) / rowHeight) + 2 * overscan + 2
  const keyOf = (index: number): string =>
    index < first - overscan || index > last + overscan ? 'active' : String(index % lent)
  return { items, keyOf, height: virtual.getTotalSize() }
}

/** Where nothing is selected the browser pastes into the document, so that is where it is heard. */
function usePaste(frame: RefObject<HTMLDivElement | null>, edits: Edits): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      if (document.activeElement !== frame.current) return
      event.preventDefault()
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (text !== '') void edits.paste(text)
    }
    window.addEventListener('paste', paste)
    return () => window.removeEventListener('paste', paste)
  }, [frame, edits])
}

export function Grid({ rows, edits, shortcuts, empty }: GridProps) {
  const styles = useStyles()
  const frame = useRef<HTMLDivElement>(null)
  const active = useGrid((state) => state.active)
  const { items, keyOf, height } = useDrawnRows(rows, frame)
  const extent = useCallback(
    () => ({ rows: rows.total, columns: gridColumns.length, pageRows: rowsInFrame(frame.current) }),
    [rows]
  )
  useLayoutEffect(() => bringIntoView(frame.current, active), [active])
  useLayoutEffect(() => {
    // Rows may have gone from the view since.
    const last = Math.max(0, rows.total - 1)
    if (rows.known && active.index > last) useGrid.getState().go({ ...active, index: last })
  }, [rows, rows.known, rows.total, active])
  const endEdit = useCallback(
    (step: Step, byKey: boolean) => {
      void commitEdit(rows, edits, step, extent())
      // After that: leaving the input is a way to end the editing, too.
      if (byKey) frame.current?.focus({ preventScroll: true })
    },
    [rows, edits, extent]
  )
  const cancelEdit = useCallback(() => {
    useGrid.getState().edit(null)
    frame.current?.focus({ preventScroll: true })
  }, [])
  usePaste(frame, edits)
  const press = useGridKeys(rows, shortcuts, extent)
  const pointer = usePointer(rows, frame, () => endEdit('stay', false))
  const shown = rows.total > 0
  return (
    <div
      ref={frame}
      role="grid"
      tabIndex={0}
      aria-label="Computers"
      aria-rowcount={rows.total + 1}
      aria-colcount={gridColumns.length}
      aria-multiselectable
      aria-activedescendant={shown ? `cell-${active.index}-${active.column}` : undefined}
      className={styles.grid}
      onKeyDown={press}
      {...pointer}
    >
      <GridHead />
      {!shown && rows.known && <div className={styles.empty}>{empty}</div>}
      <div role="rowgroup" className={styles.body} style={{ height: `${height}px` }}>
        {items.map(({ index }) => (
          <GridRow key={keyOf(index)} index={index} row={rows.at(index)} onCommit={endEdit} onCancel={cancelEdit} />
        ))}
      </div>
    </div>
  )
}
