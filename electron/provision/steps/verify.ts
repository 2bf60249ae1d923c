// The proof: a new connection, a new login with the final password, and every setting read back as the profile wants it.
import { sameGuid } from '../../../shared/guid.ts'
import { fail, ok, type Result } from '../../../shared/problem.ts'
import { onlyRemoves } from '../../../shared/profile/rules.ts'
import { setupAndConfigurationService } from '../../wsman/amt/setupAndConfigurationService.ts'
import { followMove } from '../../wsman/reach.ts'
import type { Attempt, Step } from '../attempt.ts'
import { notKept } from '../setting.ts'
import { pinCertificate } from './identity.ts'
import { tryLogin } from './login.ts'
import { usedLogin } from './opened.ts'
import { markPending, promote } from './password.ts'
import { reach, reachOptions, takeReached } from './reach.ts'

/** Finds the device where it is after the commit; with a certificate given to it, no other one is trusted on the way. */
async function follow(attempt: Attempt): Promise<Result<null>> {
  const { tools, job, found } = attempt
  const { endpoint: from, expects } = found
  const place = tools.locate(job.computer)
  if (!place.ok) return place
  const { host, ports } = place.value
  if (!from || expects === undefined || ports.tls === undefined) return reach.makeSo(attempt)
  const options = await reachOptions(attempt, expects)
  if (!options.ok) return options
  const { settle } = tools.pace
  const moved = await followMove(
    { from, to: { host, port: ports.tls, tls: true, pin: expects } },
    { ...options.value, clock: tools.clock, pause: settle, patience: settle * 6 }
  )
  return moved.ok ? takeReached(attempt, moved.value) : moved
}

async function prove(attempt: Attempt, settings: readonly Step[]): Promise<Result<null>> {
  const { job, tools } = attempt
  if (attempt.found.moves) {
    const found = await follow(attempt)
    if (!found.ok) return found
  }
  const opened = await tryLogin(attempt, usedLogin(attempt))
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
  tools.store.together(() => pinCertificate(attempt))
  for (const step of settings) {
    if (step.applies?.(attempt) === false) continue
    const kept = await step.isDone(attempt)
    if (!kept.ok) return kept
    if (!kept.value) return notKept(step, attempt)
  }
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

/** The last step over these settings. */
export const verify = (settings: readonly Step[]): Step => ({
  name: 'verify',
  writes: false,
  applies: ({ plan }) => !onlyRemoves(plan.profile),
  what: () => '',
  isDone: async ({ found }) => ok(found.verified === true),
  async makeSo(attempt) {
    const proved = await prove(attempt, settings)
    if (proved.ok && attempt.plan.profile.password.kind === 'keep') keepWorking(attempt)
    return proved
  }
})
