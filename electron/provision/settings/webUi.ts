// The firmware's own web pages.
import { ok } from '../../../shared/problem.ts'
import { webUIService } from '../../wsman/amt/webUIService.ts'
import { valuesSetting } from '../setting.ts'
import { openedDevice } from '../steps/opened.ts'
import { disabled, enabled, switches } from './switches.ts'

export const webUi = valuesSetting({
  name: 'webUi',
  wanted: (profile) => profile.webUi !== 'keep',
  values: { web: { title: 'Web interface' } },
  want: ({ plan: { profile } }) => ok(switches({ web: profile.webUi })),
  async read(attempt) {
    const service = await webUIService.get(openedDevice(attempt))
    // 5 is "not applicable", 6 "on, but nobody is there": only 3 says off.
    return service.ok ? ok({ web: service.value.values.EnabledState !== disabled }) : service
  },
  write: (attempt, { web }) =>
    webUIService.requestStateChange(openedDevice(attempt), { RequestedState: web === true ? enabled : disabled })
})
