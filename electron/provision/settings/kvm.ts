// KVM: whether screen, keyboard and mouse may be shared. Models without it answer that the class is missing.
import { ok } from '../../../shared/problem.ts'
import { kvmRedirectionSAP } from '../../wsman/cim/kvmRedirectionSAP.ts'
import { valuesSetting } from '../setting.ts'
import { openedDevice } from '../steps/opened.ts'
import { disabled, enabled, switches } from './switches.ts'

/** EnabledState 6: on, and nobody looks. */
const idle = 6

export const kvm = valuesSetting({
  name: 'kvm',
  wanted: (profile) => profile.kvm !== 'keep',
  values: { kvm: { title: 'KVM' } },
  want: ({ plan: { profile } }) => ok(switches({ kvm: profile.kvm })),
  async read(attempt) {
    const point = await kvmRedirectionSAP.get(openedDevice(attempt))
    if (!point.ok) return point
    const { EnabledState, RequestedState } = point.value.values
    return ok({ kvm: EnabledState === enabled || (EnabledState === idle && RequestedState !== disabled) })
  },
  write: (attempt, { kvm: wanted }) =>
    kvmRedirectionSAP.requestStateChange(openedDevice(attempt), {
      RequestedState: wanted === true ? enabled : disabled
    })
})
