// The head of the grid: what each column is called, and how the rows are sorted; a press sorts, again turns round, again ends it.
// biome-ignore-all lint/a11y/useSemanticElements: rows that are drawn only in view cannot be table elements
// biome-ignore-all lint/a11y/useFocusableInteractive: keys sort by the column of the active cell
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { ArrowSortDownRegular, ArrowSortUpRegular } from '@fluentui/react-icons'
import type { Sort } from '../../../shared/grid.ts'
import { useGrid } from '../../gridStore.ts'
import {
  frozenColumns,
  frozenTemplate,
  type GridColumn,
  gridColumns,
  gridTemplate,
  gridWidth,
  rowHeight
} from './columns.ts'

const useStyles = makeStyles({
  head: {
    position: 'sticky',
    top: 0,
    zIndex: 3,
    display: 'grid',
    gridTemplateColumns: gridTemplate,
    width: '100%',
    minWidth: `${gridWidth}px`,
    height: `${rowHeight}px`,
    boxSizing: 'border-box',
    backgroundColor: tokens.colorNeutralBackground3,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`
  },
  cell: { display: 'flex', minWidth: 0, backgroundColor: 'inherit' },
  frozen: {
    position: 'sticky',
    left: 0,
    zIndex: 1,
    display: 'grid',
    gridColumn: `1 / ${frozenColumns + 1}`,
    gridTemplateColumns: frozenTemplate,
    backgroundColor: 'inherit',
    boxShadow: `1px 0 0 ${tokens.colorNeutralStroke2}`
  },
  button: {
    flexGrow: 1,
    minWidth: 0,
    display: 'flex',
    alignItems: 'center',
    gap: '4px',
    padding: '0 7px',
    border: 'none',
    backgroundColor: 'transparent',
    color: 'inherit',
    font: 'inherit',
    fontWeight: tokens.fontWeightSemibold,
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground3Hover }
  },
  right: { justifyContent: 'flex-end' },
  title: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  icon: { fontSize: '16px', flexShrink: 0, color: tokens.colorBrandForeground1 }
})

/** Ascending, descending, the order of the file. */
function turned(sort: Sort | null, by: Sort['by']): Sort | null {
  if (sort?.by !== by) return { by, descending: false }
  return sort.descending ? null : { by, descending: true }
}

export function GridHead() {
  const styles = useStyles()
  const view = useGrid((state) => state.view)
  const { sort } = view

  function cell({ key, title, right }: GridColumn, place: number) {
    const sorted = sort?.by === key ? (sort.descending ? 'descending' : 'ascending') : undefined
    const Icon = sorted === 'descending' ? ArrowSortDownRegular : ArrowSortUpRegular
    return (
      <div key={key} role="columnheader" aria-colindex={place + 1} aria-sort={sorted ?? 'none'} className={styles.cell}>
        <button
          type="button"
          tabIndex={-1}
          className={mergeClasses(styles.button, right && styles.right)}
          title={`Sort by ${title} (Alt+↑, Alt+↓)`}
          data-sort={key}
          // The focus stays in the grid.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => useGrid.getState().show({ ...view, sort: turned(sort, key) })}
        >
          <span className={styles.title}>{title}</span>
          {sorted !== undefined && <Icon className={styles.icon} aria-hidden />}
        </button>
      </div>
    )
  }

  return (
    <div role="row" aria-rowindex={1} className={styles.head}>
      <div role="presentation" className={styles.frozen}>
        {gridColumns.slice(0, frozenColumns).map(cell)}
      </div>
      {gridColumns.slice(frozenColumns).map((column, place) => cell(column, place + frozenColumns))}
    </div>
  )
}
