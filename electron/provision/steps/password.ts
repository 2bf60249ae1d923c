// The new admin password: in the keychain and marked pending before it is sent, current only after a login with it.
import { changeWords, type Difference } from '../../../shared/change.ts'
import { generatePassword } from '../../../shared/password.ts'
import { fail, ok, type Result } from '../../../shared/problem.ts'
import { onlyRemoves } from '../../../shared/profile/rules.ts'
import { authorizationService } from '../../wsman/amt/authorizationService.ts'
import type { Attempt, Login, Step } from '../attempt.ts'
import { newPasswordSlot, tryLogin } from './login.ts'
import { openedDevice, usedLogin } from './opened.ts'

const about = ({ job }: Attempt) => ({ importId: job.importId, jobId: job.id, computer: job.computer.name })

const wantedSlot = ({ plan, job }: Attempt): string => {
  const { password } = plan.profile
  return password.kind === 'given' && password.slot !== undefined ? password.slot : newPasswordSlot(job.id)
}

/** Notes that the slot may open this device; a login with it makes it the current one. */
export function markPending({ tools, job, plan }: Attempt, slot: string, username: string): void {
  const { guid } = job.computer
  tools.store.secrets.add({ slot, guid, username, role: 'pending', practice: plan.practice, jobId: job.id })
}

/** The new password, out of the keychain: kept there now if this is the first attempt. */
export async function escrow(attempt: Attempt, slot = wantedSlot(attempt)): Promise<Result<Login>> {
  const { tools, plan } = attempt
  // Logged in as another administrator? Setting the password under that name would rename the Remote Admin Account.
  const admin = await authorizationService.getAdminAclEntry(openedDevice(attempt))
  if (!admin.ok) return admin
  const username = admin.value.Username
  const found = await tools.vault.find(slot)
  if (!found.ok) return found
  let password = found.value
  if (password === undefined) {
    if (plan.profile.password.kind === 'given')
      return fail('secret-gone', { values: { what: 'the new admin password' } })
    password = generatePassword(tools.random)
    const kept = await tools.vault.keep(slot, password)
    if (!kept.ok) return kept
  }
  tools.store.together(() => {
    markPending(attempt, slot, username)
    tools.store.audit.append('secret kept', { slot }, about(attempt))
  })
  return ok({ slot, username, password, origin: 'the new password in the keychain' })
}

/** Proves a login by using it, then makes its secret the current one of this device. */
async function prove(attempt: Attempt, next: Login): Promise<Result<null>> {
  const opened = await tryLogin(attempt, next)
  if (!opened.ok) {
    return fail('new-password-unproved', { where: attempt.facts.endpoint, detail: opened.problem.code })
  }
  attempt.found.device?.close()
  attempt.found.device = opened.value
  attempt.found.login = next
  promote(attempt, next.slot)
  return ok(null)
}

/** Marks the slot current; what was current before stays, as former. */
export function promote(attempt: Attempt, slot: string): void {
  const { store } = attempt.tools
  const known = store.secrets.of(attempt.job.computer.guid).find((secret) => secret.slot === slot)
  if (known?.role === 'current') return
  store.together(() => {
    const former = store.secrets.promote(attempt.job.computer.guid, slot)
    store.audit.append('secret promoted', { slot, former: former ?? null }, about(attempt))
  })
}

async function makeSo(attempt: Attempt): Promise<Result<null>> {
  const next = await escrow(attempt)
  if (!next.ok) return next
  const { username, password } = next.value
  const set = await authorizationService.setAdminAclEntryEx(openedDevice(attempt), username, password)
  // A refusal by the device is certain; everything else leaves open whether it took effect, so the login decides.
  if (!set.ok && (set.problem.code === 'amt-refused' || set.problem.code === 'soap-fault')) return set
  return prove(attempt, next.value)
}

/** What a change of the admin password is called, before it is made and after. */
export function passwordDifference({ plan, found }: Attempt): Difference {
  const from = found.login ? found.login.origin : 'the one that fits'
  const to = plan.profile.password.kind === 'given' ? 'the one given' : 'a new random one'
  const why = 'The old password is kept in the keychain, but whoever knew it would be let in again.'
  return { step: 'password', key: 'password', setting: 'Admin password', from, to, reversible: false, why }
}

export const password: Step = {
  name: 'password',
  writes: true,
  applies: ({ plan: { profile } }) => profile.password.kind !== 'keep' && !onlyRemoves(profile),
  what: (attempt) => changeWords(passwordDifference(attempt)),
  differences: (attempt) => [passwordDifference(attempt)],
  async isDone(attempt) {
    const login = usedLogin(attempt)
    if (login.slot !== wantedSlot(attempt)) return ok(false)
    // Logged in with it, perhaps after a crash between sending and proving: the proof is this login.
    promote(attempt, login.slot)
    return ok(true)
  },
  makeSo
}
