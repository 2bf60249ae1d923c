// Drafts between file and Start: rows, mapping, repairs; secrets go to the keychain and nowhere else, and leave it again.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { Field } from '../../shared/computer.ts'
import type { AskInput } from '../../shared/contract.ts'
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
const six: readonly Field[] = ['name', 'fqdn', 'guid', 'mac', 'mebxPassword', 'adminPassword']

async function bench() {
  const one = await openBench({ computers: [] })
  const { drafting } = one.core
  const { id } = drafting.begin(false, [])
  const read = (more: Partial<AskInput<'rows.read'>> = {}) =>
    value(drafting.readRows({ draftId: id, from: 0, count: 500, filter: 'all', search: '', ...more }))
  const give = (...lines: readonly string[]) => drafting.give(id, 'list.csv', Buffer.from(lines.join('\r\n')))
  return { bench: one, drafting, id, read, give }
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
    expect(read().rows[0]?.values).toMatchObject({
      name: 'PC-1',
      guid: guid(1),
      mebxPassword: 'kept',
      adminPassword: 'kept'
    })
    // Two different passwords, each kept once.
    expect(heldSecrets(one.keychain).sort()).toEqual([admin, mebx])
    const { computers } = value(drafting.ready(id))
    expect(computers[0]?.adminPassword).toMatch(/^draft\//)
    expectNoSecretOnDisk(one)
  })

  test('with passwords in clear text: refused as Base64, taken when said so', async () => {
    const { bench: one, drafting, id, read, give } = await bench()
    expect(value(await give(titles, row(1, `${mebx},${admin}`))).counts).toMatchObject({ blocked: 1 })
    expect(heldSecrets(one.keychain)).toEqual([])
    const draft = value(await drafting.map(id, six, true, 'clear'))
    expect(draft.counts).toMatchObject({ ready: 1, blocked: 0 })
    expect(read().rows[0]?.values.adminPassword).toBe('kept')
    expect(heldSecrets(one.keychain).sort()).toEqual([admin, mebx])
    expectNoSecretOnDisk(one)
  })

  test('mapped anew: the columns count as told, the secrets of before are forgotten', async () => {
    const { bench: one, drafting, id, read, give } = await bench()
    await give(titles, row(1))
    const draft = value(await drafting.map(id, ['name', 'fqdn', 'guid', null, null, 'adminPassword'], true, 'base64'))
    expect(read().rows[0]?.values).toMatchObject({ mac: '', mebxPassword: '', adminPassword: 'kept' })
    expect(draft.source).toMatchObject({ columns: [{ confidence: 1 }, {}, {}, { field: null }, {}, {}] })
    expect(heldSecrets(one.keychain)).toEqual([admin])
  })

  test('a header line switched on and off again is the list as it was', async () => {
    const { drafting, id, read, give } = await bench()
    const first = `PC-1,pc-1.corp.example,${guid(1)},,,`
    await give(first, row(2))
    const before = read()
    expect(before.total).toBe(2)
    expect(value(await drafting.map(id, six, true, 'base64')).source).toMatchObject({ header: true, lines: 1 })
    expect(read().total).toBe(1)
    await drafting.map(id, six, false, 'base64')
    expect(read()).toEqual(before)
  })

  test('a header line switched off is a row, with its own line number', async () => {
    const { drafting, id, read, give } = await bench()
    await give(titles, row(1))
    await drafting.map(id, six, false, 'base64')
    expect(read().rows.map(({ line, values }) => [line, values.name])).toEqual([
      [1, 'short_name'],
      [2, 'PC-1']
    ])
    await drafting.map(id, six, true, 'base64')
    expect(read().rows.map(({ line }) => line)).toEqual([2])
  })

  test('with a header line only has nothing to switch on', async () => {
    const { drafting, id, give } = await bench()
    await give(row(1))
    expect(await drafting.map(id, six, true, 'base64')).toMatchObject({ ok: false, problem: { code: 'file-empty' } })
  })

  test('that cannot be read leaves the draft as it was', async () => {
    const { id, drafting, give, read } = await bench()
    await give(titles, row(1))
    expect(await drafting.give(id, 'broken.csv', Buffer.from(''))).toMatchObject({
      ok: false,
      problem: { code: 'file-empty', where: 'broken.csv' }
    })
    expect(read().total).toBe(1)
  })

  test('of 100,000 computers is read, repaired and read back', { timeout: 60_000 }, async () => {
    const { drafting, id, read, give } = await bench()
    const many = Array.from(
      { length: 100_000 },
      (_, n) => `PC-${n},pc-${n}.corp.example,${guid(n + 1)},,,${base64(`Bench-${n}aA!`)}`
    )
    expect(value(await give(titles, ...many)).counts).toMatchObject({ total: 100_000, ready: 100_000 })
    expect(read({ search: 'pc-99999.', from: 0, count: 10 })).toMatchObject({ total: 1 })
    expect(value(await drafting.fix(id, 5, { name: '' })).draft.counts).toMatchObject({ blocked: 1 })
  })
})

describe('rows', () => {
  test('duplicates block both; leaving one out frees the other', async () => {
    const { drafting, id, read, give } = await bench()
    expect(value(await give(titles, row(1), row(1))).counts).toMatchObject({ blocked: 2, ready: 0 })
    expect(read({ filter: 'blocker' }).total).toBe(2)
    expect(value(drafting.leaveOut(id, [1], true)).counts).toMatchObject({ blocked: 0, ready: 1, leftOut: 1 })
    expect(read({ filter: 'leftOut' }).rows.map((each) => each.row)).toEqual([1])
    expect(value(drafting.ready(id)).computers).toHaveLength(1)
    expect(value(drafting.leaveOut(id, [1], false)).counts).toMatchObject({ blocked: 2, leftOut: 0 })
  })

  test('a cell repaired counts at once, and its neighbours keep what they had', async () => {
    const { bench: one, drafting, id, read, give } = await bench()
    await give(titles, row(1).replace(guid(1), 'nonsense'))
    const fixed = value(await drafting.fix(id, 0, { guid: guid(7).toUpperCase() }))
    expect(fixed.draft.counts).toMatchObject({ ready: 1, blocked: 0 })
    expect(fixed.row.values).toMatchObject({ guid: guid(7), adminPassword: 'kept' })
    expect(read().rows[0]?.values.guid).toBe(guid(7))
    expect(heldSecrets(one.keychain).sort()).toEqual([admin, mebx])
  })

  test('a password typed over another: the new one is kept, the old one forgotten when no row needs it', async () => {
    const { bench: one, drafting, id, give } = await bench()
    await give(titles, row(1, `,${base64(admin)}`))
    await drafting.fix(id, 0, { adminPassword: other })
    expect(heldSecrets(one.keychain)).toEqual([other])
    await drafting.fix(id, 0, { adminPassword: '' })
    expect(heldSecrets(one.keychain)).toEqual([])
    expect(value(drafting.ready(id)).computers[0]).not.toHaveProperty('adminPassword')
    expectNoSecretOnDisk(one)
  })

  test('a password typed over one that another row shares leaves that one there', async () => {
    const { bench: one, drafting, id, give } = await bench()
    await give(titles, row(1, `,${base64(admin)}`), row(2, `,${base64(admin)}`))
    await drafting.fix(id, 0, { adminPassword: other })
    expect(heldSecrets(one.keychain).sort()).toEqual([admin, other])
  })

  test('typed one after the other without waiting: none is lost', async () => {
    const { bench: one, drafting, id, read } = await bench()
    drafting.single(id)
    one.keychain.before = () => new Promise((resolve) => setTimeout(resolve, 5))
    const typed = [1, 2, 3].map((n) => drafting.fix(id, null, { name: `PC-${n}`, adminPassword: admin }))
    await Promise.all(typed)
    expect(read().rows.map(({ values }) => values.name)).toEqual(['PC-1', 'PC-2', 'PC-3'])
    await Promise.all([
      drafting.fix(id, 0, { adminPassword: other }),
      drafting.fix(id, 0, { fqdn: 'pc-1.corp.example' })
    ])
    expect(read().rows[0]?.values).toMatchObject({ name: 'PC-1', fqdn: 'pc-1.corp.example', adminPassword: 'kept' })
  })

  test('that are not there are told', async () => {
    const { drafting, id } = await bench()
    expect(await drafting.fix(id, 3, {})).toMatchObject({ ok: false, problem: { code: 'row-gone' } })
    expect(drafting.leaveOut(id, [3], true)).toMatchObject({ ok: false, problem: { code: 'row-gone' } })
  })

  test('a single computer is one typed row, and its name is what the import is called', async () => {
    const { bench: one, drafting, id } = await bench()
    value(drafting.single(id))
    value(
      await drafting.fix(id, null, { name: 'PC-1', fqdn: 'pc-1.corp.example', guid: guid(1), adminPassword: admin })
    )
    expect(value(drafting.ready(id))).toMatchObject({ source: 'PC-1', computers: [{ name: 'PC-1' }] })
    expectNoSecretOnDisk(one)
  })

  test('a keychain that refuses leaves the rows as they were', async () => {
    const { bench: one, drafting, id, read, give } = await bench()
    await give(titles, row(1))
    const before = read()
    one.keychain.before = (call) => {
      if (call === 'set') throw new Error('locked')
    }
    expect(await drafting.fix(id, 0, { adminPassword: other })).toMatchObject({
      ok: false,
      problem: { code: 'keychain-failed' }
    })
    expect(await give(titles, row(2))).toMatchObject({ ok: false, problem: { code: 'keychain-failed' } })
    expect(read()).toEqual(before)
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
    const { bench: one, id, give } = await bench()
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
    expect(await drafting.map(id, six, true, 'base64')).toMatchObject({ ok: false, problem: { code: 'source-gone' } })
    expect(value(drafting.leaveOut(id, [0], true)).counts).toMatchObject({ ready: 1, leftOut: 1 })
    expect(value(await drafting.give(id, 'list.csv', Buffer.from(row(3)))).source).toMatchObject({ atHand: true })
  })
})
