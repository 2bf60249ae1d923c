// The first password of the Remote Admin Account: kept before it is sent, sent while our certificate is all the login there is, proved after the commit.
import { changeWords, type Difference } from '../../../shared/change.ts'
import { fail, ok, type Result } from '../../../shared/problem.ts'
import { authorizationService } from '../../wsman/amt/authorizationService.ts'
import type { Attempt, Step } from '../attempt.ts'
import { newPasswordSlot, tryLogin } from './login.ts'
import { openedDevice } from './opened.ts'
import { escrow } from './password.ts'

/** With "keep" there is nothing to keep: the one of the row becomes it, else a random one. */
const slotOf = ({ plan, job }: Attempt): string => {
  const { password } = plan.profile
  if (password.kind === 'given' && password.slot !== undefined) return password.slot
  if (password.kind === 'keep' && job.computer.adminPassword !== undefined) return job.computer.adminPassword
  return newPasswordSlot(job.id)
}

const difference = (attempt: Attempt): Difference => ({
  step: 'password',
  key: 'password',
  setting: 'Admin password',
  from: 'none',
  to: slotOf(attempt) === newPasswordSlot(attempt.job.id) ? 'a new random one' : 'the one given',
  reversible: false,
  why: 'A device that is set up has one in any case.'
})

async function makeSo(attempt: Attempt): Promise<Result<null>> {
  const { found } = attempt
  const next = await escrow(attempt, slotOf(attempt))
  if (!next.ok) return next
  const username = next.value.username || 'admin'
  const set = await authorizationService.setAdminAclEntryEx(openedDevice(attempt), username, next.value.password)
  if (!set.ok && (set.problem.code === 'amt-refused' || set.problem.code === 'soap-fault')) return set
  // A new connection, with it at hand: whether the device asks for it already differs, so this alone proves nothing.
  const opened = await tryLogin(attempt, { ...next.value, username })
  if (!opened.ok) {
    return fail('new-password-unproved', { where: attempt.facts.endpoint, detail: opened.problem.code })
  }
  found.device?.close()
  found.device = opened.value
  found.login = { ...next.value, username }
  found.passwordSent = true
  return ok(null)
}

export const firstPassword: Step = {
  name: 'password',
  writes: true,
  what: (attempt) => changeWords(difference(attempt)),
  differences: (attempt) => [difference(attempt)],
  isDone: async ({ found }) => ok(found.passwordSent === true),
  makeSo
}
