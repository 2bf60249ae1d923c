// The audit log as a file: one JSON line for a head, for each entry, for each kept signature, and last the signature over all of it.
import { basename } from 'node:path'
import { z } from 'zod'
import { fail, ok, type Result } from '../../shared/problem.ts'
import type { InstallationKey } from '../installation.ts'
import { isSignedBy } from '../signature.ts'
import type { Head, Line, Piece, Signer } from '../store/chain.ts'

const hex = z.string().regex(/^[0-9a-f]{64}$/)
const seq = z.number().int().positive()

/** `amt-audit 1`. `prev` is the hash of the entry before `from`; zeros before the first. */
const beginSchema = z.object({
  format: z.literal('amt-audit 1'),
  kind: z.enum(['export', 'archive']),
  installation: z.string(),
  from: seq,
  prev: hex
})
const entrySchema = z.object({
  seq,
  at: z.number(),
  actor: z.string(),
  kind: z.string(),
  importId: z.string().nullable(),
  jobId: z.string().nullable(),
  computer: z.string().nullable(),
  /** The very text that was hashed. */
  body: z.string(),
  prev: hex,
  hash: hex
})
const headSchema = z.object({
  head: z.object({ seq, hash: hex, at: z.number(), key: z.string(), signature: z.string() })
})
const endSchema = z.object({
  to: seq,
  hash: hex,
  /** When it was signed (ms since 1970). */
  at: z.number(),
  /** Every key the installation ever had, the one in use last. */
  keys: z.array(z.string()).min(1),
  signature: z.string()
})
type Begin = z.infer<typeof beginSchema>
type End = z.infer<typeof endSchema>

/** What the last line signs; the hash of the last entry stands for all of them. */
const signedText = (begin: Begin, { to, hash, at, keys }: Omit<End, 'signature'>): Uint8Array =>
  new TextEncoder().encode(
    [begin.format, begin.kind, begin.installation, begin.from, begin.prev, to, hash, at, ...keys].join('\n')
  )

/** Entries with what vouches for them. */
export interface AuditExcerpt {
  readonly kind: 'export' | 'archive'
  readonly from: number
  readonly prev: string
  readonly lines: readonly Line[]
  readonly heads: readonly Head[]
  readonly keys: readonly string[]
}

/** The text of a file; `lines` has at least one. */
export function auditFile(
  { kind, from, prev, lines, heads, keys }: AuditExcerpt,
  key: InstallationKey,
  at: number
): string {
  const last = lines.at(-1)
  if (!last) throw new Error('an audit file without entries')
  const begin: Begin = { format: 'amt-audit 1', kind, installation: key.id, from, prev }
  const end = { to: last.seq, hash: last.hash, at, keys: [...keys] }
  const signature = Buffer.from(key.sign(signedText(begin, end))).toString('base64')
  const entries = lines.map(({ import_id: importId, job_id: jobId, ...line }) => {
    const { seq: number, at: time, actor, kind: what, computer, body, prev: before, hash } = line
    return { seq: number, at: time, actor, kind: what, importId, jobId, computer, body, prev: before, hash }
  })
  const all: readonly unknown[] = [begin, ...entries, ...heads.map((head) => ({ head })), { ...end, signature }]
  return `${all.map((line) => JSON.stringify(line)).join('\n')}\n`
}

function parsed<T>(schema: z.ZodType<T>, text: string | undefined): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text ?? '')).data
  } catch {
    return undefined
  }
}

const lineOf = ({ importId, jobId, ...rest }: z.infer<typeof entrySchema>): Line => ({
  ...rest,
  import_id: importId,
  job_id: jobId
})

/**
 * A file as a piece of the chain. Problems: audit-file-unreadable (names the line), audit-file-foreign (another installation),
 * audit-file-cut (the signature at its end is gone), audit-file-unsigned (the signature does not hold).
 */
export function readAuditFile(
  name: string,
  text: string,
  signer: Signer | undefined
): Result<Piece & { readonly kind: 'export' | 'archive' }> {
  const where = basename(name)
  const texts = text.split('\n').filter((line) => line.trim() !== '')
  const begin = parsed(beginSchema, texts[0])
  if (!begin) return fail('audit-file-unreadable', { where: `${where}, line 1` })
  const end = parsed(endSchema, texts.at(-1))
  const lines: Line[] = []
  const heads: Head[] = []
  for (const [index, each] of texts.slice(1, end ? -1 : undefined).entries()) {
    const head = parsed(headSchema, each)
    const entry = head ? undefined : parsed(entrySchema, each)
    if (head) heads.push(head.head)
    else if (entry) lines.push(lineOf(entry))
    else {
      const number = (lines.at(-1)?.seq ?? begin.from - 1) + 1
      return fail('audit-file-unreadable', { where: `${where}, line ${index + 2}, where entry ${number} is expected` })
    }
  }
  const last = lines.at(-1)?.seq ?? begin.from - 1
  if (!end) return fail('audit-file-cut', { where, values: { last } })
  if (signer && begin.installation !== signer.installation) return fail('audit-file-foreign', { where })
  const own = end.keys.at(-1) ?? ''
  const known = !signer || end.keys.every((key) => signer.keys.includes(key))
  if (!known) return fail('audit-file-foreign', { where })
  if (!isSignedBy(own, signedText(begin, end), new Uint8Array(Buffer.from(end.signature, 'base64'))))
    return fail('audit-file-unsigned', { where })
  return ok({
    kind: begin.kind,
    name: where,
    from: begin.from,
    prev: begin.prev,
    lines,
    heads,
    to: end.to,
    toHash: end.hash
  })
}
