// Edits of many cells at once: what they change, what they leave alone, and what undo makes of them.
import { afterEach, describe, expect, test } from 'vitest'
import type { Field } from '../../../shared/computer.ts'
import type { AskInput } from '../../../shared/contract.ts'
import { closeBenches, filesWith, heldSecrets, value } from '../../bench.ts'
import { base64, guid, line, openGrid, plain, titles } from './grid.ts'

afterEach(closeBenches)

const admin = 'Bench-Admin1!'
const other = 'Bench-Other2!'
const three = [titles, line(1, { adminPassword: base64(admin) }), line(2), line(3)]
const texts = (rows: readonly { values: Partial<Record<Field, string>> }[], field: Field) =>
  rows.map(({ values }) => values[field])

async function grid(lines: readonly string[] = three) {
  const one = await openGrid()
  value(await one.give('a.csv', lines))
  return one
}

describe('paste', () => {
  test('lays ragged lines from a place on, and appends what goes beyond the end', async () => {
    const { edit, read, draft, undo } = await grid()
    const cells = [['11.8.50', 'x'], ['12.0'], ['14.1.2']]
    const done = await edit({ kind: 'paste', view: plain, at: 2, fields: ['amtVersion', 'address'], cells })
    expect(done).toMatchObject({ rows: 3, draft: { undo: 'Paste 3 rows', counts: { total: 5 } } })
    expect(texts((await read()).rows, 'amtVersion')).toEqual(['', '', '11.8.50', '12.0', '14.1.2'])
    expect((await read()).rows[3]).toMatchObject({ row: 3, line: 0, file: '' })
    await undo()
    expect(draft().counts.total).toBe(3)
    await undo(true)
    expect(texts((await read()).rows, 'amtVersion')).toEqual(['', '', '11.8.50', '12.0', '14.1.2'])
  })

  test('into a view that is filtered appends nothing', async () => {
    const { edit, draft } = await grid()
    const view = { ...plain, search: 'pc-2' }
    await edit({ kind: 'paste', view, at: 0, fields: ['amtVersion'], cells: [['11.0'], ['12.0']] })
    expect(draft().counts.total).toBe(3)
  })

  test('one text fills a selected block', async () => {
    const { edit, read } = await grid()
    await edit({ kind: 'paste', view: plain, at: 0, to: 2, fields: ['amtVersion'], cells: [['11.8.50']] })
    expect(texts((await read()).rows, 'amtVersion')).toEqual(['11.8.50', '11.8.50', '11.8.50'])
  })

  test('into secret cells goes to the keychain at once, and to no file', async () => {
    const { edit, read, bench } = await grid()
    await edit({ kind: 'paste', view: plain, at: 0, fields: ['adminPassword'], cells: [[other], [other]] })
    expect(heldSecrets(bench.keychain).sort()).toEqual([admin, other])
    expect(texts((await read()).rows, 'adminPassword')).toEqual(['kept', 'kept', ''])
    expect(filesWith(bench.folder, [admin, other])).toEqual([])
  })
})

test('fill copies the first row of the block down, secrets by sharing their slot', async () => {
  const { edit, read, bench, drafting, id, undo } = await grid()
  const block = { from: 0, to: 2, fields: ['adminPassword' as const] }
  expect(await edit({ kind: 'fill', view: plain, block })).toMatchObject({ rows: 2, draft: { undo: 'Fill 2 cells' } })
  expect(heldSecrets(bench.keychain)).toEqual([admin])
  const { computers } = value(await drafting().ready(id))
  expect(new Set(computers.map(({ adminPassword }) => adminPassword)).size).toBe(1)
  await undo()
  expect(texts((await read()).rows, 'adminPassword')).toEqual(['kept', '', ''])
})

test('clear empties, replace takes the text literally, and neither touches secrets it may not', async () => {
  const { edit, read } = await grid()
  const find = { text: '.CORP.', field: null, matchCase: false, whole: false }
  expect(await edit({ kind: 'replace', view: plain, find, by: '.$&.' })).toMatchObject({ rows: 3 })
  expect(texts((await read()).rows, 'fqdn')[0]).toBe('pc-1.$&.example')
  await edit({ kind: 'replace', view: plain, find: { ...find, text: 'kept' }, by: 'x' })
  expect(texts((await read()).rows, 'adminPassword')).toEqual(['kept', '', ''])
  await edit({ kind: 'clear', view: plain, block: { from: 0, to: 0, fields: ['mac', 'adminPassword'] } })
  expect((await read()).rows[0]?.values).toMatchObject({ mac: '', adminPassword: '' })
})

describe('revert', () => {
  test('takes an edited cell back to the file, and a normalised one to how the file writes it', async () => {
    const { edit, read, drafting, id } = await grid([titles, line(1, { guid: `{${guid(1).toUpperCase()}}` })])
    const block = { from: 0, to: 0, fields: ['guid' as const] }
    const [before] = (await read()).rows
    expect(before).toMatchObject({
      values: { guid: guid(1) },
      found: { guid: `{${guid(1).toUpperCase()}}` },
      edited: []
    })
    await edit({ kind: 'set', row: 0, values: { guid: guid(7) } })
    expect((await read()).rows[0]).toMatchObject({ values: { guid: guid(7) }, edited: ['guid'] })
    await edit({ kind: 'revert', view: plain, block })
    expect((await read()).rows[0]).toEqual(before)
    await edit({ kind: 'revert', view: plain, block })
    expect((await read()).rows[0]).toMatchObject({
      values: { guid: `{${guid(1).toUpperCase()}}` },
      found: {},
      edited: []
    })
    expect(value(await drafting().ready(id)).computers[0]?.guid).toBe(guid(1))
  })

  test('gives a secret of the file back that was typed over', async () => {
    const { edit, drafting, id } = await grid()
    const slot = async () => value(await drafting().ready(id)).computers[0]?.adminPassword
    const before = await slot()
    await edit({ kind: 'set', row: 0, values: { adminPassword: other } })
    expect(await slot()).not.toBe(before)
    await edit({ kind: 'revert', view: plain, block: { from: 0, to: 0, fields: ['adminPassword'] } })
    expect(await slot()).toBe(before)
  })
})

test('rows of an exported file are prevented until somebody allows them, and jobs carry it', async () => {
  const six = (n: number) => `PC-${n},pc-${n}.corp.example,${guid(n)},,,${base64(admin)}`
  const { edit, read, draft, drafting, id, undo } = await grid([six(1), six(2)])
  expect(draft()).toMatchObject({ source: { exported: true }, counts: { prevented: 2 } })
  await edit({ kind: 'allowAutomatic', row: 0, allowed: true })
  expect((await read({ filter: 'prevented' })).rows.map(({ row }) => row)).toEqual([1])
  const ready = value(await drafting().ready(id))
  expect(ready.allowed).toEqual(['PC-1'])
  expect(ready.computers.map(({ automaticPrevented }) => automaticPrevented)).toEqual([false, true])
  await edit({ kind: 'allowAutomatic', row: null, allowed: true })
  expect(draft().counts.prevented).toBe(0)
  await undo()
  await undo()
  expect(draft().counts.prevented).toBe(2)
})

test('the next problem is found from a place on and from the top again, or backwards; a block is copied without secrets', async () => {
  const { drafting, id } = await grid([
    titles,
    line(1, { adminPassword: base64(admin) }),
    line(2, { guid: 'x' }),
    line(3)
  ])
  const next = async (after: number, back = false, of: AskInput<'rows.next'>['of'] = 'problem') =>
    value(await drafting().nextRow({ draftId: id, view: plain, after, back, of }))
  expect(await next(-1)).toEqual({ at: 1, count: 1 })
  expect(await next(1)).toEqual({ at: 1, count: 1 })
  expect(await next(2, true)).toEqual({ at: 1, count: 1 })
  const named = { text: 'PC-', field: 'name', matchCase: false, whole: false } as const
  expect(await next(1, true, named)).toEqual({ at: 0, count: 3 })
  expect(await next(0, true, named)).toEqual({ at: 2, count: 3 })
  expect(await next(2, false, named)).toEqual({ at: 0, count: 3 })
  expect(await next(2, true, { ...named, text: 'nobody' })).toEqual({ at: null, count: 0 })
  const block = { from: 0, to: 1, fields: ['name' as const, 'adminPassword' as const, 'guid' as const] }
  const { text } = value(await drafting().copyRows({ draftId: id, view: plain, block }))
  expect(text).toBe(`PC-1\t\t${guid(1)}\r\nPC-2\t\tx`)
})

test('messages name line and field', async () => {
  const { read } = await grid([titles, line(1, { guid: 'x' })])
  expect((await read()).rows[0]?.issues[0]?.problem.where).toBe('line 2, SMBIOS GUID')
})

test('repairs come in groups, and one press helps all rows of a group', async () => {
  const letters = (n: number) => guid(n).replaceAll('0', 'O')
  const { repairs, edit, draft, undo } = await grid([
    titles,
    line(1, { guid: letters(1) }),
    line(2, { guid: letters(2) }),
    line(3),
    line(3),
    line(4, { fqdn: '' }),
    ...[5, 6, 7, 8].map((n) => line(n))
  ])
  const before = draft().counts
  const found = await repairs()
  expect(found.map(({ id, rows }) => [id, rows])).toEqual([
    ['guid-letters', 2],
    ['fqdn-from-name', 1],
    ['duplicates', 1]
  ])
  expect(found[0]?.examples[0]).toEqual({ row: 0, name: 'PC-1', from: letters(1), to: guid(1) })
  for (const { id } of found) await edit({ kind: 'repair', id })
  expect(draft().counts).toMatchObject({ blocked: 0, leftOut: 1 })
  expect(await repairs()).toEqual([])
  for (const _ of found) await undo()
  expect(draft().counts).toEqual(before)
})

test('a password column that is not Base64 but fits as it stands is one repair', async () => {
  const { repairs, edit, draft, undo, bench } = await grid([
    titles,
    line(1, { adminPassword: admin }),
    line(2, { adminPassword: other })
  ])
  expect(await repairs()).toMatchObject([{ id: 'clear-passwords', rows: 2 }])
  await edit({ kind: 'repair', id: 'clear-passwords' })
  expect(draft()).toMatchObject({ counts: { blocked: 0 }, source: { passwords: 'clear' } })
  expect(heldSecrets(bench.keychain).sort()).toEqual([admin, other])
  await undo()
  expect(draft()).toMatchObject({ counts: { blocked: 2 }, source: { passwords: 'base64' } })
})

test('what the wizard writes in its usual form is a note for all cells alike, and one press brings all back', async () => {
  const { repairs, edit, draft, read, drafting, id } = await grid([
    titles,
    ...[1, 2].map((n) => line(n, { guid: `{${guid(n)}}`, mac: `02-1a-4f-00-00-0${n}` })),
    line(3, { guid: guid(3).toUpperCase(), fqdn: 'pc-3.corp.example.', amtVersion: 'AMT 11.8.50' }),
    line(4, { fqdn: 'bücher.example', name: 'xn--bcher-kva' }),
    line(5, { guid: '{x}', mac: '02-1a-4f-00-00-05' })
  ])
  await edit({ kind: 'leaveOut', view: plain, from: 4, to: 4, leftOut: true })
  const notes = async () => (await repairs()).filter(({ severity }) => severity === 'note')
  const before = await notes()
  expect(before.map(({ id: group, title }) => `${group}: ${title}`)).toEqual([
    'as-file-guid-braces: 2 GUIDs are written with braces; the wizard keeps them without',
    'as-file-mac-dashes: 2 MAC addresses are written with dashes; the wizard keeps them with colons',
    'as-file-fqdn-dot: 1 FQDN is written with a dot at the end; the wizard keeps it without',
    'as-file-guid-capitals: 1 GUID is written in capital letters; the wizard keeps it in small ones',
    'as-file-amtVersion-words: 1 AMT version is written with words; the wizard keeps it as numbers alone',
    'as-file-fqdn-international: 1 FQDN is written with letters that DNS has not; the wizard keeps it in the form that DNS has'
  ])
  expect(before[0]).toMatchObject({
    action: 'Keep as in the file',
    examples: [{ from: guid(1), to: `{${guid(1)}}` }, { row: 1 }]
  })
  const { counts } = draft()
  for (const { id: group } of before) await edit({ kind: 'repair', id: group })
  const { rows } = await read()
  expect(rows.slice(0, 3).map(({ values }) => values.guid)).toEqual([
    `{${guid(1)}}`,
    `{${guid(2)}}`,
    guid(3).toUpperCase()
  ])
  expect(rows[3]?.values.fqdn).toBe('bücher.example')
  expect(draft().counts.blocked).toBe(counts.blocked)
  // Jobs get the usual form all the same, and one press brings it back into the grid.
  expect(value(await drafting().ready(id)).computers.slice(0, 3)).toMatchObject(
    [1, 2, 3].map((n) => ({ guid: guid(n) }))
  )
  const back = await notes()
  expect(back.map(({ id: group }) => group)).toEqual(before.map(({ id: group }) => group.replace('as-file', 'usual')))
  expect(back[0]).toMatchObject({
    title: '2 GUIDs are shown as in the file, written with braces',
    action: 'Write in the usual form'
  })
  for (const { id: group } of back) await edit({ kind: 'repair', id: group })
  expect(await notes()).toEqual(before)
})
