// The planner: batch after batch into the stretches of time that are allowed, always reckoned with the slow ones and the margin.
import {
  type Batch,
  batchOf,
  capacity,
  held,
  hour,
  type Limit,
  limitsOf,
  type Planning,
  type Terms,
  termsOf
} from './batch.ts'
import { type Opening, openings } from './openings.ts'
import type { Pace } from './pace.ts'
import { type HelloKind, helloKinds, type Schedule } from './settings.ts'

export interface Plan {
  readonly fits: boolean
  readonly batches: readonly Batch[]
  readonly parallel: number
  readonly pace: Pace
  /** When work may be begun, from now to the end of the plan. */
  readonly openings: readonly Opening[]
  /** What runs out first, and by how many ms, when it does not fit. */
  readonly short: { readonly limit: Limit; readonly by: number; readonly batch: number } | null
}

/** A plan looks so far ahead, and makes at most so many batches. */
export const aheadDays = 62
const mostBatches = 500

/** How many computers are of each kind; null for all when no hello is waited for. */
export type Groups = readonly { readonly kind: HelloKind | null; readonly computers: number }[]

/** Groups of computers told one by one, in the order they are planned: the shortest window first. */
export const groupsOf = (kinds: readonly (HelloKind | null)[]): Groups =>
  [null, ...helloKinds]
    .map((kind) => ({ kind, computers: kinds.filter((each) => each === kind).length }))
    .filter(({ computers }) => computers > 0)

/** All computers with the hello window that the schedule names. */
export const allAlike = (schedule: Schedule, computers: number): Groups =>
  computers === 0 ? [] : [{ kind: schedule.hello?.kind ?? null, computers }]

/** What stands in the way of computers for which no place was found. */
function shortOf(terms: Terms, open: readonly Opening[], last: Batch): NonNullable<Plan['short']> {
  const { schedule, parallel } = terms
  const [first] = limitsOf(terms, last.kind, last.startsAt)
  if (schedule.export !== null && schedule.export.exportedAt !== null && first !== undefined) {
    const by = last.heldUntil - first.at
    return by > 0
      ? { limit: first.limit, by, batch: last.number }
      : { limit: 'change', by: held(terms, last.computers), batch: last.number }
  }
  const least = held(terms, Math.min(schedule.size ?? parallel, last.computers))
  const longest = Math.max(0, ...open.map(({ from, to }) => to - from))
  const tooShort = [
    ...(first === undefined ? [] : [{ limit: first.limit, room: first.at - last.startsAt }]),
    { limit: 'change' as const, room: longest }
  ]
    .filter(({ room }) => room < least)
    .sort((a, b) => a.room - b.room)
  const [reason] = tooShort
  if (reason !== undefined) return { limit: reason.limit, by: least - reason.room, batch: last.number }
  return { limit: 'ahead', by: held(terms, last.computers), batch: last.number }
}

/**
 * Plans the groups one after another. Equal computers take equal rounds, so taking the most that fits into each stretch of time
 * is the best there is: more room, more hands or a quicker fleet never make a plan worse. Kinds are not mixed within a batch.
 * Computers for which there is no place are the last batch of their kind, marked as not fitting.
 */
export function planGroups(schedule: Schedule, groups: Groups, planning: Planning): Plan {
  const terms = termsOf(schedule, planning)
  const horizon = planning.now + aheadDays * 24 * hour
  const open = openings(schedule.changes, planning.now, horizon, planning.offset)
  const batches: Batch[] = []
  let short: Plan['short'] = null
  // Before they are exported there is nothing to import.
  let at = Math.max(planning.now, schedule.export?.exportedAt ?? planning.now)
  let place = 0
  for (const { kind, computers } of groups) {
    let left = computers
    while (left > 0) {
      const opening = open[place]
      if (opening === undefined || at >= horizon || batches.length >= mostBatches) break
      const start = Math.max(at, opening.from)
      const end = Math.min(opening.to, ...limitsOf(terms, kind, start).map((limit) => limit.at))
      const most = capacity(terms, end - start)
      const count = Math.min(left, schedule.size ?? most)
      if (count === 0 || count > most) {
        // Nothing more before this window closes; without another window there is no other place.
        place += 1
        continue
      }
      const batch = batchOf(terms, batches.length + 1, kind, count, start, opening.to)
      batches.push(batch)
      left -= count
      at = batch.heldUntil
      if (at >= opening.to) place += 1
    }
    if (left === 0) continue
    const next = open.find(({ to }) => to > at)
    const start = Math.max(at, next?.from ?? at)
    const rest = { ...batchOf(terms, batches.length + 1, kind, left, start, next?.to ?? start), fits: false }
    batches.push(rest)
    short ??= shortOf(terms, open, rest)
    at = rest.heldUntil
    place = open.findIndex(({ to }) => to > at)
    if (place === -1) place = open.length
  }
  return { fits: short === null, batches, parallel: terms.parallel, pace: planning.pace, openings: open, short }
}

/** Plans so many computers, all with the hello window that the schedule names. */
export const plan = (schedule: Schedule, computers: number, planning: Planning): Plan =>
  planGroups(schedule, allAlike(schedule, computers), planning)

/** Which batch (its place in the list) each computer belongs to; every computer is in exactly one. */
export function assign({ batches }: Pick<Plan, 'batches'>, kinds: readonly (HelloKind | null)[]): readonly number[] {
  const free = batches.map(({ computers }) => computers)
  return kinds.map((kind) => {
    const index = batches.findIndex((batch, each) => batch.kind === kind && (free[each] ?? 0) > 0)
    free[index] = (free[index] ?? 0) - 1
    return index
  })
}
