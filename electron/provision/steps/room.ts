// Before the first write: whether the device can have the key that the profile chooses, and its certificate store the room for
// what the profile adds. Otherwise half of it would be made.
import { fail, ok, type Result } from '../../../shared/problem.ts'
import { needsClientCertificate } from '../../../shared/profile/eap.ts'
import { keyRefused } from '../../../shared/profile/keys.ts'
import { onlyRemoves } from '../../../shared/profile/rules.ts'
import type { Profile } from '../../../shared/profile.ts'
import { isShort, roomWords } from '../../../shared/room.ts'
import type { Attempt, Step } from '../attempt.ts'
import { getsCertificate, type RoomFound, roomOf } from '../room.ts'
import { trustedRoots } from '../settings/trustedRoots.ts'

const addsCertificates = (profile: Profile): boolean =>
  trustedRoots.wanted(profile) || profile.tls.kind === 'on' || needsClientCertificate(profile)

/** Problem `key-refused`; and `store-full`, unless clearing what nothing uses makes the room that lacks. */
export function roomFor(attempt: Attempt, { room, freeable }: RoomFound): Result<'enough' | 'to be made'> {
  const { plan, facts } = attempt
  const why = getsCertificate(attempt) ? keyRefused(plan.profile, facts.amtVersion) : undefined
  if (why !== undefined) return fail('key-refused', { values: { why }, where: facts.endpoint })
  if (!isShort(room)) return ok('enough')
  if (plan.profile.cleanUp === 'clear' && !isShort(room, freeable)) return ok('to be made')
  const { removable } = room
  const unused =
    removable.length === 0 ? 'Everything in it is in use.' : `Nothing uses these any more: ${removable.join('; ')}.`
  return fail('store-full', { values: { room: roomWords(room), removable: unused }, where: facts.endpoint })
}

async function count(attempt: Attempt): Promise<Result<null>> {
  const found = await roomOf(attempt)
  if (!found.ok) return found
  const room = roomFor(attempt, found.value)
  if (!room.ok) return room
  attempt.found.room = room.value
  return ok(null)
}

export const room: Step = {
  name: 'room',
  writes: false,
  applies: ({ plan }) => !onlyRemoves(plan.profile) && addsCertificates(plan.profile),
  what: () => '',
  isDone: async ({ found }) => ok(found.room !== undefined),
  makeSo: count
}
