// Former passwords: kept in the keychain until the technician releases them, then gone for good.
import { guidKey } from '../shared/guid.ts'
import { ok, type Result } from '../shared/problem.ts'
import type { KeptImport } from './store/importPlan.ts'
import type { Store } from './store/store.ts'
import type { Vault } from './vault.ts'

/**
 * Slots of passwords that the computers of an import had before and that nobody needs any more: not in use on any device, not a
 * candidate of a computer that is still open, not an MEBx password. Rows with the same password share a slot.
 */
export function formerSlots(store: Store, kept: KeptImport): readonly string[] {
  const jobs = store.jobs.of(kept.id)
  const done = jobs.filter(({ state }) => state === 'done')
  const doneGuids = new Set(done.map(({ computer }) => guidKey(computer.guid)))
  const former = new Set<string>()
  const needed = new Set<string>()
  for (const { slot, guid, role } of store.secrets.all(kept.practice)) {
    if (role === 'former' && doneGuids.has(guid)) former.add(slot)
    else needed.add(slot)
  }
  for (const { state, computer } of jobs) {
    if (computer.mebxPassword !== undefined) needed.add(computer.mebxPassword)
    const once = computer.oneTimePassword
    if (once !== undefined) (state === 'done' ? former : needed).add(once)
    if (computer.adminPassword !== undefined) (state === 'done' ? former : needed).add(computer.adminPassword)
  }
  // The accounts were for all of them: as long as one is open it may need them.
  for (const { slot } of kept.accounts) {
    if (slot !== undefined) (done.length === jobs.length ? former : needed).add(slot)
  }
  return [...former].filter((slot) => !needed.has(slot) && !store.secrets.isReleased(slot))
}

/** Forgets them; nothing is noted as released that the keychain did not let go. Answers how many. Problem: keychain-failed. */
export async function release(store: Store, vault: Vault, kept: KeptImport): Promise<Result<number>> {
  const slots = formerSlots(store, kept)
  if (slots.length === 0) return ok(0)
  const gone = await vault.release(slots)
  if (!gone.ok) return gone
  store.together(() => {
    store.secrets.release(slots)
    store.audit.append('secrets released', { count: slots.length }, { importId: kept.id })
  })
  return ok(slots.length)
}
