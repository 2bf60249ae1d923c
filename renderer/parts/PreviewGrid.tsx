// The grid of computers: only the rows in view are drawn, the keyboard moves one active cell, cells are edited in place.
// biome-ignore-all lint/a11y/useSemanticElements: rows that are drawn only in view cannot be table elements
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus stays on the frame, or on the buttons inside
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { GridRow } from './GridRow.tsx'
import { type Cell, gridColumns, gridTemplate, moved, rowHeight } from './gridColumns.ts'
import type { Rows } from './useRows.ts'

const useStyles = makeStyles({
  grid: {
    flexGrow: 1,
    flexBasis: 0,
    minHeight: '200px',
    overflow: 'auto',
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    fontSize: tokens.fontSizeBase200,
    outlineStyle: 'none',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` }
  },
  head: {
    position: 'sticky',
    top: 0,
    zIndex: 1,
    display: 'grid',
    gridTemplateColumns: gridTemplate,
    minWidth: 'fit-content',
    backgroundColor: tokens.colorNeutralBackground3,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    fontWeight: tokens.fontWeightSemibold
  },
  headCell: { padding: '8px 7px', whiteSpace: 'nowrap', overflow: 'hidden', textOverflow: 'ellipsis' },
  right: { textAlign: 'right' },
  body: { position: 'relative', minWidth: 'fit-content' },
  empty: { padding: '32px 16px', textAlign: 'center', color: tokens.colorNeutralForeground3 }
})

export interface GridProps {
  readonly rows: Rows
  readonly active: Cell
  /** The active cell is being edited. */
  readonly editing: boolean
  /** What to say when no row is shown. */
  readonly empty: string
  onMove(cell: Cell): void
  onEdit(editing: boolean): void
  onCommit(text: string): void
  onToggleLeftOut(): void
}

/** Keys of the grid itself; while a cell is edited its input hears them first. */
function useGridKeys(props: GridProps, pageRows: () => number) {
  const { rows, active, editing, onMove, onEdit, onToggleLeftOut } = props
  return (event: KeyboardEvent): void => {
    if (editing) return
    const next = moved(active, event.key, event.ctrlKey, rows.total, pageRows())
    const editable = gridColumns[active.column]?.field !== undefined && rows.at(active.index) !== undefined
    if (next !== undefined) onMove(next)
    else if ((event.key === 'F2' || event.key === 'Enter') && editable) onEdit(true)
    else if (event.key === 'Delete') onToggleLeftOut()
    else return
    event.preventDefault()
  }
}

function HeadRow() {
  const styles = useStyles()
  return (
    <div role="row" aria-rowindex={1} className={styles.head}>
      {gridColumns.map((column, place) => (
        <div
          key={column.title}
          role="columnheader"
          aria-colindex={place + 1}
          className={mergeClasses(styles.headCell, column.right === true && styles.right)}
        >
          {column.title}
        </div>
      ))}
    </div>
  )
}

export function PreviewGrid(props: GridProps) {
  const { rows, active, editing, empty, onMove, onEdit, onCommit } = props
  const styles = useStyles()
  const frame = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.total,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: rowHeight,
    paddingEnd: 4
  })
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  useEffect(() => rows.need(first, last), [rows.need, first, last])
  useEffect(() => {
    if (rows.total > 0) virtual.scrollToIndex(active.index, { align: 'auto' })
  }, [virtual, active.index, rows.total])
  useEffect(() => {
    const cell = document.getElementById(`cell-${active.index}-${active.column}`)
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [active.index, active.column])
  const press = useGridKeys(props, () => Math.max(1, Math.floor((frame.current?.clientHeight ?? 0) / rowHeight) - 2))
  const endEdit = (text: string | undefined, byKey: boolean): void => {
    if (byKey) frame.current?.focus({ preventScroll: true })
    if (text === undefined) onEdit(false)
    else onCommit(text)
  }
  return (
    <div
      ref={frame}
      role="grid"
      tabIndex={0}
      aria-label="Computers"
      aria-rowcount={rows.total + 1}
      aria-colcount={gridColumns.length}
      aria-activedescendant={rows.total > 0 ? `cell-${active.index}-${active.column}` : undefined}
      className={styles.grid}
      onKeyDown={press}
    >
      <HeadRow />
      {rows.total === 0 && <div className={styles.empty}>{empty}</div>}
      <div role="rowgroup" className={styles.body} style={{ height: `${virtual.getTotalSize()}px` }}>
        {items.map((item) => (
          <GridRow
            key={item.index}
            index={item.index}
            top={item.start}
            row={rows.at(item.index)}
            activeColumn={item.index === active.index ? active.column : undefined}
            editing={editing && item.index === active.index}
            onPick={(column) => onMove({ index: item.index, column })}
            onEdit={() => onEdit(true)}
            onEndEdit={endEdit}
          />
        ))}
      </div>
    </div>
  )
}
