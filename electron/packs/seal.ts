// Seals content into an .amtpack file and opens it again: packed, encrypted, signed. Nothing is read that was not signed.
import { createCipheriv, createDecipheriv, type ScryptOptions, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { fail, ok, type Result } from '../../shared/problem.ts'
import {
  type Cut,
  cut,
  type Header,
  headOf,
  type Lock,
  largestPack,
  longestContent,
  type packKinds,
  type Signer,
  signatureLength,
  tagLength
} from './format.ts'
import { fingerprintOf, isSigned, newPair, type Pair, sharedKey, signParts } from './keys.ts'

/** Who signs, with both private keys. */
export interface Sealer extends Signer {
  readonly signing: Pair
  readonly boxing: Pair
}

/** What the file shall be opened with. */
export type Opener =
  | { readonly by: 'passphrase'; readonly passphrase: string }
  | { readonly by: 'key'; readonly box: string }

/** 2^17 takes 128 MiB and about a third of a second on a laptop: the cost of each guess at a passphrase. */
export const usualCost = 17

const deriveKey = promisify<string, Uint8Array, number, ScryptOptions, Buffer>(scrypt)
const pack = promisify<Uint8Array, Buffer>(gzip)
const unpack = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(gunzip)

/** The same typed on another keyboard is the same. */
function keyOfPassphrase(
  passphrase: string,
  { log2N, r, p, salt }: Extract<Lock, { by: 'passphrase' }>['scrypt']
): Promise<Uint8Array> {
  const cost = { N: 2 ** log2N, r, p, maxmem: 2 ** (log2N + 11) }
  return deriveKey(passphrase.normalize('NFKC'), Buffer.from(salt, 'base64'), 32, cost)
}

type Random = (count: number) => Uint8Array
const base64 = (raw: Uint8Array): string => Buffer.from(raw).toString('base64')

async function lockWith(opener: Opener, random: Random, log2N: number): Promise<{ lock: Lock; key: Uint8Array }> {
  if (opener.by === 'passphrase') {
    const settings = { log2N, r: 8 as const, p: 1, salt: base64(random(16)) }
    return {
      lock: { by: 'passphrase', scrypt: settings },
      key: await keyOfPassphrase(opener.passphrase, settings)
    }
  }
  const once = newPair('x25519')
  return {
    lock: { by: 'key', box: opener.box, ephemeral: once.open },
    key: sharedKey(once, opener.box, once.open, opener.box)
  }
}

/** Makes the file. Problem pack-too-big when there is more in it than a pack may hold. */
export async function seal(
  about: { readonly kind: (typeof packKinds)[number]; readonly id: string; readonly createdAt: number },
  content: unknown,
  { opener, sealer, random, cost = usualCost }: SealOptions
): Promise<Result<Uint8Array>> {
  const plain = Buffer.from(JSON.stringify(content), 'utf8')
  const packed = await pack(plain)
  const size = packed.length + tagLength
  if (plain.length > longestContent || size > largestPack - 16 * 1024)
    return fail('pack-too-big', {
      found: `${Math.ceil(size / 1024 / 1024)} MB`,
      expected: `at most ${largestPack / 1024 / 1024} MB`
    })
  const { lock, key } = await lockWith(opener, random, cost)
  const nonce = random(12)
  const { name, key: signKey, box } = sealer
  const header: Header = { ...about, signer: { name, key: signKey, box }, lock, nonce: base64(nonce), size }
  const head = headOf(header)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(head)
  const sealed = Buffer.concat([cipher.update(packed), cipher.final(), cipher.getAuthTag()])
  return ok(Buffer.concat([head, sealed, signParts([head, sealed], sealer.signing.secret)]))
}

export interface SealOptions {
  readonly opener: Opener
  readonly sealer: Sealer
  readonly random: Random
  /** log2 of scrypt's N. */
  readonly cost?: number | undefined
}

/** Cuts a file and proves its signature; the content is still closed. Problems of `cut`, pack-altered. */
export function lookAt(file: Uint8Array): Result<Cut> {
  const found = cut(file)
  if (!found.ok) return found
  const { head, sealed, signature, header } = found.value
  if (signature.length !== signatureLength || !isSigned([head, sealed], signature, header.signer.key))
    return fail('pack-altered')
  return found
}

async function keyFor({ lock }: Header, passphrase: string | undefined, own: Sealer): Promise<Result<Uint8Array>> {
  if (lock.by === 'passphrase')
    return passphrase === undefined || passphrase === ''
      ? fail('pack-locked')
      : ok(await keyOfPassphrase(passphrase, lock.scrypt))
  if (lock.box !== own.box) return fail('pack-for-another', { expected: fingerprintOf(own) })
  return ok(sharedKey(own.boxing, lock.ephemeral, lock.ephemeral, lock.box))
}

/** Decrypts and unpacks what was looked at. Problems: pack-locked, pack-passphrase, pack-for-another, pack-altered, pack-too-big. */
export async function unseal(found: Cut, passphrase: string | undefined, own: Sealer): Promise<Result<unknown>> {
  const { header, head, sealed } = found
  const key = await keyFor(header, passphrase, own)
  if (!key.ok) return key
  const decipher = createDecipheriv('aes-256-gcm', key.value, Buffer.from(header.nonce, 'base64'))
  decipher.setAAD(head)
  decipher.setAuthTag(sealed.subarray(-tagLength))
  let packed: Buffer
  try {
    packed = Buffer.concat([decipher.update(sealed.subarray(0, -tagLength)), decipher.final()])
  } catch {
    // The signature held, so the bytes are the signer's: what does not fit is the key.
    return fail(header.lock.by === 'passphrase' ? 'pack-passphrase' : 'pack-altered')
  }
  try {
    return ok(JSON.parse((await unpack(packed, { maxOutputLength: longestContent })).toString('utf8')) as unknown)
  } catch (error) {
    const large = error instanceof RangeError || (error instanceof Error && error.message.includes('larger than'))
    return fail(large ? 'pack-too-big' : 'pack-unreadable')
  }
}
