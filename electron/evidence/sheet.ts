// A sheet of passwords that leaves the keychain: one file, encrypted with a passphrase, opened again only on a terminal.
import { createCipheriv, createDecipheriv, scrypt } from 'node:crypto'
import { z } from 'zod'
import { fail, ok, type Result } from '../../shared/problem.ts'

/** One password on the sheet. */
export const sheetRowSchema = z.object({
  computer: z.string(),
  fqdn: z.string(),
  guid: z.string(),
  /** What it opens: "Remote Admin Account", "MEBx", "user helpdesk". */
  opens: z.string(),
  username: z.string(),
  password: z.string(),
  /** False while it was sent and not yet proved by a login. */
  proved: z.boolean()
})
export type SheetRow = z.infer<typeof sheetRowSchema>

const sheetSchema = z.object({ source: z.string(), writtenAt: z.number(), rows: z.array(sheetRowSchema) })
export type Sheet = z.infer<typeof sheetSchema>

const base64 = z.string().regex(/^[A-Za-z0-9+/]+=*$/)
/**
 * The file, JSON: scrypt (N, r, p; RFC 7914) over the passphrase in UTF-8 (NFC) and `salt` gives 32 bytes, the key of AES-256-GCM
 * with `nonce` and `tag` (16 bytes); what is authenticated besides are `format`, N, r, p and salt, joined by line feeds. Inside is
 * a `Sheet` as JSON.
 */
const fileSchema = z.object({
  format: z.literal('amt-secrets 1'),
  N: z
    .number()
    .int()
    .min(2)
    .max(1 << 20),
  r: z.literal(8),
  p: z.literal(1),
  salt: base64,
  nonce: base64,
  tag: base64,
  content: base64
})
type File = z.infer<typeof fileSchema>
type Setting = Pick<File, 'format' | 'N' | 'r' | 'p' | 'salt'>

/** 64 MB and a fifth of a second for each passphrase that is tried. */
const cost = 1 << 16
export const shortestPassphrase = 12

function keyOf(passphrase: string, { N, r, p, salt }: Setting): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { N, r, p, maxmem: 256 * N * r }
    scrypt(passphrase.normalize('NFC'), Buffer.from(salt, 'base64'), 32, options, (error, key) =>
      error ? reject(error) : resolve(key)
    )
  })
}

const authenticated = ({ format, N, r, p, salt }: Setting): Buffer => Buffer.from([format, N, r, p, salt].join('\n'))

/** The text of the file. Problem: passphrase-weak. */
export async function sealSheet(
  sheet: Sheet,
  passphrase: string,
  random: (count: number) => Uint8Array
): Promise<Result<string>> {
  if (passphrase.length < shortestPassphrase) return fail('passphrase-weak')
  const salt = Buffer.from(random(16)).toString('base64')
  const setting: Setting = { format: 'amt-secrets 1', N: cost, r: 8, p: 1, salt }
  const nonce = random(12)
  const cipher = createCipheriv('aes-256-gcm', await keyOf(passphrase, setting), nonce)
  cipher.setAAD(authenticated(setting))
  const content = Buffer.concat([cipher.update(JSON.stringify(sheet), 'utf8'), cipher.final()])
  const file: File = {
    ...setting,
    nonce: Buffer.from(nonce).toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    content: content.toString('base64')
  }
  return ok(`${JSON.stringify(file, null, 2)}\n`)
}

function fileOf(text: string): File | undefined {
  try {
    return fileSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** Problems: sheet-unreadable, sheet-locked. */
export async function openSheet(text: string, passphrase: string): Promise<Result<Sheet>> {
  const file = fileOf(text)
  const tag = Buffer.from(file?.tag ?? '', 'base64')
  if (!file || tag.length !== 16 || (file.N & (file.N - 1)) !== 0) return fail('sheet-unreadable')
  const key = await keyOf(passphrase, file)
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(file.nonce, 'base64'), { authTagLength: 16 })
    decipher.setAAD(authenticated(file))
    decipher.setAuthTag(tag)
    const content = Buffer.concat([decipher.update(file.content, 'base64'), decipher.final()])
    return ok(sheetSchema.parse(JSON.parse(content.toString('utf8'))))
  } catch {
    // Node says no more than that it does not fit, and nothing more is known.
    return fail('sheet-locked')
  }
}
