// The MEBx password: in the keychain before it is sent. No login can prove it over the network, so the device's own word must do.
import { changeWords, type Difference } from '../../../shared/change.ts'
import { generatePassword } from '../../../shared/password.ts'
import { fail, ok, type Result } from '../../../shared/problem.ts'
import { onlyRemoves } from '../../../shared/profile/rules.ts'
import { setupAndConfigurationService } from '../../wsman/amt/setupAndConfigurationService.ts'
import type { Attempt, Step } from '../attempt.ts'
import { isInUse, markSent, markTaken } from '../escrow.ts'
import { noteLack } from '../setting.ts'
import { openedDevice } from './opened.ts'

/** What the computer is known to have: by its row, or by the USB key that gave it its PID. */
const knownSlot = ({ job, found: { entry } }: Attempt): string | undefined =>
  job.computer.mebxPassword ?? (entry?.kind === 'psk' ? entry.mebx : undefined)

/** A device in set-up needs one in any case: with the profile's "keep" it is the one it is known to have, or a random one. */
const wantedSlot = (attempt: Attempt): string => {
  const { plan, job, found } = attempt
  const { mebx: choice } = plan.profile
  const known = knownSlot(attempt)
  if (choice.kind === 'keep' && found.entry && known !== undefined) return known
  return choice.kind === 'given' && choice.slot !== undefined ? choice.slot : `job/${job.id}/new-mebx`
}

/** What a change of the MEBx password is called. */
export function mebxDifference(attempt: Attempt): Difference {
  const { plan, job } = attempt
  const { kind } = plan.profile.mebx
  const ofRow = kind === 'keep' && job.computer.mebxPassword !== undefined
  const ofKey = kind === 'keep' && !ofRow && knownSlot(attempt) !== undefined
  const own = ofRow ? 'the one of the row' : ofKey ? 'the one of its USB key' : 'a new random one'
  const to = kind === 'given' ? 'the one given' : own
  const from = job.computer.mebxPassword === undefined || ofRow ? 'not known here' : 'the one of the row'
  const why = 'The old one is kept where it was known; nobody can ask the device which one it has.'
  return { step: 'mebx', key: 'mebx', setting: 'MEBx password', from, to, reversible: false, why }
}

/** Client control may not change it (wsman.md, PT_STATUS 16), nor does all firmware permit it over the network. */
export const mebxFixed = ({ found }: Attempt): string | undefined =>
  found.controlMode === 'client'
    ? 'In client control mode the MEBx password is changed at the computer only.'
    : undefined

const isLacking = ({ facts }: Attempt): boolean => facts.lacks?.some(({ step }) => step === 'mebx') === true

async function makeSo(attempt: Attempt): Promise<Result<null>> {
  const { tools, plan, job } = attempt
  const slot = wantedSlot(attempt)
  const found = await tools.vault.find(slot)
  if (!found.ok) return found
  let password = found.value
  if (password === undefined) {
    if (plan.profile.mebx.kind === 'given' || slot === knownSlot(attempt))
      return fail('secret-gone', { values: { what: 'the new MEBx password' } })
    password = generatePassword(tools.random)
    const kept = await tools.vault.keep(slot, password)
    if (!kept.ok) return kept
  }
  if (job.computer.mebxPassword !== undefined && job.computer.mebxPassword !== slot) {
    const { guid, mebxPassword } = job.computer
    tools.store.secrets.add({
      slot: mebxPassword,
      guid,
      username: 'admin',
      role: 'former',
      practice: plan.practice,
      jobId: job.id,
      purpose: 'mebx'
    })
  }
  markSent(attempt, 'mebx', slot, 'admin')
  const set = await setupAndConfigurationService.setMEBxPassword(openedDevice(attempt), { Password: password })
  if (set.ok) {
    attempt.found.mebxSent = true
    markTaken(attempt, 'mebx', slot)
  }
  // In set-up it is owed: without it there is no commit.
  else if (!attempt.found.entry && /ReturnValue 16\b/.test(set.problem.detail ?? ''))
    noteLack(attempt, 'mebx', 'The firmware does not permit changing the MEBx password over the network.')
  // Sent again it does no harm, so an answer that got lost only costs another try.
  else return set
  return ok(null)
}

export const mebx: Step = {
  name: 'mebx',
  writes: true,
  applies: ({ plan: { profile }, found }) =>
    (profile.mebx.kind !== 'keep' || found.entry !== undefined) && !onlyRemoves(profile),
  what: (attempt) => changeWords(mebxDifference(attempt)),
  differences: (attempt) => (isLacking(attempt) ? [] : [mebxDifference(attempt)]),
  async isDone(attempt) {
    // What was in use before the device was reset says nothing: each set-up sends it.
    if (attempt.found.entry) return ok(attempt.found.mebxSent === true)
    const fixed = mebxFixed(attempt)
    if (fixed !== undefined) noteLack(attempt, 'mebx', fixed)
    return isLacking(attempt) ? ok(true) : isInUse(attempt, 'mebx', wantedSlot(attempt))
  },
  makeSo
}
