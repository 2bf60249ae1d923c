// A certificate in use keeps its key, of whatever kind: the key is known by its public half.
import { createPublicKey } from 'node:crypto'
import { expect, test } from 'vitest'
import { keyOf } from '../../../electron/provision/settings/certificateStore.ts'
import { publicKeyOf } from '../../../electron/simulator/pki.ts'
import { madeCertificate, madeKey } from '../simulator/keys.ts'

test.each(['rsa', 'ecc'] as const)(
  'the %s key of a certificate is told as the device tells its key pair',
  async (kind) => {
    const key = await madeKey(kind)
    const { der } = await madeCertificate('device', key)
    expect(keyOf(new Uint8Array(Buffer.from(der, 'base64')))).toBe(publicKeyOf(key))
    expect(createPublicKey(key).asymmetricKeyType).toBe(kind === 'rsa' ? 'rsa' : 'ec')
  }
)

test('what is no certificate has no key', () => {
  expect(keyOf(undefined)).toBeUndefined()
  expect(keyOf(new Uint8Array([1, 2, 3]))).toBeUndefined()
})
