// Goes to what is looked for: the next problem, the next place of a text; through the cells of a row, then through the rows.
import { fieldTitles } from '../../../shared/computer.ts'
import type { Counts } from '../../../shared/draft.ts'
import type { Find, Row, View } from '../../../shared/grid.ts'
import { asked } from '../../bridge.ts'
import { isPlain, plainView, useGrid } from '../../gridStore.ts'
import { useNotice } from '../../noticeStore.ts'
import { number } from '../../words.ts'
import { firstField, gridColumns, placeOf, rowName } from './columns.ts'
import { matchesIn } from './matching.ts'
import type { RowPages } from './rowPages.ts'

/** What is sought, and the columns of a row in which it stands. */
interface Goal {
  readonly of: 'problem' | 'blocker' | Find
  readonly columns: (row: Row) => number[]
}

export interface Seeking {
  problem(back: boolean): Promise<void>
  text(back: boolean): Promise<void>
}

const say = (words: string): void => useNotice.getState().say(words)

const problemColumns =
  (severities: readonly string[]) =>
  (row: Row): number[] => [
    ...new Set(
      row.issues
        .filter(({ severity }) => severities.includes(severity))
        .map(({ field }) => (field === null ? firstField : placeOf(field)))
        .sort((a, b) => a - b)
    )
  ]

/** The seeking among the rows of a draft that are shown. `draftOf` answers its counts as they are by then. */
export function seekingOf(draftId: string, rows: RowPages, counts: () => Counts): Seeking {
  const read = async (view: View, index: number): Promise<Row | undefined> =>
    view === rows.view
      ? rows.fetch(index)
      : (await asked('rows.read', { draftId, view, from: index, count: 1 }))?.rows[0]

  /** How many rows have it, and the row that the person was brought to; undefined when there is none. */
  async function seek(
    { of, columns }: Goal,
    view: View,
    back: boolean
  ): Promise<{ row: Row; count: number } | undefined> {
    const { active, go } = useGrid.getState()
    const here = view === rows.view ? await read(view, active.index) : undefined
    const inRow = here === undefined || here.leftOut ? [] : columns(here)
    const within = back
      ? inRow.findLast((column) => column < active.column)
      : inRow.find((column) => column > active.column)
    const answer = await asked('rows.next', { draftId, view, after: here === undefined ? -1 : active.index, back, of })
    if (here !== undefined && within !== undefined) {
      go({ index: active.index, column: within })
      return { row: here, count: answer?.count ?? 1 }
    }
    if (answer === undefined || answer.at === null) return undefined
    const row = await read(view, answer.at)
    if (row === undefined) return undefined
    if (view !== useGrid.getState().view) useGrid.getState().show(view)
    const places = columns(row)
    go({ index: answer.at, column: (back ? places.at(-1) : places[0]) ?? active.column })
    return { row, count: answer.count }
  }

  /** First in what is shown, then among all rows. */
  const seekAll = async (goal: Goal, back: boolean) =>
    (await seek(goal, rows.view, back)) ?? (isPlain(rows.view) ? undefined : await seek(goal, plainView, back))

  return {
    async problem(back) {
      const blockers = counts().blocked > 0
      const goal: Goal = {
        of: blockers ? 'blocker' : 'problem',
        columns: problemColumns(blockers ? ['blocker'] : ['blocker', 'warning'])
      }
      const found = await seekAll(goal, back)
      if (found === undefined) {
        say('Nothing has to be repaired.')
        return
      }
      const { column } = useGrid.getState().active
      const field = gridColumns[column]?.field
      const issue = found.row.issues.find((one) => one.field === field) ?? found.row.issues[0]
      const where = field === undefined ? '' : `, ${fieldTitles[field]}`
      say(`${rowName(found.row)}${where}: ${issue?.problem.title ?? ''}. ${number(found.count)} to go.`)
    },
    async text(back) {
      const { find } = useGrid.getState()
      if (find.text === '') {
        useGrid.setState({ finding: 'find' })
        return
      }
      const found = await seekAll({ of: find, columns: (row) => matchesIn(row, find) }, back)
      say(
        found === undefined
          ? `“${find.text}” was not found.`
          : `${rowName(found.row)}. Found in ${number(found.count)} rows.`
      )
    }
  }
}
