// Secrets that are handed over to a command, on standard input or another descriptor: one a line, `name=value` or JSON.
import { closeSync, constants, fstatSync, openSync, read as readDescriptor } from 'node:fs'
import { promisify } from 'node:util'
import { z } from 'zod'
import { fail, ok, type Result } from '../../shared/problem.ts'

/** One line: which secret it is, and the secret. */
interface Line {
  readonly number: number
  readonly name: string
  readonly value: string
}

export interface Handed {
  /** The next one of this name: the same name may stand on several lines. */
  take(name: string): string | undefined
  /** Problem secret-unasked when a line is left; `asked` are the names that would have been taken. */
  spent(asked: readonly string[]): Result<null>
}

const jsonLine = z.strictObject({ name: z.string().min(1), value: z.string().min(1) })

const largest = 256 * 1024
const tooMuch = `more than ${largest} bytes`
/** Between two looks at a pipe that has nothing yet (ms). */
const pause = 20

/** Where a line came from, in words. */
export const placeOf = (descriptor: number): string =>
  descriptor === 0 ? 'standard input' : `descriptor ${descriptor}`

/** Nothing of the line itself is ever told: it may be a secret. */
function readLine(text: string): Omit<Line, 'number'> | string {
  if (text.startsWith('{')) {
    try {
      const read = jsonLine.safeParse(JSON.parse(text))
      return read.success ? read.data : 'JSON without the two texts "name" and "value", or with more than these'
    } catch {
      return 'a line that begins with { and is not JSON'
    }
  }
  const at = text.indexOf('=')
  if (at < 0) return 'a line without ='
  if (at === 0) return 'a line without a name before ='
  return at === text.length - 1
    ? 'a line without a value after ='
    : { name: text.slice(0, at), value: text.slice(at + 1) }
}

function handedOf(lines: readonly Line[], place: string): Handed {
  const left = [...lines]
  return {
    take(name) {
      const at = left.findIndex((line) => line.name === name)
      return at < 0 ? undefined : left.splice(at, 1)[0]?.value
    },
    spent(asked) {
      const [first] = left
      if (first === undefined) return ok(null)
      const expected = asked.length === 0 ? 'no secret at all' : [...new Set(asked)].join(', ')
      return fail('secret-unasked', { where: `line ${first.number} of ${place}`, expected })
    }
  }
}

/** Reads the lines of a text. Blank ones are passed over. Problem secrets-malformed, without a word of the line. */
export function readHanded(text: string, place: string): Result<Handed> {
  const lines: Line[] = []
  for (const [at, line] of text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === '') continue
    const read = readLine(line)
    if (typeof read === 'string') {
      return fail('secrets-malformed', {
        where: `line ${at + 1} of ${place}`,
        found: read,
        expected: 'name=value, or {"name": "…", "value": "…"}'
      })
    }
    lines.push({ number: at + 1, ...read })
  }
  return ok(handedOf(lines, place))
}

const isReadable = (descriptor: number): boolean => {
  const stat = fstatSync(descriptor)
  return stat.isFile() || stat.isFIFO() || stat.isSocket() || stat.isCharacterDevice()
}

/**
 * The same file or pipe once more, so that a read neither waits for ever nor moves the place of a descriptor that is not ours:
 * a number that was not handed over may be one of the program's own. Sockets, and Windows, have no such way.
 */
function openedAnew(descriptor: number): number | undefined {
  try {
    return openSync(`/dev/fd/${descriptor}`, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch {
    return undefined
  }
}

const isEmptyYet = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EAGAIN'

/** What a descriptor has until its end; it is closed by whoever opened it. */
async function bytesOf(descriptor: number, patience: number): Promise<Buffer> {
  const chunk = Buffer.alloc(16 * 1024)
  const chunks: Buffer[] = []
  for (let waited = 0, size = 0; size <= largest; ) {
    const read = await promisify(readDescriptor)(descriptor, chunk, 0, chunk.length, null).catch((error: unknown) => {
      if (isEmptyYet(error) && waited < patience) return undefined
      throw error
    })
    if (read === undefined) {
      waited += pause
      await new Promise((resolve) => setTimeout(resolve, pause))
      continue
    }
    if (read.bytesRead === 0) return Buffer.concat(chunks)
    chunks.push(Buffer.from(chunk.subarray(0, read.bytesRead)))
    size += read.bytesRead
    waited = 0
  }
  throw new Error(tooMuch)
}

async function bytesOfStream(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > largest) throw new Error(tooMuch)
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

function textOf(bytes: Buffer): string {
  if (bytes.length > largest) throw new Error(tooMuch)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Error('not UTF-8')
  }
}

/**
 * Reads a descriptor to its end; 0 is read as `input`. A pipe that stays silent for `patience` (ms) is given up.
 * Problems: secrets-unreadable, secrets-malformed.
 */
export async function takeHanded(
  descriptor: number,
  input: NodeJS.ReadableStream,
  patience = 30_000
): Promise<Result<Handed>> {
  const place = placeOf(descriptor)
  let anew: number | undefined
  try {
    if (descriptor === 0) return readHanded(textOf(await bytesOfStream(input)), place)
    if (!isReadable(descriptor)) return fail('secrets-unreadable', { where: place })
    anew = openedAnew(descriptor)
    return readHanded(textOf(await bytesOf(anew ?? descriptor, patience)), place)
  } catch (error) {
    return fail('secrets-unreadable', { where: place, detail: error instanceof Error ? error.message : String(error) })
  } finally {
    if (anew !== undefined) closeSync(anew)
  }
}
