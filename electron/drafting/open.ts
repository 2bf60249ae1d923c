// A draft being worked on: what is saved, and what is only in memory.
import type { Draft } from '../../shared/draft.ts'
import type { Signature } from '../../shared/remembered.ts'
import type { Route } from '../../shared/strategy.ts'
import type { KeptRow } from '../store/keptRow.ts'
import type { Store } from '../store/store.ts'
import { oneTurn, type Turns } from '../turns.ts'
import { routeOf } from './advice.ts'
import { type History, newHistory } from './history.ts'
import type { Repairs } from './repairs.ts'
import { type Sheet, sheetOf } from './sheet.ts'
import { type Views, viewsOf } from './views.ts'

/** The file that was given last, still at hand so that it can be read anew: it holds passwords and is never stored. */
export interface FileAtHand {
  readonly name: string
  readonly bytes: Uint8Array
  /** Password cells that clear text alone explains, as the list was read. */
  readonly clearCells: number
  /** What the list is recognised by when it comes again. */
  readonly signature: Signature
  /** The computers that were there before this file. */
  readonly base: readonly KeptRow[]
  readonly baseSource: Draft['source']
}

/** Everything that giving a file exchanges. */
export interface Whole {
  readonly rows: readonly KeptRow[]
  readonly source: Draft['source']
  readonly file: FileAtHand | undefined
}

/** The rows of a draft and what is derived from them. */
export interface Grown {
  readonly sheet: Sheet
  readonly views: Views
}

export interface Open {
  draft: Draft
  /** Undefined until the rows are first wanted. */
  grown: Grown | undefined
  file: FileAtHand | undefined
  readonly history: History
  /** Secrets that went to the keychain since the draft was opened, so that none goes there twice. */
  readonly slots: Map<string, string>
  repairs: Repairs | undefined
}

/** A draft as it is found in the store. After a restart the file's bytes are gone, and so are the steps of undo. */
export function openDraft(saved: Draft): Open {
  const { source } = saved
  return {
    draft: {
      ...saved,
      source: source?.kind === 'file' ? { ...source, atHand: false } : source,
      undo: null,
      redo: null
    },
    grown: undefined,
    file: undefined,
    history: newHistory(),
    slots: new Map(),
    repairs: undefined
  }
}

/** Sheet and views over rows; null when cancelled. */
export async function grow(open: Open, rows: readonly KeptRow[], turns: Turns): Promise<Grown | null> {
  const sheet = await sheetOf(rows, turns)
  if (sheet === null) return null
  const route = (row: KeptRow): Route | null => routeOf(open.draft.answers, row)
  return { sheet, views: viewsOf(sheet, route, () => open.draft.answers) }
}

/** The rows of an open draft, read from the store when they are first wanted. */
export async function grownOf(open: Open, store: Store, turns: Turns): Promise<Grown> {
  if (open.grown !== undefined) return open.grown
  const { id, counts } = open.draft
  const rows: KeptRow[] = []
  const next = store.drafts.readRows(id)
  for (let some = next(); some !== undefined; some = next()) {
    for (const row of some) if (row.row < counts.total) rows[row.row] = row
    await turns.next(rows.length, counts.total)
  }
  const grown = (await grow(open, rows, turns)) ?? (await grow(open, rows, oneTurn))
  if (grown === null) throw new Error('one turn cannot be cancelled')
  open.grown = grown
  return grown
}

/** Whether messages name the file of a row. */
export const isNaming = ({ source }: Draft): boolean => source?.kind === 'file' && source.earlier.length > 0
