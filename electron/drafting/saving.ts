// Makes a change of an open draft true: in the store, in memory, and as a step of undo.
import type { Draft } from '../../shared/draft.ts'
import type { KeptRow } from '../store/keptRow.ts'
import type { Store } from '../store/store.ts'
import type { Turns } from '../turns.ts'
import type { Vault } from '../vault.ts'
import { routesOf } from './advice.ts'
import type { Step } from './history.ts'
import { type Grown, grow, type Open, type Whole } from './open.ts'
import { forgetSteps } from './secretsOf.ts'

export interface Tools {
  readonly store: Store
  readonly vaultOf: (draft: Draft) => Vault
  readonly newId: () => string
}

/** Rows that one transaction writes while the window waits; about 5 µs each on a laptop, and the time of one flush to disk. */
const slice = 2000

/** Generations that reading a draft anew may have to go through. */
const mostGenerations = 20

/** Saves the draft with this change, and with what undo and redo are called now. */
export function saveDraft(open: Open, store: Store, change: Partial<Draft> = {}): Draft {
  const { history, grown } = open
  const answers = change.answers ?? open.draft.answers
  const recount = grown !== undefined && (change.counts !== undefined || change.answers !== undefined)
  open.draft = {
    ...open.draft,
    ...change,
    ...(recount && { routes: routesOf(answers, grown.sheet.grounds()) }),
    undo: history.undo?.title ?? null,
    redo: history.redo?.title ?? null
  }
  store.drafts.save(open.draft)
  return open.draft
}

/** Rows as a generation of their own, written in slices; null when cancelled. */
async function writeGeneration(
  draftId: string,
  rows: readonly KeptRow[],
  drafts: Store['drafts'],
  turns: Turns
): Promise<number | null> {
  const generation = drafts.newGeneration(draftId)
  for (let at = 0; at < rows.length; at += slice) {
    const more = turns.next(at, rows.length)
    if (more !== true && !(await more)) {
      drafts.dropGeneration(generation)
      return null
    }
    drafts.addRows(generation, rows.slice(at, at + slice))
  }
  return generation
}

/** Puts rows into the sheet, and cuts it to `total`. */
async function putRows({ sheet }: Grown, rows: readonly KeptRow[], total: number, turns: Turns): Promise<void> {
  if (sheet.rows.length > total) sheet.cut(total)
  let done = 0
  for (const row of rows) {
    await turns.next(done++, rows.length)
    sheet.put(row)
  }
}

/**
 * Few rows go into the newest generation, more make one of their own, and very many one that takes the place of all others.
 * Answers what makes it count, to be done together with saving the draft: all or nothing.
 */
async function storeRows(
  open: Open,
  { sheet }: Grown,
  rows: readonly KeptRow[],
  { drafts }: Store,
  turns: Turns
): Promise<() => void> {
  const { id } = open.draft
  if (rows.length <= slice) return () => drafts.saveRows(id, rows)
  const only = rows.length > sheet.rows.length / 2 || drafts.generations(id) >= mostGenerations
  const generation = await writeGeneration(id, only ? sheet.rows : rows, drafts, turns)
  if (generation === null) throw new Error('saving rows was cancelled, which nobody can ask for')
  return () => drafts.useGeneration(id, generation, only)
}

/** Changes rows; what is beyond `total` goes. `settle` is done in memory before the draft is saved. */
export async function changeRows(
  open: Open,
  grown: Grown,
  rows: readonly KeptRow[],
  total: number,
  { store }: Tools,
  turns: Turns,
  settle: () => void = () => undefined
): Promise<Draft> {
  await putRows(grown, rows, total, turns)
  const write = await storeRows(open, grown, rows, store, turns)
  open.repairs = undefined
  return store.together(() => {
    write()
    settle()
    return saveDraft(open, store, { counts: grown.sheet.counts() })
  })
}

/** Takes the place of everything that giving a file exchanges; null when cancelled. */
export async function exchange(open: Open, whole: Whole, { store }: Tools, turns: Turns): Promise<Draft | null> {
  const grown = await grow(open, whole.rows, turns)
  if (grown === null) return null
  const generation = await writeGeneration(open.draft.id, whole.rows, store.drafts, turns)
  if (generation === null) return null
  open.grown = grown
  open.file = whole.file
  open.repairs = undefined
  return store.together(() => {
    store.drafts.useGeneration(open.draft.id, generation, true)
    return saveDraft(open, store, { source: whole.source, counts: grown.sheet.counts() })
  })
}

/** Adds what was done as a step, and forgets secrets that only steps needed which are gone by that. */
export async function remember(open: Open, step: Step, { store, vaultOf }: Tools, turns: Turns): Promise<Draft> {
  const gone = open.history.did(step)
  const draft = saveDraft(open, store)
  await forgetSteps(open, gone, { store, vault: vaultOf(draft) }, turns)
  return open.draft
}
