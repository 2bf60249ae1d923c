// For what the person in front of the computer is asked. In client control mode always, and nothing can change that.
import type { Value } from '../../../shared/change.ts'
import { fail, ok, type Result } from '../../../shared/problem.ts'
import { optInService } from '../../wsman/ips/optInService.ts'
import type { Attempt } from '../attempt.ts'
import { valuesSetting, type Wanted } from '../setting.ts'
import { openedDevice } from '../steps/opened.ts'

/** OptInRequired (wsman.md 3.5). */
const required = { none: 0, kvm: 1, all: 4_294_967_295 } as const

const words: Readonly<Record<string, string>> = {
  [required.none]: 'not asked for',
  [required.kvm]: 'for KVM',
  [required.all]: 'for every redirection'
}
const say = (value: Value): string => words[String(value)] ?? String(value)

async function read(attempt: Attempt): Promise<Result<Wanted>> {
  const service = await optInService.get(openedDevice(attempt))
  return service.ok ? ok({ OptInRequired: service.value.values.OptInRequired ?? 0 }) : service
}

async function want(attempt: Attempt): Promise<Result<Wanted>> {
  const { consent: wanted } = attempt.plan.profile
  if (wanted === 'keep') return ok({})
  const service = await optInService.get(openedDevice(attempt))
  if (!service.ok) return service
  const { OptInRequired, CanModifyOptInPolicy } = service.value.values
  if (CanModifyOptInPolicy === 0 && OptInRequired !== required[wanted]) {
    return fail('setting-fixed', {
      values: { why: 'The person at this computer is always asked: it is in client control mode, or MEBx demands it.' }
    })
  }
  return ok({ OptInRequired: required[wanted] })
}

export const consent = valuesSetting({
  name: 'consent',
  wanted: (profile) => profile.consent !== 'keep',
  values: { OptInRequired: { title: 'User consent', say } },
  want,
  read,
  async write(attempt, { OptInRequired }) {
    const device = openedDevice(attempt)
    const before = await optInService.get(device)
    return before.ok ? optInService.put(device, before.value, { OptInRequired: Number(OptInRequired) }) : before
  }
})
