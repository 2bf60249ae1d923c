// Former passwords stay until they are released; released, they are gone from the keychain and the ones in use are not.
import { afterEach, expect, test } from 'vitest'
import { memoryKeychain, vaultOf } from '../../electron/vault.ts'
import { closeBenches, computer, heldSecrets, openBench, opens, value } from '../bench.ts'

afterEach(closeBenches)

test('released are the passwords of rows that are done; those of rows that are open stay', async () => {
  const computers = [computer(0), computer(1), computer(2, 'other-uuid')]
  const bench = await openBench({ computers })
  const { id } = await bench.begin()
  await bench.finished(id)
  const passwords = computers.map(({ password }) => password)
  expect(heldSecrets(bench.keychain)).toEqual(expect.arrayContaining(passwords))
  expect(value(bench.core.imports.former(id))).toEqual({ former: 2 })

  expect(value(await bench.core.imports.release(id))).toEqual({ released: 2 })
  const held = heldSecrets(bench.keychain)
  expect(passwords.map((password) => held.includes(password))).toEqual([false, false, true])
  const jobs = bench.core.store.jobs.of(id)
  for (const n of [0, 1]) {
    const slot = bench.core.store.secrets.of(jobs[n]?.computer.guid ?? '').find(({ role }) => role === 'current')?.slot
    expect(opens(bench.device(computer(n).fqdn), bench.keychain.secrets.get(slot ?? ''))).toBe(true)
  }
  expect(value(bench.core.imports.former(id))).toEqual({ former: 0 })
  expect(value(await bench.core.imports.release(id))).toEqual({ released: 0 })
  const { entries } = bench.core.store.audit.read({ before: null, count: 10, search: 'secrets released' })
  expect(entries.map(({ body }) => body)).toEqual([{ count: 2 }])
})

test('accounts go when nobody is left who may need them; a former password of the same device goes too', async () => {
  const one = computer(0)
  const bench = await openBench({
    computers: [one],
    accounts: [{ username: 'admin', password: one.password, description: 'x' }]
  })
  const list = [one.name, one.fqdn, one.uuid, one.mac, '', ''].join(',')
  const { id } = await bench.begin({}, list)
  await bench.finished(id)
  expect(value(bench.core.imports.former(id))).toEqual({ former: 1 })
  value(await bench.core.imports.release(id))
  expect(heldSecrets(bench.keychain)).not.toContain(one.password)
})

test('a keychain that does not let go: nothing is noted as released', async () => {
  const bench = await openBench({ computers: [computer(0)] })
  const { id } = await bench.begin()
  await bench.finished(id)
  bench.keychain.before = () => {
    throw new Error('locked')
  }
  expect(await bench.core.imports.release(id)).toMatchObject({ ok: false, problem: { code: 'keychain-failed' } })
  bench.keychain.before = () => undefined
  expect(value(bench.core.imports.former(id))).toEqual({ former: 1 })
  expect(bench.core.store.audit.read({ before: null, count: 10, search: 'secrets released' }).entries).toEqual([])
})

test('a pack keeps its other places, and goes with the last of them', async () => {
  const keychain = memoryKeychain()
  const vault = vaultOf(keychain, { kind: 'memory', words: '' })
  const slots = value(await vault.keepMany('rows', ['Pack-One1!', 'Pack-Two2!']))
  value(await vault.release([slots[0] ?? '']))
  expect(value(await vault.find(slots[0] ?? ''))).toBeUndefined()
  expect(value(await vault.find(slots[1] ?? ''))).toBe('Pack-Two2!')
  value(await vault.release([slots[1] ?? '']))
  expect(await keychain.get('rows/0')).toBeNull()
})
