// Serial over LAN, IDE redirection, and the port that listens for both and for KVM.
import { ok, type Result } from '../../../shared/problem.ts'
import { redirectionService } from '../../wsman/amt/redirectionService.ts'
import type { Attempt } from '../attempt.ts'
import { valuesSetting, type Wanted } from '../setting.ts'
import { openedDevice } from '../steps/opened.ts'
import { switches } from './switches.ts'

/** EnabledState: 32768 off, and one bit each for IDE-R and SOL (wsman.md 3.5). */
const off = 32768
const iderBit = 1
const solBit = 2

async function read(attempt: Attempt): Promise<Result<{ sol: boolean; ider: boolean; listener: boolean }>> {
  const service = await redirectionService.get(openedDevice(attempt))
  if (!service.ok) return service
  const { EnabledState = off, ListenerEnabled = false } = service.value.values
  return ok({ sol: (EnabledState & solBit) !== 0, ider: (EnabledState & iderBit) !== 0, listener: ListenerEnabled })
}

async function write(attempt: Attempt, change: Wanted): Promise<Result<unknown>> {
  const device = openedDevice(attempt)
  const now = await read(attempt)
  if (!now.ok) return now
  const { sol, ider, listener } = { ...now.value, ...change }
  if ('sol' in change || 'ider' in change) {
    const RequestedState = off + (ider ? iderBit : 0) + (sol ? solBit : 0)
    const asked = await redirectionService.requestStateChange(device, { RequestedState })
    if (!asked.ok) return asked
  }
  if (!('listener' in change)) return ok(null)
  const before = await redirectionService.get(device)
  return before.ok ? redirectionService.put(device, before.value, { ListenerEnabled: listener }) : before
}

export const redirection = valuesSetting({
  name: 'redirection',
  wanted: ({ sol, ider, listener }) => [sol, ider, listener].some((wish) => wish !== 'keep'),
  values: {
    sol: { title: 'Serial over LAN' },
    ider: { title: 'IDE redirection' },
    listener: { title: 'Redirection listener' }
  },
  want: ({ plan: { profile } }) => ok(switches({ sol: profile.sol, ider: profile.ider, listener: profile.listener })),
  read,
  write
})
