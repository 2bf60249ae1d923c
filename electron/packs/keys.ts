// The two key pairs of an installation, Ed25519 to sign and X25519 to be written to, as raw bytes; node:crypto only.
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  sign,
  verify
} from 'node:crypto'
import { fingerprintWords } from '../signature.ts'

type Kind = 'ed25519' | 'x25519'

/** What stands before the 32 raw bytes in SPKI and PKCS #8 (RFC 8410). */
const before = {
  ed25519: { spki: '302a300506032b6570032100', pkcs8: '302e020100300506032b657004220420' },
  x25519: { spki: '302a300506032b656e032100', pkcs8: '302e020100300506032b656e04220420' }
} as const

const publicKey = (kind: Kind, raw: string): KeyObject =>
  createPublicKey({
    key: Buffer.concat([Buffer.from(before[kind].spki, 'hex'), Buffer.from(raw, 'base64')]),
    format: 'der',
    type: 'spki'
  })

const privateKey = (kind: Kind, raw: string): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from(before[kind].pkcs8, 'hex'), Buffer.from(raw, 'base64')]),
    format: 'der',
    type: 'pkcs8'
  })

/** A key pair as Base64 of its raw bytes. */
export interface Pair {
  readonly open: string
  readonly secret: string
}

export function newPair(kind: Kind): Pair {
  const pair = generateKeyPairSync(kind as 'ed25519')
  const raw = (der: Buffer): string => der.subarray(-32).toString('base64')
  return {
    open: raw(pair.publicKey.export({ format: 'der', type: 'spki' })),
    secret: raw(pair.privateKey.export({ format: 'der', type: 'pkcs8' }))
  }
}

const signed = (parts: readonly Uint8Array[]): Uint8Array => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return Buffer.concat([Buffer.from('AMTPACK 1 signature\n'), hash.digest()])
}

export const signParts = (parts: readonly Uint8Array[], secret: string): Uint8Array =>
  sign(null, signed(parts), privateKey('ed25519', secret))

export const isSigned = (parts: readonly Uint8Array[], signature: Uint8Array, open: string): boolean =>
  verify(null, signed(parts), publicKey('ed25519', open), signature)

/** 32 bytes that only the two ends know. Both public keys go into it, so that it fits this pair of them alone. */
export function sharedKey(mine: Pair, theirs: string, ephemeral: string, box: string): Uint8Array {
  const secret = diffieHellman({
    privateKey: privateKey('x25519', mine.secret),
    publicKey: publicKey('x25519', theirs)
  })
  const salt = Buffer.concat([Buffer.from(ephemeral, 'base64'), Buffer.from(box, 'base64')])
  return new Uint8Array(hkdfSync('sha256', secret, salt, 'AMTPACK 1 content', 32))
}

/** How people compare keys: both of a laptop as six words. */
export const fingerprintOf = ({ key, box }: { readonly key: string; readonly box: string }): string =>
  fingerprintWords(key, box)
