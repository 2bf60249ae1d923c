// One batch of a plan: the times of its export, import and work, how long it has to be held free, and the limits it meets.
import type { Offset } from './openings.ts'
import type { Pace } from './pace.ts'
import type { HelloKind, Schedule } from './settings.ts'

/** What a plan stands on beside the technician's decisions. */
export interface Planning {
  readonly now: number
  readonly pace: Pace
  /** Computers side by side when the schedule does not say. */
  readonly parallel: number
  readonly offset: Offset
}

/** What can run out: the hello window, the export utility's time, the change window, or the two months a plan looks ahead. */
export type Limit = 'hello' | 'export' | 'change' | 'ahead'

/** One export and import, and the work on its computers. All times ms since 1970. */
export interface Batch {
  /** From 1. */
  readonly number: number
  readonly computers: number
  /** Whose hello window it has to keep; null when no hello is waited for. */
  readonly kind: HelloKind | null
  /** The export begins (or the import, or the work: whichever the batch begins with). */
  readonly startsAt: number
  readonly importAt: number
  readonly workAt: number
  readonly expectedEnd: number
  /** Every computer as slow as the tail. */
  readonly worstEnd: number
  /** The worst case with the margin. */
  readonly heldUntil: number
  /** The first limit that the batch meets; null when there is none. */
  readonly deadline: { readonly at: number; readonly limit: 'hello' | 'export' | 'change' } | null
  readonly fits: boolean
}

export const hour = 3_600_000
const minute = 60_000
/** Everything about a schedule that does not change from batch to batch. */
export interface Terms {
  readonly schedule: Schedule
  readonly planning: Planning
  readonly parallel: number
  readonly exportTime: number
  readonly importTime: number
}

export function termsOf(schedule: Schedule, planning: Planning): Terms {
  const { export: limit } = schedule
  return {
    schedule,
    planning,
    parallel: schedule.parallel ?? planning.parallel,
    exportTime: limit !== null && limit.exportedAt === null ? schedule.exportMinutes * minute : 0,
    importTime: limit === null ? 0 : schedule.importMinutes * minute
  }
}

/** Time of so many computers side by side, when each takes `each` ms: no order of work takes longer. */
const worked = ({ parallel }: Terms, computers: number, each: number): number => Math.ceil(computers / parallel) * each

/** Time to be free for a batch: export, import, every computer as slow as the tail, and the margin. */
export function held(terms: Terms, computers: number): number {
  const { exportTime, importTime, planning, schedule } = terms
  return Math.ceil((exportTime + importTime + worked(terms, computers, planning.pace.tail)) * (1 + schedule.margin))
}

/** The most computers whose batch is through within `room` ms. */
export function capacity(terms: Terms, room: number): number {
  if (room === Number.POSITIVE_INFINITY) return room
  const { parallel, planning, schedule, exportTime, importTime } = terms
  let rounds = Math.floor((room / (1 + schedule.margin) - exportTime - importTime) / planning.pace.tail) + 1
  while (rounds > 0 && held(terms, rounds * parallel) > room) rounds -= 1
  return Math.max(0, rounds) * parallel
}

/** When a batch of this kind that begins at `start` has to be through: by its hello window, and by the export utility. */
export function limitsOf({ schedule }: Terms, kind: HelloKind | null, start: number) {
  const from = schedule.export?.exportedAt ?? start
  return [
    ...(schedule.hello !== null && kind !== null
      ? [{ limit: 'hello' as const, at: from + schedule.hello.hours[kind] * hour }]
      : []),
    ...(schedule.export !== null ? [{ limit: 'export' as const, at: from + schedule.export.hours * hour }] : [])
  ].sort((a, b) => a.at - b.at)
}

const earliest = <T extends { readonly at: number }>(list: readonly T[]): T | null =>
  list.reduce<T | null>((first, each) => (first === null || each.at < first.at ? each : first), null)

export function batchOf(
  terms: Terms,
  number: number,
  kind: HelloKind | null,
  computers: number,
  start: number,
  closes: number
): Batch {
  const { exportTime, importTime, planning } = terms
  const workAt = start + exportTime + importTime
  const deadline = earliest([
    ...limitsOf(terms, kind, start),
    ...(closes < Number.POSITIVE_INFINITY ? [{ limit: 'change' as const, at: closes }] : [])
  ])
  const heldUntil = start + held(terms, computers)
  return {
    number,
    computers,
    kind,
    startsAt: start,
    importAt: start + exportTime,
    workAt,
    expectedEnd: workAt + worked(terms, computers, planning.pace.median),
    worstEnd: workAt + worked(terms, computers, planning.pace.tail),
    heldUntil,
    deadline,
    fits: deadline === null || heldUntil <= deadline.at
  }
}
