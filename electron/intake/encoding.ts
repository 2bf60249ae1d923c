// Bytes to text: finds the encoding of a list, and recognises files that are no text at all.
import { fail, ok, type Result } from '../../shared/problem.ts'

export type Encoding = 'UTF-8' | 'UTF-16 LE' | 'UTF-16 BE' | 'Windows-1252'

/** The text of a file without its byte order mark, line ends made `\n`. */
export interface Text {
  readonly text: string
  readonly encoding: Encoding
  /** Nothing in the file tells its encoding: Windows-1252 was taken because it is not Unicode. */
  readonly guessed: boolean
}

/** What files begin with that are picked by mistake. */
const signatures: readonly (readonly [string, string])[] = [
  ['PK\x03\x04', 'an Excel workbook or a ZIP archive'],
  ['\xd0\xcf\x11\xe0', 'an old Excel or Office file'],
  ['%PDF', 'a PDF document'],
  ['{\\rtf', 'a rich text document'],
  ['\x1f\x8b', 'a compressed file (gzip)'],
  ['7z\xbc\xaf', 'a 7-Zip archive'],
  ['SQLite format 3', 'a database'],
  ['MZ', 'a program']
]

const marks: readonly (readonly [readonly number[], Encoding])[] = [
  [[0xef, 0xbb, 0xbf], 'UTF-8'],
  [[0xff, 0xfe], 'UTF-16 LE'],
  [[0xfe, 0xff], 'UTF-16 BE']
]

/** Where `Windows-1252` differs from Latin-1 (0x80-0x9f); U+FFFD where it has no character. */
const cp1252 = '€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ'

const view = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

const decoders: Readonly<Record<Encoding, (bytes: Uint8Array) => string>> = {
  'UTF-8': (bytes) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes),
  'UTF-16 LE': (bytes) => view(bytes).toString('utf16le'),
  'UTF-16 BE': (bytes) =>
    Buffer.from(bytes.subarray(0, bytes.length & ~1))
      .swap16()
      .toString('utf16le'),
  // Not by TextDecoder: some Node versions decode this label as plain Latin-1.
  'Windows-1252': (bytes) =>
    view(bytes)
      .toString('latin1')
      .replace(/[\x80-\x9f]/g, (letter) => cp1252.charAt(letter.charCodeAt(0) - 0x80))
}

/** UTF-16 without a mark shows in plain letters: every second byte is NUL. */
function byNulls(bytes: Uint8Array): Encoding | null {
  const start = bytes.subarray(0, 4096)
  const nulls = [0, 0]
  start.forEach((byte, at) => {
    if (byte === 0) nulls[at % 2] = (nulls[at % 2] ?? 0) + 1
  })
  const [even = 0, odd = 0] = nulls.map((count) => count / (start.length / 2))
  if (odd > 0.5 && even < 0.1) return 'UTF-16 LE'
  return even > 0.5 && odd < 0.1 ? 'UTF-16 BE' : null
}

function decode(bytes: Uint8Array): Text {
  for (const [mark, encoding] of marks) {
    if (!mark.every((byte, at) => bytes[at] === byte)) continue
    const rest = bytes.subarray(mark.length)
    if (encoding !== 'UTF-8') return { text: decoders[encoding](rest), encoding, guessed: false }
    return utf8(rest)
  }
  const encoding = byNulls(bytes)
  return encoding === null ? utf8(bytes) : { text: decoders[encoding](bytes), encoding, guessed: false }
}

function utf8(bytes: Uint8Array): Text {
  try {
    return { text: decoders['UTF-8'](bytes), encoding: 'UTF-8', guessed: false }
  } catch {
    return { text: decoders['Windows-1252'](bytes), encoding: 'Windows-1252', guessed: true }
  }
}

/** What a text is that is no list, in words; null when it may be one. */
function otherText(text: string): string | null {
  const start = text.slice(0, 2000).trimStart()
  // A list may begin with a GUID in braces; JSON goes on with a quotation mark, a brace or an end.
  if (/^(?:\{\s*["}]|\[\s*[{["\]])/.test(start)) return 'JSON'
  if (/^<(?:\?xml|!doctype|!--|[a-z][\w:]*[\s>/])/i.test(start)) return 'XML or a web page'
  const sample = text.slice(0, 100_000)
  const strange = sample.match(/[^\P{Cc}\t\n\v\f\r]|\ufffd/gu)?.length ?? 0
  return text.includes('\0') || strange > sample.length / 100 ? 'binary data, not text' : null
}

/** Reads bytes as text. Problems: `file-empty`, `file-not-csv` with what the file seems to be. */
export function readText(bytes: Uint8Array): Result<Text> {
  if (bytes.length === 0) return fail('file-empty', { found: '0 bytes', expected: 'at least one line' })
  const start = view(bytes.subarray(0, 16)).toString('latin1')
  const signature = signatures.find(([letters]) => start.startsWith(letters))
  // "MZ" and other letters may also begin a list; a program has NUL bytes soon after.
  const known = signature !== undefined && (signature[0] !== 'MZ' || bytes.subarray(0, 64).includes(0))
  const expected = 'a text file with columns (CSV)'
  if (known) return fail('file-not-csv', { found: signature[1], expected })
  const decoded = decode(bytes)
  const other = otherText(decoded.text)
  if (other !== null) return fail('file-not-csv', { found: other, expected })
  const text = decoded.text.replace(/\r\n?/g, '\n')
  if (text.trim() === '')
    return fail('file-empty', { found: 'only blank lines', expected: 'at least one line with data' })
  return ok({ ...decoded, text })
}
