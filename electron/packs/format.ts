// How an .amtpack file is laid out: a version line, a header anybody may read, the sealed content, a signature over all of it.
//
//   AMTPACK 1\n
//   {header as JSON, at most 8 KiB}\n
//   content: gzip of JSON, AES-256-GCM, its 16-byte tag last    (`size` in the header says how many bytes)
//   64 bytes: Ed25519 by the signer in the header, over `AMTPACK 1 signature\n` and the SHA-256 of everything before
//
// The two lines are the additional data of the encryption, so a header (and with it the signer) cannot be exchanged either.
import { z } from 'zod'
import { fail, ok, type Result } from '../../shared/problem.ts'

/** The layout this program writes; it reads this one and no later one. */
export const packVersion = 1

/** Largest file that is taken (bytes); what it unpacks to is bounded by its own limit. */
export const largestPack = 64 * 1024 * 1024
export const longestContent = 256 * 1024 * 1024
const longestHeader = 8 * 1024

export const tagLength = 16
export const signatureLength = 64

/** Exactly this many bytes in Base64. */
const bytes = (count: number) =>
  z.string().refine((text) => {
    const raw = Buffer.from(text, 'base64')
    return raw.length === count && raw.toString('base64') === text
  }, `${count} bytes in Base64`)

/** Who signed: public keys (raw 32 bytes in Base64) and the name that was given to the installation. */
export const signerSchema = z.object({
  name: z.string().max(60),
  /** Ed25519. */
  key: bytes(32),
  /** X25519: what an answer to this pack can be locked to. */
  box: bytes(32)
})
export type Signer = z.infer<typeof signerSchema>

/** scrypt's cost, bounded: a file must not make this computer work for hours or take all its memory. */
export const scryptSchema = z.object({
  /** N = 2^log2N; with r = 8 it takes 2^(log2N + 10) bytes, 256 MiB at most. */
  log2N: z.number().int().min(14).max(18),
  r: z.literal(8),
  p: z.number().int().min(1).max(4),
  salt: bytes(16)
})

/** What opens the content: a passphrase, or the X25519 key of one installation (HKDF-SHA-256 over the shared secret). */
export const lockSchema = z.discriminatedUnion('by', [
  z.object({ by: z.literal('passphrase'), scrypt: scryptSchema }),
  z.object({ by: z.literal('key'), box: bytes(32), ephemeral: bytes(32) })
])
export type Lock = z.infer<typeof lockSchema>

export const packKinds = ['site', 'return'] as const

export const headerSchema = z.object({
  kind: z.enum(packKinds),
  id: z.string().min(1).max(64),
  createdAt: z.number(),
  signer: signerSchema,
  lock: lockSchema,
  nonce: bytes(12),
  /** Bytes of the sealed content with its tag. */
  size: z.number().int().min(tagLength).max(largestPack)
})
export type Header = z.infer<typeof headerSchema>

/** The parts of a file, cut but not yet trusted. */
export interface Cut {
  readonly header: Header
  /** The two lines as they stand in the file. */
  readonly head: Uint8Array
  readonly sealed: Uint8Array
  readonly signature: Uint8Array
}

/** The two lines before the content. */
export const headOf = (header: Header): Uint8Array =>
  Buffer.from(`AMTPACK ${packVersion}\n${JSON.stringify(header)}\n`, 'utf8')

function headerIn(text: string): Header | undefined {
  try {
    const read = headerSchema.safeParse(JSON.parse(text))
    return read.success ? read.data : undefined
  } catch {
    return undefined
  }
}

/** Cuts a file. Problems: pack-too-big, not-a-pack, pack-newer, pack-truncated, pack-altered (more in it than its header says). */
export function cut(file: Uint8Array): Result<Cut> {
  const most = `${largestPack / 1024 / 1024} MB`
  if (file.length > largestPack)
    return fail('pack-too-big', { found: `${Math.ceil(file.length / 1024 / 1024)} MB`, expected: `at most ${most}` })
  const raw = Buffer.from(file.buffer, file.byteOffset, file.length)
  const [, version] = /^AMTPACK (\d{1,6})\n/.exec(raw.subarray(0, 20).toString('latin1')) ?? []
  if (version === undefined) return fail('not-a-pack')
  if (Number(version) > packVersion)
    return fail('pack-newer', { found: `version ${version}`, expected: `version ${packVersion}` })
  const start = raw.indexOf(10) + 1
  const end = raw.subarray(0, start + longestHeader).indexOf(10, start)
  if (end < 0) return fail(raw.length < start + longestHeader ? 'pack-truncated' : 'not-a-pack')
  const header = headerIn(raw.subarray(start, end).toString('utf8'))
  if (header === undefined) return fail('not-a-pack')
  const wanted = end + 1 + header.size + signatureLength
  const facts = { found: `${raw.length} bytes`, expected: `${wanted} bytes` }
  if (raw.length < wanted) return fail('pack-truncated', facts)
  if (raw.length > wanted) return fail('pack-altered', facts)
  return ok({
    header,
    head: raw.subarray(0, end + 1),
    sealed: raw.subarray(end + 1, end + 1 + header.size),
    signature: raw.subarray(wanted - signatureLength)
  })
}
