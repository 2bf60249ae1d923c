// Undo and redo: what each step changed, by reference to rows as they were before and after it.
import type { KeptRow } from '../store/keptRow.ts'
import type { Whole } from './open.ts'

/** Some rows were changed, or appended (before undefined). */
interface RowsStep {
  readonly kind: 'rows'
  readonly title: string
  readonly before: readonly (KeptRow | undefined)[]
  readonly after: readonly KeptRow[]
}

/** A file was given or read anew: everything was exchanged. */
interface WholeStep {
  readonly kind: 'whole'
  readonly title: string
  readonly before: Whole
  readonly after: Whole
}

export type Step = RowsStep | WholeStep

export interface History {
  readonly undo: Step | undefined
  readonly redo: Step | undefined
  /** Adds what was just done; answers the steps that can be neither undone nor redone any more. */
  did(step: Step): readonly Step[]
  /** After the step was undone or redone. */
  moved(redo: boolean): void
  steps(): readonly Step[]
}

/**
 * As many versions of rows are kept for undo, over all steps; a row takes about 400 bytes, most texts being shared. There may
 * be any number of steps; beyond this the oldest go, the newest one never. Bytes of files count as rows of that size.
 */
const most = 300_000
const bytesOfRow = 400

/** Rows that are in memory only because of a step. */
function costOf(step: Step): number {
  if (step.kind === 'rows') return step.before.length
  const { rows, file } = step.before
  return rows.length + Math.ceil((file?.bytes.byteLength ?? 0) / bytesOfRow)
}

/** The rows that a step holds on to. */
export function* rowsOfStep(step: Step): Iterable<KeptRow | undefined> {
  yield* step.kind === 'rows' ? step.before : step.before.rows
  yield* step.kind === 'rows' ? step.after : step.after.rows
}

export function newHistory(): History {
  const done: Step[] = []
  let undone: Step[] = []
  let cost = 0
  return {
    get undo() {
      return done.at(-1)
    },
    get redo() {
      return undone.at(-1)
    },
    did(step) {
      const dropped = undone
      undone = []
      cost -= dropped.reduce((sum, each) => sum + costOf(each), 0)
      done.push(step)
      cost += costOf(step)
      while (cost > most && done.length > 1) {
        const oldest = done.shift()
        if (oldest === undefined) break
        cost -= costOf(oldest)
        dropped.push(oldest)
      }
      return dropped
    },
    moved(redo) {
      const step = (redo ? undone : done).pop()
      if (step !== undefined) (redo ? done : undone).push(step)
    },
    steps: () => [...done, ...undone]
  }
}
