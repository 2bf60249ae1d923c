// Makes an edit, or takes one back: plan, secrets to the keychain, rows to store and memory, a step of undo.
import type { AskOutput } from '../../shared/contract.ts'
import type { Edit } from '../../shared/grid.ts'
import { fail, ok, type Result } from '../../shared/problem.ts'
import type { KeptRow } from '../store/keptRow.ts'
import type { Turns } from '../turns.ts'
import { type Planned, planEdit } from './edits.ts'
import type { Step } from './history.ts'
import { besideAgain } from './known.ts'
import { type Grown, grownOf, type Open } from './open.ts'
import { shownRow } from './reading.ts'
import { planRepair, type Repairs } from './repairs.ts'
import { changeRows, exchange, remember, saveDraft, type Tools } from './saving.ts'
import { keepSecrets, slotted } from './secretsOf.ts'
import { reread } from './taking.ts'

type Answer = AskOutput<'rows.edit'>

const answer = (open: Open, grown: Grown, rows: number, first: KeptRow | undefined): Result<Answer> =>
  ok({ draft: open.draft, rows, first: first === undefined ? null : shownRow(open, grown, first) })

/** Makes planned rows true, and a step that can be taken back. */
async function make(
  open: Open,
  grown: Grown,
  { title, rows }: Planned,
  tools: Tools,
  turns: Turns
): Promise<Result<Answer>> {
  if (rows.length === 0) return answer(open, grown, 0, undefined)
  const vault = tools.vaultOf(open.draft)
  const secrets = await keepSecrets(open, rows, { ...tools, vault }, turns)
  if (!secrets.ok) return secrets
  const kept = await slotted([...rows], open.slots, turns)
  if (kept === null) throw new Error('nobody can cancel an edit')
  const after = await besideAgain(kept, open, tools.store.jobs, turns)
  const { sheet } = grown
  const before = after.map(({ row }) => sheet.rows[row])
  const last = after.at(-1)?.row ?? 0
  await changeRows(open, grown, after, Math.max(sheet.rows.length, last + 1), tools, turns)
  await remember(open, { kind: 'rows', title, before, after }, tools, turns)
  return answer(open, grown, after.length, after[0])
}

/** Answers what a person edited. Problems: row-gone, keychain-…, source-gone. */
export async function editRows(
  open: Open,
  edit: Edit,
  repairsNow: (open: Open) => Promise<Repairs>,
  tools: Tools,
  turns: Turns
): Promise<Result<Answer>> {
  const grown = await grownOf(open, tools.store, turns)
  if (edit.kind === 'repair') {
    const group = (await repairsNow(open)).groups.find(({ repair }) => repair.id === edit.id)
    if (group === undefined) return fail('row-gone')
    const { repair, remedy } = group
    if (remedy.kind === 'clearPasswords') return readClear(open, repair.action, tools, turns)
    return make(open, grown, planRepair({ repair, remedy }, grown.sheet), tools, turns)
  }
  const planned = await planEdit(edit, grown, turns)
  if (planned === null) throw new Error('nobody can cancel an edit')
  return planned.ok ? make(open, grown, planned.value, tools, turns) : planned
}

/** The passwords of the file in another form: it is read anew. */
async function readClear(open: Open, title: string, tools: Tools, turns: Turns): Promise<Result<Answer>> {
  const { source } = open.draft
  const guesses = source?.kind === 'file' ? source.columns : []
  const taken = await reread(open, { guesses, passwords: 'clear' }, title, tools, {
    turnsFor: () => turns,
    onHead: () => undefined
  })
  if (!taken.ok) return taken
  const grown = await grownOf(open, tools.store, turns)
  return answer(open, grown, grown.sheet.rows.length, grown.sheet.rows[0])
}

/** What rows become when a step is made again or taken back; and how many there are then. */
function turned(step: Extract<Step, { kind: 'rows' }>, redo: boolean, length: number): [KeptRow[], number] {
  const rows = (redo ? step.after : step.before).filter((row) => row !== undefined)
  const appended = step.before.filter((row) => row === undefined).length
  return [rows, redo ? length + appended : length - appended]
}

/** Takes the last step back, or makes it again. Nothing to do is no Problem: 0 rows changed. */
export async function undoStep(open: Open, redo: boolean, tools: Tools, turns: Turns): Promise<Result<Answer>> {
  const grown = await grownOf(open, tools.store, turns)
  const step = redo ? open.history.redo : open.history.undo
  if (step === undefined) return answer(open, grown, 0, undefined)
  if (step.kind === 'whole') {
    const whole = redo ? step.after : step.before
    if ((await exchange(open, whole, tools, turns)) === null) throw new Error('nobody can cancel this')
    open.history.moved(redo)
    saveDraft(open, tools.store)
    const now = await grownOf(open, tools.store, turns)
    return answer(open, now, now.sheet.rows.length, now.sheet.rows[0])
  }
  const [rows, total] = turned(step, redo, grown.sheet.rows.length)
  await changeRows(open, grown, rows, total, tools, turns, () => open.history.moved(redo))
  return answer(open, grown, step.after.length, rows[0])
}
