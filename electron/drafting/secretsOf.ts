// Secrets of a draft's rows on their way into the keychain, and out of it when nothing needs them any more.

import { type Field, isSecret, secretFields } from '../../shared/computer.ts'
import type { Draft } from '../../shared/draft.ts'
import { fail, ok, type Result } from '../../shared/problem.ts'
import { secretSlots } from '../../shared/profile.ts'
import type { IntakeRow } from '../intake/rows.ts'
import type { KeptRow } from '../store/keptRow.ts'
import type { Store } from '../store/store.ts'
import { oneTurn, type Turns } from '../turns.ts'
import { entriesOf, entryOf, type Vault } from '../vault.ts'
import type { Changed, Taken } from './edits.ts'
import { rowsOfStep, type Step } from './history.ts'
import type { Open } from './open.ts'

/** Where secrets are listed, and where they are kept. */
export interface Keeping {
  readonly store: Store
  readonly vault: Vault
}

/** Slots that a row points to, or pointed to before it was edited. */
function addEntries(to: Set<string>, row: KeptRow | undefined): void {
  if (row === undefined) return
  for (const field of secretFields) {
    if (row.values[field] !== '') to.add(entryOf(row.values[field]))
    const found = row.found[field]
    if (found !== undefined && found !== '') to.add(entryOf(found))
  }
}

/** Slots of accounts, and of the secrets that the profile wants. */
export const typedSlots = ({ accounts, profile }: Pick<Draft, 'accounts' | 'profile'>): string[] => [
  ...accounts.flatMap(({ slot }) => slot ?? []),
  ...secretSlots(profile)
]

const hasSecrets = (row: KeptRow | IntakeRow): row is IntakeRow => 'secrets' in row

/** The row with slots in place of its secrets. Written out, so that all rows have one shape and none carries a secret on. */
function withSlots(row: KeptRow | IntakeRow, slots: ReadonlyMap<string, string>): KeptRow {
  if (!hasSecrets(row)) return row
  const { secrets } = row
  const slotOf = (field: Field): string => {
    const secret = isSecret(field) ? secrets[field] : undefined
    return secret === undefined ? row.values[field] : (slots.get(secret) ?? '')
  }
  const none = Object.keys(secrets).length === 0
  return {
    row: row.row,
    line: row.line,
    file: row.file,
    values: none
      ? row.values
      : {
          ...row.values,
          mebxPassword: slotOf('mebxPassword'),
          adminPassword: slotOf('adminPassword'),
          oneTimePassword: slotOf('oneTimePassword')
        },
    found: row.found,
    edited: row.edited,
    asFound: row.asFound,
    issues: row.issues,
    leftOut: row.leftOut,
    automatic: row.automatic,
    known: row.known,
    differs: row.differs
  }
}

/** The same list, with slots in place of secrets that are in the map already. */
export async function slotted(
  rows: Taken,
  slots: ReadonlyMap<string, string>,
  turns: Turns
): Promise<KeptRow[] | null> {
  for (const [at, row] of rows.entries()) {
    const more = turns.next(at, rows.length)
    if (more !== true && !(await more)) return null
    rows[at] = withSlots(row, slots)
  }
  return rows
}

/** Every distinct secret of the rows that no slot is known for. */
export async function newSecrets(
  rows: Changed,
  slots: ReadonlyMap<string, string>,
  turns: Turns
): Promise<string[] | null> {
  const found = new Set<string>()
  for (const [at, row] of rows.entries()) {
    const more = turns.next(at, rows.length)
    if (more !== true && !(await more)) return null
    if (!hasSecrets(row)) continue
    for (const field of secretFields) {
      const secret = row.secrets[field]
      if (secret !== undefined && !slots.has(secret)) found.add(secret)
    }
  }
  return [...found]
}

/**
 * After a restart nobody knows which slot holds which secret: those of the rows that are there are read once, so that the same
 * password in a list is known as the same. Problem: keychain-missing.
 */
export async function recallSlots(
  open: Open,
  there: readonly KeptRow[],
  list: readonly IntakeRow[],
  vault: Vault,
  turns: Turns
): Promise<Result<null>> {
  if (there.length === 0 || !list.some(({ secrets }) => Object.keys(secrets).length > 0)) return ok(null)
  const known = new Set(open.slots.values())
  const unknown = new Set<string>()
  for (const { values } of there) {
    for (const field of secretFields) if (values[field] !== '' && !known.has(values[field])) unknown.add(values[field])
  }
  const found = await vault.findMany([...unknown], turns)
  if (!found.ok) return found
  for (const [slot, secret] of found.value) if (!open.slots.has(secret)) open.slots.set(secret, slot)
  return ok(null)
}

/** Puts the rows' secrets into the keychain, each distinct one once. Problems: keychain-…, reading-cancelled. */
export async function keepSecrets(
  open: Open,
  rows: Changed,
  tools: Keeping & { readonly newId: () => string },
  turns: Turns
): Promise<Result<null>> {
  const { id, practice } = open.draft
  const secrets = await newSecrets(rows, open.slots, turns)
  if (secrets === null) return fail('reading-cancelled')
  if (secrets.length === 0) return ok(null)
  const name = `draft/${id}/rows/${tools.newId()}`
  const entries = entriesOf(name, secrets)
  tools.store.drafts.listEntries(id, entries, practice)
  const kept = await tools.vault.keepMany(name, secrets, turns)
  if (!kept.ok) {
    tools.store.drafts.dropEntries(id, entries)
    return kept
  }
  for (const [at, secret] of secrets.entries()) open.slots.set(secret, kept.value[at] ?? '')
  return ok(null)
}

/** Every version of a row that may be wanted again. */
function* wanted(open: Open): Iterable<KeptRow | undefined> {
  yield* open.grown?.sheet.rows ?? []
  yield* open.file?.base ?? []
  for (const step of open.history.steps()) yield* rowsOfStep(step)
}

/** Entries that these rows point to. */
async function entriesOfRows(rows: Iterable<KeptRow | undefined>, turns: Turns): Promise<Set<string>> {
  const entries = new Set<string>()
  for (const row of rows) {
    const more = turns.next(0, 0)
    if (more !== true) await more
    addEntries(entries, row)
  }
  return entries
}

/** Forgets these entries of a draft, unless something needs them. */
async function forgetEntries(
  open: Open,
  entries: Iterable<string>,
  { store, vault }: Keeping,
  turns: Turns
): Promise<void> {
  const used = await entriesOfRows(wanted(open), turns)
  const unused = new Set([...entries].filter((entry) => !used.has(entry)))
  if (unused.size === 0) return
  for (const [secret, slot] of open.slots) if (unused.has(entryOf(slot))) open.slots.delete(secret)
  await vault.forget(unused)
  store.drafts.dropEntries(open.draft.id, [...unused])
}

/** Forgets what only these steps needed, which cannot be undone or redone any more. */
export async function forgetSteps(open: Open, steps: readonly Step[], keeping: Keeping, turns: Turns): Promise<void> {
  const entries = new Set<string>()
  for (const step of steps) for (const entry of await entriesOfRows(rowsOfStep(step), turns)) entries.add(entry)
  if (entries.size > 0) await forgetEntries(open, entries, keeping, turns)
}

/** Forgets every entry of an opened draft that nothing needs: what undo needed before a restart. */
export async function forgetUnused(open: Open, keeping: Keeping, turns: Turns): Promise<void> {
  const entries = keeping.store.drafts.entries(open.draft.id).map(({ entry }) => entry)
  if (entries.length > 0) await forgetEntries(open, entries, keeping, turns)
}

/** Forgets the rows' entries of a draft that is gone, except those that jobs of these slots need. */
export async function forgetGone(
  draftId: string,
  jobSlots: readonly string[],
  { store, vault }: Keeping
): Promise<void> {
  const used = new Set(jobSlots.map(entryOf))
  const entries = store.drafts.entries(draftId).map(({ entry }) => entry)
  await vault.forget(entries.filter((entry) => !used.has(entry)))
  store.drafts.dropEntries(draftId, entries)
}

/** For rows that go to no keychain: a slot for each secret that says nothing. */
export async function slottedNowhere(rows: Changed): Promise<KeptRow[]> {
  const secrets = (await newSecrets(rows, new Map(), oneTurn)) ?? []
  const slots = new Map(secrets.map((secret, at) => [secret, `nowhere#${at}`]))
  return (await slotted([...rows], slots, oneTurn)) ?? []
}
