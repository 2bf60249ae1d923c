// How many connections one address, and all together, may make to the hello listener: bounded whatever is sent there.

/** The bounds of a listener; each keeps memory and work small when somebody floods the port. */
export interface Limits {
  /** Connections open at once. */
  readonly connections: number
  /** Connections that one address may make at once, and how many more each second (a branch office may stand behind one). */
  readonly burst: number
  readonly perSecond: number
  /** Addresses remembered; the one that was quiet for longest is forgotten first. */
  readonly sources: number
  /** A connection on which nothing arrives for so long is closed (ms). */
  readonly idle: number
  /** A connection is closed after so long, whatever arrives (ms). */
  readonly longest: number
}

export const usualLimits: Limits = {
  connections: 256,
  burst: 200,
  perSecond: 20,
  sources: 4096,
  idle: 2_000,
  longest: 10_000
}

export interface Gate {
  /** Whether an address may connect once more now. */
  enter(source: string, now: number): boolean
}

/** A bucket for each address: it holds `burst` connections and fills by `perSecond`. */
export function gateOf({ burst, perSecond, sources }: Pick<Limits, 'burst' | 'perSecond' | 'sources'>): Gate {
  const buckets = new Map<string, { left: number; at: number }>()
  return {
    enter(source, now) {
      const before = buckets.get(source)
      const filled = before === undefined ? burst : before.left + (Math.max(0, now - before.at) / 1000) * perSecond
      const left = Math.min(burst, filled)
      // Put in anew, so that the map is in the order of last use.
      buckets.delete(source)
      buckets.set(source, { left: left >= 1 ? left - 1 : left, at: now })
      if (buckets.size > sources)
        for (const oldest of buckets.keys()) {
          buckets.delete(oldest)
          break
        }
      return left >= 1
    }
  }
}
