// What a person does to cells and rows: each is one ask, one step of undo, and one sentence for the screen reader.
import { type Field, isSecret } from '../../../shared/computer.ts'
import type { AskOutput } from '../../../shared/contract.ts'
import type { Edit, Find, Row } from '../../../shared/grid.ts'
import { asked } from '../../bridge.ts'
import { useDraft } from '../../draftStore.ts'
import { isPlain, useGrid } from '../../gridStore.ts'
import { useNotice } from '../../noticeStore.ts'
import { counted, number } from '../../words.ts'
import { landing, parseCells } from './clipboard.ts'
import { fieldsWithin, firstField, gridColumns } from './columns.ts'
import type { RowPages } from './rowPages.ts'
import { type Block, blockOf } from './selection.ts'

type Edited = AskOutput<'rows.edit'>

const say = (words: string): void => useNotice.getState().say(words)
const rowsWords = (rows: number): string => counted(rows, 'row')

export interface Edits {
  set(row: Row, field: Field, text: string): Promise<void>
  clear(): Promise<void>
  fill(): Promise<void>
  copy(): Promise<boolean>
  cut(): Promise<void>
  paste(text: string): Promise<void>
  replaceAll(find: Find, by: string): Promise<void>
  /** Cells back to the text in the file: those selected, or one field of the active row. */
  revert(field?: Field): Promise<void>
  leaveOut(leftOut: boolean): Promise<void>
  /** Allows automatic in-band provisioning for a row, or for every row. */
  allowAutomatic(row: number | null): Promise<void>
  repair(id: string): Promise<void>
  undo(redo: boolean): Promise<void>
}

/** The selected block as the contract has it; undefined (and said) when none of its columns can be edited. */
function selected(rows: RowPages): { from: number; to: number; fields: Field[]; block: Block } | undefined {
  const { anchor, active } = useGrid.getState()
  if (rows.total === 0) return undefined
  const block = blockOf(anchor, active)
  const fields = fieldsWithin(block.left, block.right)
  if (fields.length > 0) return { from: block.from, to: Math.min(block.to, rows.total - 1), fields, block }
  say('Nothing in these columns can be changed.')
  return undefined
}

const worstOf = (row: Row | null, field: Field): string | undefined =>
  row?.issues.find((issue) => issue.field === field && issue.severity === 'blocker')?.problem.title

/** The edits of one draft, on the rows that are shown. */
export function editsOf(draftId: string, rows: RowPages): Edits {
  async function taken(answer: Edited | undefined, words: (answer: Edited) => string): Promise<void> {
    if (answer === undefined) return rows.refresh()
    useDraft.getState().take(answer.draft)
    await rows.refresh()
    say(words(answer))
  }
  const send = async (edit: Edit, words: (answer: Edited) => string): Promise<void> =>
    taken(await asked('rows.edit', { draftId, edit }), words)

  async function copy(): Promise<boolean> {
    const place = selected(rows)
    if (place === undefined) return false
    const { from, to, fields } = place
    const answer = await asked('rows.copy', { draftId, view: rows.view, block: { from, to, fields } })
    if (answer === undefined) return false
    await navigator.clipboard.writeText(answer.text)
    const secrets = fields.some(isSecret) ? ' Passwords stay blank.' : ''
    say(`${rowsWords(to - from + 1)} × ${counted(fields.length, 'column')} copied.${secrets}`)
    return true
  }

  async function clear(): Promise<void> {
    const place = selected(rows)
    if (place === undefined) return
    const { from, to, fields } = place
    await send(
      { kind: 'clear', view: rows.view, block: { from, to, fields } },
      (done) => `Cleared in ${rowsWords(done.rows)}.`
    )
  }

  return {
    copy,
    clear,
    set(row, field, text) {
      if (!isSecret(field)) rows.put({ ...row, values: { ...row.values, [field]: text } })
      return send({ kind: 'set', row: row.row, values: { [field]: text } }, ({ first }) => {
        const worst = worstOf(first, field)
        return worst === undefined ? 'Changed.' : `Changed, but: ${worst}.`
      })
    },
    async cut() {
      if (await copy()) await clear()
    },
    async fill() {
      const place = selected(rows)
      if (place === undefined) return
      const { from, to, fields } = place
      if (from === to) {
        say('Select the cell and those below it first, then fill down.')
        return
      }
      await send(
        { kind: 'fill', view: rows.view, block: { from, to, fields } },
        (done) => `Filled ${rowsWords(done.rows)}.`
      )
    },
    async paste(text) {
      const { anchor, active, select } = useGrid.getState()
      const { from, to, left, right } = blockOf(anchor, active)
      const first = Math.max(left, firstField)
      const beyond = fieldsWithin(first, gridColumns.length)
      if (beyond.length === 0) {
        say('Nothing in these columns can be changed.')
        return
      }
      const cells = parseCells(text)
      const size = { rows: cells.length, columns: Math.max(...cells.slice(0, 1000).map((line) => line.length)) }
      const block = { rows: to - from + 1, columns: fieldsWithin(first, right).length }
      const { rows: tall, columns: wide } = landing(size, block)
      const fields = beyond.slice(0, wide)
      await send(
        { kind: 'paste', view: rows.view, at: rows.total === 0 ? 0 : from, to, fields, cells },
        (done) => `Pasted into ${rowsWords(tall)} × ${counted(fields.length, 'column')}; ${number(done.rows)} changed.`
      )
      if (rows.total === 0) return
      const last = Math.min(rows.total, from + tall) - 1
      // The active cell stays where the pasted ones begin.
      select({ index: last, column: first + fields.length - 1 }, { index: from, column: first })
    },
    replaceAll: (find, by) =>
      send({ kind: 'replace', view: rows.view, find, by }, (done) => `Replaced in ${rowsWords(done.rows)}.`),
    async revert(field) {
      const { index } = useGrid.getState().active
      const place = field === undefined ? selected(rows) : { from: index, to: index, fields: [field] }
      if (place === undefined) return
      const { from, to, fields } = place
      await send(
        { kind: 'revert', view: rows.view, block: { from, to, fields } },
        (done) => `As in the file again: ${rowsWords(done.rows)}.`
      )
    },
    async leaveOut(leftOut) {
      if (rows.total === 0) return
      const { anchor, active } = useGrid.getState()
      const { from, to } = blockOf(anchor, active)
      await send(
        { kind: 'leaveOut', view: rows.view, from, to: Math.min(to, rows.total - 1), leftOut },
        (done) => `${rowsWords(done.rows)} ${leftOut ? 'left out' : 'taken back'}.`
      )
    },
    allowAutomatic: (row) =>
      send(
        { kind: 'allowAutomatic', row, allowed: true },
        (done) => `Automatic provisioning is enabled for ${counted(done.rows, 'computer')}.`
      ),
    repair: (id) => send({ kind: 'repair', id }, (done) => `Repaired ${rowsWords(done.rows)}.`),
    async undo(redo) {
      const { draft } = useDraft.getState()
      const what = redo ? draft?.redo : draft?.undo
      if (what === null || what === undefined) {
        say(redo ? 'There is nothing to do again.' : 'There is nothing to undo.')
        return
      }
      const answer = await asked('rows.undo', { draftId, redo })
      await taken(answer, () => `${redo ? 'Done again' : 'Undone'}: ${what}.`)
      const { view, active, go } = useGrid.getState()
      const first = answer?.first
      if (first !== null && first !== undefined && isPlain(view) && first.row < rows.total) {
        go({ ...active, index: first.row })
      }
    }
  }
}
