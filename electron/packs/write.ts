// Drafts out of the store into a site pack: rows, profiles, and the secrets they need if the person wants them in it.
import { secretFields } from '../../shared/computer.ts'
import type { Draft } from '../../shared/draft.ts'
import { fail, ok, type Result } from '../../shared/problem.ts'
import { type KeptRow, stored } from '../store/keptRow.ts'
import type { Store } from '../store/store.ts'
import type { Vault } from '../vault.ts'
import { type CarriedPlan, mapSlots, numbered, type Site, slotsIn } from './contents.ts'

/** All rows of a draft, the newest of each. */
function rowsOf(store: Store, draft: Draft): readonly KeptRow[] {
  const rows: KeptRow[] = []
  const next = store.drafts.readRows(draft.id)
  for (let some = next(); some !== undefined; some = next()) {
    for (const row of some) if (row.row < draft.counts.total) rows[row.row] = row
  }
  return rows
}

const rowSlots = ({ values }: KeptRow): string[] =>
  secretFields.map((field) => values[field]).filter((slot) => slot !== '')

/** The row with other names for its secrets; what they were before somebody edited them stays at home. */
function carried(row: KeptRow, name: (slot: string) => string | undefined): string {
  const { mebxPassword: _mebx, adminPassword: _admin, oneTimePassword: _once, ...found } = row.found
  const values = { ...row.values }
  for (const field of secretFields) values[field] = values[field] === '' ? '' : (name(values[field]) ?? '')
  return stored({ ...row, found, values })
}

/**
 * What goes into a site pack. Problems: draft-gone, pack-empty, secret-gone (the keychain has one of them no longer), those
 * of the keychain.
 */
export async function siteOf(
  { store, vaultOf }: { readonly store: Store; readonly vaultOf: (practice: boolean) => Vault },
  draftIds: readonly string[],
  withSecrets: boolean
): Promise<Result<Site>> {
  const plans: { draft: Draft; rows: readonly KeptRow[] }[] = []
  const values = new Map<string, string>()
  for (const draftId of draftIds) {
    const draft = store.drafts.find(draftId)
    if (draft === undefined) return fail('draft-gone')
    const rows = rowsOf(store, draft)
    plans.push({ draft, rows })
    if (!withSecrets) continue
    const slots = [...new Set([...slotsIn(draft), ...rows.flatMap(rowSlots)])]
    const found = await vaultOf(draft.practice).findMany(slots)
    if (!found.ok) return found
    const lost = slots.find((slot) => !found.value.has(slot))
    if (lost !== undefined) return fail('secret-gone', { values: { what: lost } })
    for (const [slot, value] of found.value) values.set(slot, value)
  }
  if (plans.every(({ rows }) => rows.length === 0))
    return fail('pack-empty', { values: { why: 'None of the chosen drafts has a computer yet.' } })
  const { secrets, name } = numbered(values)
  return ok({
    plans: plans.map(
      ({ draft, rows }): CarriedPlan => ({
        draft: { ...mapSlots(draft, name), undo: null, redo: null },
        rows: rows.map((row) => carried(row, name))
      })
    ),
    profiles: store.profiles.all(),
    withSecrets,
    secrets
  })
}
