// The identity guard: the device's own GUID must be the row's, in one of the two byte orders, before anything is written.
import { sameGuid } from '../../../shared/guid.ts'
import { fail, ok, type Result } from '../../../shared/problem.ts'
import { setupAndConfigurationService } from '../../wsman/amt/setupAndConfigurationService.ts'
import type { Attempt, Step } from '../attempt.ts'
import { openedDevice } from './opened.ts'

async function compare(attempt: Attempt, pins: boolean): Promise<Result<null>> {
  const { job, tools } = attempt
  const about = { importId: job.importId, jobId: job.id, computer: job.computer.name }
  const answer = await setupAndConfigurationService.getUuid(openedDevice(attempt))
  if (!answer.ok) return answer
  const { guid } = answer.value
  attempt.facts = { ...attempt.facts, guid }
  const likeness = sameGuid(job.computer.guid, guid)
  if (likeness === 'different') {
    return fail('wrong-computer', { where: attempt.facts.endpoint, found: guid, expected: job.computer.guid })
  }
  const byteOrder = likeness === 'same' ? 'as in the row' : 'first three groups swapped'
  tools.store.together(() => {
    tools.store.audit.append('identity confirmed', { guid, byteOrder }, about)
    if (pins) pinCertificate(attempt)
  })
  attempt.found.identityConfirmed = true
  return ok(null)
}

/**
 * Trust on first use begins here and not at the first contact: a certificate seen at a wrong address must not become
 * this computer's. Until now the connection itself was bound to the certificate it began with, and another one than
 * known was let through only where we had issued it to this device.
 */
export function pinCertificate({ tools, job, found, facts }: Attempt): void {
  const { secrets, audit } = tools.store
  const fingerprint = found.endpoint?.pin
  if (fingerprint === undefined || secrets.pin(job.computer.guid) === fingerprint) return
  secrets.setPin(job.computer.guid, fingerprint)
  audit.append(
    'certificate trusted',
    { fingerprint, endpoint: facts.endpoint ?? '' },
    { importId: job.importId, jobId: job.id, computer: job.computer.name }
  )
}

export const identity: Step = {
  name: 'identity',
  writes: false,
  what: () => '',
  isDone: async ({ found }) => ok(found.identityConfirmed === true),
  makeSo: (attempt) => compare(attempt, true)
}

/** Before the set-up the device shows a certificate that it will not have afterwards: that one is nothing to hold it to. */
export const identityInSetUp: Step = {
  ...identity,
  makeSo: (attempt) => compare(attempt, attempt.found.entry === undefined)
}
