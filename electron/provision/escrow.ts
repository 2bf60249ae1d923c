// Passwords that cannot be proved by a login (MEBx, users, servers): which of them is in use, as far as we set it.
import { ok, type Result } from '../../shared/problem.ts'
import type { Purpose } from '../store/secrets.ts'
import type { Attempt } from './attempt.ts'

/** Whether the secret in use for this purpose is the one in the slot: by its name, or because both say the same. */
export async function isInUse({ tools, job }: Attempt, purpose: Purpose, slot: string): Promise<Result<boolean>> {
  const current = tools.store.secrets.of(job.computer.guid, purpose).find(({ role }) => role === 'current')
  if (!current) return ok(false)
  if (current.slot === slot) return ok(true)
  const [used, wanted] = [await tools.vault.find(current.slot), await tools.vault.find(slot)]
  if (!used.ok) return used
  if (!wanted.ok) return wanted
  return ok(used.value !== undefined && used.value === wanted.value)
}

/** Notes that the slot may be in use from now on; called before it is sent. */
export function markSent({ tools, job, plan }: Attempt, purpose: Purpose, slot: string, username: string): void {
  const { store } = tools
  const about = { importId: job.importId, jobId: job.id, computer: job.computer.name }
  store.together(() => {
    store.secrets.add({
      slot,
      guid: job.computer.guid,
      username,
      role: 'pending',
      practice: plan.practice,
      jobId: job.id,
      purpose
    })
    store.audit.append('secret kept', { slot }, about)
  })
}

/** The device took it: from now on it is the one in use, and what was before is kept as the former one. */
export function markTaken({ tools, job }: Attempt, purpose: Purpose, slot: string): void {
  const { store } = tools
  const about = { importId: job.importId, jobId: job.id, computer: job.computer.name }
  store.together(() => {
    const former = store.secrets.promote(job.computer.guid, slot, purpose)
    store.audit.append('secret promoted', { slot, former: former ?? null }, about)
  })
}
