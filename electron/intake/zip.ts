// Reads single files out of a ZIP archive, a piece at a time, within a budget that no archive can talk its way out of.
import { Inflate } from 'fflate'

/** A file in the archive, as its directory tells. */
export interface Entry {
  readonly name: string
  /** 0 stored, 8 deflated. */
  readonly method: number
  readonly encrypted: boolean
  /** Bytes in the archive, and bytes it says it has when unpacked: only a hint. */
  readonly packed: number
  readonly claimed: number
  /** Where its local header stands. */
  readonly at: number
}

/** What may still be unpacked, for all files of an archive together. */
export interface Budget {
  /** Bytes unpacked so far. */
  used: number
  /** Bytes of the archive that were read for it. */
  read: number
}

const most = { bytes: 400 * 1024 * 1024, ratio: 200, entries: 10_000 } as const
/** Below this a ratio tells nothing: an empty sheet is tiny when packed. */
const unjudged = 8 * 1024 * 1024

/** Whether an archive unpacks to more than any list of computers does. */
export const overBudget = ({ used, read }: Budget): boolean =>
  used > most.bytes || (used > unjudged && used > read * most.ratio)

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** ZIP64's place for sizes that do not fit into 32 bits; some programs use it for all. */
function wide(extra: DataView, sizes: { claimed: number; packed: number; at: number }) {
  const found = { ...sizes }
  for (let at = 0; at + 4 <= extra.byteLength; at += 4 + extra.getUint16(at + 2, true)) {
    if (extra.getUint16(at, true) !== 1) continue
    let next = at + 4
    for (const part of ['claimed', 'packed', 'at'] as const) {
      if (found[part] !== 0xffffffff || next + 8 > extra.byteLength) continue
      found[part] = Number(extra.getBigUint64(next, true))
      next += 8
    }
  }
  return found
}

/** Where the end record stands; it may be followed by a comment of up to 64 KB. */
function findEnd(data: DataView): number | null {
  for (let at = data.byteLength - 22; at >= Math.max(0, data.byteLength - 22 - 0xffff); at--) {
    if (data.getUint32(at, true) === 0x06054b50) return at
  }
  return null
}

/** The directory of an archive by names (PKWARE APPNOTE 4.3.12); `broken` when it cannot be followed, `many` beyond the limit. */
export function readDirectory(bytes: Uint8Array): ReadonlyMap<string, Entry> | 'broken' | 'many' {
  const data = view(bytes)
  const end = findEnd(data)
  if (end === null) return 'broken'
  const count = data.getUint16(end + 10, true)
  if (count > most.entries) return 'many'
  const entries = new Map<string, Entry>()
  let at = data.getUint32(end + 16, true)
  for (let nth = 0; nth < count; nth++) {
    if (at + 46 > data.byteLength || data.getUint32(at, true) !== 0x02014b50) return 'broken'
    const [name, extra, comment] = [28, 30, 32].map((offset) => data.getUint16(at + offset, true)) as [
      number,
      number,
      number
    ]
    const behind = at + 46 + name + extra + comment
    if (behind > data.byteLength) return 'broken'
    const sizes = wide(view(bytes.subarray(at + 46 + name, at + 46 + name + extra)), {
      packed: data.getUint32(at + 20, true),
      claimed: data.getUint32(at + 24, true),
      at: data.getUint32(at + 42, true)
    })
    const text = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + name)).replaceAll('\\', '/')
    entries.set(text, {
      name: text,
      method: data.getUint16(at + 10, true),
      encrypted: (data.getUint16(at + 8, true) & 1) === 1,
      ...sizes
    })
    at = behind
  }
  return entries
}

/** What is given to the inflater at once: it may become a thousand times as much. */
const piece = 8 * 1024

/**
 * The content of one file, piece by piece, counted against the budget: the caller stops when it is used up. Returns false when
 * the content is damaged or packed in a way that is not known.
 */
export function* unpack(bytes: Uint8Array, entry: Entry, budget: Budget): Generator<Uint8Array, boolean> {
  const data = view(bytes)
  if (entry.at + 30 > bytes.length || data.getUint32(entry.at, true) !== 0x04034b50) return false
  const from = entry.at + 30 + data.getUint16(entry.at + 26, true) + data.getUint16(entry.at + 28, true)
  const to = from + entry.packed
  if (to > bytes.length || (entry.method !== 0 && entry.method !== 8)) return false
  const waiting: Uint8Array[] = []
  const inflate = new Inflate((chunk) => waiting.push(chunk))
  for (let at = from; at < to; at += piece) {
    const packed = bytes.subarray(at, Math.min(at + piece, to))
    budget.read += packed.length
    if (entry.method === 0) waiting.push(packed)
    else if (!inflated(inflate, packed, at + piece >= to)) return false
    for (const chunk of waiting.splice(0)) {
      budget.used += chunk.length
      if (chunk.length > 0) yield chunk
    }
  }
  return true
}

/** fflate throws on damaged data; everything else is our own fault. */
function inflated(inflate: Inflate, packed: Uint8Array, last: boolean): boolean {
  try {
    inflate.push(packed, last)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false
    throw error
  }
}
