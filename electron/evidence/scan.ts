// Looks for known secrets in what is about to leave: as they are, and in every form in which a program would write them.
import { formsOf } from '../wsman/redact.ts'

/** Shorter ones stand in any text by chance; AMT itself takes none under 8. */
const shortest = 4

/** Base64 of a text inside a longer one: at each of the three places in a group, without the characters its neighbours share. */
function base64Inside(bytes: Buffer): string[] {
  return [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const first = [0, 2, 3][offset] ?? 0
    const partial = (offset + bytes.length) % 3 === 0 ? 0 : 1
    return encoded.slice(first, encoded.length - partial)
  })
}

/** The bytes to look for. */
function patterns(secret: string): Buffer[] {
  const utf16 = Buffer.from(secret, 'utf16le')
  const plain = [
    ...formsOf(secret),
    encodeURIComponent(secret),
    new URLSearchParams([['', secret]]).toString().slice(1)
  ]
  const encoded = [...base64Inside(Buffer.from(secret)), ...base64Inside(utf16)]
  const twice = JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1)
  const inJson = JSON.stringify(secret)
    .slice(1, -1)
    .replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
  const texts = [...plain, ...encoded, inJson, twice, Buffer.from(secret).toString('hex')].filter(
    (text) => text.length >= shortest
  )
  return [...new Set(texts)].map((text) => Buffer.from(text)).concat(utf16, Buffer.from(utf16).swap16())
}

/** Patterns by their first four bytes: a log of megabytes is walked once, however many secrets there are. */
function indexed(secrets: Iterable<string>): ReadonlyMap<number, readonly Buffer[]> {
  const index = new Map<number, Buffer[]>()
  for (const secret of new Set(secrets)) {
    if (secret.length < shortest) continue
    for (const pattern of patterns(secret)) {
      const key = pattern.readUInt32BE(0)
      const known = index.get(key)
      if (known) known.push(pattern)
      else index.set(key, [pattern])
    }
  }
  return index
}

function holds(text: Buffer, index: ReadonlyMap<number, readonly Buffer[]>): boolean {
  let key = 0
  for (const [at, byte] of text.entries()) {
    key = ((key << 8) | byte) >>> 0
    const start = at - 3
    const found = start >= 0 ? index.get(key) : undefined
    if (found?.some((pattern) => text.subarray(start, start + pattern.length).equals(pattern))) return true
  }
  return false
}

/** The name of the first part that holds one of the secrets, in its content or its name; undefined when none does. Never the secret. */
export function partWithSecret(parts: ReadonlyMap<string, Uint8Array>, secrets: Iterable<string>): string | undefined {
  const index = indexed(secrets)
  for (const [name, bytes] of parts) {
    if (holds(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), index)) return name
    // Its name would say it again.
    if (holds(Buffer.from(name), index)) return 'the name of a part'
  }
  return undefined
}
