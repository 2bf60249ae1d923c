// Editing one cell: how it begins, and how it ends with the text kept and the active cell moved on.
import { isSecret } from '../../../shared/computer.ts'
import { isPlain, useGrid } from '../../gridStore.ts'
import { useNotice } from '../../noticeStore.ts'
import { firstField, gridColumns } from './columns.ts'
import type { Edits } from './edits.ts'
import type { RowPages } from './rowPages.ts'
import { type Cell, type Extent, movedBy } from './selection.ts'

/** Where the active cell goes when an edit ends. */
export type Step = 'stay' | 'down' | 'up' | 'right' | 'left'

const steps: Readonly<Record<Step, readonly [number, number]>> = {
  stay: [0, 0],
  down: [1, 0],
  up: [-1, 0],
  right: [0, 1],
  left: [0, -1]
}

/** Puts the active cell into editing; `typed` begins with nothing, because the key that began it types the first character. */
export function beginEdit(rows: RowPages, began: 'typed' | 'opened'): boolean {
  const { active, edit } = useGrid.getState()
  const field = gridColumns[active.column]?.field
  const row = rows.at(active.index)
  if (field === undefined || row === undefined) {
    if (row !== undefined) useNotice.getState().say('This column cannot be changed.')
    return false
  }
  edit({ text: began === 'typed' || isSecret(field) ? '' : row.values[field], began })
  return true
}

/** After an entry that was ended with Tab, Enter goes to the column where the entries began, and Tab past the last field down. */
function stepped(from: Cell, step: Step, extent: Extent): { cell: Cell; entry: number | null } {
  const { entry } = useGrid.getState()
  if (step === 'down') return { cell: movedBy({ ...from, column: entry ?? from.column }, 1, 0, extent), entry: null }
  const [down, right] = steps[step]
  if (step !== 'right') return { cell: movedBy(from, down, right, extent), entry: null }
  const began = entry ?? from.column
  const past = gridColumns[from.column + 1]?.field === undefined
  const cell = past ? movedBy({ ...from, column: firstField }, 1, 0, extent) : movedBy(from, 0, 1, extent)
  return { cell, entry: past ? firstField : began }
}

/** Ends the editing and keeps the text, unless it is as before; an empty password means "as it was". */
export async function commitEdit(rows: RowPages, edits: Edits, step: Step, extent: Extent): Promise<void> {
  const { active, editing, view, edit } = useGrid.getState()
  if (editing === null) return
  edit(null)
  const row = rows.at(active.index)
  const field = gridColumns[active.column]?.field
  const move = (): void => {
    if (step === 'stay') return
    const { cell, entry } = stepped(active, step, extent)
    useGrid.setState({ active: cell, anchor: cell, entry })
  }
  const unchanged =
    row === undefined || field === undefined || editing.text === (isSecret(field) ? '' : row.values[field])
  if (isPlain(view) || unchanged) move()
  if (unchanged) return
  await edits.set(row, field, editing.text)
  // Where rows are filtered or sorted the edited row may have gone; the next one then stands in its place already.
  const still = useGrid.getState().active
  if (!isPlain(view) && still.index === active.index && rows.at(active.index)?.row === row.row) move()
}
