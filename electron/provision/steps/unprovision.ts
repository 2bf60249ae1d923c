// Takes the provisioning away, in part or in whole, instead of taking the device over. After it nobody can ask the device.
import { fail, ok, type Result } from '../../../shared/problem.ts'
import { cleanUpWords } from '../../../shared/profile/cleanUp.ts'
import { onlyRemoves } from '../../../shared/profile/rules.ts'
import { setupAndConfigurationService as service } from '../../wsman/amt/setupAndConfigurationService.ts'
import type { Attempt, Step } from '../attempt.ts'
import { openedDevice } from './opened.ts'

/** Problems that only tell that the wire broke, as it may when the network of the firmware restarts. */
const wireBroke = new Set(['answer-cut', 'answer-slow', 'device-silent', 'device-refused'])

/**
 * Whether an auditor keeps the device as it is (PT_STATUS 2076; admin control before AMT 12). Firmware without the
 * question has no such lock.
 */
export async function auditLock(attempt: Attempt): Promise<Result<null>> {
  const asked = await service.getUnprovisionBlockingComponents(openedDevice(attempt))
  if (!asked.ok) return asked.problem.code === 'class-missing' ? ok(null) : asked
  return asked.value.Component.length === 0 ? ok(null) : fail('audit-locked', { where: attempt.facts.endpoint })
}

async function remove(attempt: Attempt): Promise<Result<null>> {
  const { clock, pace } = attempt.tools
  const free = await auditLock(attempt)
  if (!free.ok) return free
  const device = openedDevice(attempt)
  const answer =
    attempt.plan.profile.cleanUp === 'full'
      ? await service.unprovision(device, { ProvisioningMode: 1 })
      : await service.partialUnprovision(device)
  if (!answer.ok && wireBroke.has(answer.problem.code))
    return fail('removal-unproved', { detail: answer.problem.detail })
  if (!answer.ok && answer.problem.detail?.includes('2076'))
    return fail('audit-locked', { detail: answer.problem.detail })
  if (!answer.ok) return answer
  await clock.sleep(pace.settle, attempt.signal)
  // Its own word is the proof: who could log in before cannot any more.
  attempt.found.removed = true
  return ok(null)
}

export const unprovision: Step = {
  name: 'unprovision',
  writes: true,
  applies: ({ plan }) => onlyRemoves(plan.profile),
  what: ({ plan }) => cleanUpWords[plan.profile.cleanUp].title,
  differences: ({ plan }) => [
    {
      step: 'unprovision',
      key: 'provisioning',
      setting: 'Provisioning',
      from: 'activated',
      to: plan.profile.cleanUp === 'full' ? 'removed' : 'removed in part',
      reversible: false,
      why: 'The computer has to be provisioned again.'
    }
  ],
  isDone: async ({ found }) => ok(found.removed === true),
  makeSo: remove
}
