// Where the person is in the grid of computers: what is shown, which cells are selected, what is being typed or looked for.
import { create } from 'zustand'
import type { Find, View } from '../shared/grid.ts'
import { firstField } from './parts/grid/columns.ts'
import type { Cell } from './parts/grid/selection.ts'

/** A cell that is being edited: what it holds by now, and how the editing began. */
export interface Editing {
  readonly text: string
  /** `typed`: a key overwrites what was there, and arrow keys end it, as in spreadsheets. */
  readonly began: 'typed' | 'opened'
}

/** Every computer, in the order of the file. */
export const plainView: View = { filter: 'all', search: '', sort: null }

/** In the plain view a row stands at the place of its number, and edits move no row. */
export const isPlain = ({ filter, search, sort }: View): boolean => filter === 'all' && search === '' && sort === null

interface GridState {
  readonly draftId: string
  readonly view: View
  readonly active: Cell
  /** The cell where the selection began. */
  readonly anchor: Cell
  readonly editing: Editing | null
  /** The column in which a row of entries began: Enter goes down from there. */
  readonly entry: number | null
  /** The bar that is open. */
  readonly finding: 'find' | 'replace' | null
  readonly find: Find
  readonly by: string
  /** The keys are listed. */
  readonly help: boolean
  /** Begins anew unless the person comes back to the same draft. */
  enter(draftId: string): void
  show(view: View): void
  /** Makes a cell the active one; `extend` keeps the other end of the selection. */
  go(cell: Cell, extend?: boolean): void
  select(anchor: Cell, active: Cell): void
  edit(editing: Editing | null): void
}

const start: Cell = { index: 0, column: firstField }

const fresh = {
  view: plainView,
  active: start,
  anchor: start,
  editing: null,
  entry: null,
  finding: null,
  find: { text: '', field: null, matchCase: false, whole: false },
  by: '',
  help: false
} as const

export const useGrid = create<GridState>()((set, get) => ({
  draftId: '',
  ...fresh,
  enter: (draftId) => {
    if (get().draftId !== draftId) set({ draftId, ...fresh })
    else set({ editing: null })
  },
  show: (view) => {
    const active = { index: 0, column: get().active.column }
    set({ view, active, anchor: active, editing: null, entry: null })
  },
  go: (cell, extend = false) => set({ active: cell, anchor: extend ? get().anchor : cell, entry: null }),
  select: (anchor, active) => set({ anchor, active, entry: null }),
  edit: (editing) => set({ editing })
}))
