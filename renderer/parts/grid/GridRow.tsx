// One row of the grid. It draws itself anew only when its computer changes or the selection touches it.
// biome-ignore-all lint/a11y/useSemanticElements: rows that are drawn only in view cannot be table elements
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus stays on the frame, which names the active cell
import { mergeClasses } from '@fluentui/react-components'
import { memo } from 'react'
import { isSecret } from '../../../shared/computer.ts'
import type { Row } from '../../../shared/grid.ts'
import { useGrid } from '../../gridStore.ts'
import { CellEditor } from './CellEditor.tsx'
import { useCellStyles } from './cellStyles.ts'
import { frozenColumns, type GridColumn, gridColumns, knownWords, routeWords, rowHeight, stateOf } from './columns.ts'
import type { Step } from './editing.ts'
import { StateIcons } from './StateIcons.tsx'
import { partOf } from './selection.ts'

/** What the text of a cell reads. */
function textOf({ key, field }: GridColumn, row: Row): string {
  if (field !== undefined) return isSecret(field) ? row.values[field] && 'kept' : row.values[field]
  if (key === 'line') return row.line === 0 ? 'typed' : String(row.line)
  if (key === 'route') return row.advice.route === null ? '' : routeWords[row.advice.route]
  return knownWords[row.known]
}

/** Pixels; no character of a name, address or GUID is wider in the mean. */
const widestCharacter = 7.4

type Mark = 'blocker' | 'warning' | undefined

/** The mark around a cell whose field has an issue. */
function markOf(row: Row, { field }: GridColumn): Mark {
  if (field === undefined || row.leftOut || row.issues.length === 0) return undefined
  const severities = row.issues.filter((issue) => issue.field === field).map((issue) => issue.severity)
  return severities.includes('blocker') ? 'blocker' : severities.includes('warning') ? 'warning' : undefined
}

/** How a cell looks; few combinations occur, so each is put together once. */
interface Looks {
  readonly place: number
  readonly mark: Mark
  readonly differs: boolean
  readonly edited: boolean
  readonly selected: boolean
  readonly active: boolean
  readonly editing: boolean
  readonly empty: boolean
  readonly clipped: boolean
}

const classes = new Map<string, string>()

function classOf(styles: ReturnType<typeof useCellStyles>, looks: Looks): string {
  const { place, mark, differs, edited, selected, active, editing, empty, clipped } = looks
  const key = `${styles.cell}|${place}${mark ?? ''}${+differs}${+edited}${+selected}${+active}${+editing}${+empty}${+clipped}`
  const before = classes.get(key)
  if (before !== undefined) return before
  const column = gridColumns[place]
  const put = mergeClasses(
    styles.cell,
    column?.key === 'state' && styles.icons,
    column?.right && styles.right,
    column?.mono && styles.mono,
    empty && styles.quiet,
    clipped && styles.clipped,
    mark !== undefined && styles[mark],
    differs && styles.differs,
    edited && styles.edited,
    selected && styles.selected,
    active && !editing && styles.active,
    editing && styles.open
  )
  classes.set(key, put)
  return put
}

const frozen = gridColumns.slice(0, frozenColumns)
const movable = gridColumns.slice(frozenColumns)

interface RowProps {
  readonly index: number
  /** Undefined while it is being read. */
  readonly row: Row | undefined
  onCommit(step: Step, byKey: boolean): void
  onCancel(): void
}

export const GridRow = memo(function GridRow({ index, row, onCommit, onCancel }: RowProps) {
  const styles = useCellStyles()
  const part = useGrid((state) => partOf(state.anchor, state.active, index))
  const open = useGrid((state) => state.editing !== null && state.active.index === index)
  const [left = -1, right = -1, activePlace = -1] = part === '' ? [] : part.split(',').map(Number)

  function cell(column: GridColumn, place: number, from: Row) {
    const { field } = column
    const mark = markOf(from, column)
    const active = place === activePlace
    const editing = open && active
    const selected = place >= left && place <= right
    const text = column.key === 'state' ? '' : textOf(column, from)
    const differs = field !== undefined && from.differs.includes(field)
    const edited = field !== undefined && from.edited.includes(field)
    return (
      <div
        key={column.key}
        id={active ? `cell-${index}-${place}` : undefined}
        role="gridcell"
        aria-colindex={place + 1}
        aria-selected={selected}
        aria-readonly={field === undefined}
        aria-invalid={mark === 'blocker' ? true : undefined}
        aria-describedby={active && mark !== undefined ? `issue-${field}` : undefined}
        data-field={field}
        data-column={place}
        data-mark={mark}
        className={classOf(styles, {
          place,
          mark,
          differs,
          edited,
          selected,
          active,
          editing,
          empty: text === '' && column.key !== 'state',
          clipped: text.length * widestCharacter > column.width
        })}
      >
        {editing ? (
          <CellEditor column={column} onCommit={onCommit} onCancel={onCancel} />
        ) : column.key === 'state' ? (
          <StateIcons state={stateOf(from)} prevented={from.automaticPrevented} />
        ) : text === '' ? (
          '–'
        ) : (
          text
        )}
      </div>
    )
  }

  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      data-row={row?.row}
      data-state={row === undefined ? 'loading' : stateOf(row)}
      className={mergeClasses(styles.row, activePlace !== -1 && styles.here, row?.leftOut && styles.leftOut)}
      style={{ transform: `translateY(${index * rowHeight}px)` }}
    >
      {row === undefined ? (
        <div role="gridcell" aria-colindex={1} className={styles.cell} style={{ gridColumn: '1 / -1' }}>
          <span className={styles.waiting} />
        </div>
      ) : (
        <>
          <div role="presentation" className={styles.frozen}>
            {frozen.map((column, place) => cell(column, place, row))}
          </div>
          {movable.map((column, place) => cell(column, place + frozenColumns, row))}
        </>
      )}
    </div>
  )
})
