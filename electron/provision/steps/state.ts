// Reads what the take-over stands on: AMT is set up (state 2), and its general settings can be read.
import { fail, ok, type Result } from '../../../shared/problem.ts'
import { generalSettings } from '../../wsman/amt/generalSettings.ts'
import { setupAndConfigurationService } from '../../wsman/amt/setupAndConfigurationService.ts'
import type { Attempt, Step } from '../attempt.ts'
import { openedDevice } from './opened.ts'

/** ProvisioningState after setup (wsman.md 3, State values). */
const provisioned = 2
/** ProvisioningMode of client control; every other number is admin control or older. */
const clientControl = 4

async function read(attempt: Attempt): Promise<Result<null>> {
  const device = openedDevice(attempt)
  const setup = await setupAndConfigurationService.get(device)
  if (!setup.ok) return setup
  const { ProvisioningState, ProvisioningMode } = setup.value.values
  attempt.found.provisioningState = ProvisioningState
  if (ProvisioningState !== provisioned) {
    return fail('not-provisioned', {
      values: { state: ProvisioningState },
      found: `ProvisioningState ${ProvisioningState}`,
      expected: `ProvisioningState ${provisioned}`
    })
  }
  const settings = await generalSettings.get(device)
  if (!settings.ok) return settings
  attempt.found.realm = settings.value.values.DigestRealm
  attempt.found.controlMode = ProvisioningMode === clientControl ? 'client' : 'admin'
  attempt.found.stateRead = true
  return ok(null)
}

export const state: Step = {
  name: 'state',
  writes: false,
  what: () => '',
  isDone: async ({ found }) => ok(found.stateRead === true),
  makeSo: read
}
