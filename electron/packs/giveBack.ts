// What goes into a return pack: how each computer ended here, the new secrets, and the part of the audit log that proves it.
import { guidKey } from '../../shared/guid.ts'
import { fail, ok, type Result } from '../../shared/problem.ts'
import type { KeptImport } from '../store/importPlan.ts'
import type { Store } from '../store/store.ts'
import type { Vault } from '../vault.ts'
import { type CarriedResult, mapSlots, numbered, type Return, slotsIn } from './contents.ts'
import { ownResult, resultOf } from './results.ts'

/** Imports of plans that came in a site pack. */
export const fromPacks = (store: Store): KeptImport[] =>
  store.jobs.imports().filter(({ draftId }) => draftId !== undefined && store.packs.origin(draftId) !== undefined)

/** Results of this laptop's own work; what it took in from others they give back themselves. */
function resultsOf(store: Store, { id, draftId = '' }: KeptImport, self: string): CarriedResult[] {
  const noted = new Map(
    store.packs.results(draftId).flatMap((each) => (each.origin === self ? [[each.guid, each] as const] : []))
  )
  return store.jobs.of(id).flatMap((job) => {
    const rev = ownResult(store, job)
    if (rev !== undefined) return [{ planId: draftId, rev, body: resultOf(store, job) }]
    const own = noted.get(guidKey(job.computer.guid))
    return own === undefined ? [] : [{ planId: draftId, rev: own.rev, body: own.body }]
  })
}

/** Problems: import-gone, pack-empty (nothing was worked on yet), secret-gone, those of the keychain. */
export async function returnOf(
  { store, vaultOf }: { readonly store: Store; readonly vaultOf: (practice: boolean) => Vault },
  importIds: readonly string[],
  self: string
): Promise<Result<Return>> {
  const imports = fromPacks(store).filter(({ id }) => importIds.includes(id))
  if (imports.length !== importIds.length || imports.length === 0) return fail('import-gone', { found: importIds[0] })
  const results: CarriedResult[] = []
  const values = new Map<string, string>()
  for (const kept of imports) {
    const own = resultsOf(store, kept, self)
    results.push(...own)
    const slots = [...new Set(slotsIn(own))]
    const found = await vaultOf(kept.practice).findMany(slots)
    if (!found.ok) return found
    const lost = slots.find((slot) => !found.value.has(slot))
    if (lost !== undefined) return fail('secret-gone', { values: { what: lost } })
    for (const [slot, value] of found.value) values.set(slot, value)
  }
  if (results.length === 0)
    return fail('pack-empty', { values: { why: 'No computer of these imports has been worked on to an end yet.' } })
  const { secrets, name } = numbered(values)
  return ok({
    plans: imports.map((kept) => {
      const { state: _state, ...plan } = kept
      return { planId: kept.draftId ?? '', plan: mapSlots(plan, () => undefined) }
    }),
    results: mapSlots(results, name),
    secrets,
    history: store.packs.ownHistory(imports.map(({ id }) => id))
  })
}
