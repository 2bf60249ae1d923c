// Drafts between file and Start: rows, mapping, repairs; secrets go to the keychain and nowhere else, and leave it again.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { Field } from '../../shared/computer.ts'
import type { PasswordForm } from '../../shared/draft.ts'
import type { Edit, View } from '../../shared/grid.ts'
import { defaultProfile } from '../../shared/profile.ts'
import { type Bench, closeBenches, filesWith, heldSecrets, openBench, value } from '../bench.ts'

afterEach(closeBenches)

const base64 = (text: string): string => Buffer.from(text).toString('base64')
const admin = 'Bench-Admin1!'
const mebx = 'Bench-Mebx2!'
const other = 'Bench-Other3!'
const titles = 'short_name,FQDN,SMBIOS,MAC,MEBx_password,remote_admin_password'
const guid = (n: number): string => `4c4c4544-0046-3000-8000-${n.toString(16).padStart(12, '0')}`
const row = (n: number, passwords = `${base64(mebx)},${base64(admin)}`): string =>
  `PC-${n},pc-${n}.corp.example,${guid(n)},02:1a:4f:00:00:${n.toString(16).padStart(2, '0')},${passwords}`
const plain: View = { filter: 'all', search: '', sort: null }
const six: readonly Field[] = ['name', 'fqdn', 'guid', 'mac', 'mebxPassword', 'adminPassword']

async function bench() {
  const one = await openBench({ computers: [] })
  const { drafting } = one.core
  const { id } = drafting.begin(false, [])
  const read = async (view: Partial<View> = {}) =>
    value(await one.core.drafting.readRows({ draftId: id, from: 0, count: 500, view: { ...plain, ...view } }))
  const edit = (wanted: Edit) => one.core.drafting.edit({ draftId: id, edit: wanted })
  const fix = (row: number | null, values: Partial<Record<Field, string>>) => edit({ kind: 'set', row, values })
  const leaveOut = (row: number, leftOut: boolean) =>
    edit({ kind: 'leaveOut', view: plain, from: row, to: row, leftOut })
  const map = (fields: readonly (Field | null)[], header: boolean, passwords: PasswordForm) =>
    one.core.drafting.map({ draftId: id, fields: [...fields], header, passwords })
  const undo = async (redo = false) => value(await one.core.drafting.undo({ draftId: id, redo }))
  const give = (...lines: readonly string[]) => drafting.give(id, 'list.csv', Buffer.from(lines.join('\r\n')))
  return { bench: one, drafting, id, read, give, edit, fix, leaveOut, map, undo }
}

/** No secret in any file of the folder, the write-ahead log of the database included. */
function expectNoSecretOnDisk({ folder }: Bench): void {
  const secrets = [admin, mebx, other]
  expect(readFileSync(join(folder, 'wizard.db')).byteLength).toBeGreaterThan(0)
  expect(filesWith(folder, secrets)).toEqual([])
}

describe('a list', () => {
  test('of six columns becomes rows; secrets are slots on disk and "kept" in the grid', async () => {
    const { bench: one, drafting, id, read, give } = await bench()
    const draft = value(await give(titles, row(1), row(2)))
    expect(draft.source).toMatchObject({ kind: 'file', header: true, lines: 2, passwords: 'base64', atHand: true })
    expect(draft.counts).toMatchObject({ total: 2, ready: 2, blocked: 0 })
    expect((await read()).rows[0]?.values).toMatchObject({
      name: 'PC-1',
      guid: guid(1),
      mebxPassword: 'kept',
      adminPassword: 'kept'
    })
    // Two different passwords, each kept once.
    expect(heldSecrets(one.keychain).sort()).toEqual([admin, mebx])
    const { computers } = value(await drafting.ready(id))
    expect(computers[0]?.adminPassword).toMatch(/^draft\//)
    expectNoSecretOnDisk(one)
  })

  test('with passwords in clear text: refused as Base64, taken when said so', async () => {
    const { bench: one, read, give, map } = await bench()
    expect(value(await give(titles, row(1, `${mebx},${admin}`))).counts).toMatchObject({ blocked: 1 })
    expect(heldSecrets(one.keychain)).toEqual([])
    const draft = value(await map(six, true, 'clear'))
    expect(draft.counts).toMatchObject({ ready: 1, blocked: 0 })
    expect((await read()).rows[0]?.values.adminPassword).toBe('kept')
    expect(heldSecrets(one.keychain).sort()).toEqual([admin, mebx])
    expectNoSecretOnDisk(one)
  })

  test('mapped anew: the columns count as told, and the secrets of before wait for undo', async () => {
    const { bench: one, read, give, map, undo } = await bench()
    await give(titles, row(1))
    const draft = value(await map(['name', 'fqdn', 'guid', null, null, 'adminPassword'], true, 'base64'))
    expect((await read()).rows[0]?.values).toMatchObject({ mac: '', mebxPassword: '', adminPassword: 'kept' })
    expect(draft.source).toMatchObject({ columns: [{ confidence: 1 }, {}, {}, { field: null }, {}, {}] })
    expect(heldSecrets(one.keychain).sort()).toEqual([admin, mebx])
    await undo()
    expect((await read()).rows[0]?.values.mebxPassword).toBe('kept')
  })

  test('a header line switched on and off again is the list as it was', async () => {
    const { read, give, map } = await bench()
    const first = `PC-1,pc-1.corp.example,${guid(1)},,,`
    await give(first, row(2))
    const before = await read()
    expect(before.total).toBe(2)
    expect(value(await map(six, true, 'base64')).source).toMatchObject({ header: true, lines: 1 })
    expect((await read()).total).toBe(1)
    await map(six, false, 'base64')
    expect(await read()).toEqual(before)
  })

  test('a header line switched off is a row, with its own line number', async () => {
    const { read, give, map } = await bench()
    await give(titles, row(1))
    await map(six, false, 'base64')
    expect((await read()).rows.map(({ line, values }) => [line, values.name])).toEqual([
      [1, 'short_name'],
      [2, 'PC-1']
    ])
    await map(six, true, 'base64')
    expect((await read()).rows.map(({ line }) => line)).toEqual([2])
  })

  test('with a header line only has nothing to switch on', async () => {
    const { give, map } = await bench()
    await give(row(1))
    expect(await map(six, true, 'base64')).toMatchObject({ ok: false, problem: { code: 'file-empty' } })
  })

  test('that cannot be read leaves the draft as it was', async () => {
    const { drafting, id, read, give } = await bench()
    await give(titles, row(1))
    expect(await drafting.give(id, 'broken.csv', Buffer.from(''))).toMatchObject({
      ok: false,
      problem: { code: 'file-empty', where: 'broken.csv' }
    })
    expect((await read()).total).toBe(1)
  })

  test('of 100,000 computers is read, repaired and read back', { timeout: 60_000 }, async () => {
    const { read, give, fix } = await bench()
    const many = Array.from(
      { length: 100_000 },
      (_, n) => `PC-${n},pc-${n}.corp.example,${guid(n + 1)},,,${base64(`Bench-${n}aA!`)}`
    )
    expect(value(await give(titles, ...many)).counts).toMatchObject({ total: 100_000, ready: 100_000 })
    expect(await read({ search: 'pc-99999.' })).toMatchObject({ total: 1 })
    expect(value(await fix(5, { name: '' })).draft.counts).toMatchObject({ blocked: 1 })
  })
})

describe('rows', () => {
  test('duplicates block both; leaving one out frees the other', async () => {
    const { drafting, id, read, give, leaveOut } = await bench()
    expect(value(await give(titles, row(1), row(1))).counts).toMatchObject({ blocked: 2, ready: 0 })
    expect((await read({ filter: 'blocker' })).total).toBe(2)
    expect(value(await leaveOut(1, true)).draft.counts).toMatchObject({ blocked: 0, ready: 1, leftOut: 1 })
    expect((await read({ filter: 'leftOut' })).rows.map((each) => each.row)).toEqual([1])
    expect(value(await drafting.ready(id)).computers).toHaveLength(1)
    expect(value(await leaveOut(1, false)).draft.counts).toMatchObject({ blocked: 2, leftOut: 0 })
  })

  test('a cell repaired counts at once, and its neighbours keep what they had', async () => {
    const { bench: one, read, give, fix } = await bench()
    await give(titles, row(1).replace(guid(1), 'nonsense'))
    const fixed = value(await fix(0, { guid: guid(7).toUpperCase() }))
    expect(fixed.draft.counts).toMatchObject({ ready: 1, blocked: 0 })
    expect(fixed.first?.values).toMatchObject({ guid: guid(7), adminPassword: 'kept' })
    expect((await read()).rows[0]?.values.guid).toBe(guid(7))
    expect(heldSecrets(one.keychain).sort()).toEqual([admin, mebx])
  })

  test('a password typed over another: the old one waits for undo, and is forgotten when the draft becomes an import', async () => {
    const { bench: one, drafting, id, give, fix, undo } = await bench()
    await give(titles, row(1, `,${base64(admin)}`))
    await fix(0, { adminPassword: other })
    await fix(0, { adminPassword: '' })
    expect(heldSecrets(one.keychain).sort()).toEqual([admin, other])
    expect(value(await drafting.ready(id)).computers[0]).not.toHaveProperty('adminPassword')
    expectNoSecretOnDisk(one)
    // Another edit takes the place of what could have been done again.
    await undo()
    await undo()
    await fix(0, { name: 'PC-1b' })
    expect(heldSecrets(one.keychain)).toEqual([admin])
    await fix(0, { adminPassword: '' })
    one.core.store.drafts.remove(id)
    await drafting.started(id)
    expect(heldSecrets(one.keychain)).toEqual([])
  })

  test('a password typed over one that another row shares leaves that one there', async () => {
    const { bench: one, give, fix } = await bench()
    await give(titles, row(1, `,${base64(admin)}`), row(2, `,${base64(admin)}`))
    await fix(0, { adminPassword: other })
    expect(heldSecrets(one.keychain).sort()).toEqual([admin, other])
  })

  test('typed one after the other without waiting: none is lost', async () => {
    const { bench: one, drafting, id, read, fix } = await bench()
    await drafting.single(id)
    one.keychain.before = () => new Promise((resolve) => setTimeout(resolve, 5))
    const typed = [1, 2, 3].map((n) => fix(null, { name: `PC-${n}`, adminPassword: admin }))
    await Promise.all(typed)
    expect((await read()).rows.map(({ values }) => values.name)).toEqual(['PC-1', 'PC-2', 'PC-3'])
    await Promise.all([fix(0, { adminPassword: other }), fix(0, { fqdn: 'pc-1.corp.example' })])
    expect((await read()).rows[0]?.values).toMatchObject({
      name: 'PC-1',
      fqdn: 'pc-1.corp.example',
      adminPassword: 'kept'
    })
  })

  test('that are not there are told', async () => {
    const { fix, leaveOut } = await bench()
    expect(await fix(3, {})).toMatchObject({ ok: false, problem: { code: 'row-gone' } })
    expect(await leaveOut(3, true)).toMatchObject({ ok: false, problem: { code: 'row-gone' } })
  })

  test('a single computer is one typed row, and its name is what the import is called', async () => {
    const { bench: one, drafting, id, fix } = await bench()
    value(await drafting.single(id))
    value(await fix(null, { name: 'PC-1', fqdn: 'pc-1.corp.example', guid: guid(1), adminPassword: admin }))
    expect(value(await drafting.ready(id))).toMatchObject({ source: 'PC-1', computers: [{ name: 'PC-1' }] })
    expectNoSecretOnDisk(one)
  })

  test('a keychain that refuses leaves the rows as they were', async () => {
    const { bench: one, read, give, fix } = await bench()
    await give(titles, row(1))
    const before = await read()
    one.keychain.before = (call) => {
      if (call === 'set') throw new Error('locked')
    }
    expect(await fix(0, { adminPassword: other })).toMatchObject({
      ok: false,
      problem: { code: 'keychain-failed' }
    })
    expect(await give(titles, row(2, `,${base64(other)}`))).toMatchObject({
      ok: false,
      problem: { code: 'keychain-failed' }
    })
    expect(await read()).toEqual(before)
  })
})

describe('a draft', () => {
  test('discarded forgets every secret that was ever kept for it', async () => {
    const { bench: one, drafting, id, give } = await bench()
    await give(titles, row(1), row(2, `,${base64(other)}`))
    const keep = async (purpose: string, text: string) => value(await drafting.keepSecret(id, purpose, text)).slot
    const account = { id: 'a', username: 'admin', description: '' }
    drafting.change(id, { accounts: [{ ...account, slot: await keep('account', 'Bench-First1!') }] })
    drafting.change(id, { accounts: [{ ...account, slot: await keep('account', 'Bench-Second1!') }] })
    for (const text of ['Bench-New1!', 'Bench-New2!']) {
      const password = { kind: 'given', slot: await keep('newPassword', text) } as const
      drafting.change(id, { profile: { ...defaultProfile, password } })
    }
    value(await drafting.discard(id))
    expect(heldSecrets(one.keychain)).toEqual([])
    expect(drafting.all()).toEqual([])
    expect(drafting.open(id)).toMatchObject({ ok: false, problem: { code: 'draft-gone' } })
    expect(await drafting.discard(id)).toMatchObject({ ok: false, problem: { code: 'draft-gone' } })
  })

  test('is there again after a restart, but the file is not at hand', async () => {
    const { bench: one, id, give, leaveOut, map } = await bench()
    await give(titles, row(1), row(1))
    one.core.drafting.change(id, { page: 'preview', collection: 'Finance' })
    const { drafting } = await one.reopen()
    const draft = value(drafting.open(id))
    expect(draft).toMatchObject({
      page: 'preview',
      collection: 'Finance',
      counts: { blocked: 2 },
      source: { atHand: false }
    })
    expect(await map(six, true, 'base64')).toMatchObject({ ok: false, problem: { code: 'source-gone' } })
    expect(value(await leaveOut(0, true)).draft.counts).toMatchObject({ ready: 1, leftOut: 1 })
    expect(value(await drafting.give(id, 'list.csv', Buffer.from(row(3)))).source).toMatchObject({ atHand: true })
  })
})
