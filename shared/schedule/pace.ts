// How long one computer takes in this fleet: measured on those that are done, assumed until then.

/** In ms. */
export interface Pace {
  readonly median: number
  /** What 95 of 100 stay below. */
  readonly tail: number
  /** Computers it was measured on; 0 = assumed. */
  readonly measured: number
}

/** Assumed: a few logins and one new password; the slow ones need another attempt, or a firmware that thinks it over. */
export const assumedPace: Readonly<Record<'real' | 'practice', Pace>> = {
  real: { median: 60_000, tail: 300_000, measured: 0 },
  practice: { median: 5_000, tail: 20_000, measured: 0 }
}

/** Fewer than this say nothing about the slow ones. */
const enough = 5

/** Median and slow tail of measured times (ms, any order); the assumed pace while there are too few. */
export function paceOf(times: readonly number[], assumed: Pace): Pace {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  if (sorted.length < enough) return assumed
  // A clock that was set back may have measured nothing at all; a plan needs some time for each.
  const median = Math.max(1_000, at(0.5))
  return { median, tail: Math.max(median, at(0.95)), measured: sorted.length }
}
