// The installation's key: made once, found again, replaced in the open when the keychain has lost it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { installationKey } from '../../electron/installation.ts'
import { fingerprintWords, isSignedBy } from '../../electron/signature.ts'
import { openStore, type Store } from '../../electron/store/store.ts'
import { type Keychain, memoryKeychain, noVault, vaultOf } from '../../electron/vault.ts'
import { value } from '../bench.ts'

let folder: string
let store: Store
let keychain: Keychain
let seed = 1
const random = (count: number): Uint8Array => new Uint8Array(count).fill(seed++)
const ask = () =>
  installationKey({ vault: vaultOf(keychain, { kind: 'keychain', words: 'On the bench.' }), store, random })
const kinds = () => store.audit.read({ before: null, count: 10, search: 'installation' }).entries.map((e) => e.kind)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'amt-installation-'))
  store = value(openStore({ folder, actor: 'tester', now: () => 1_000 }))
  keychain = memoryKeychain()
  seed = 1
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

test('it is made once, signs, and is found again', async () => {
  const made = value(await ask())
  const again = value(await ask())
  expect(again).toMatchObject({ id: made.id, publicKey: made.publicKey, fingerprint: made.fingerprint })
  const bytes = new TextEncoder().encode('head')
  expect(isSignedBy(made.publicKey, bytes, again.sign(bytes))).toBe(true)
  expect(isSignedBy(made.publicKey, new TextEncoder().encode('hear'), again.sign(bytes))).toBe(false)
  expect(isSignedBy('AAAA', bytes, again.sign(bytes))).toBe(false)
  expect(kinds()).toEqual(['installation key made'])
  expect(made.fingerprint).toMatch(/^[a-z]{5}( [a-z]{5}){5}$/)
})

test.each([
  ['lost', (slot: string) => keychain.remove(slot)],
  ['altered', (slot: string) => keychain.set(slot, 'something else')]
])('a key that is %s is replaced, on record, and the installation keeps its id', async (_, spoil) => {
  const made = value(await ask())
  await spoil(store.installation.key()?.slot ?? '')
  const next = value(await ask())
  expect(next.id).toBe(made.id)
  expect(next.publicKey).not.toBe(made.publicKey)
  expect(kinds()).toEqual(['installation key replaced', 'installation key made'])
  expect(store.installation.keys().map(({ publicKey }) => publicKey)).toEqual([made.publicKey, next.publicKey])
})

test('the private half is nowhere in the store, and no keychain is a Problem, not a new key', async () => {
  value(await ask())
  const { slot = '' } = store.installation.key() ?? {}
  const secret = (await keychain.get(slot)) ?? ''
  expect(secret).toHaveLength(44)
  expect(JSON.stringify(store.audit.read({ before: null, count: 10, search: '' }))).not.toContain(secret)
  const refused = await installationKey({ vault: noVault('locked'), store, random })
  expect(refused).toMatchObject({ ok: false, problem: { code: 'keychain-missing' } })
  expect(store.installation.keys()).toHaveLength(1)
})

test('a fingerprint is the same words for the same key, and others for another', () => {
  expect(fingerprintWords('AAAA')).toBe(fingerprintWords('AAAA'))
  expect(fingerprintWords('AAAA')).not.toBe(fingerprintWords('AAAB'))
})
