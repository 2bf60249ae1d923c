// The file itself: sealed and opened, and every way in which it can be wrong named for what it is.
import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { cut, type Header, headOf, largestPack } from '../../../electron/packs/format.ts'
import { addressOf, readAddress } from '../../../electron/packs/installation.ts'
import { fingerprintOf, newPair, signParts } from '../../../electron/packs/keys.ts'
import { lookAt, type Opener, type Sealer, seal, unseal } from '../../../electron/packs/seal.ts'
import type { Result } from '../../../shared/problem.ts'
import { value } from '../../bench.ts'

const random = (count: number): Uint8Array => new Uint8Array(randomBytes(count))
function someone(name: string): Sealer {
  const [signing, boxing] = [newPair('ed25519'), newPair('x25519')]
  return { name, key: signing.open, box: boxing.open, signing, boxing }
}
const [ann, ben, eve] = [someone('Ann'), someone('Ben'), someone('Eve')]
const passphrase = 'copper lantern drifts north 7'
const about = { kind: 'site', id: 'one', createdAt: 1 } as const
const secret = 'Planted-Secret1!'
const content = { secrets: [secret], names: ['FIN-0231'] }
const sealed = async (opener: Opener, sealer = ann): Promise<Uint8Array> =>
  value(await seal(about, content, { opener, sealer, random, cost: 14 }))
const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.problem.code)
const opened = async (file: Uint8Array, typed: string | undefined, own: Sealer): Promise<string> => {
  const found = lookAt(file)
  return found.ok ? codeOf(await unseal(found.value, typed, own)) : found.problem.code
}

let byPassphrase: Uint8Array
let byKey: Uint8Array
beforeAll(async () => {
  byPassphrase = await sealed({ by: 'passphrase', passphrase })
  byKey = await sealed({ by: 'key', box: ben.box })
})

describe('opened by whom it is for', () => {
  test('by its passphrase, however its letters were composed', async () => {
    expect(value(await unseal(value(lookAt(byPassphrase)), passphrase, ben))).toEqual(content)
    const file = await sealed({ by: 'passphrase', passphrase: 'Mu\u0308hle am rauschenden Bach' })
    expect(await opened(file, 'M\u00fchle am rauschenden Bach', ben)).toBe('ok')
  })

  test('by the key it is locked to, and by no other', async () => {
    expect(value(await unseal(value(lookAt(byKey)), undefined, ben))).toEqual(content)
    expect(await opened(byKey, undefined, eve)).toBe('pack-for-another')
  })

  test('nothing of the content stands in the file in plain, nor does the passphrase', () => {
    for (const file of [byPassphrase, byKey]) {
      const text = Buffer.from(file).toString('latin1')
      for (const word of [secret, Buffer.from(secret).toString('base64'), 'FIN-0231', passphrase]) {
        expect(text).not.toContain(word)
      }
    }
  })
})

describe('wrong in every way', () => {
  test('a wrong or absent passphrase', async () => {
    expect(await opened(byPassphrase, 'copper lantern drifts north 8', ben)).toBe('pack-passphrase')
    expect(await opened(byPassphrase, undefined, ben)).toBe('pack-locked')
  })

  test('every cut shortens it to something that is named, and never opens', () => {
    const codes = new Set<string>()
    for (let length = 0; length < byKey.length; length++) codes.add(codeOf(lookAt(byKey.subarray(0, length))))
    expect([...codes].sort()).toEqual(['not-a-pack', 'pack-truncated'])
  })

  test('any altered byte, and any byte too many', () => {
    fc.assert(
      fc.property(fc.nat(byKey.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const altered = Uint8Array.from(byKey)
        altered[at] = (altered[at] ?? 0) ^ by
        expect(codeOf(lookAt(altered))).not.toBe('ok')
      }),
      { numRuns: 300 }
    )
    expect(codeOf(lookAt(Buffer.concat([byKey, Buffer.from('x')])))).toBe('pack-altered')
  })

  test('somebody else’s signature over the same content does not open: the signer is part of what is sealed', async () => {
    const { header, sealed: inner } = value(cut(byKey))
    const forged: Header = { ...header, signer: { name: 'Eve', key: eve.key, box: eve.box } }
    const head = headOf(forged)
    const file = Buffer.concat([head, inner, signParts([head, inner], eve.signing.secret)])
    expect(codeOf(lookAt(file))).toBe('ok')
    expect(await opened(file, undefined, ben)).toBe('pack-altered')
  })

  test('from the future, something else, too big', () => {
    const later = Buffer.concat([Buffer.from('AMTPACK 2\n'), byKey.subarray(10)])
    expect(codeOf(lookAt(later))).toBe('pack-newer')
    expect(codeOf(lookAt(Buffer.from('name,fqdn\n')))).toBe('not-a-pack')
    expect(codeOf(lookAt(new Uint8Array(largestPack + 1)))).toBe('pack-too-big')
  })

  test.each([
    ['costs more memory than may be', { log2N: 30 }],
    ['costs more work than may be', { p: 1000 }],
    ['has another block size', { r: 16 }]
  ])('a key derivation that %s is refused before it is begun', (_, change) => {
    const { header, sealed: inner } = value(cut(byPassphrase))
    if (header.lock.by !== 'passphrase') throw new Error('not locked by a passphrase')
    const scrypt = { ...header.lock.scrypt, ...change }
    const head = headOf({ ...header, lock: { by: 'passphrase', scrypt } } as Header)
    const file = Buffer.concat([head, inner, signParts([head, inner], ann.signing.secret)])
    expect(codeOf(lookAt(file))).toBe('not-a-pack')
  })
})

test('an address comes back as it was given, and nothing else is one', () => {
  const { signing: _signing, boxing: _boxing, ...signer } = ann
  const address = addressOf(signer)
  expect(value(readAddress(`  ${address.slice(0, 40)}\n${address.slice(40)} `))).toEqual(signer)
  expect(fingerprintOf(ann)).toMatch(/^([a-z]{5} ){5}[a-z]{5}$/)
  for (const text of ['', 'amtpack1:', 'amtpack1:e30', `${address}AA==x`, address.slice(0, -9)])
    expect(codeOf(readAddress(text)), text).toBe('pack-address')
})
