// The input that takes a cell's place while it is edited; what it holds lives in the store, so that scrolling loses nothing.
import { makeStyles, tokens } from '@fluentui/react-components'
import { type KeyboardEvent, useLayoutEffect, useRef } from 'react'
import { isSecret } from '../../../shared/computer.ts'
import { useGrid } from '../../gridStore.ts'
import { type GridColumn, rowHeight } from './columns.ts'
import type { Step } from './editing.ts'

const useStyles = makeStyles({
  input: {
    width: '100%',
    height: `${rowHeight - 6}px`,
    display: 'block',
    boxSizing: 'border-box',
    padding: '0 5px',
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
  /** Keeps the text; `byKey` when the focus shall go back to the grid. */
  onCommit(step: Step, byKey: boolean): void
  onCancel(): void
}

const arrows: Readonly<Record<string, Step>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right'
}

/** How a key ends the editing; undefined when it belongs to the text. */
function stepOf({ key, shiftKey, ctrlKey }: KeyboardEvent, began: 'typed' | 'opened'): Step | undefined {
  if (key === 'Enter') return shiftKey ? 'up' : 'down'
  if (key === 'Tab') return shiftKey ? 'left' : 'right'
  return began === 'typed' && !shiftKey && !ctrlKey ? arrows[key] : undefined
}

export function CellEditor({ column, onCommit, onCancel }: EditorProps) {
  const styles = useStyles()
  const input = useRef<HTMLInputElement>(null)
  const editing = useGrid((state) => state.editing)
  const secret = column.field !== undefined && isSecret(column.field)
  useLayoutEffect(() => {
    // The grid has scrolled the cell into view already; scrolling back to it later must not be undone by the focus.
    input.current?.focus({ preventScroll: true })
    input.current?.select()
  }, [])
  if (editing === null) return null
  const press = (event: KeyboardEvent): void => {
    // A key of the page, such as F8: the text is kept first.
    if (/^F\d+$/.test(event.key)) {
      onCommit('stay', true)
      return
    }
    event.stopPropagation()
    const step = event.nativeEvent.isComposing ? undefined : stepOf(event, editing.began)
    if (step !== undefined) onCommit(step, true)
    else if (event.key === 'Escape') onCancel()
    else return
    event.preventDefault()
  }
  return (
    <input
      ref={input}
      className={styles.input}
      type={secret ? 'password' : 'text'}
      autoComplete="off"
      spellCheck={false}
      maxLength={1000}
      aria-label={`Edit ${column.title}`}
      value={editing.text}
      onChange={(event) => useGrid.getState().edit({ ...editing, text: event.target.value })}
      onBlur={() => onCommit('stay', false)}
      onKeyDown={press}
    />
  )
}
