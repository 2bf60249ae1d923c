// Which of several results of one computer counts: a pure function of the set, so that the order of their arrival never matters.

/** A result as far as judging goes. */
export interface Judged {
  /** Signing key of the laptop it comes from. */
  readonly origin: string
  /** Grows with each new result of that laptop. */
  readonly rev: number
  readonly touched: boolean
  readonly endedAt: number | null
  /** Results with the same likeness say the same: state, and passwords in use. */
  readonly likeness: string
}

/** A person's decision, or one that work here has overtaken: whose result counts, and up to which numbers it was known. */
export interface Choice {
  readonly origin: string
  readonly over: Readonly<Record<string, number>>
}

export type Verdict<R extends Judged> =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly result: R }
  /** In the order of their origins. */
  | { readonly kind: 'conflict'; readonly sides: readonly R[] }

/** The later one counts; at the same moment the larger origin, so that it is the same everywhere. */
const later = <R extends Judged>(a: R, b: R): R => {
  const [left, right] = [a.endedAt ?? 0, b.endedAt ?? 0]
  if (left !== right) return left > right ? a : b
  return a.origin > b.origin ? a : b
}

/** Of each origin only the newest. */
export function newest<R extends Judged>(results: Iterable<R>): R[] {
  const byOrigin = new Map<string, R>()
  for (const result of results) {
    const known = byOrigin.get(result.origin)
    if (known === undefined || result.rev > known.rev) byOrigin.set(result.origin, result)
  }
  return [...byOrigin.values()].sort((a, b) => (a.origin < b.origin ? -1 : 1))
}

/**
 * A result that changed something on the device goes before those that did not; two that did and do not say the same are for a
 * person to decide. A choice settles what was known when it was made; what is newer is judged beside the chosen one.
 */
export function judge<R extends Judged>(all: Iterable<R>, choice?: Choice): Verdict<R> {
  const results = newest(all).filter(
    ({ origin, rev }) => choice === undefined || origin === choice.origin || rev > (choice.over[origin] ?? 0)
  )
  const touched = results.filter((result) => result.touched)
  const [first, ...rest] = touched.length > 0 ? touched : results
  if (first === undefined) return { kind: 'none' }
  const agree = touched.length === 0 || rest.every(({ likeness }) => likeness === first.likeness)
  return agree ? { kind: 'one', result: rest.reduce(later, first) } : { kind: 'conflict', sides: touched }
}
