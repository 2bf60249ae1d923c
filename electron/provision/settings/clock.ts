// The AMT clock is set when it is further off than the allowed drift; Kerberos and certificates depend on it.
import { ok, type Result } from '../../../shared/problem.ts'
import { timeSynchronizationService } from '../../wsman/amt/timeSynchronizationService.ts'
import type { Attempt } from '../attempt.ts'
import type { Setting } from '../setting.ts'
import { openedDevice } from '../steps/opened.ts'

const seconds = (ms: number): number => Math.round(ms / 1000)

/** How far the device's clock is ahead of ours, in seconds. */
export async function drift(attempt: Attempt): Promise<Result<number>> {
  const answer = await timeSynchronizationService.getLowAccuracyTimeSynch(openedDevice(attempt))
  return answer.ok ? ok(answer.value.Ta0 - seconds(attempt.tools.clock.now())) : answer
}

async function make(attempt: Attempt): Promise<Result<null>> {
  const device = openedDevice(attempt)
  const { clock } = attempt.tools
  const asked = await timeSynchronizationService.getLowAccuracyTimeSynch(device)
  if (!asked.ok) return asked
  const now = seconds(clock.now())
  const set = await timeSynchronizationService.setHighAccuracyTimeSynch(device, {
    Ta0: asked.value.Ta0,
    Tm1: now,
    Tm2: now
  })
  return set.ok ? ok(null) : set
}

/** "38 s slow" */
export const driftWords = (off: number): string => `${Math.abs(off)} s ${off > 0 ? 'fast' : 'slow'}`

export const clock: Setting = {
  name: 'clock',
  wanted: (profile) => profile.clock,
  want: async () => ok({ clock: 'right' }),
  async look(attempt) {
    const off = await drift(attempt)
    if (!off.ok) return off
    if (Math.abs(off.value) <= attempt.tools.pace.drift) return ok([])
    const why = 'A wrong clock is not worth going back to.'
    const words = { setting: 'Clock', from: driftWords(off.value), to: 'right' }
    return ok([{ step: 'clock', key: 'clock', ...words, reversible: false, why }])
  },
  make
}
