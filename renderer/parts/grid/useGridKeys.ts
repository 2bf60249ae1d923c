// The keys that are heard while the grid has the focus and no cell is edited: moving, selecting, beginning to edit, commands.
import type { KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'
import { useGrid } from '../../gridStore.ts'
import { gridColumns } from './columns.ts'
import { beginEdit } from './editing.ts'
import type { RowPages } from './rowPages.ts'
import { type Extent, moved } from './selection.ts'
import { comboOf, heard, type Shortcut, typesText } from './shortcuts.ts'

/** Tab goes through the cells of the row; at its ends the browser takes it on, out of the grid. */
function tabbed(back: boolean): boolean {
  const { active, go } = useGrid.getState()
  const column = active.column + (back ? -1 : 1)
  if (column < 0 || column >= gridColumns.length) return false
  const { entry } = useGrid.getState()
  go({ ...active, column })
  useGrid.setState({ entry })
  return true
}

/** Whether the key was for the grid; otherwise others may hear it. */
function take(event: KeyboardEvent, rows: RowPages, shortcuts: readonly Shortcut[], extent: () => Extent): boolean {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event
  const { active, anchor, go } = useGrid.getState()
  const shortcut = heard(shortcuts, comboOf(event), ['grid'])
  if (shortcut !== undefined) {
    shortcut.run()
    return true
  }
  const next = altKey ? undefined : moved(active, key, ctrlKey || metaKey, extent())
  if (next !== undefined) go(next, shiftKey)
  else if (key === 'Tab' && !ctrlKey) return tabbed(shiftKey)
  else if (key === 'Escape' && anchor !== active) go(active)
  else if (key === 'Enter' || key === 'F2') beginEdit(rows, 'opened')
  else if (key === 'Backspace') beginEdit(rows, 'typed')
  else return false
  return true
}

export function useGridKeys(rows: RowPages, shortcuts: readonly Shortcut[], extent: () => Extent) {
  return (event: KeyboardEvent): void => {
    if (useGrid.getState().editing !== null || event.nativeEvent.isComposing) return
    if (take(event, rows, shortcuts, extent)) {
      event.preventDefault()
      return
    }
    // "?" opens the list of keys: no field of a computer begins with it.
    if (event.key === '?' || !typesText(event)) return
    // The input must be there before the browser delivers the character, which is then typed into it.
    flushSync(() => beginEdit(rows, 'typed'))
  }
}
