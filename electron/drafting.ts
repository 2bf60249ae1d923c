// What a person does with a draft before Start: source, mapping, rows, accounts; saved as they go, secrets to the keychain at once.
import { type Computer, type Field, type SecretField, secretFields } from '../shared/computer.ts'
import type { AskInput, Row } from '../shared/contract.ts'
import { type Draft, type DraftChange, newDraft, noComputers, type PasswordForm } from '../shared/draft.ts'
import { chosen, columnsFor, type Guess, guessColumns } from '../shared/mapping.ts'
import { fail, ok, type Result } from '../shared/problem.ts'
import { computerOf, countRows, type Open, readyRows, slotsOf, typedSlots, viewOf, visibleRows } from './draftRows.ts'
import { crossIssues } from './intake/crossIssues.ts'
import { withHeader } from './intake/header.ts'
import { recognise } from './intake/recognise.ts'
import { blankRow, fixRow, type IntakeRow, toRows } from './intake/rows.ts'
import { readTable, type Table } from './intake/table.ts'
import type { KeptRow } from './store/drafts.ts'
import type { Store } from './store/store.ts'
import type { Vault, Vaults } from './vault.ts'

export interface Drafting {
  all(): Draft[]
  begin(practice: boolean, accounts: Draft['accounts']): Draft
  open(draftId: string): Result<Draft>
  change(draftId: string, change: DraftChange): Result<Draft>
  discard(draftId: string): Promise<Result<Record<never, never>>>
  give(draftId: string, name: string, bytes: Uint8Array): Promise<Result<Draft>>
  single(draftId: string): Result<Draft>
  map(
    draftId: string,
    fields: readonly (Field | null)[],
    header: boolean,
    passwords: PasswordForm
  ): Promise<Result<Draft>>
  readRows(input: AskInput<'rows.read'>): Result<{ total: number; rows: Row[] }>
  fix(
    draftId: string,
    row: number | null,
    values: Partial<Record<Field, string>>
  ): Promise<Result<{ draft: Draft; row: Row }>>
  leaveOut(draftId: string, rows: readonly number[], leftOut: boolean): Result<Draft>
  keepSecret(draftId: string, purpose: string, value: string): Promise<Result<{ slot: string }>>
  /** The computers that become jobs, and what the import is called. */
  ready(draftId: string): Result<{ draft: Draft; computers: Computer[]; source: string }>
  /** The draft became an import: forget what is in memory, keep its secrets. */
  started(draftId: string): void
}

const samples = 50

/** Drafts of a store. Secrets of practice drafts go to the practice vault, all others to the real one. */
export function draftingOf(options: {
  readonly store: Store
  readonly vaults: Vaults
  readonly now: () => number
  readonly newId: () => string
}): Drafting {
  const { store, vaults, now, newId } = options
  const opened = new Map<string, Open>()
  const turns = new Map<string, Promise<unknown>>()
  const vaultOf = (draft: Draft): Vault => (draft.practice ? vaults.practice : vaults.real)

  /**
   * Changes of one draft's rows run one after the other: the keychain takes its time, and a second cell typed meanwhile
   * must find the first one.
   */
  const inTurn =
    <A extends readonly unknown[], T>(work: (draftId: string, ...rest: A) => Promise<T>) =>
    (draftId: string, ...rest: A): Promise<T> => {
      const mine = (turns.get(draftId) ?? Promise.resolve()).then(() => work(draftId, ...rest))
      turns.set(
        draftId,
        mine.catch(() => undefined)
      )
      return mine
    }

  function find(draftId: string): Result<Open> {
    const known = opened.get(draftId)
    if (known) return ok(known)
    const saved = store.drafts.all().find(({ id }) => id === draftId)
    if (!saved) return fail('draft-gone')
    const { source } = saved
    const rows = store.drafts.rows(draftId)
    // The file's bytes are not kept (they hold passwords), so after a restart the mapping stands as it is.
    const draft: Draft = source?.kind === 'file' ? { ...saved, source: { ...source, atHand: false } } : saved
    const open: Open = { draft, rows, cross: crossIssues(rows), table: undefined }
    opened.set(draftId, open)
    return ok(open)
  }

  function save(open: Open, change: Partial<Draft>): Draft {
    open.draft = { ...open.draft, ...change }
    store.drafts.save(open.draft)
    return open.draft
  }

  /** Puts the rows' secrets into the keychain, each distinct one once, and their slots into the rows. */
  async function keepSecrets(open: Open, rows: readonly IntakeRow[]): Promise<Result<KeptRow[]>> {
    const distinct = [...new Set(rows.flatMap(({ secrets }) => Object.values(secrets)))]
    const kept = await vaultOf(open.draft).keepMany(`draft/${open.draft.id}/rows/${newId()}`, distinct)
    if (!kept.ok) return kept
    const slots = new Map(distinct.map((secret, index) => [secret, kept.value[index] ?? '']))
    const slotOf = (row: IntakeRow, field: SecretField): string => {
      const secret = row.secrets[field]
      return secret === undefined ? row.values[field] : (slots.get(secret) ?? '')
    }
    return ok(
      rows.map(({ row, line, values, issues, leftOut, ...own }) => ({
        row,
        line,
        values: {
          ...values,
          ...Object.fromEntries(
            secretFields.map((field) => [field, slotOf({ row, line, values, issues, leftOut, ...own }, field)])
          )
        },
        issues: [...issues],
        leftOut
      }))
    )
  }

  /** Forgets slots of rows unless another row shares their keychain entry. */
  async function forgetUnused(open: Open, slots: readonly string[]): Promise<void> {
    if (slots.length === 0) return
    const entry = (slot: string): string => slot.replace(/#\d+$/, '')
    const used = new Set(slotsOf(open.rows).map(entry))
    await vaultOf(open.draft).forget(slots.filter((slot) => !used.has(entry(slot))))
  }

  /** Reads the table anew under the given mapping and takes its rows over. */
  async function take(
    open: Open,
    table: Table,
    guesses: readonly Guess[],
    passwords: PasswordForm,
    file: { name: string; bytes: number }
  ) {
    const rows = toRows(
      table,
      guesses.map((guess) => guess.field),
      passwords
    )
    const kept = await keepSecrets(open, rows)
    if (!kept.ok) return kept
    const before = slotsOf(open.rows)
    open.rows = kept.value
    open.cross = crossIssues(kept.value)
    const { words, note } = recognise(table, guesses)
    const draft = store.together(() => {
      store.drafts.replaceRows(open.draft.id, kept.value)
      return save(open, {
        source: {
          kind: 'file',
          name: file.name,
          bytes: file.bytes,
          encoding: table.encoding,
          delimiter: table.delimiter,
          header: table.header,
          lines: table.lines.length,
          passwords,
          columns: columnsFor(table, guesses),
          recognised: words,
          notes: [...table.notes, ...(note ? [note] : [])],
          atHand: true
        },
        counts: countRows(open)
      })
    })
    await vaultOf(draft).forget(before)
    return ok(draft)
  }

  async function give(draftId: string, name: string, bytes: Uint8Array): Promise<Result<Draft>> {
    const open = find(draftId)
    if (!open.ok) return open
    const table = readTable(bytes)
    if (!table.ok)
      return { ok: false, problem: { ...table.problem, where: [name, table.problem.where].filter(Boolean).join(', ') } }
    const { titles, lines, header } = table.value
    const guesses = guessColumns(
      titles,
      lines.slice(0, samples).map(({ cells }) => cells),
      header
    )
    const taken = await take(open.value, table.value, guesses, 'base64', { name, bytes: bytes.byteLength })
    if (taken.ok) open.value.table = table.value
    return taken
  }

  async function map(draftId: string, wanted: readonly (Field | null)[], header: boolean, passwords: PasswordForm) {
    const open = find(draftId)
    if (!open.ok) return open
    const { table, draft } = open.value
    const { source } = draft
    if (source?.kind !== 'file' || !table) return fail('source-gone')
    const again = header === table.header ? ok(table) : withHeader(table, header)
    if (!again.ok) return again
    const guesses = again.value.titles.map((_, at) => chosen(wanted[at] ?? null))
    return take(open.value, again.value, guesses, passwords, source)
  }

  async function fix(draftId: string, number: number | null, values: Partial<Record<Field, string>>) {
    const found = find(draftId)
    if (!found.ok) return found
    const open = found.value
    const before = number === null ? undefined : open.rows[number]
    if (number !== null && !before) return fail('row-gone')
    const fixed = fixRow(before ? { ...before, secrets: {} } : blankRow(open.rows.length), values)
    const kept = await keepSecrets(open, [fixed])
    if (!kept.ok) return kept
    const [row] = kept.value
    if (!row) return fail('row-gone')
    const unused = slotsOf(before ? [before] : [])
    open.rows[row.row] = row
    open.cross = crossIssues(open.rows)
    const draft = store.together(() => {
      store.drafts.saveRows(draftId, [row])
      return save(open, { counts: countRows(open) })
    })
    await forgetUnused(open, unused)
    return ok({ draft, row: viewOf(open, row) })
  }

  function readRows({ draftId, from, count: size, filter, search }: AskInput<'rows.read'>) {
    const found = find(draftId)
    if (!found.ok) return found
    const open = found.value
    const visible = visibleRows(open, filter, search)
    return ok({ total: visible.length, rows: visible.slice(from, from + size).map((row) => viewOf(open, row)) })
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
      const draft = save(open.value, Object.fromEntries(given) as Partial<Draft>)
      const kept = new Set(typedSlots(draft))
      // A password typed anew has a slot of its own; nobody waits for the old one to be gone.
      void vaultOf(draft).forget(before.filter((slot) => !kept.has(slot)))
      return ok(draft)
    },
    discard: inTurn(async (draftId) => {
      const open = find(draftId)
      if (!open.ok) return open
      const { draft, rows } = open.value
      store.drafts.remove(draftId)
      opened.delete(draftId)
      await vaultOf(draft).forget([...slotsOf(rows), ...typedSlots(draft)])
      return ok({})
    }),
    give: inTurn(give),
    single(draftId) {
      const open = find(draftId)
      if (!open.ok) return open
      if (open.value.draft.source?.kind === 'single') return ok(open.value.draft)
      open.value.rows = []
      open.value.table = undefined
      open.value.cross = new Map()
      return ok(
        store.together(() => {
          store.drafts.replaceRows(draftId, [])
          return save(open.value, { source: { kind: 'single' }, counts: noComputers })
        })
      )
    },
    map: inTurn(map),
    readRows,
    fix: inTurn(fix),
    leaveOut(draftId, numbers, leftOut) {
      const found = find(draftId)
      if (!found.ok) return found
      const open = found.value
      const changed: KeptRow[] = []
      for (const number of numbers) {
        const row = open.rows[number]
        if (!row) return fail('row-gone')
        changed.push({ ...row, leftOut })
      }
      for (const row of changed) open.rows[row.row] = row
      open.cross = crossIssues(open.rows)
      return ok(
        store.together(() => {
          store.drafts.saveRows(draftId, changed)
          return save(open, { counts: countRows(open) })
        })
      )
    },
    async keepSecret(draftId, purpose, value) {
      const open = find(draftId)
      if (!open.ok) return open
      const slot = `draft/${draftId}/${purpose}/${newId()}`
      const kept = await vaultOf(open.value.draft).keep(slot, value)
      return kept.ok ? ok({ slot }) : kept
    },
    ready(draftId) {
      const found = find(draftId)
      if (!found.ok) return found
      const open = found.value
      const rows = readyRows(open)
      const { source } = open.draft
      const name = source?.kind === 'file' ? source.name : (rows[0]?.values.name ?? 'single computer')
      return ok({ draft: open.draft, computers: rows.map(computerOf), source: name })
    },
    started: (draftId) => void opened.delete(draftId)
  }
}
