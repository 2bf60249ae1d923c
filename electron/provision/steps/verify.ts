// The proof: a new connection, a new login with the final password, and everything read back as the profile wants it.
import { sameGuid } from '../../../shared/guid.ts'
import { fail, ok, type Result } from '../../../shared/problem.ts'
import { setupAndConfigurationService } from '../../wsman/amt/setupAndConfigurationService.ts'
import type { Attempt, Step } from '../attempt.ts'
import { clock } from './clock.ts'
import { tryLogin } from './login.ts'
import { names } from './names.ts'
import { usedLogin } from './opened.ts'
import { markPending, promote } from './password.ts'

async function prove(attempt: Attempt): Promise<Result<null>> {
  const { job, tools, plan } = attempt
  const login = usedLogin(attempt)
  const opened = await tryLogin(attempt, login)
  if (!opened.ok) return opened
  attempt.found.device?.close()
  attempt.found.device = opened.value
  const uuid = await setupAndConfigurationService.getUuid(opened.value)
  if (!uuid.ok) return uuid
  if (sameGuid(job.computer.guid, uuid.value.guid) === 'different') {
    return fail('wrong-computer', {
      where: attempt.facts.endpoint,
      found: uuid.value.guid,
      expected: job.computer.guid
    })
  }
  for (const step of [names, clock]) {
    const kept = await step.isDone(attempt)
    if (!kept.ok) return kept
    if (!kept.value) return fail('not-as-wanted', { where: step.name })
  }
  if (plan.profile.password.kind === 'keep') keepWorking(attempt)
  tools.store.jobs.change(job.id, { facts: attempt.facts })
  attempt.found.verified = true
  return ok(null)
}

/** With the password kept, the one that works becomes the current secret of this device. */
function keepWorking(attempt: Attempt): void {
  const { slot, username } = usedLogin(attempt)
  markPending(attempt, slot, username)
  promote(attempt, slot)
}

export const verify: Step = {
  name: 'verify',
  writes: false,
  what: () => '',
  isDone: async ({ found }) => ok(found.verified === true),
  makeSo: prove
}
