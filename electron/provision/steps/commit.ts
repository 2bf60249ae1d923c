// CommitChanges: what is still pending takes effect. The firmware's network restarts, so a cut answer says nothing.
import { ok, type Result } from '../../../shared/problem.ts'
import { onlyRemoves } from '../../../shared/profile/rules.ts'
import { setupAndConfigurationService } from '../../wsman/amt/setupAndConfigurationService.ts'
import type { Attempt, Step } from '../attempt.ts'
import { openedDevice } from './opened.ts'

/** Problems that only tell that the wire broke, as it may after a commit (wsman.md 8.5). */
const wireBroke = new Set(['answer-cut', 'answer-slow', 'device-silent', 'device-refused'])

async function makeSo(attempt: Attempt): Promise<Result<null>> {
  const { clock, pace } = attempt.tools
  const answer = await setupAndConfigurationService.commitChanges(openedDevice(attempt))
  if (!answer.ok && !wireBroke.has(answer.problem.code)) return answer
  await clock.sleep(pace.settle, attempt.signal)
  // Repeating the commit would prove nothing: the verify step logs in anew and reads back what is so.
  attempt.found.committed = true
  return ok(null)
}

export const commit: Step = {
  name: 'commit',
  writes: true,
  applies: ({ plan }) => !onlyRemoves(plan.profile),
  what: () => 'Changes committed',
  // Every commit wears the firmware's flash (PT_STATUS 38), so where nothing was changed none is made.
  isDone: async ({ found, job, tools }) => ok(found.committed === true || !tools.store.audit.intended(job.id)),
  makeSo
}
