// Bytes to text, slice by slice: finds the encoding of a list, and recognises files that are no text at all.
import { isUtf8 } from 'node:buffer'
import { fail, ok, type Result } from '../../shared/problem.ts'
import type { Encoding } from './lines.ts'

/** A text file, decoded as often as somebody reads it: it is never in memory as a whole. */
export interface Text {
  readonly encoding: Encoding
  /** Nothing in the file tells its encoding: Windows-1252 was taken because it is not Unicode. */
  readonly guessed: boolean
  /** A person chose UTF-8 for bytes that are not. */
  readonly broken: boolean
  /** Bytes of the text, without the mark. */
  readonly size: number
  /** The text in slices of about 64 KB with the number of bytes read so far, without byte order mark, line ends made `\n`. */
  slices(): Generator<{ readonly text: string; readonly done: number }>
}

/** What files begin with that are picked by mistake. */
const signatures: readonly (readonly [string, string])[] = [
  ['%PDF', 'a PDF document'],
  ['{\\rtf', 'a rich text document'],
  ['\x1f\x8b', 'a compressed file (gzip)'],
  ['7z\xbc\xaf', 'a 7-Zip archive'],
  ['Rar!', 'a RAR archive'],
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

type Decode = (bytes: Uint8Array) => string

/** A decoder for one pass: only UTF-8 carries a begun character over to the next slice. */
const decoders: Readonly<Record<Encoding, () => Decode>> = {
  'UTF-8': () => {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
    return (bytes) => decoder.decode(bytes, { stream: bytes.length > 0 })
  },
  'UTF-16 LE': () => (bytes) => view(bytes).toString('utf16le'),
  'UTF-16 BE': () => (bytes) =>
    Buffer.from(bytes.subarray(0, bytes.length & ~1))
      .swap16()
      .toString('utf16le'),
  // Not by TextDecoder: some Node versions decode this label as plain Latin-1.
  'Windows-1252': () => (bytes) =>
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

const sliceBytes = 64 * 1024

/** The slices of a text. What a slice may not end with (half a line end, half a character) waits for the next. */
function* slicesOf(bytes: Uint8Array, encoding: Encoding): Generator<{ text: string; done: number }> {
  const decode = decoders[encoding]()
  let waiting = ''
  for (let at = 0; at < bytes.length; at += sliceBytes) {
    const done = Math.min(at + sliceBytes, bytes.length)
    const last = done === bytes.length
    let text =
      waiting + decode(bytes.subarray(at, done)) + (last && encoding === 'UTF-8' ? decode(bytes.subarray(0, 0)) : '')
    const end = text.charCodeAt(text.length - 1)
    const hold = !last && (end === 0x0d || (end >= 0xd800 && end < 0xdc00))
    waiting = hold ? text.slice(-1) : ''
    if (hold) text = text.slice(0, -1)
    if (text !== '') yield { text: text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text, done }
  }
}

/** The encoding of the bytes, and how many of them are a mark. `chosen` overrules everything but its own mark. */
function detect(
  bytes: Uint8Array,
  chosen: Encoding | undefined
): Pick<Text, 'encoding' | 'guessed'> & { mark: number } {
  const marked = marks.find(([mark]) => mark.every((byte, at) => bytes[at] === byte))
  if (chosen !== undefined) {
    return { encoding: chosen, guessed: false, mark: marked?.[1] === chosen ? marked[0].length : 0 }
  }
  const mark = marked?.[0].length ?? 0
  const encoding = marked === undefined ? byNulls(bytes) : marked[1]
  if (encoding !== null && encoding !== 'UTF-8') return { encoding, guessed: false, mark }
  const strict = isUtf8(bytes.subarray(mark))
  return { encoding: strict ? 'UTF-8' : 'Windows-1252', guessed: !strict, mark }
}

/** What a text is that is no list, in words; null when it may be one. */
function otherText(text: string): string | null {
  const start = text.slice(0, 2000).trimStart()
  if (/^<(?:\?xml|!doctype|!--|[a-z][\w:]*[\s>/])/i.test(start)) return 'XML or a web page'
  const sample = text.slice(0, 100_000)
  const strange = sample.match(/[^\P{Cc}\t\n\v\f\r]|\ufffd/gu)?.length ?? 0
  return text.includes('\0') || strange > sample.length / 100 ? 'binary data, not text' : null
}

/** Whether a text is JSON. A list may begin with a GUID in braces; JSON goes on with a quotation mark, a brace or an end. */
export const looksLikeJson = (text: string): boolean =>
  /^(?:\{\s*["}]|\[\s*[{["\]])/.test(text.slice(0, 2000).trimStart())

/** Opens bytes as text. Problems: `file-empty`, `file-not-csv` with what the file seems to be. */
export function openText(bytes: Uint8Array, chosen?: Encoding): Result<Text> {
  if (bytes.length === 0) return fail('file-empty', { found: '0 bytes', expected: 'at least one line' })
  const start = view(bytes.subarray(0, 16)).toString('latin1')
  const signature = signatures.find(([letters]) => start.startsWith(letters))
  // "MZ" and other letters may also begin a list; a program has NUL bytes soon after.
  const known = signature !== undefined && (signature[0] !== 'MZ' || bytes.subarray(0, 64).includes(0))
  const expected = 'a list as CSV, Excel workbook (.xlsx) or JSON'
  if (known) return fail('file-not-csv', { found: signature[1], expected })
  const { encoding, guessed, mark } = detect(bytes, chosen)
  const body = bytes.subarray(mark)
  const slices = () => slicesOf(body, encoding)
  const first = slices().next()
  const other = first.done === true ? null : otherText(first.value.text)
  if (other !== null) {
    const facts = chosen === undefined ? { found: other, expected } : { found: `text that is not ${chosen}` }
    return fail(chosen === undefined ? 'file-not-csv' : 'file-encoding-wrong', facts)
  }
  const broken = chosen === 'UTF-8' && !isUtf8(body)
  return ok({ encoding, guessed, broken, size: body.length, slices })
}
