// Secrets: packs that fit into one credential, slots that read back, and keychains that lie, refuse or are not there.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memoryKeychain, noVault, openVaults, systemKeychain, type Vault, vaultOf } from '../../electron/vault.ts'
import { type BenchKeychain, benchKeychain, heldSecrets, value } from '../bench.ts'
import { leftOut } from '../session.ts'

/** CRED_MAX_CREDENTIAL_BLOB_SIZE of Windows, bytes. */
const credentialLimit = 2_560

function bench(): { vault: Vault; keychain: BenchKeychain; heard: string[] } {
  const keychain = benchKeychain()
  const heard: string[] = []
  return {
    keychain,
    heard,
    vault: vaultOf(keychain, { kind: 'keychain', words: '', onSecret: (secret) => heard.push(secret) })
  }
}

const password = fc.string({ minLength: 1, maxLength: 256, unit: 'grapheme' }).filter((text) => text.length <= 256)

describe('many secrets at once', () => {
  test('each has a slot that reads back, and no entry is too big for Windows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(password, { maxLength: 60 }), async (secrets) => {
        const { vault, keychain } = bench()
        const slots = value(await vault.keepMany('draft/1/rows', secrets))
        expect(slots).toHaveLength(secrets.length)
        for (const [index, slot] of slots.entries()) expect(value(await vault.read(slot))).toBe(secrets[index])
        for (const text of keychain.secrets.values()) {
          expect(Buffer.byteLength(text, 'utf16le')).toBeLessThanOrEqual(credentialLimit)
        }
      }),
      { numRuns: 40 }
    )
  })

  test('few entries: a hundred usual passwords take no hundred', async () => {
    const { vault, keychain } = bench()
    await vault.keepMany(
      'draft/1/rows',
      Array.from({ length: 100 }, (_, n) => `Bench-Usual${n}!`)
    )
    expect(keychain.secrets.size).toBeLessThan(5)
  })

  test('all or nothing: what was kept before a refusal is taken out again', async () => {
    const { vault, keychain } = bench()
    keychain.before = (call, account) => {
      if (call === 'set' && account.endsWith('/1')) throw new Error('full')
    }
    const kept = await vault.keepMany(
      'list',
      Array.from({ length: 100 }, (_, n) => `Bench-Usual${n}!`)
    )
    expect(kept).toMatchObject({ ok: false, problem: { code: 'keychain-failed' } })
    expect([...keychain.secrets]).toEqual([])
  })

  test('forgetting one of a pack forgets the pack, and no other', async () => {
    const { vault, keychain } = bench()
    const [slot = ''] = value(await vault.keepMany('a', ['one', 'two']))
    await vault.keepMany('b', ['three'])
    await vault.forget([slot])
    expect(heldSecrets(keychain)).toEqual(['three'])
  })
})

describe('one secret', () => {
  test('reads back, is missed when gone, and passes by the log', async () => {
    const { vault, heard } = bench()
    value(await vault.keep('slot', 'Bench-One1!'))
    expect(value(await vault.read('slot'))).toBe('Bench-One1!')
    await vault.forget(['slot', 'never there'])
    expect(value(await vault.find('slot'))).toBeUndefined()
    expect(await vault.read('slot')).toMatchObject({ ok: false, problem: { code: 'secret-gone' } })
    expect(heard).toContain('Bench-One1!')
  })

  test('a keychain that reads back something else has not kept it', async () => {
    const { vault, keychain } = bench()
    keychain.answer = (_, secret) => secret?.slice(1)
    expect(await vault.keep('slot', 'Bench-One1!')).toMatchObject({ ok: false, problem: { code: 'keychain-failed' } })
  })

  test('a keychain that reads back nothing has not kept it', async () => {
    const { vault, keychain } = bench()
    keychain.answer = () => undefined
    expect(await vault.keep('slot', 'Bench-One1!')).toMatchObject({ ok: false, problem: { code: 'keychain-failed' } })
  })

  test.each(['set', 'get', 'remove'] as const)(
    'a keychain that rejects %s is a Problem, never thrown',
    async (refused) => {
      const { vault, keychain } = bench()
      keychain.before = (call) => {
        if (call === refused) throw new Error('locked')
      }
      const kept = await vault.keep('slot', 'Bench-One1!')
      const found = await vault.find('slot')
      await vault.forget(['slot'])
      if (refused !== 'remove')
        expect(kept).toMatchObject({ ok: false, problem: { code: 'keychain-failed', detail: 'locked' } })
      if (refused === 'get') expect(found).toMatchObject({ ok: false, problem: { code: 'keychain-missing' } })
    }
  )

  test('an entry altered from outside: no Problem quotes what stands in it', async () => {
    const { vault, keychain } = bench()
    const [slot = ''] = value(await vault.keepMany('a', ['Bench-One1!']))
    keychain.secrets.set('a/0', 'Bench-Other2!')
    const read = await vault.read(slot)
    expect(read).toMatchObject({ ok: false, problem: { code: 'secret-gone' } })
    expect(JSON.stringify(read)).not.toContain('Bench')
    keychain.secrets.set('a/0', '"text"')
    expect(await vault.read(slot)).toMatchObject({ ok: false })
  })
})

test('without a keychain nothing is kept, and every call says so', async () => {
  const vault = noVault('no bus')
  const missing = { ok: false, problem: { code: 'keychain-missing' } }
  expect(await vault.keep('slot', 'x')).toMatchObject(missing)
  expect(await vault.keepMany('slot', ['x'])).toMatchObject(missing)
  expect(await vault.read('slot')).toMatchObject(missing)
  expect(await vault.find('slot')).toMatchObject(missing)
})

test('memory stands in, and ends with the program', async () => {
  const vault = vaultOf(memoryKeychain(), { kind: 'memory', words: '' })
  value(await vault.keep('slot', 'x'))
  expect(value(await vault.read('slot'))).toBe('x')
  expect(value(await vaultOf(memoryKeychain(), { kind: 'memory', words: '' }).find('slot'))).toBeUndefined()
})

describe('the keychain of this computer', () => {
  test('keeps, reads back and forgets; umlauts and full packs too', async () => {
    const service = `AMT Migration Wizard test ${process.pid}`
    const keychain = await systemKeychain(service)
    if (!keychain.ok) {
      leftOut('No keychain can be reached here')
      return
    }
    const vault = vaultOf(keychain.value, { kind: 'keychain', words: '' })
    const secrets = ['Bench-Ünder1!', ...Array.from({ length: 80 }, (_, n) => `Bench-"\\${n}"-${'x'.repeat(20)}`)]
    const slots = value(await vault.keepMany('list', secrets))
    for (const [index, slot] of slots.entries()) expect(value(await vault.read(slot))).toBe(secrets[index])
    await vault.forget(slots)
    expect(value(await vault.find(slots[0] ?? ''))).toBeUndefined()
    expect(await keychain.value.get(`probe/${process.pid}`)).toBeNull()
  })

  test('both vaults open, or their words say why not', async () => {
    const { real, practice } = await openVaults(`AMT Migration Wizard test ${process.pid}`)
    expect(['keychain', 'none']).toContain(real.kind)
    expect(practice.kind).toBe(real.kind === 'keychain' ? 'keychain' : 'memory')
    expect(practice.words).not.toBe('')
  })
})
