// Audit entries of another laptop: whether they follow one another and are what their hashes say, when they come and ever after.
import type { Laptop, ReturnedChain } from '../../shared/audit.ts'
import { hashOf } from '../store/chain.ts'
import type { Vouching } from '../store/returnedAudit.ts'
import type { Store } from '../store/store.ts'
import type { HistoryEntry } from './contents.ts'
import { fingerprintOf } from './keys.ts'

/** Entries about other work come without their text; then the hash is all there is. */
const isWritten = ({ seq, prev, hash, line }: HistoryEntry): boolean =>
  line === null || hashOf({ seq, prev, ...line }) === hash

/** Of a pack: no gap in it, and nothing altered. */
export const holds = (entries: readonly HistoryEntry[]): boolean =>
  entries.every((entry, at) => {
    const before = entries[at - 1]
    const follows = before === undefined || (entry.seq === before.seq + 1 && entry.prev === before.hash)
    return follows && isWritten(entry)
  })

/** Laptops of which entries are here. */
export function laptopsOf(store: Store): Laptop[] {
  const signers = new Map(store.packs.signers().map((signer) => [signer.key, signer]))
  return store.returnedAudit.laptops().map(({ origin, entries, links }) => {
    const signer = signers.get(origin)
    return {
      ...{ origin, entries, links },
      name: signer?.name ?? 'A laptop that is no longer known',
      fingerprint: signer ? fingerprintOf(signer) : ''
    }
  })
}

interface Walk {
  readonly from: number
  readonly to: number
  /** The last entry before each gap, and the last of all. */
  readonly ends: readonly HistoryEntry[]
  readonly gaps: readonly string[]
  readonly hashes: ReadonlySet<string>
  readonly broken: { readonly at: number; readonly why: string } | undefined
}

/** Through all entries of a laptop; several packs may leave gaps between them. */
function walk(entries: Iterable<HistoryEntry>): Walk {
  const ends: HistoryEntry[] = []
  const gaps: string[] = []
  const hashes = new Set<string>()
  let from = 0
  let before: HistoryEntry | undefined
  let broken: Walk['broken']
  for (const entry of entries) {
    const { seq, prev, hash } = entry
    if (before === undefined) from = seq
    else if (seq > before.seq + 1) {
      gaps.push(seq === before.seq + 2 ? `${seq - 1}` : `${before.seq + 1} to ${seq - 1}`)
      ends.push(before)
    } else if (prev !== before.hash) {
      broken ??= { at: seq, why: `Entry ${seq} does not follow the entry before it: one of the two was replaced.` }
    }
    if (!isWritten(entry)) broken ??= { at: seq, why: `Entry ${seq} is not what was written.` }
    hashes.add(hash)
    before = entry
  }
  if (before) ends.push(before)
  return { from, to: before?.seq ?? 0, ends, gaps, hashes, broken }
}

/**
 * Judges what is kept of one laptop's log. `vouching`: what the own log noted of it when packs were taken in; `named` says that
 * an entry speaks of this laptop for certain. `archived`: older entries of the own log are elsewhere.
 */
export function judgeHistory(
  entries: Iterable<HistoryEntry>,
  vouching: readonly (Pick<Vouching, 'seq' | 'head'> & { readonly named: boolean })[],
  archived: boolean
): ReturnedChain {
  const { from, to, ends, gaps, hashes, broken } = walk(entries)
  const last = ends.at(-1)
  const vouchedBy = vouching.find(({ head }) => head === last?.hash)?.seq ?? null
  const told = { from, to, brokenAt: null, vouchedBy }
  const gone = vouching.find(({ named, head }) => named && !hashes.has(head))
  const loose = ends.find(({ hash }) => !vouching.some(({ head }) => head === hash))
  if (broken) return { ...told, state: 'broken', brokenAt: broken.at, why: broken.why }
  if (gone) {
    const why = `Entry ${gone.seq} of this log noted an end of it that is no longer there: entries were taken out or replaced.`
    return { ...told, state: 'broken', why }
  }
  if (loose && !archived) {
    const why = `No entry of this log has noted entry ${loose.seq} when a pack was taken in: entries were taken out or added.`
    return { ...told, state: 'broken', brokenAt: loose.seq, why }
  }
  const lacks = [
    ...(gaps.length > 0 ? [`Not come in any pack: entries ${gaps.join(', ')}.`] : []),
    ...(loose ? ['The entry of this log that noted its end is in an archive.'] : [])
  ]
  return { ...told, state: lacks.length > 0 ? 'partial' : 'whole', why: lacks.join(' ') }
}

/** The kept entries of one laptop, judged by what this store has noted of it. */
export function verifyLaptop(store: Store, origin: string): ReturnedChain {
  const { returnedAudit, audit } = store
  const laptop = laptopsOf(store).find((one) => one.origin === origin)
  const vouching = returnedAudit.vouching().flatMap(({ seq, head, signer, fingerprint }) => {
    const named = fingerprint !== undefined && fingerprint === laptop?.fingerprint
    return named || (fingerprint === undefined && signer === laptop?.name) ? [{ seq, head, named }] : []
  })
  return judgeHistory(returnedAudit.lines(origin), vouching, audit.heads.anchor() !== undefined)
}
