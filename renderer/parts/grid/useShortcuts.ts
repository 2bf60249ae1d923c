// What the keys of Data Preview do, bound to the rows that are shown; those of the page are heard wherever the focus is.
import { useEffect, useMemo, useRef } from 'react'
import type { Sort } from '../../../shared/grid.ts'
import { useGrid } from '../../gridStore.ts'
import { firstField, gridColumns } from './columns.ts'
import type { Edits } from './edits.ts'
import { focusGrid, focusRepairs, selectFind } from './focusing.ts'
import type { RowPages } from './rowPages.ts'
import type { Seeking } from './seeking.ts'
import { comboOf, heard, type Shortcut } from './shortcuts.ts'

/** Sorts by a column; the same order again goes back to the order of the file. */
export function sortBy(by: Sort['by'], descending: boolean): void {
  const { view, show } = useGrid.getState()
  const again = view.sort?.by === by && view.sort.descending === descending
  show({ ...view, sort: again ? null : { by, descending } })
}

function toggleLeftOut(rows: RowPages, edits: Edits): void {
  const row = rows.at(useGrid.getState().active.index)
  if (row !== undefined) void edits.leaveOut(!row.leftOut)
}

function openFind(finding: 'find' | 'replace'): void {
  useGrid.setState({ finding })
  // When it is open already, nothing is drawn that would do it.
  selectFind()
}

/** The active cell is where the selection begins, so that nothing is scrolled to its far end. */
function selectWhole(which: 'all' | 'rows' | 'columns', total: number): void {
  const { anchor, active, select } = useGrid.getState()
  const last = { index: Math.max(0, total - 1), column: gridColumns.length - 1 }
  if (which === 'all') select(last, { index: 0, column: firstField })
  else if (which === 'rows') select({ ...anchor, column: last.column }, { ...active, column: 0 })
  else select({ ...anchor, index: last.index }, { ...active, index: 0 })
}

const sortActive = (descending: boolean): void => {
  const column = gridColumns[useGrid.getState().active.column]
  if (column !== undefined) sortBy(column.key, descending)
}

function shortcutsOf(rows: RowPages, edits: Edits, seeking: Seeking): Shortcut[] {
  const grid = (keys: readonly string[], words: string, run: () => void): Shortcut => ({
    keys,
    words,
    where: 'grid',
    run
  })
  const page = (keys: readonly string[], words: string, run: () => void): Shortcut => ({
    keys,
    words,
    where: 'page',
    run
  })
  const outside = (keys: readonly string[], words: string, run: () => void): Shortcut => ({
    keys,
    words,
    where: 'outside',
    run
  })
  /** Where the person is being brought to: a key that comes sooner than the answer means the cells there, not those left behind. */
  let arriving: Promise<unknown> = Promise.resolve()
  const seek = (look: () => Promise<unknown>): void => {
    arriving = arriving.then(look, look)
  }
  const there = (keys: readonly string[], words: string, run: () => void): Shortcut =>
    grid(keys, words, () => void arriving.then(run))
  return [
    page(['F8'], 'next problem', () => seek(() => seeking.problem(false).then(focusGrid))),
    page(['Shift+F8'], 'problem before', () => seek(() => seeking.problem(true).then(focusGrid))),
    page(['F7'], 'repairs that help many rows', () => void focusRepairs()),
    outside(['Ctrl+Z'], 'undo', () => void edits.undo(false)),
    outside(['Ctrl+Y', 'Ctrl+Shift+Z'], 'do again', () => void edits.undo(true)),
    there(['Delete'], 'clear the cells', () => void edits.clear()),
    there(['Alt+Delete'], 'leave rows out, or take them back', () => toggleLeftOut(rows, edits)),
    grid(['Ctrl+C', 'Ctrl+Insert'], 'copy', () => void edits.copy()),
    grid(['Ctrl+X'], 'cut', () => void edits.cut()),
    there(['Ctrl+D'], 'fill down', () => void edits.fill()),
    there(['Alt+R'], 'back to the text in the file', () => void edits.revert()),
    page(['Ctrl+F'], 'find', () => openFind('find')),
    page(['Ctrl+H'], 'find and replace', () => openFind('replace')),
    page(['F3'], 'find next', () => seek(() => seeking.text(false))),
    page(['Shift+F3'], 'find the one before', () => seek(() => seeking.text(true))),
    grid(['Alt+ArrowUp'], 'sort by this column', () => sortActive(false)),
    grid(['Alt+ArrowDown'], 'sort the other way round', () => sortActive(true)),
    grid(['Ctrl+A'], 'select everything', () => selectWhole('all', rows.total)),
    grid(['Shift+Space'], 'select the row', () => selectWhole('rows', rows.total)),
    grid(['Ctrl+Space'], 'select the column', () => selectWhole('columns', rows.total)),
    outside(['?'], 'these keys', () => useGrid.setState({ help: !useGrid.getState().help }))
  ]
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement

/** The table of shortcuts; listens for those of the page as long as it is drawn. */
export function useShortcuts(rows: RowPages, edits: Edits, seeking: Seeking): readonly Shortcut[] {
  const shortcuts = useMemo(() => shortcutsOf(rows, edits, seeking), [rows, edits, seeking])
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return
      const found = heard(latest.current, comboOf(event), isTyping(event.target) ? ['page'] : ['page', 'outside'])
      if (found === undefined) return
      event.preventDefault()
      found.run()
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [])
  return shortcuts
}
