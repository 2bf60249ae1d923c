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

const wantedSlot = ({ plan, job }: Attempt): string => {
  const { mebx: choice } = plan.profile
  return choice.kind === 'given' && choice.slot !== undefined ? choice.slot : `job/${job.id}/new-mebx`
}

/** What a change of the MEBx password is called. */
export function mebxDifference({ plan, job }: Attempt): Difference {
  const to = plan.profile.mebx.kind === 'given' ? 'the one given' : 'a new random one'
  const from = job.computer.mebxPassword === undefined ? 'not known here' : 'the one of the row'
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
    if (plan.profile.mebx.kind === 'given') return fail('secret-gone', { values: { what: 'the new MEBx password' } })
    password = generatePassword(tools.random)
    const kept = await tools.vault.keep(slot, password)
    if (!kept.ok) return kept
  }
  if (job.computer.mebxPassword !== undefined) {
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
  if (set.ok) markTaken(attempt, 'mebx', slot)
  else if (/ReturnValue 16\b/.test(set.problem.detail ?? ''))
    noteLack(attempt, 'mebx', 'The firmware does not permit changing the MEBx password over the network.')
  // Sent again it does no harm, so an answer that got lost only costs another try.
  else return set
  return ok(null)
}

export const mebx: Step = {
  name: 'mebx',
  writes: true,
  applies: ({ plan: { profile } }) => profile.mebx.kind !== 'keep' && !onlyRemoves(profile),
  what: (attempt) => changeWords(mebxDifference(attempt)),
  differences: (attempt) => (isLacking(attempt) ? [] : [mebxDifference(attempt)]),
  async isDone(attempt) {
    const fixed = mebxFixed(attempt)
    if (fixed !== undefined) noteLack(attempt, 'mebx', fixed)
    return isLacking(attempt) ? ok(true) : isInUse(attempt, 'mebx', wantedSlot(attempt))
  },
  makeSo
}
