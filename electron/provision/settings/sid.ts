// Security identifiers as AMT keeps them (binary, MS-DTYP 2.4.2.2) and as people write them: S-1-5-21-…

/** "S-1-5-32-544" → bytes. The text has been checked by the rules of the profile. */
export function sidBytes(text: string): Uint8Array {
  const [, revision = '1', authority = '0', ...parts] = text.split('-')
  const bytes = Buffer.alloc(8 + 4 * parts.length)
  bytes.writeUInt8(Number(revision), 0)
  bytes.writeUInt8(parts.length, 1)
  bytes.writeUIntBE(Number(authority), 2, 6)
  for (const [at, part] of parts.entries()) bytes.writeUInt32LE(Number(part) >>> 0, 8 + 4 * at)
  return new Uint8Array(bytes)
}

/** Bytes → "S-1-5-32-544"; what is no SID becomes its hexadecimal digits. */
export function sidText(bytes: Uint8Array): string {
  const view = Buffer.from(bytes)
  const count = view.length >= 8 ? view.readUInt8(1) : -1
  if (view.length !== 8 + 4 * count) return view.toString('hex')
  const parts = Array.from({ length: count }, (_, at) => view.readUInt32LE(8 + 4 * at))
  return ['S', view.readUInt8(0), view.readUIntBE(2, 6), ...parts].join('-')
}
