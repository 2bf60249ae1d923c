// Named profiles: each saving a version more, no secret in them, a file that goes out and comes back.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Drafting, draftingOf } from '../../electron/drafting/drafting.ts'
import { namedProfiles, type Profiles } from '../../electron/profiles.ts'
import { openStore, type Store } from '../../electron/store/store.ts'
import { memoryKeychain, vaultOf } from '../../electron/vault.ts'
import { defaultProfile } from '../../shared/profile.ts'
import { value } from '../bench.ts'

let folder: string
let store: Store
let drafting: Drafting
let profiles: Profiles
let draftId: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'amt-profiles-'))
  let count = 0
  const newId = () => `id-${++count}`
  store = value(openStore({ folder, actor: 'tester', now: () => 1000 + count }))
  const vault = vaultOf(memoryKeychain(), { kind: 'memory', words: '' })
  drafting = draftingOf({ store, vaults: { real: vault, practice: vault }, now: () => 1, newId })
  profiles = namedProfiles({ store, drafting, newId })
  draftId = drafting.begin(true, []).id
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

test('saved, saved again, duplicated, deleted: versions count up and the audit tells', () => {
  const first = value(profiles.save(draftId, null, ' Branch offices '))
  expect(first.saved).toMatchObject({ name: 'Branch offices', version: 1 })
  expect(first.draft.profile.origin).toMatchObject({ id: first.saved.id, version: 1 })
  const second = value(profiles.save(draftId, first.saved.id, 'Branch offices'))
  expect(second.saved).toMatchObject({ id: first.saved.id, version: 2 })
  const copy = value(profiles.save(draftId, null, 'A copy'))
  expect(profiles.all().map(({ name, version }) => [name, version])).toEqual([
    ['A copy', 1],
    ['Branch offices', 2]
  ])
  value(profiles.remove(first.saved.id))
  value(profiles.remove(first.saved.id))
  expect(profiles.all().map(({ id }) => id)).toEqual([copy.saved.id])
  const { entries } = store.audit.read({ before: null, count: 50, search: 'profile' })
  expect(entries.map(({ kind }) => kind)).toEqual([
    'profile deleted',
    'profile saved',
    'profile saved',
    'profile saved'
  ])
})

test('what is saved or given away holds no slot; the draft keeps its own', async () => {
  const { slot } = value(await drafting.keepSecret(draftId, 'newPassword', 'Bench-Given1!'))
  value(drafting.change(draftId, { profile: { ...defaultProfile, password: { kind: 'given', slot } } }))
  const { draft, saved } = value(profiles.save(draftId, null, 'With a password'))
  expect(draft.profile.password).toEqual({ kind: 'given', slot })
  expect(saved.profile.password).toEqual({ kind: 'given' })
  const { text, name } = value(profiles.text(draftId))
  expect(name).toBe('With-a-password.amt-profile.json')
  expect(text).not.toContain(slot)
  value(drafting.change(draftId, { profile: defaultProfile }))
  expect(value(profiles.take(draftId, text)).profile).toMatchObject({ password: { kind: 'given' }, origin: null })
})

test.each([
  ['not JSON', 'hello'],
  ['another file', '{}'],
  [
    'a later format',
    JSON.stringify({ format: 'AMT Migration Wizard profile', formatVersion: 2, name: 'x', profile: {} })
  ],
  [
    'a choice that does not exist',
    JSON.stringify({
      format: 'AMT Migration Wizard profile',
      formatVersion: 1,
      name: 'x',
      profile: { ...defaultProfile, kvm: 'maybe' }
    })
  ]
])('%s is refused and changes nothing', (_name, text) => {
  expect(profiles.take(draftId, text)).toMatchObject({ ok: false, problem: { code: 'profile-unreadable' } })
  expect(value(drafting.open(draftId)).profile).toEqual(defaultProfile)
})

test('slots smuggled into a file are not taken', () => {
  const profile = { ...defaultProfile, password: { kind: 'given', slot: 'draft/other/newPassword/1' } }
  const text = JSON.stringify({ format: 'AMT Migration Wizard profile', formatVersion: 1, name: 'x', profile })
  expect(value(profiles.take(draftId, text)).profile.password).toEqual({ kind: 'given' })
})
