// Reads a recorded HTTP answer: status line, headers, and the body out of its chunks.
import { fail, ok, type Result } from '../../shared/problem.ts'

/** One recorded answer. Header names are in small letters; a repeated header keeps all its values. */
export interface HttpMessage {
  readonly status: number
  readonly headers: ReadonlyMap<string, readonly string[]>
  readonly body: Uint8Array
}

const start = /^HTTP\/1\.[01] (\d{3})(?: |\r|\n)/

/** Whether the bytes begin like an HTTP answer. */
export const looksLikeHttp = (bytes: Uint8Array): boolean => start.test(latin1(bytes.subarray(0, 32)))

/** Whether the bytes are chunks of a body whose head was not recorded. */
export const looksLikeChunks = (bytes: Uint8Array): boolean =>
  /^[0-9A-Fa-f]{1,8}\r?\n\s*</.test(latin1(bytes.subarray(0, 32)))

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

/** Takes an answer apart. A body shorter than its head says is `answer-cut`, but for a 401, where it says nothing. */
export function readHttp(bytes: Uint8Array): Result<HttpMessage> {
  const text = latin1(bytes)
  const gap = /\r?\n\r?\n/.exec(text)
  const [line = '', ...lines] = text.slice(0, gap?.index ?? text.length).split(/\r?\n/)
  const status = Number(start.exec(`${line} `)?.[1])
  if (Number.isNaN(status)) return fail('answer-garbled', { found: 'no HTTP status line', expected: 'HTTP/1.1' })
  const headers = new Map<string, string[]>()
  for (const header of lines) {
    const colon = header.indexOf(':')
    if (colon < 1) return fail('answer-garbled', { found: 'a header without a name', expected: 'NAME: VALUE' })
    const name = header.slice(0, colon).toLowerCase()
    headers.set(name, [...(headers.get(name) ?? []), header.slice(colon + 1).trim()])
  }
  const rest = gap === null ? new Uint8Array() : bytes.subarray(gap.index + gap[0].length)
  const chunked = /\bchunked\b/i.test(headers.get('transfer-encoding')?.join() ?? '')
  const body = chunked ? joinChunks(rest) : cutTo(rest, headers.get('content-length')?.[0])
  if (body.ok) return ok({ status, headers, body: body.value })
  return status === 401 ? ok({ status, headers, body: new Uint8Array() }) : body
}

function cutTo(bytes: Uint8Array, length: string | undefined): Result<Uint8Array> {
  if (length === undefined) return ok(bytes)
  if (!/^\d{1,9}$/.test(length)) return fail('answer-garbled', { found: 'a Content-Length that is no number' })
  return bytes.byteLength < Number(length) ? cut() : ok(bytes.subarray(0, Number(length)))
}

/** The body out of its chunks. AMT writes four digits (`0513`) and splits anywhere, also inside a character. */
export function joinChunks(bytes: Uint8Array): Result<Uint8Array> {
  const parts: Uint8Array[] = []
  let at = 0
  for (;;) {
    const head = /^([0-9A-Fa-f]{1,8})(?:;[^\r\n]*)?\r?\n/.exec(latin1(bytes.subarray(at, at + 256)))
    if (head === null) {
      return at >= bytes.byteLength ? cut() : fail('answer-garbled', { found: 'no chunk size', expected: 'a chunk' })
    }
    const size = Number.parseInt(head[1] ?? '', 16)
    at += head[0].length
    if (size === 0) return ok(Buffer.concat(parts))
    // Where the bytes end in mid-chunk, the next head is missing.
    parts.push(bytes.subarray(at, at + size))
    at += size
    while (bytes[at] === 0x0d || bytes[at] === 0x0a) at += 1
  }
}

const cut = () => fail('answer-cut', { found: 'fewer bytes than its head says' })
