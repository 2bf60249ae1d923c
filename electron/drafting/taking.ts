// Takes a list into a draft: read, merged onto what is there, secrets to the keychain, and all of it a single step of undo.
import type { Draft, FileSource, PasswordForm, Reading } from '../../shared/draft.ts'
import { decisions, type Guess, isChosen } from '../../shared/mapping.ts'
import { fail, ok, type Result } from '../../shared/problem.ts'
import { readList } from '../intake/list.ts'
import type { KeptRow } from '../store/keptRow.ts'
import type { Turns } from '../turns.ts'
import { type Head, headOf } from './head.ts'
import { besideEarlier } from './known.ts'
import { merged } from './merge.ts'
import { type FileAtHand, grownOf, type Open, type Whole } from './open.ts'
import { exchange, remember, type Tools } from './saving.ts'
import { keepSecrets, recallSlots, slotted } from './secretsOf.ts'

/** What a reading is busy with, for the progress that is told. */
export type Phase = 'reading' | 'checking' | 'keeping'
export type TurnsFor = (phase: Phase) => Turns

/** How a taking is gone about, and who hears what the list begins with. */
export interface Taking {
  readonly turnsFor: TurnsFor
  readonly onHead: (head: Head) => void
}

/** A file, and how it shall be read. */
interface Reread {
  readonly name: string
  readonly bytes: Uint8Array
  readonly chosen: Reading
  readonly guesses: readonly Guess[] | null
  readonly passwords: PasswordForm | null
}

/** The computers that were there before a file, and where they came from. */
type Base = Pick<FileAtHand, 'base' | 'baseSource'>

const earlierOf = ({ base, baseSource }: Base): string[] =>
  baseSource?.kind === 'file' && base.length > 0 ? [...baseSource.earlier, baseSource.name] : []

/** What is there now. */
async function wholeOf(open: Open, tools: Tools, turns: Turns): Promise<Whole> {
  const { sheet } = await grownOf(open, tools.store, turns)
  return { rows: sheet.rows, source: open.draft.source, file: open.file }
}

/** The rows of a draft with the file in them, secrets in the keychain, and nothing made true yet. */
interface Prepared {
  readonly rows: readonly KeptRow[]
  readonly source: FileSource
  readonly file: FileAtHand
}

/** Apart from what follows, so that the list as it was read is gone from memory by then. */
async function prepare(
  open: Open,
  reread: Reread,
  base: Base,
  tools: Tools,
  turnsFor: TurnsFor
): Promise<Result<Prepared>> {
  const cancelled = fail('reading-cancelled', { where: reread.name })
  const checking = turnsFor('checking')
  const read = await readList(reread, { reading: turnsFor('reading'), checking }, tools.store.mappings.find)
  if (!read.ok) return read
  const { clearCells, signature } = read.value
  const vault = tools.vaultOf(open.draft)
  const recalled = await recallSlots(open, base.base, read.value.rows, vault, checking)
  if (!recalled.ok) return recalled
  const laid = await merged(base.base, read.value.rows, open.slots, checking)
  const beside = laid && (await besideEarlier(laid, tools.store.jobs, open.draft.practice, checking))
  if (beside === null) return cancelled
  const kept = await keepSecrets(open, beside, { ...tools, vault }, turnsFor('keeping'))
  if (!kept.ok) return kept
  const rows = await slotted(beside, open.slots, checking)
  if (rows === null) return cancelled
  const { name, bytes } = reread
  const source: FileSource = { ...read.value.source, earlier: earlierOf(base), atHand: true }
  return ok({
    rows,
    source,
    file: { name, bytes, clearCells, signature, base: base.base, baseSource: base.baseSource }
  })
}

async function take(
  open: Open,
  reread: Reread,
  base: Base,
  title: string,
  tools: Tools,
  { turnsFor, onHead }: Taking
): Promise<Result<Draft>> {
  const head = await headOf(reread, tools.store.mappings.find)
  if (head !== undefined) onHead(head)
  const before = await wholeOf(open, tools, turnsFor('checking'))
  const prepared = await prepare(open, reread, base, tools, turnsFor)
  if (!prepared.ok) return prepared
  const after: Whole = prepared.value
  const draft = await exchange(open, after, tools, turnsFor('checking'))
  if (draft === null) return fail('reading-cancelled', { where: reread.name })
  const step = { kind: 'whole', title, before, after: { ...after, rows: sheetRows(open) } } as const
  return ok(await remember(open, step, tools, turnsFor('checking')))
}

/** The sheet's own list, which later steps change and undo brings back to what it is now. */
const sheetRows = (open: Open): readonly KeptRow[] => open.grown?.sheet.rows ?? []

/** Takes a file as it is found; `replace` forgets the computers that are there. */
export async function give(
  open: Open,
  file: { readonly name: string; readonly bytes: Uint8Array; readonly replace: boolean },
  tools: Tools,
  taking: Taking
): Promise<Result<Draft>> {
  const { sheet } = await grownOf(open, tools.store, taking.turnsFor('checking'))
  const base: Base = file.replace
    ? { base: [], baseSource: null }
    : { base: [...sheet.rows], baseSource: open.draft.source }
  const { name, bytes } = file
  const wanted = { name, bytes, chosen: {}, guesses: null, passwords: null }
  return take(open, wanted, base, base.base.length > 0 ? `Merge ${name}` : `Read ${name}`, tools, taking)
}

/** Remembers what a person has decided about the columns of the latest file, for when a list like it comes again. */
export function rememberColumns({ draft: { source }, file }: Open, { store }: Tools): void {
  if (source?.kind !== 'file' || file === undefined) return
  if (source.columns.some(isChosen)) store.mappings.remember(file.signature, decisions(source.columns))
}

/** The latest file read anew in another way, onto the computers that were there before it. */
export async function reread(
  open: Open,
  change: Partial<Pick<Reread, 'chosen' | 'guesses' | 'passwords'>>,
  title: string,
  tools: Tools,
  taking: Taking
): Promise<Result<Draft>> {
  const { file, draft } = open
  const { source } = draft
  if (source?.kind !== 'file' || file === undefined) return fail('source-gone')
  const wanted: Reread = {
    name: file.name,
    bytes: file.bytes,
    chosen: change.chosen ?? source.chosen,
    guesses: change.guesses ?? null,
    passwords: change.passwords ?? source.passwords
  }
  return take(open, wanted, file, title, tools, taking)
}

/** One computer typed in: what was there before goes, until it is undone. */
export async function single(open: Open, tools: Tools, turns: Turns): Promise<Draft> {
  if (open.draft.source?.kind === 'single') return open.draft
  const before = await wholeOf(open, tools, turns)
  const after: Whole = { rows: [], source: { kind: 'single' }, file: undefined }
  const draft = await exchange(open, after, tools, turns)
  if (draft === null) throw new Error('nobody can cancel this')
  const step = {
    kind: 'whole',
    title: 'Take a single computer',
    before,
    after: { ...after, rows: sheetRows(open) }
  } as const
  return remember(open, step, tools, turns)
}
