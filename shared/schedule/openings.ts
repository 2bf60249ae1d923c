// Change windows in local time → stretches of real time. Pure: the zone comes in as a function, so that summer time is the caller's fact.
import type { ChangeWindow } from './settings.ts'

/** Minutes that local time is ahead of UTC at an instant (ms since 1970); it jumps where summer time begins and ends. */
export type Offset = (at: number) => number

/** A stretch of time, ms since 1970; `to` is outside of it. */
export interface Opening {
  readonly from: number
  readonly to: number
}

const minute = 60_000
const day = 86_400_000

/** Minutes since midnight of "18:00". */
export const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))

/** How long a window is, in minutes; the same time twice is a whole day. */
export function lengthOf({ from, to }: Pick<ChangeWindow, 'from' | 'to'>): number {
  const length = (minutesOf(to) - minutesOf(from) + 1440) % 1440
  return length === 0 ? 1440 : length
}

/** The window with more hours at its end, a whole day at most. */
export function longerBy(window: ChangeWindow, hours: number): ChangeWindow {
  const end = (minutesOf(window.from) + Math.min(1440, lengthOf(window) + hours * 60)) % 1440
  const two = (value: number): string => String(value).padStart(2, '0')
  return { ...window, to: `${two(Math.floor(end / 60))}:${two(end % 60)}` }
}

/**
 * The instant of a local time. When clocks are put back a time happens twice, when they are put forward one does not happen:
 * an opening then begins at the later and ends at the earlier of the two, so that it is never longer than anybody reads it.
 */
function instant(wall: number, offset: Offset, end: 'from' | 'to'): number {
  const both = [wall - offset(wall - day) * minute, wall - offset(wall + day) * minute]
  const real = both.filter((at) => at + offset(at) * minute === wall)
  const pick = end === 'from' ? Math.max : Math.min
  return pick(...(real.length > 0 ? real : both))
}

const dayOf = (at: number, offset: Offset): number => Math.floor((at + offset(at) * minute) / day)
/** 1 Monday … 7 Sunday; day 0 was a Thursday. */
const weekdayOf = (dayNumber: number): number => ((((dayNumber + 3) % 7) + 7) % 7) + 1

/** The opening of a window that begins on a local day; undefined when summer time has swallowed it. */
function openingOn(window: ChangeWindow, dayNumber: number, offset: Offset): Opening | undefined {
  const start = dayNumber * day + minutesOf(window.from) * minute
  const from = instant(start, offset, 'from')
  const to = instant(start + lengthOf(window) * minute, offset, 'to')
  return from < to ? { from, to } : undefined
}

/** Local days between two instants on which the window begins, and the day before, whose window may reach over. */
function daysOf(window: ChangeWindow, from: number, until: number, offset: Offset): readonly number[] {
  if (window.on === 'date') return [Date.parse(`${window.date}T00:00:00Z`) / day]
  const first = dayOf(from, offset) - 1
  const count = Math.max(0, dayOf(until, offset) - first + 1)
  return Array.from({ length: count }, (_, n) => first + n).filter((each) => window.days.includes(weekdayOf(each)))
}

/** When work may be begun between two instants, in order, without gaps or overlaps between neighbours. Without windows: always. */
export function openings(
  windows: readonly ChangeWindow[],
  from: number,
  until: number,
  offset: Offset
): readonly Opening[] {
  if (windows.length === 0) return [{ from, to: Number.POSITIVE_INFINITY }]
  const all = windows
    .flatMap((window) => daysOf(window, from, until, offset).map((each) => openingOn(window, each, offset)))
    .filter((opening) => opening !== undefined)
    .filter((opening) => opening.to > from && opening.from < until)
    .sort((a, b) => a.from - b.from)
  const merged: Opening[] = []
  for (const opening of all) {
    const last = merged.at(-1)
    if (last !== undefined && opening.from <= last.to) {
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, opening.to) }
    } else merged.push(opening)
  }
  return merged
}

/** Every weekly window comes round within this time. */
const aWeek = 9 * day

/** undefined while work may be begun; else when it may be again (ms since 1970), Infinity when never. */
export function closedUntil(windows: readonly ChangeWindow[], now: number, offset: Offset): number | undefined {
  if (windows.length === 0) return undefined
  const soon = openings(
    windows.filter(({ on }) => on === 'days'),
    now,
    now + aWeek,
    offset
  )
  const dated = openings(
    windows.filter(({ on }) => on === 'date'),
    now,
    Number.POSITIVE_INFINITY,
    offset
  )
  const all = [
    ...(windows.some(({ on }) => on === 'days') ? soon : []),
    ...(windows.some(({ on }) => on === 'date') ? dated : [])
  ]
  const from = Math.min(...all.map((opening) => opening.from))
  return from <= now ? undefined : from
}
