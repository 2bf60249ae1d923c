// Lists that are given one after the other: merged by GUID, read anew, cancelled, undone as a whole.
import { afterEach, describe, expect, test } from 'vitest'
import { emptyRow } from '../../../electron/store/keptRow.ts'
import type { Field } from '../../../shared/computer.ts'
import { closeBenches, heldSecrets, value } from '../../bench.ts'
import { base64, guid, importOne, line, openGrid, plain, titles } from './grid.ts'

afterEach(closeBenches)

const admin = 'Bench-Admin1!'

test('a second list updates what it knows, adds what is new, and keeps what it lacks; undo takes it back', async () => {
  const { give, read, draft, undo } = await openGrid()
  value(await give('a.csv', [titles, line(1, { adminPassword: base64(admin) }), line(2), line(3)]))
  const before = await read()
  const turned = '44454c4c-4600-0030-8000-000000000001'
  value(
    await give('b.csv', [
      titles,
      line(1, { guid: turned, mac: '', amtVersion: '11.8.50' }),
      line(3),
      line(4, { fqdn: '' })
    ])
  )
  expect(draft()).toMatchObject({
    undo: 'Merge b.csv',
    source: { name: 'b.csv', earlier: ['a.csv'] },
    counts: { total: 4, new: 1, changed: 1, same: 1, missing: 1 }
  })
  const { rows } = await read()
  expect(rows.map(({ known, file, line: at }) => [known, file, at])).toEqual([
    ['changed', 'b.csv', 2],
    ['missing', 'a.csv', 3],
    ['same', 'b.csv', 3],
    ['new', 'b.csv', 4]
  ])
  expect(rows[0]).toMatchObject({
    differs: ['amtVersion'],
    values: { mac: '02:1a:4f:00:00:01', adminPassword: 'kept' }
  })
  expect(rows[3]?.issues[0]?.problem.where).toBe('b.csv, line 4, FQDN')
  expect((await read({ filter: 'missing' })).total).toBe(1)
  await undo()
  expect(await read()).toEqual(before)
  await undo()
  expect(draft()).toMatchObject({ source: null, counts: { total: 0 }, undo: null, redo: 'Read a.csv' })
  await undo(true)
  expect(await read()).toEqual(before)
})

test('with the typed word a second list takes the place of the first', async () => {
  const { give, draft } = await openGrid()
  value(await give('a.csv', [titles, line(1), line(2)]))
  value(await give('b.csv', [titles, line(3)], 'replace'))
  expect(draft()).toMatchObject({ source: { name: 'b.csv', earlier: [] }, counts: { total: 1, new: 0, missing: 0 } })
})

test('mapped anew, the latest list is merged onto what was there before it', async () => {
  const { give, read, draft, drafting, id } = await openGrid()
  value(await give('a.csv', [titles, line(1), line(2)]))
  value(await give('b.csv', [titles, line(2, { amtVersion: '11.8.50' }), line(3)]))
  const fields = ['name', 'fqdn', 'guid', 'mac', 'adminPassword', null] as const
  value(await drafting().map({ draftId: id, fields: [...fields], header: true, passwords: 'base64' }))
  expect(draft()).toMatchObject({ source: { earlier: ['a.csv'] }, counts: { total: 3, same: 1, new: 1, missing: 1 } })
  expect((await read()).rows[1]?.values.amtVersion).toBe('')
})

test('computers of earlier imports are known again', async () => {
  const grid = await openGrid()
  importOne(grid.bench, grid.draft().profile)
  value(await grid.give('a.csv', [titles, line(1), line(2)]))
  expect((await grid.read()).rows.map(({ known }) => known)).toEqual(['same', 'new'])
})

test('cancelled while passwords are kept: the rows stay, and the keychain is as before', async () => {
  const { bench, give, read, drafting, id } = await openGrid()
  value(await give('a.csv', [titles, line(1)]))
  const before = await read()
  const many = Array.from({ length: 200 }, (_, n) => line(n + 10, { adminPassword: base64(`Bench-Many${n}aA!`) }))
  let writes = 0
  bench.keychain.before = async (call) => {
    if (call !== 'set') return
    writes += 1
    await new Promise((resolve) => setTimeout(resolve, 25))
    if (writes === 2) drafting().cancel(id)
  }
  expect(await give('b.csv', [titles, ...many])).toMatchObject({ ok: false, problem: { code: 'reading-cancelled' } })
  expect(heldSecrets(bench.keychain)).toEqual([])
  expect(await read()).toEqual(before)
})

test('after a restart the rows are there, secrets that only undo needed are forgotten, and nothing is stale', async () => {
  const { bench, give, read, drafting, id, edit } = await openGrid()
  value(await give('a.csv', [titles, line(1, { adminPassword: base64(admin) }), line(2)]))
  await edit({ kind: 'clear', view: plain, block: { from: 0, to: 0, fields: ['adminPassword', 'mac'] } })
  await edit({ kind: 'set', row: null, values: { name: 'PC-9' } })
  const before = await read()
  // A kill while rows are written beside the live ones.
  const { drafts } = bench.core.store
  drafts.addRows(drafts.newGeneration(id), [])
  await bench.reopen()
  expect(await read()).toEqual(before)
  await bench.core.drafting.sweep()
  expect(bench.core.store.drafts.sweepRows(1)).toBe(false)
  // The slot is still named as what stands in the file, so that the cell can go back to it.
  expect(heldSecrets(bench.keychain)).toEqual([admin])
  value(await drafting().discard(id))
  expect(heldSecrets(bench.keychain)).toEqual([])
})

test('many rows changed at once are written in slices, and count all together or not at all', async () => {
  const { bench, give, read, draft, edit, undo, id } = await openGrid()
  const many = Array.from({ length: 6000 }, (_, n) => `PC-${n},pc-${n}.corp.example,${guid(n + 1)},,,`)
  value(await give('a.csv', [titles, ...many]))
  const { drafts } = bench.core.store
  const search = async (text: string) => (await read({ search: text })).total
  const replace = (find: string, by: string, lines: string) => ({
    kind: 'replace' as const,
    view: { ...plain, search: lines },
    find: { text: find, field: 'fqdn' as const, matchCase: true, whole: false },
    by
  })
  // Fewer than half of the rows go beside the others, more take their place.
  const some = await edit(replace('corp', 'lab', 'pc-1'))
  expect(some.rows).toBeLessThan(2000)
  expect((await edit(replace('example', 'test', 'pc-2'))).rows).toBe(1111)
  expect((await edit({ kind: 'fill', view: plain, block: { from: 0, to: 2500, fields: ['amtVersion'] } })).rows).toBe(0)
  await edit({ kind: 'set', row: 0, values: { amtVersion: '11.8.50' } })
  expect((await edit({ kind: 'fill', view: plain, block: { from: 0, to: 2500, fields: ['amtVersion'] } })).rows).toBe(
    2500
  )
  expect(drafts.generations(id)).toBe(2)
  const before = draft().counts
  await bench.reopen()
  expect(await search('11.8.50')).toBe(2501)
  expect(await search('.test')).toBe(1111)
  await edit(replace('pc-', 'pcs-', 'pc-'))
  expect(bench.core.store.drafts.generations(id)).toBe(1)
  await undo()
  await bench.reopen()
  expect(draft().counts).toEqual(before)
  expect(await search('pcs-')).toBe(0)
  // A kill while a slice is written: nobody sees it.
  const writing = bench.core.store.drafts
  writing.addRows(writing.newGeneration(id), [{ ...emptyRow, row: 0 }])
  await bench.reopen()
  expect((await read()).rows[0]?.values.name).toBe('PC-0')
})

test('the copy without secrets holds none', async () => {
  const { give, drafting, id } = await openGrid()
  value(await give('a.csv', [titles, line(1, { adminPassword: base64(admin) })]))
  const { name, bytes } = value(await drafting().clean(id))
  expect(name).toMatch(/^a.*\.csv$/)
  expect(Buffer.from(bytes).toString()).toContain('PC-1')
  expect(Buffer.from(bytes).toString()).not.toContain(base64(admin))
})

describe('computers without a valid GUID are found again', () => {
  const broken = 'not-a-guid'

  test('by their FQDN, in any case; those without one by name and MAC address', async () => {
    const { give, draft, read } = await openGrid()
    const list = [titles, line(1, { guid: '' }), line(2, { guid: broken }), line(3, { guid: '', fqdn: '' }), line(4)]
    value(await give('a.csv', list))
    value(await give('a.csv', list))
    expect(draft().counts).toMatchObject({ total: 4, same: 4, new: 0, missing: 0 })
    const louder = [titles, line(1, { guid: guid(1), fqdn: 'PC-1.Corp.Example' }), line(4, { guid: '' })]
    value(await give('c.csv', louder))
    expect(draft().counts).toMatchObject({ total: 4, changed: 1, same: 1, missing: 2 })
    expect((await read()).rows[0]).toMatchObject({ values: { guid: guid(1) }, differs: ['guid'] })
  })

  test('a GUID that was repaired stays, and what the list says can be seen', async () => {
    const { give, draft, read, edit } = await openGrid()
    value(await give('a.csv', [titles, line(1, { guid: broken })]))
    await edit({ kind: 'set', row: 0, values: { guid: guid(1) } })
    value(await give('a.csv', [titles, line(1, { guid: broken })]))
    expect(draft().counts).toMatchObject({ total: 1, same: 1, blocked: 0 })
    expect((await read()).rows[0]).toMatchObject({
      values: { guid: guid(1) },
      found: { guid: broken },
      edited: ['guid']
    })
    await edit({ kind: 'revert', view: plain, block: { from: 0, to: 0, fields: ['guid'] } })
    expect((await read()).rows[0]).toMatchObject({ values: { guid: broken }, known: 'changed', differs: ['guid'] })
  })

  test('but two valid GUIDs are two computers, and a name that several have tells nothing', async () => {
    const { give, draft } = await openGrid()
    value(
      await give('a.csv', [titles, line(1), line(2, { guid: '' }), line(3, { guid: '', fqdn: 'pc-2.corp.example' })])
    )
    value(await give('b.csv', [titles, line(1, { guid: guid(9) }), line(2, { guid: guid(2) })]))
    expect(draft().counts).toMatchObject({ total: 5, new: 2, missing: 3 })
  })
})

describe('a password in a second file', () => {
  const other = 'Bench-Other2!'
  const list = (password: string) => [titles, line(1, { adminPassword: base64(password) })]

  test('that is another one counts as changed, the same one as the same', async () => {
    const { give, read, bench } = await openGrid()
    value(await give('a.csv', list(admin)))
    value(await give('b.csv', list(admin)))
    expect((await read()).rows).toMatchObject([{ known: 'same', differs: [] }])
    expect(heldSecrets(bench.keychain)).toEqual([admin])
    value(await give('c.csv', list(other)))
    const { rows } = await read()
    expect(rows).toMatchObject([{ known: 'changed', differs: ['adminPassword'], values: { adminPassword: 'kept' } }])
    expect(JSON.stringify(rows)).not.toContain(other)
  })

  test('is compared after a restart as well', async () => {
    const { give, read, bench } = await openGrid()
    value(await give('a.csv', list(admin)))
    await bench.reopen()
    value(await give('b.csv', list(admin)))
    expect((await read()).rows).toMatchObject([{ known: 'same' }])
    expect(heldSecrets(bench.keychain)).toEqual([admin])
    await bench.reopen()
    value(await give('c.csv', list(other)))
    expect((await read()).rows).toMatchObject([{ known: 'changed', differs: ['adminPassword'] }])
  })
})

describe('what a row differs in follows its edits', () => {
  const set = (row: number, values: Partial<Record<Field, string>>) => ({ kind: 'set', row, values }) as const

  test('beside the computers before the file, and undo brings it back', async () => {
    const { give, read, edit, undo } = await openGrid()
    value(await give('a.csv', [titles, line(1), line(2)]))
    value(await give('b.csv', [titles, line(1, { amtVersion: '11.8.50' })]))
    const before = await read()
    expect(before.rows).toMatchObject([{ known: 'changed', differs: ['amtVersion'] }, { known: 'missing' }])
    await edit(set(0, { amtVersion: '' }))
    expect((await read()).rows[0]).toMatchObject({ known: 'same', differs: [] })
    await edit(set(0, { mac: '', adminPassword: admin }))
    expect((await read()).rows[0]).toMatchObject({ known: 'changed', differs: ['mac', 'adminPassword'] })
    await edit(set(1, { mac: '' }))
    expect((await read()).rows[1]?.known).toBe('missing')
    for (let at = 0; at < 3; at++) await undo()
    expect(await read()).toEqual(before)
  })

  test('beside earlier imports, also when it becomes another computer', async () => {
    const next = await openGrid()
    importOne(next.bench, next.draft().profile)
    value(await next.give('b.csv', [titles, line(1), line(2)]))
    expect((await next.read()).rows).toMatchObject([{ known: 'same' }, { known: 'new' }])
    await next.edit(set(0, { mac: '02:1a:4f:00:00:77' }))
    expect((await next.read()).rows[0]).toMatchObject({ known: 'changed', differs: ['mac'] })
    await next.edit(set(0, { guid: guid(5) }))
    expect((await next.read()).rows[0]).toMatchObject({ known: 'new', differs: [] })
  })
})

test('what was called off before its turn came is not read', async () => {
  const { bench, give, read, drafting, id } = await openGrid()
  const first = give('a.csv', [titles, line(1)])
  const second = give('b.csv', [titles, line(2)])
  drafting().cancel(id)
  expect(await first).toMatchObject({ problem: { code: 'reading-cancelled' } })
  expect(await second).toMatchObject({ problem: { code: 'reading-cancelled' } })
  value(await give('c.csv', [titles, line(3)]))
  expect((await read()).rows.map(({ file }) => file)).toEqual(['c.csv'])
  expect(heldSecrets(bench.keychain)).toEqual([])
})
