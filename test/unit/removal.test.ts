// Removing everything: what is counted, what stands against it, and that exactly this data folder's things go.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { entriesIn, keptHere, mayRemove, removedFrom, removeEntries, removeFiles } from '../../electron/removal.ts'
import { isLeaseFree } from '../../electron/store/lease.ts'
import { openStore, type Store } from '../../electron/store/store.ts'
import { noVault, vaultOf } from '../../electron/vault.ts'
import { benchKeychain, value } from '../bench.ts'

const guid = '4c4c4544-0042-3510-8051-b4c04f325a33'
const open: Store[] = []
afterEach(() => {
  for (const store of open.splice(0)) store.close()
})

function bench() {
  const folder = mkdtempSync(join(tmpdir(), 'amt-removal-'))
  const store = value(openStore({ folder, actor: 'test', now: Date.now }))
  open.push(store)
  const [real, practice] = [benchKeychain(), benchKeychain()]
  const vaults = {
    real: vaultOf(real, { kind: 'keychain', words: '' }),
    practice: vaultOf(practice, { kind: 'keychain', words: '' })
  }
  return { folder, store, real, practice, vaults }
}

test('every entry the store speaks of goes, and no entry of another data folder', async () => {
  const { folder, store, real, practice, vaults } = bench()
  const rows = value(await vaults.real.keepMany('draft/d1/rows/r1', ['one', 'two']))
  store.drafts.listEntries('d1', ['draft/d1/rows/r1/0'], false)
  for (const slot of ['job/j1/new-admin', 'command-line/wifi:Büro, 2. Stock', 'pack-keys/p', 'return-x/0'])
    value(await vaults.real.keep(slot, 'three'))
  store.secrets.add({
    slot: 'job/j1/new-admin',
    guid,
    username: 'admin',
    role: 'pending',
    practice: false,
    jobId: 'j1'
  })
  store.secrets.add({ slot: 'return-x/0#3', guid, username: 'admin', role: 'former', practice: false, jobId: 'j1' })
  store.audit.append('secret kept', { slot: 'command-line/wifi:Büro, 2. Stock' })
  store.packs.keepInstallation({ name: 'n', key: 'k', box: 'b', slot: 'pack-keys/p' })
  value(await vaults.practice.keep('import/i/account/a', 'four'))
  store.audit.append('secret kept', { slot: 'import/i/account/a' })
  real.secrets.set('draft/other-folder/rows/r/0', 'theirs')
  expect(rows).toHaveLength(2)

  expect(await keptHere({ folder, store, vaults })).toMatchObject({ entries: 6, unproved: 1, inUse: 0 })
  expect(value(await removeEntries(entriesIn(store), vaults))).toBe(true)
  expect([...real.secrets.keys()]).toEqual(['draft/other-folder/rows/r/0'])
  expect([...practice.secrets.keys()]).toEqual([])
})

test('passwords in use and unproved ones have to be given up by name', () => {
  const code = (unproved: number, inUse: number, accepted: 'nothing' | 'passwords' | 'unproved') => {
    const may = mayRemove({ unproved, inUse }, accepted)
    return may.ok ? 'ok' : `${may.problem.code}: ${/\d+ computers?/.exec(may.problem.meaning)?.[0]}`
  }
  expect(code(0, 0, 'nothing')).toBe('ok')
  expect(code(0, 1, 'nothing')).toBe('passwords-only-here: 1 computer')
  expect(code(0, 1, 'passwords')).toBe('ok')
  expect(code(2, 1, 'passwords')).toBe('passwords-unproved: 2 computers')
  expect(code(2, 1, 'unproved')).toBe('ok')
})

test('a keychain that does not answer lets nothing be removed', async () => {
  const { store, real, vaults } = bench()
  store.secrets.add({ slot: 'job/j/new-admin', guid, username: 'a', role: 'former', practice: false, jobId: 'j' })
  real.before = () => {
    throw new Error('locked')
  }
  const removed = await removeEntries(entriesIn(store), vaults)
  expect(removed.ok ? 'ok' : removed.problem.code).toBe('keychain-failed')
})

test('without a keychain whoever only practised can remove everything, and nobody else', async () => {
  const { store, vaults } = bench()
  const without = { real: noVault('none here'), practice: vaults.practice }
  store.audit.append('secret kept', { slot: 'import/i/account/a' })
  // What practice put into a keychain that answered then is not gone: nothing may say so.
  const emptied = value(await removeEntries(entriesIn(store), without))
  expect(emptied).toBe(false)
  expect(removedFrom('/nowhere', emptied)).toMatchObject({
    title: 'Removed, but for the keychain',
    detail: expect.stringContaining('The keychain does not answer now'),
    left: []
  })
  store.secrets.add({ slot: 'job/j/new', guid, username: 'admin', role: 'former', practice: false, jobId: 'j' })
  const refused = await removeEntries(entriesIn(store), without)
  expect(refused.ok ? 'ok' : refused.problem.code).toBe('keychain-missing')
})

test('its own files go, what else lies in the folder stays', () => {
  const { folder, store } = bench()
  mkdirSync(join(folder, 'logs'))
  mkdirSync(join(folder, 'damaged-2026-11-23'))
  writeFileSync(join(folder, 'logs', 'diagnostic.log'), 'x')
  writeFileSync(join(folder, 'holiday.jpg'), 'x')
  store.close()
  open.length = 0
  expect(isLeaseFree(folder)).toBe(true)
  value(removeFiles(folder))
  expect(readdirSync(folder)).toEqual(['holiday.jpg'])
  expect(removedFrom(folder, true)).toMatchObject({
    title: 'Everything was removed',
    detail: expect.stringContaining('holiday.jpg'),
    left: ['holiday.jpg']
  })
  const empty = bench()
  empty.store.close()
  open.length = 0
  value(removeFiles(empty.folder))
  expect(existsSync(empty.folder)).toBe(false)
})
