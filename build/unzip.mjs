// Unpacks a ZIP file with nothing but Node: stored and deflated entries, no ZIP64, as in APPNOTE.TXT 4.3.
import { closeSync, fstatSync, mkdirSync, openSync, readSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { inflateRawSync } from 'node:zlib'

/** The end record is 22 bytes, followed by a comment of at most 65,535. */
const longestTail = 22 + 0xffff
const endMark = Buffer.from([0x50, 0x4b, 0x05, 0x06])
const deflated = 8

/**
 * @param {string} archive
 * @param {(name: string) => string | undefined} place where an entry goes; undefined leaves it out
 */
export function unzip(archive, place) {
  const file = openSync(archive, 'r')
  const read = (position, length) => {
    const bytes = Buffer.alloc(length)
    readSync(file, bytes, 0, length, position)
    return bytes
  }
  try {
    for (const entry of entries(read, fstatSync(file).size)) {
      const target = entry.name.endsWith('/') ? undefined : place(entry.name)
      if (target === undefined) continue
      // The local header repeats name and extra field, with lengths of its own (4.3.7).
      const local = read(entry.offset, 30)
      const packed = read(entry.offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28), entry.packedSize)
      mkdirSync(path.dirname(target), { recursive: true })
      writeFileSync(target, entry.method === deflated ? inflateRawSync(packed) : packed, { mode: entry.mode })
    }
  } finally {
    closeSync(file)
  }
}

/** Walks the central directory (4.3.12), which the end record (4.3.16) points to. */
function* entries(read, size) {
  const length = Math.min(size, longestTail)
  const tail = read(size - length, length)
  const end = tail.lastIndexOf(endMark)
  if (end < 0) throw new Error('This is not a ZIP file, or its end is missing.')
  const directory = read(tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12))
  let next = 0
  while (next < directory.length) {
    const header = directory.subarray(next)
    const nameLength = header.readUInt16LE(28)
    yield {
      name: header.toString('utf8', 46, 46 + nameLength),
      method: header.readUInt16LE(10),
      packedSize: header.readUInt32LE(20),
      offset: header.readUInt32LE(42),
      // The upper half of the external attributes is the Unix mode, when the archive was made on Unix.
      mode: (header.readUInt32LE(38) >>> 16) & 0o777 || 0o644
    }
    next += 46 + nameLength + header.readUInt16LE(30) + header.readUInt16LE(32)
  }
}
