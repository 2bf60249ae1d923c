// The dry run of one computer: everything a take-over reads, in its order, and nothing that it writes.
import type { Difference } from '../../shared/change.ts'
import { type Check, checkStateOf } from '../../shared/plan.ts'
import { ok, type Problem, type Result } from '../../shared/problem.ts'
import { onlyRemoves } from '../../shared/profile/rules.ts'
import { ethernetPortSettings } from '../wsman/amt/ethernetPortSettings.ts'
import type { Attempt, Step } from './attempt.ts'
import { roomOf } from './room.ts'
import { differencesOf } from './setting.ts'
import { drift } from './settings/clock.ts'
import { noteKerberos } from './settings/kerberos.ts'
import { identity } from './steps/identity.ts'
import { login } from './steps/login.ts'
import { mebxDifference, mebxFixed } from './steps/mebx.ts'
import { openedDevice } from './steps/opened.ts'
import { passwordDifference } from './steps/password.ts'
import { reach } from './steps/reach.ts'
import { room, roomFor } from './steps/room.ts'
import { state } from './steps/state.ts'
import { auditLock, unprovision } from './steps/unprovision.ts'
import { settings } from './takeOver.ts'

/** What the take-over does before it changes anything; the same tries of the same passwords, counted the same way. */
const reading: readonly Step[] = [reach, login, identity, state]

async function readAll(attempt: Attempt): Promise<Result<null>> {
  for (const step of reading) {
    const read = await step.makeSo(attempt)
    if (!read.ok) return read
  }
  return ok(null)
}

/** What would change, in the order in which it would. */
async function differences(attempt: Attempt): Promise<Result<readonly Difference[]>> {
  const { profile } = attempt.plan
  if (onlyRemoves(profile)) {
    const free = await auditLock(attempt)
    return free.ok ? ok(unprovision.differences?.(attempt) ?? []) : free
  }
  const found: Difference[] = []
  for (const setting of settings) {
    if (!setting.wanted(profile)) continue
    const differs = await differencesOf(attempt, setting)
    if (!differs.ok) return differs
    found.push(...differs.value)
  }
  if (profile.password.kind !== 'keep') found.push(passwordDifference(attempt))
  if (profile.mebx.kind !== 'keep' && mebxFixed(attempt) === undefined) found.push(mebxDifference(attempt))
  return ok(found)
}

const plain = (mac: string): string => mac.replace(/[^0-9a-f]/gi, '').toLowerCase()

/** Whether the wired port has the MAC address of the row. */
async function macOf(attempt: Attempt): Promise<Check['mac']> {
  const { mac } = attempt.job.computer
  if (mac === '') return 'unknown'
  const ports = await ethernetPortSettings.enumerate(openedDevice(attempt))
  if (!ports.ok) return 'unknown'
  const told = ports.value.map(({ values }) => plain(values.MACAddress ?? '')).filter((each) => !/^0*$/.test(each))
  return told.length === 0 ? 'unknown' : told.includes(plain(mac)) ? 'same' : 'differs'
}

/** What else is worth knowing, and whether there is room for the certificates. */
async function around(attempt: Attempt): Promise<Pick<Check, 'clockOff' | 'room' | 'mac' | 'problem'>> {
  const off = await drift(attempt)
  await noteKerberos(attempt)
  const found = await roomOf(attempt)
  const fits = found.ok && room.applies?.(attempt) ? roomFor(attempt, found.value) : ok('enough')
  return {
    clockOff: off.ok ? off.value : null,
    room: found.ok ? found.value.room : null,
    mac: await macOf(attempt),
    problem: fits.ok ? null : fits.problem
  }
}

/** What was found on one computer. */
export type Found = Omit<Check, 'row' | 'at' | 'stale'>

/** Looks at one computer as the take-over would. `stopped` when the signal ended it: then there is no result. */
export async function look(attempt: Attempt): Promise<Result<Found>> {
  const result = (problem: Problem | null, rest: Partial<Found> = {}): Result<Found> =>
    attempt.signal.aborted && problem !== null
      ? { ok: false, problem }
      : ok({
          name: attempt.job.computer.name,
          state: checkStateOf(problem, attempt.found.provisioningState),
          problem,
          clockOff: null,
          room: null,
          mac: 'unknown',
          differences: [],
          ...rest,
          facts: attempt.facts
        })
  try {
    const read = await readAll(attempt)
    if (!read.ok) return result(read.problem)
    const { problem, ...more } = await around(attempt)
    const differs = await differences(attempt)
    return differs.ok ? result(problem, { ...more, differences: [...differs.value] }) : result(differs.problem, more)
  } finally {
    attempt.found.device?.close()
  }
}
