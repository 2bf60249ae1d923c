// What a person does with a draft before Start: source, mapping, rows, accounts; saved as they go, secrets to the keychain at once.
import type { Computer } from '../../shared/computer.ts'
import type { AskInput, AskOutput } from '../../shared/contract.ts'
import { type Draft, type DraftChange, newDraft } from '../../shared/draft.ts'
import { decided } from '../../shared/mapping.ts'
import { fail, ok, type Result } from '../../shared/problem.ts'
import { readClean } from '../intake/list.ts'
import type { Store } from '../store/store.ts'
import { type Turns, turnsOf } from '../turns.ts'
import type { Vault, Vaults } from '../vault.ts'
import { editRows, undoStep } from './editing.ts'
import type { Head } from './head.ts'
import { grownOf, type Open, openDraft } from './open.ts'
import { copyRows, nextRow, readRows } from './reading.ts'
import { type Repairs, repairsOf } from './repairs.ts'
import { saveDraft, type Tools } from './saving.ts'
import { forgetGone, forgetUnused, typedSlots } from './secretsOf.ts'
import { computerOf, readyRows } from './sheet.ts'
import { give, type Phase, rememberColumns, reread, single, type Taking } from './taking.ts'

/** How far the reading of a file is. */
export interface Progress {
  readonly draftId: string
  readonly what: Phase
  readonly done: number
  readonly total: number
}

/** What a file that is being read begins with. */
export interface ReadingHead extends Head {
  readonly draftId: string
}

/** What Start makes jobs of. */
export interface Ready {
  readonly draft: Draft
  readonly computers: Computer[]
  /** Number of each computer's row. */
  readonly rows: readonly number[]
  /** What the import is called. */
  readonly source: string
  /** Names of computers whose automatic provisioning an exported file prevents, and a person allowed again. */
  readonly allowed: readonly string[]
}

export interface Drafting {
  all(): Draft[]
  begin(practice: boolean, accounts: Draft['accounts']): Draft
  open(draftId: string): Result<Draft>
  change(draftId: string, change: DraftChange): Result<Draft>
  discard(draftId: string): Promise<Result<Record<never, never>>>
  give(draftId: string, name: string, bytes: Uint8Array, replace?: 'replace'): Promise<Result<Draft>>
  single(draftId: string): Promise<Result<Draft>>
  map(input: AskInput<'source.map'>): Promise<Result<Draft>>
  options(input: AskInput<'source.options'>): Promise<Result<Draft>>
  /** Ends the reading of a file that is under way. */
  cancel(draftId: string): Result<Record<never, never>>
  /** The list as it came, with every secret taken out: what to call the copy, and its bytes. */
  clean(draftId: string): Promise<Result<{ name: string; bytes: Uint8Array; source: string }>>
  readRows(input: AskInput<'rows.read'>): Promise<Result<AskOutput<'rows.read'>>>
  copyRows(input: AskInput<'rows.copy'>): Promise<Result<AskOutput<'rows.copy'>>>
  nextRow(input: AskInput<'rows.next'>): Promise<Result<AskOutput<'rows.next'>>>
  edit(input: AskInput<'rows.edit'>): Promise<Result<AskOutput<'rows.edit'>>>
  undo(input: AskInput<'rows.undo'>): Promise<Result<AskOutput<'rows.undo'>>>
  repairs(draftId: string): Promise<Result<AskOutput<'repairs.read'>>>
  keepSecret(draftId: string, purpose: string, value: string): Promise<Result<{ slot: string }>>
  ready(draftId: string): Promise<Result<Ready>>
  /** The draft became an import: forget what is in memory, and every secret that no job of it needs. */
  started(draftId: string): Promise<void>
  /** Clears up what a kill left behind: rows that are in no draft, secrets that nothing needs. */
  sweep(): Promise<void>
  /** Resolves when nothing is under way any more; what would follow does not begin. */
  close(): Promise<void>
}

const swept = 500

/** Drafts of a store. Secrets of practice drafts go to the practice vault, all others to the real one. */
export function draftingOf(options: {
  readonly store: Store
  readonly vaults: Vaults
  readonly now: () => number
  readonly newId: () => string
  readonly onProgress?: (progress: Progress) => void
  readonly onHead?: (head: ReadingHead) => void
}): Drafting {
  const { store, vaults, now, newId, onProgress, onHead } = options
  const opened = new Map<string, Open>()
  const queues = new Map<string, Promise<unknown>>()
  /** What takes a list in, or waits for its turn to: it can be called off from the moment it is asked for. */
  const takings = new Set<{ readonly draftId: string; cancelled: boolean }>()
  const state = { closed: false }
  const vaultOf = (draft: Draft): Vault => (draft.practice ? vaults.practice : vaults.real)
  const tools: Tools = { store, vaultOf, newId }
  const unheard = (): Turns => turnsOf({ now, cancelled: () => false })

  function find(draftId: string): Result<Open> {
    const known = opened.get(draftId)
    if (known) return ok(known)
    const saved = store.drafts.find(draftId)
    if (!saved) return fail('draft-gone')
    const open = openDraft(saved)
    opened.set(draftId, open)
    // Before a restart steps of undo needed more.
    if (store.drafts.entries(draftId).length > 0) void inTurn(draftId, () => forgetUnusedOf(open))
    return ok(open)
  }

  /**
   * What is asked of one draft happens one after the other: the keychain and long work take their time, and a second cell typed
   * meanwhile must find the first one.
   */
  function inTurn<T>(draftId: string, work: () => Promise<T>): Promise<T> {
    const mine = (queues.get(draftId) ?? Promise.resolve()).then(work)
    const settled = mine.then(
      () => undefined,
      () => undefined
    )
    queues.set(draftId, settled)
    void settled.then(() => {
      if (queues.get(draftId) === settled) queues.delete(draftId)
    })
    return mine
  }

  /** In turn, with the draft open. */
  function withOpen<T>(draftId: string, work: (open: Open) => Promise<Result<T>>): Promise<Result<T>> {
    return inTurn(draftId, async () => {
      const open = find(draftId)
      return open.ok ? work(open.value) : open
    })
  }

  async function forgetUnusedOf(open: Open): Promise<void> {
    if (state.closed || store.drafts.entries(open.draft.id).length === 0) return
    await grownOf(open, store, unheard())
    await forgetUnused(open, { store, vault: vaultOf(open.draft) }, unheard())
  }

  async function sweepRows(): Promise<void> {
    const turns = unheard()
    while (!state.closed && store.drafts.sweepRows(swept)) await turns.next(0, 0)
  }

  function callOff(ofDraft?: string): void {
    for (const one of takings) if (ofDraft === undefined || one.draftId === ofDraft) one.cancelled = true
  }

  /** Something that takes a list in: it tells how far it is, and can be cancelled. */
  function taking(draftId: string, work: (open: Open, how: Taking) => Promise<Result<Draft>>): Promise<Result<Draft>> {
    const mine = { draftId, cancelled: false }
    takings.add(mine)
    const taken = withOpen(draftId, async (open) => {
      if (mine.cancelled) return fail('reading-cancelled')
      let last: Progress | undefined
      const turnsFor = (what: Phase): Turns =>
        turnsOf({
          now,
          cancelled: () => mine.cancelled,
          onProgress(done, total) {
            last = { draftId, what, done, total }
            onProgress?.(last)
          }
        })
      const ended = await work(open, { turnsFor, onHead: (head) => onHead?.({ draftId, ...head }) })
      const { what = 'checking', total = 1 } = last ?? {}
      onProgress?.({ draftId, what, done: total || 1, total: total || 1 })
      if (!ended.ok) await forgetUnusedOf(open)
      void inTurn(draftId, sweepRows)
      return ended
    })
    return taken.finally(() => takings.delete(mine))
  }

  async function repairsNow(open: Open): Promise<Repairs> {
    const { sheet } = await grownOf(open, store, unheard())
    if (open.repairs?.version === sheet.version) return open.repairs
    const found = await repairsOf(sheet, open.file?.clearCells ?? 0, unheard())
    if (found === null) throw new Error('nobody can cancel this')
    open.repairs = found
    return found
  }

  return {
    all: () => store.drafts.all().map((draft) => opened.get(draft.id)?.draft ?? draft),
    begin(practice, accounts) {
      const draft = { ...newDraft(newId(), practice, now()), accounts }
      store.drafts.save(draft)
      return draft
    },
    open(draftId) {
      const open = find(draftId)
      return open.ok ? ok(open.value.draft) : open
    },
    change(draftId, change) {
      const open = find(draftId)
      if (!open.ok) return open
      const given = Object.entries(change).filter(([, value]) => value !== undefined)
      const before = typedSlots(open.value.draft)
      const draft = saveDraft(open.value, store, Object.fromEntries(given) as Partial<Draft>)
      const kept = new Set(typedSlots(draft))
      // A password typed anew has a slot of its own; nobody waits for the old one to be gone.
      void vaultOf(draft).forget(before.filter((slot) => !kept.has(slot)))
      return ok(draft)
    },
    discard(draftId) {
      // Nobody wants what is being read any more.
      callOff(draftId)
      return withOpen(draftId, async ({ draft }) => {
        store.drafts.remove(draftId)
        opened.delete(draftId)
        await vaultOf(draft).forget(typedSlots(draft))
        await forgetGone(draftId, [], { store, vault: vaultOf(draft) })
        void inTurn(draftId, sweepRows)
        return ok({})
      })
    },
    give: (draftId, name, bytes, replace) =>
      taking(draftId, (open, how) => give(open, { name, bytes, replace: replace === 'replace' }, tools, how)),
    single: (draftId) => withOpen(draftId, async (open) => ok(await single(open, tools, unheard()))),
    map: ({ draftId, fields, undecided = [], header, passwords }) =>
      taking(draftId, async (open, how) => {
        const { source } = open.draft
        if (source?.kind !== 'file') return fail('source-gone')
        const chosen = source.header === header ? source.chosen : { ...source.chosen, header }
        const guesses = decided(source.columns, fields, undecided)
        const taken = await reread(open, { guesses, passwords, chosen }, 'Map columns', tools, how)
        if (taken.ok) rememberColumns(open, tools)
        return taken
      }),
    options: ({ draftId, options: chosen }) =>
      taking(draftId, (open, how) => reread(open, { chosen }, 'Read the file in another way', tools, how)),
    cancel(draftId) {
      const open = find(draftId)
      if (!open.ok) return open
      callOff(draftId)
      return ok({})
    },
    clean: (draftId) =>
      withOpen(draftId, async ({ draft: { source }, file }) => {
        if (file === undefined || source?.kind !== 'file') return fail('source-gone')
        const copy = await readClean({ ...file, chosen: source.chosen }, source.columns, unheard())
        return copy.ok ? ok({ ...copy.value, source: file.name }) : copy
      }),
    readRows: (input) =>
      withOpen(input.draftId, async (open) => {
        const grown = await grownOf(open, store, unheard())
        return ok(await readRows(open, grown, input, unheard()))
      }),
    copyRows: (input) =>
      withOpen(input.draftId, async (open) =>
        ok(await copyRows(await grownOf(open, store, unheard()), input, unheard()))
      ),
    nextRow: (input) =>
      withOpen(input.draftId, async (open) =>
        ok(await nextRow(await grownOf(open, store, unheard()), input, unheard()))
      ),
    edit: ({ draftId, edit }) => withOpen(draftId, async (open) => editRows(open, edit, repairsNow, tools, unheard())),
    undo: ({ draftId, redo }) => withOpen(draftId, (open) => undoStep(open, redo, tools, unheard())),
    repairs: (draftId) =>
      withOpen(draftId, async (open) => {
        const { groups } = await repairsNow(open)
        return ok({ repairs: groups.map(({ repair }) => repair) })
      }),
    async keepSecret(draftId, purpose, value) {
      const open = find(draftId)
      if (!open.ok) return open
      const slot = `draft/${draftId}/${purpose}/${newId()}`
      const kept = await vaultOf(open.value.draft).keep(slot, value)
      return kept.ok ? ok({ slot }) : kept
    },
    ready: (draftId) =>
      withOpen(draftId, async (open) => {
        const { sheet } = await grownOf(open, store, unheard())
        const rows = readyRows(sheet)
        const { source } = open.draft
        const name = source?.kind === 'file' ? source.name : (rows[0]?.values.name ?? 'single computer')
        const allowed = rows.filter(({ automatic }) => automatic === 'allowed').map(({ values }) => values.name)
        return ok({
          draft: open.draft,
          computers: rows.map(computerOf),
          rows: rows.map(({ row }) => row),
          source: name,
          allowed
        })
      }),
    started: (draftId) =>
      inTurn(draftId, async () => {
        const open = opened.get(draftId)
        opened.delete(draftId)
        if (open)
          await forgetGone(draftId, store.jobs.slots(`draft/${draftId}/`), { store, vault: vaultOf(open.draft) })
        await sweepRows()
      }),
    async sweep() {
      const gone = store.drafts.entries(null)
      for (const draftId of new Set(gone.map((entry) => entry.draftId))) {
        const practice = gone.some((entry) => entry.draftId === draftId && entry.practice)
        const vault = practice ? vaults.practice : vaults.real
        await inTurn(draftId, () => forgetGone(draftId, store.jobs.slots(`draft/${draftId}/`), { store, vault }))
      }
      await sweepRows()
    },
    async close() {
      state.closed = true
      callOff()
      while (queues.size > 0) await Promise.all(queues.values())
    }
  }
}
