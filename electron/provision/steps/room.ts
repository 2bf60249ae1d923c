// Before the first write: whether the device can have the key that the profile chooses, and its certificate store the room for
// what the profile adds. Otherwise half of it would be made.
import { fail, ok, type Problem, problem, type Result } from '../../../shared/problem.ts'
import { needsClientCertificate } from '../../../shared/profile/eap.ts'
import { keyRefused } from '../../../shared/profile/keys.ts'
import { onlyRemoves } from '../../../shared/profile/rules.ts'
import type { Profile } from '../../../shared/profile.ts'
import { isShort, isSurelyShort, roomWords } from '../../../shared/room.ts'
import type { StepName } from '../../../shared/steps.ts'
import type { Attempt, Step } from '../attempt.ts'
import { getsCertificate, type RoomFound, roomOf } from '../room.ts'
import { trustedRoots } from '../settings/trustedRoots.ts'

type Fit = NonNullable<Attempt['found']['room']>

const addsCertificates = (profile: Profile): boolean =>
  trustedRoots.wanted(profile) || profile.tls.kind === 'on' || needsClientCertificate(profile)

/**
 * Problem `key-refused`; `store-full` where the firmware itself told so, `store-believed-full` where that is only believed and no
 * person wants it tried; neither where clearing what nothing uses makes the room that lacks.
 */
export function roomFor(attempt: Attempt, { room, freeable }: RoomFound): Result<Fit> {
  const { plan, facts } = attempt
  const why = getsCertificate(attempt) ? keyRefused(plan.profile, facts.amtVersion) : undefined
  if (why !== undefined) return fail('key-refused', { values: { why }, where: facts.endpoint })
  if (!isShort(room)) return ok('enough')
  const freed = plan.profile.cleanUp === 'clear' ? freeable : {}
  if (!isShort(room, freed)) return ok('to be made')
  const { removable } = room
  const unused =
    removable.length === 0 ? 'Everything in it is in use.' : `Nothing uses these any more: ${removable.join('; ')}.`
  const where = facts.endpoint
  const words = roomWords(room)
  if (isSurelyShort(room, freed)) return fail('store-full', { values: { room: words, removable: unused }, where })
  if (facts.beyondPlaces) return ok('beyond')
  return fail('store-believed-full', { values: { removable: unused }, where, found: words })
}

/** The steps that add certificates and keys. */
const adding: readonly (StepName | undefined)[] = ['trustedRoots', 'clientCertificate', 'deviceCertificate']

/**
 * A refusal where more was tried than is believed to fit is told as that. The choice was for this one trial: who retries
 * after it is asked again.
 */
export function refusedBeyond(attempt: Attempt, found: Problem): Problem {
  const { step, facts } = attempt
  if (attempt.found.room !== 'beyond' || found.code !== 'amt-refused' || !adding.includes(step)) return found
  const { beyondPlaces: _tried, ...rest } = facts
  attempt.facts = rest
  const { meaning, where, detail } = found
  return problem('store-took-no-more', { values: { why: meaning }, where, detail })
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
