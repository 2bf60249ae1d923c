// Judges a chain of audit entries, wherever it lies: in the store, in archives before it, or in an exported file.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { AuditKind, Chain } from '../../shared/audit.ts'
import { isSignedBy } from '../signature.ts'

/** One entry as it is stored and exported; `body` stays the very text that was hashed. */
export interface Line {
  readonly seq: number
  readonly at: number
  readonly actor: string
  readonly kind: string
  readonly import_id: string | null
  readonly job_id: string | null
  readonly computer: string | null
  readonly body: string
  readonly prev: string
  readonly hash: string
}

/** "Entry `seq` had this hash at this time", signed by the installation. */
export interface Head {
  readonly seq: number
  readonly hash: string
  /** ms since 1970. */
  readonly at: number
  /** SubjectPublicKeyInfo, base64. */
  readonly key: string
  /** Ed25519 over `headText`, base64. */
  readonly signature: string
}

/** A run of entries without a gap: of one file, or of the store. */
export interface Piece {
  /** What a person calls it: "the file 2026.jsonl", "the store". */
  readonly name: string
  /** Number of its first entry, and the hash of the one before that. */
  readonly from: number
  readonly prev: string
  readonly lines: Iterable<Line>
  readonly heads: readonly Head[]
  /** Number of its last entry, where something else knows it. */
  readonly to?: number | undefined
  /** Its hash, where it was signed with the whole. */
  readonly toHash?: string | undefined
}

/** What stands before the first entry. */
export const genesis = '0'.repeat(64)

export const hashOf = (line: Omit<Line, 'hash'>): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        line.seq,
        line.at,
        line.actor,
        line.kind,
        line.import_id,
        line.job_id,
        line.computer,
        line.body,
        line.prev
      ])
    )
    .digest('hex')

/** The bytes that are signed for a head. */
export const headText = (installation: string, { seq, hash, at }: Pick<Head, 'seq' | 'hash' | 'at'>): Uint8Array =>
  new TextEncoder().encode(['amt-audit-head 1', installation, seq, hash, at].join('\n'))

const nobody = { installation: '', keys: [] } as const

/** Whose signatures count: the installation, and every key it ever had. */
export interface Signer {
  readonly installation: string
  readonly keys: readonly string[]
}

const isHeadBy = ({ installation, keys }: Signer = nobody, head: Head): boolean =>
  keys.includes(head.key) &&
  isSignedBy(head.key, headText(installation, head), new Uint8Array(Buffer.from(head.signature, 'base64')))

interface Break {
  readonly at: number
  readonly why: string
}

/** How far a walk has come: the last entry that fits, and the last one that a signature stands for. */
interface Place {
  seq: number
  hash: string
  entries: number
  signed: number
}

/** The first entry of a piece that does not fit where it stands. */
function broken(line: Line, place: Place, lines: Iterable<Line>): Break | undefined {
  const wanted = place.seq + 1
  if (line.seq < wanted) return { at: line.seq, why: `Entry ${line.seq} stands there twice.` }
  if (line.seq > wanted) {
    const later = Array.isArray(lines) && (lines as readonly Line[]).some(({ seq }) => seq === wanted)
    const why = later
      ? `Entry ${wanted} is not in its place: entry ${line.seq} stands there.`
      : `Entry ${wanted} is missing.`
    return { at: wanted, why }
  }
  if (line.prev !== place.hash) {
    const why = `Entry ${line.seq} does not follow the entry before it: one of the two was replaced.`
    return { at: line.seq, why }
  }
  if (hashOf(line) !== line.hash) return { at: line.seq, why: `Entry ${line.seq} is not what was written.` }
  return undefined
}

const keyKinds: readonly string[] = ['installation key made', 'installation key replaced'] satisfies AuditKind[]
const keyBody = z.object({ publicKey: z.string() })

/** An entry that tells of a key which nobody knows any more: the keys were taken away, and the signatures with them. */
function keyGone({ kind, body, seq }: Line, { keys }: Signer = nobody): Break | undefined {
  if (!keyKinds.includes(kind)) return undefined
  const { publicKey } = keyBody.parse(JSON.parse(body))
  return keys.includes(publicKey) ? undefined : { at: seq, why: `The key that entry ${seq} tells of is gone.` }
}

/** Entries that fit one another, and not what was signed: everything since the last good head may have been rewritten. */
const rewritten = (place: Place, seq: number): Break => ({
  at: place.signed + 1,
  why:
    place.signed + 1 === seq
      ? `Entry ${seq} is not the one that was signed.`
      : `Between entry ${place.signed + 1} and entry ${seq} the history was written anew: it is not the one that was signed.`
})

function walk(piece: Piece, place: Place, signer: Signer | undefined): Break | undefined {
  const signed = new Map(piece.heads.map(({ seq, hash }) => [seq, hash]))
  if (piece.to !== undefined && piece.toHash !== undefined) signed.set(piece.to, piece.toHash)
  for (const head of piece.heads) {
    if (!isHeadBy(signer, head)) {
      return { at: head.seq, why: `The signature for entry ${head.seq} is not by this installation.` }
    }
  }
  if (piece.from !== place.seq + 1) {
    return piece.from > place.seq + 1
      ? { at: place.seq + 1, why: `Entries ${place.seq + 1} to ${piece.from - 1} are missing before ${piece.name}.` }
      : { at: piece.from, why: `${piece.name} begins at entry ${piece.from}, which was there already.` }
  }
  if (piece.prev !== place.hash) return { at: piece.from, why: `${piece.name} does not follow what is before it.` }
  for (const line of piece.lines) {
    const found = broken(line, place, piece.lines) ?? keyGone(line, signer)
    if (found) return found
    const hash = signed.get(line.seq)
    if (hash !== undefined && hash !== line.hash) return rewritten(place, line.seq)
    Object.assign(place, { seq: line.seq, hash: line.hash, entries: place.entries + 1 })
    if (hash !== undefined) place.signed = line.seq
  }
  const known = Math.max(piece.to ?? 0, ...signed.keys())
  if (known > place.seq) {
    const count = known - place.seq
    return {
      at: place.seq + 1,
      why: count === 1 ? '1 entry is missing at the end.' : `${count} entries are missing at the end.`
    }
  }
  if (piece.to !== undefined && place.seq > piece.to) {
    return { at: piece.to + 1, why: `Entry ${piece.to + 1} was added after ${piece.name} was signed.` }
  }
  return undefined
}

/**
 * Walks pieces in their order. Without a signer nothing was ever signed. The chain may begin after an archive that is not
 * given; `startsAt` says where.
 */
export function judge(pieces: readonly Piece[], signer: Signer | undefined): Chain {
  const [first] = pieces
  const startsAt = first?.from ?? 1
  const place: Place = { seq: startsAt - 1, hash: first?.prev ?? genesis, entries: 0, signed: startsAt - 1 }
  let found: Break | undefined
  if (startsAt === 1 && place.hash !== genesis) found = { at: 1, why: 'Entry 1 claims that something was before it.' }
  for (const piece of pieces) found ??= walk(piece, place, signer)
  const rest = { entries: place.entries, head: place.hash, startsAt, signedTo: signer ? place.signed : null }
  if (found) return { ...rest, holds: false, brokenAt: found.at, why: found.why }
  const begin = startsAt === 1 ? '' : ` The chain begins at entry ${startsAt}; the ones before are in an archive.`
  const all =
    place.entries === 1 ? 'Its one entry is what was written.' : `All ${place.entries} entries follow one another.`
  return { ...rest, holds: true, brokenAt: null, why: `${all}${begin}` }
}
