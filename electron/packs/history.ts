// Whether audit entries that another laptop sends follow one another, and are what their hashes say.
import { hashOf } from '../store/chain.ts'
import type { HistoryEntry } from './contents.ts'

/** Entries about other work come without their text; they only link the chain. */
export const holds = (entries: readonly HistoryEntry[]): boolean =>
  entries.every(({ seq, prev, hash, line }, at) => {
    const before = entries[at - 1]
    const follows = before === undefined || (seq === before.seq + 1 && prev === before.hash)
    return follows && (line === null || hashOf({ seq, prev, ...line }) === hash)
  })
