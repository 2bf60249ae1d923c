// From times to pixels: the stretch a timeline shows, and where its ticks stand in local time.
import type { Plan } from '../../shared/schedule/plan.ts'
import { clockTime, zoneOffset } from '../words.ts'

export interface Tick {
  readonly at: number
  readonly text: string
  /** Begins a local day. */
  readonly day: boolean
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const steps = [
  minute,
  5 * minute,
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  4 * hour,
  6 * hour,
  12 * hour,
  day,
  2 * day,
  7 * day
]

/** From now to a little after the last batch and the last limit shown. */
export function rangeOf(batches: Plan['batches'], now: number): { from: number; to: number } {
  const ends = batches.flatMap(({ heldUntil, deadline }) => [heldUntil, deadline?.at ?? heldUntil])
  const last = Math.max(now + minute, ...ends)
  return { from: now, to: last + (last - now) * 0.04 }
}

const dayText = (at: number): string =>
  new Date(at).toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short' })

/** Ticks at round local times, at least `apart` pixels from one another. */
export function ticksOf(from: number, to: number, width: number, apart: number): readonly Tick[] {
  const step = steps.find((each) => (each / (to - from)) * width >= apart) ?? 28 * day
  const ticks: Tick[] = []
  // Counted on the local clock, so that they stay round over the change of summer time.
  const first = Math.ceil((from + zoneOffset(from) * minute) / step)
  for (let n = first; ; n++) {
    const guess = n * step - zoneOffset(n * step - zoneOffset(from) * minute) * minute
    if (guess > to) return ticks
    const local = guess + zoneOffset(guess) * minute
    const midnight = local % day === 0
    ticks.push({ at: guess, text: midnight ? dayText(guess) : clockTime(guess), day: midnight })
  }
}
