// What is remembered of earlier lists: the same list again, a title met again, and what is never written down.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, type Store } from '../../../electron/store/store.ts'
import { signatureOf } from '../../../shared/remembered.ts'
import { value } from '../../bench.ts'

let folder: string
let store: Store
let clock = 0
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'amt-mappings-'))
  clock = 1_000
  store = value(openStore({ folder, actor: 'tester', now: () => clock }))
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const titled = (...titles: string[]) => signatureOf(titles, [], true)

test('the same list is found again, in any order and with what was left out', () => {
  store.mappings.remember(titled('Kiste', 'Netz', 'Raum'), ['name', 'fqdn', null])
  expect(store.mappings.find(titled('raum', 'Kiste', 'NETZ'))).toEqual([
    { field: null, at: 1_000, by: 'list' },
    { field: 'name', at: 1_000, by: 'list' },
    { field: 'fqdn', at: 1_000, by: 'list' }
  ])
})

test('the last choice counts', () => {
  const list = titled('Kiste', 'Netz')
  store.mappings.remember(list, ['name', 'fqdn'])
  clock = 2_000
  store.mappings.remember(list, [null, 'name'])
  expect(store.mappings.find(list)).toEqual([
    { field: null, at: 2_000, by: 'list' },
    { field: 'name', at: 2_000, by: 'list' }
  ])
})

test('in another list single titles are found, but not that they were left out', () => {
  store.mappings.remember(titled('Kiste', 'MAC address'), ['name', null])
  expect(store.mappings.find(titled('Kiste', 'MAC address', 'Neu'))).toEqual([
    { field: 'name', at: 1_000, by: 'title' },
    undefined,
    undefined
  ])
})

test('two columns of one title are told apart by their order', () => {
  const list = titled('MAC', 'MAC')
  store.mappings.remember(list, [null, 'mac'])
  expect(store.mappings.find(list).map((known) => known?.field)).toEqual([null, 'mac'])
})

test('a list without titles is found by what its columns look like', () => {
  const sample = [['4c4c4544-0042-3510-8051-b4c04f4a3153', 'PC1', 'room 7']]
  const list = (first: string) => signatureOf(['Column 1', 'Column 2', 'Column 3'], [[first, 'PC2', 'hall']], false)
  store.mappings.remember(signatureOf(['1', '2', '3'], sample, false), ['guid', 'name', null])
  expect(store.mappings.find(list('4c4c4544-0042-3510-8051-b4c04f4a3154'))[1]).toMatchObject({
    field: 'name',
    by: 'list'
  })
  expect(store.mappings.find(list('00:1e:4f:aa:10:32'))).toEqual([undefined, undefined, undefined])
})

test('titles that look like secrets, and cells, are never written down', () => {
  store.mappings.remember(titled('Name', 'P@ssw0rd!', 'UEBzc3cwcmQh'), ['name', 'adminPassword', 'mebxPassword'])
  store.mappings.remember(signatureOf(['1'], [['geheim-P@ssw0rd!']], false), ['adminPassword'])
  store.close()
  const db = new Database(join(folder, 'wizard.db'))
  const kept = JSON.stringify([
    db.prepare('SELECT * FROM mappings').all(),
    db.prepare('SELECT * FROM mapping_titles').all()
  ])
  db.close()
  expect(kept).toContain('"name"')
  expect(kept).not.toMatch(/ssw0rd|uebz|geheim/i)
  store = value(openStore({ folder, actor: 'tester', now: () => clock }))
})
