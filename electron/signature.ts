// Ed25519 signatures as others check them: whether one holds, and a public key as words that two people can compare.
import { createHash, createPublicKey, verify } from 'node:crypto'

const consonants = 'bdfghjklmnprstvz'
const vowels = 'aiou'

/** 16 bits as a word of five letters: consonants carry four bits, vowels two (proquints, arXiv:0901.4016). */
const wordOf = (bits: number): string =>
  [
    consonants[(bits >> 12) & 15],
    vowels[(bits >> 10) & 3],
    consonants[(bits >> 6) & 15],
    vowels[(bits >> 4) & 3],
    consonants[bits & 15]
  ].join('')

/** 96 bits of the SHA-256 of public keys (base64) in six words: "lusab babad gutih tugad mudof sakat". */
export function fingerprintWords(...publicKeys: readonly string[]): string {
  const hash = createHash('sha256')
    .update(Buffer.concat(publicKeys.map((key) => Buffer.from(key, 'base64'))))
    .digest()
  return Array.from({ length: 6 }, (_, index) => wordOf(hash.readUInt16BE(2 * index))).join(' ')
}

/** Whether `signature` over `bytes` is by the holder of `publicKey`; a key or signature that is none is a no. */
export function isSignedBy(publicKey: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ed25519' && verify(null, bytes, key, signature)
  } catch {
    return false
  }
}
