// One row of the preview grid, and the input that takes a cell's place while it is edited.
// biome-ignore-all lint/a11y/useSemanticElements: rows that are drawn only in view cannot be table elements
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus stays on the frame, or on the buttons inside
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { memo, useRef, useState } from 'react'
import { isSecret } from '../../shared/computer.ts'
import type { Row } from '../../shared/contract.ts'
import { type GridColumn, gridColumns, gridTemplate, rowHeight, stateOf } from './gridColumns.ts'
import { rowLooks, useTones } from './tones.tsx'

const useStyles = makeStyles({
  row: {
    position: 'absolute',
    left: 0,
    right: 0,
    display: 'grid',
    gridTemplateColumns: gridTemplate,
    minWidth: 'fit-content',
    height: `${rowHeight}px`,
    boxSizing: 'border-box',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    cursor: 'default'
  },
  chosen: { backgroundColor: tokens.colorNeutralBackground1Selected },
  leftOut: { color: tokens.colorNeutralForeground3, textDecorationLine: 'line-through' },
  cell: {
    display: 'flex',
    alignItems: 'center',
    padding: '0 6px',
    minWidth: 0,
    border: '1px solid transparent',
    borderRadius: tokens.borderRadiusMedium,
    margin: '2px 0'
  },
  text: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  right: { justifyContent: 'flex-end', fontVariantNumeric: 'tabular-nums' },
  mono: { fontFamily: tokens.fontFamilyMonospace, fontSize: '11.5px' },
  icon: { fontSize: '18px', flexShrink: 0 },
  kept: { display: 'inline-flex', alignItems: 'center', gap: '3px', color: tokens.colorNeutralForeground2 },
  blocker: { border: `1px solid ${tokens.colorStatusDangerForeground1}` },
  warning: { border: `1px solid ${tokens.colorStatusWarningForeground3}` },
  active: { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-1px' },
  input: {
    width: '100%',
    height: '26px',
    boxSizing: 'border-box',
    padding: '0 6px',
    font: 'inherit',
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `2px solid ${tokens.colorCompoundBrandStroke}`,
    borderRadius: tokens.borderRadiusMedium,
    outlineStyle: 'none'
  }
})

interface EditorProps {
  readonly column: GridColumn
  readonly value: string
  /** The text to keep, or undefined when editing was given up; `byKey` when the focus shall go back to the grid. */
  onEnd(text: string | undefined, byKey: boolean): void
}

function CellEditor({ column, value, onEnd }: EditorProps) {
  const styles = useStyles()
  const secret = column.field !== undefined && isSecret(column.field)
  const [text, setText] = useState(secret ? '' : value)
  const ended = useRef(false)
  const end = (keep: boolean, byKey: boolean): void => {
    if (ended.current) return
    ended.current = true
    // An empty password means "as it was": it was never filled in.
    const unchanged = text === (secret ? '' : value)
    onEnd(keep && !unchanged ? text : undefined, byKey)
  }
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: F2 asked for this input
      autoFocus
      className={styles.input}
      type={secret ? 'password' : 'text'}
      autoComplete="off"
      spellCheck={false}
      aria-label={`Edit ${column.title}`}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={() => end(true, false)}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter' || event.key === 'Tab') {
          event.preventDefault()
          end(true, true)
        } else if (event.key === 'Escape') end(false, true)
      }}
    />
  )
}

interface RowProps {
  readonly index: number
  readonly top: number
  /** Undefined while it is being read. */
  readonly row: Row | undefined
  /** Column of the active cell when it is in this row. */
  readonly activeColumn: number | undefined
  readonly editing: boolean
  onPick(column: number): void
  onEdit(): void
  onEndEdit(text: string | undefined, byKey: boolean): void
}

function StateCell({ row }: { readonly row: Row }) {
  const styles = useStyles()
  const tones = useTones()
  const { icon: Icon, tone, word } = rowLooks[stateOf(row)]
  return <Icon className={mergeClasses(styles.icon, tones[tone])} role="img" aria-label={word} title={word} />
}

function CellText({ column, row }: { readonly column: GridColumn; readonly row: Row }) {
  const styles = useStyles()
  if (column.title === 'State') return <StateCell row={row} />
  if (column.field === undefined) return <>{row.line === 0 ? 'typed' : row.line}</>
  const text = row.values[column.field] ?? ''
  if (isSecret(column.field)) {
    return text === '' ? <>–</> : <span className={styles.kept}>kept</span>
  }
  return (
    <span className={styles.text} title={text}>
      {text === '' ? '–' : text}
    </span>
  )
}

/** The mark around a cell whose field has an issue. */
const markOf = (row: Row, column: GridColumn): 'blocker' | 'warning' | undefined => {
  if (column.field === undefined || row.leftOut) return undefined
  const severities = row.issues.filter((issue) => issue.field === column.field).map((issue) => issue.severity)
  return severities.includes('blocker') ? 'blocker' : severities.includes('warning') ? 'warning' : undefined
}

function GridRowPlain({ index, top, row, activeColumn, editing, onPick, onEdit, onEndEdit }: RowProps) {
  const styles = useStyles()
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={activeColumn !== undefined}
      data-row={row?.row}
      data-state={row === undefined ? 'loading' : stateOf(row)}
      className={mergeClasses(
        styles.row,
        activeColumn !== undefined && styles.chosen,
        row?.leftOut === true && styles.leftOut
      )}
      style={{ transform: `translateY(${top}px)` }}
    >
      {gridColumns.map((column, place) => {
        const mark = row === undefined ? undefined : markOf(row, column)
        const active = place === activeColumn
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys
          <div
            key={column.title}
            id={`cell-${index}-${place}`}
            role="gridcell"
            aria-colindex={place + 1}
            aria-readonly={column.field === undefined}
            aria-invalid={mark === 'blocker' ? true : undefined}
            data-field={column.field}
            className={mergeClasses(
              styles.cell,
              column.right === true && styles.right,
              column.mono === true && styles.mono,
              mark !== undefined && styles[mark],
              active && !editing && styles.active
            )}
            onClick={() => onPick(place)}
            onDoubleClick={() => column.field !== undefined && row !== undefined && onEdit()}
          >
            {row === undefined ? (
              ''
            ) : editing && active ? (
              <CellEditor
                column={column}
                value={column.field === undefined ? '' : (row.values[column.field] ?? '')}
                onEnd={onEndEdit}
              />
            ) : (
              <CellText column={column} row={row} />
            )}
          </div>
        )
      })}
    </div>
  )
}

export const GridRow = memo(GridRowPlain)
