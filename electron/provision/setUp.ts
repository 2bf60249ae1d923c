// The set-up of a device from nothing: its steps, in the order of a setup server, with one commit that ends it (wsman.md 3.1).
import { fail, ok } from '../../shared/problem.ts'
import { setupAndConfigurationService } from '../wsman/amt/setupAndConfigurationService.ts'
import type { Attempt, Step } from './attempt.ts'
import { stepOf } from './setting.ts'
import { clock } from './settings/clock.ts'
import { commit } from './steps/commit.ts'
import { firstPassword } from './steps/firstPassword.ts'
import { identityInSetUp } from './steps/identity.ts'
import { loginInSetUp, reachInSetUp, stateInSetUp } from './steps/inSetUp.ts'
import { mebx } from './steps/mebx.ts'
import { openedDevice, usedLogin } from './steps/opened.ts'
import { password, promote } from './steps/password.ts'
import { room } from './steps/room.ts'
import { verify } from './steps/verify.ts'
import { asAdmin, asSteps, before, makingRoom, reaching, unused } from './takeOver.ts'

const isIn = ({ found }: Attempt): boolean => found.entry !== undefined

const inSetUp = (step: Step): Step => ({
  ...step,
  applies: (attempt) => isIn(attempt) && step.applies?.(attempt) !== false
})
/** For what is left when a kill came between the commit and its proof. */
const afterwards = (step: Step): Step => ({
  ...step,
  applies: (attempt) => !isIn(attempt) && step.applies?.(attempt) !== false
})

/** Firmware wants a clock that was set before it ends a set-up (wsman.md 8.6). */
const clockFirst: Step = stepOf(clock, clock.want)

const othersBefore = asSteps(before.filter(({ name }) => name !== clock.name))

/** From the commit on nobody is let in by a certificate any more. */
const endSetUp: Step = {
  ...commit,
  async makeSo(attempt) {
    const made = await commit.makeSo(attempt)
    if (made.ok) delete attempt.found.entry
    return made
  }
}

const proof = verify([clockFirst, ...othersBefore, ...asSteps([...asAdmin, ...reaching])])

/** A new login with the new password, on a device that says of itself that it is set up. */
const proveSetUp: Step = {
  ...proof,
  async makeSo(attempt) {
    const proved = await proof.makeSo(attempt)
    if (!proved.ok) return proved
    const setup = await setupAndConfigurationService.get(openedDevice(attempt))
    if (!setup.ok) return setup
    const { ProvisioningState } = setup.value.values
    if (ProvisioningState !== 2) {
      const state = { found: `ProvisioningState ${ProvisioningState}`, expected: 'ProvisioningState 2' }
      return fail('not-as-wanted', { where: attempt.facts.endpoint, ...state })
    }
    attempt.found.provisioningState = 2
    promote(attempt, usedLogin(attempt).slot)
    return ok(null)
  }
}

/**
 * Identity before any write; then what a setup server owes (MEBx password, admin password, clock), the profile, one commit,
 * and the proof by a new login. A device that turns out to be set up goes through the same settings as in a take-over.
 */
export const setUp: readonly Step[] = [
  reachInSetUp,
  loginInSetUp,
  identityInSetUp,
  stateInSetUp,
  room,
  makingRoom,
  inSetUp(mebx),
  inSetUp(firstPassword),
  clockFirst,
  ...othersBefore,
  afterwards(password),
  ...asSteps(asAdmin),
  afterwards(mebx),
  ...asSteps(reaching),
  endSetUp,
  proveSetUp,
  ...asSteps(unused)
]
