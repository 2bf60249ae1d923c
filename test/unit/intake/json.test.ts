import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readTable, type Table } from '../../../electron/intake/table.ts'
import type { Result } from '../../../shared/problem.ts'

const guid = '4c4c4544-0042-3510-8051-b4c04f4a3153'
const bytes = (value: unknown) =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value, null, 2))

async function good(reading: Promise<Result<Table>>): Promise<Table> {
  const result = await reading
  if (!result.ok) throw new Error(`${result.problem.code}: ${result.problem.found}`)
  return result.value
}
const problemOf = async (reading: Promise<Result<Table>>) => {
  const result = await reading
  if (result.ok) throw new Error('the file was read although it should not be')
  return result.problem
}
/** A row by our fields. */
const rowOf = ({ fields, lines }: Table, at: number) =>
  Object.fromEntries(
    (fields ?? []).flatMap((field, place) => (field === null ? [] : [[field, lines[at]?.cells[place]]]))
  )

test('objects in an array: every key is a column, those of an object inside as well', async () => {
  const list = [
    { name: 'PC1', smbios: { uuid: guid }, tags: ['a', 'b'], room: null },
    { fqdn: 'pc2.contoso.com', name: 'PC2', on: true, deep: { er: { down: 1 } } }
  ]
  const table = await good(readTable(bytes(list)))
  expect(table).toMatchObject({
    format: 'json',
    encoding: 'UTF-8',
    delimiter: null,
    header: true,
    kind: null,
    fields: null
  })
  expect(table.titles).toEqual(['name', 'smbios.uuid', 'tags', 'room', 'fqdn', 'on', 'deep.er'])
  expect(table.lines).toEqual([
    { line: 2, cells: ['PC1', guid, 'a, b', '', '', '', ''] },
    { line: 13, cells: ['PC2', '', '', '', 'pc2.contoso.com', 'true', ''] }
  ])
})

test.each<[string, string, number]>([
  ['under a key', JSON.stringify({ total: 2, value: [{ name: 'PC1' }, { name: 'PC2' }] }), 2],
  [
    'the longest of several',
    JSON.stringify({ groups: [{ id: 1 }], data: { devices: [{ name: 'a' }, { name: 'b' }] } }),
    2
  ],
  ['one object in each line', '{"name":"PC1"}\n{"name":"PC2"}\n\n{"name":"PC3"}\n', 3],
  ['a single computer', '{"name":"PC1","guid":"x"}', 1],
  ['in UTF-16 with a mark', '\ufeff[{"name":"PC1"}]', 1]
])('a list may lie %s', async (_, text, count) => {
  const content = text.startsWith('\ufeff') ? new Uint8Array(Buffer.from(text, 'utf16le')) : bytes(text)
  expect((await good(readTable(content))).lines).toHaveLength(count)
})

describe('MeshCommander', () => {
  const list = {
    webappversion: '0.9.6',
    computers: [
      {
        name: 'PC1',
        host: 'pc1.contoso.com',
        tags: '',
        user: 'admin',
        pass: 'P%40ssw0rd!',
        tls: 1,
        ver: '11.8.50',
        pstate: 2
      },
      { name: 'pc2.contoso.com', host: '10.0.0.7%3A16993', tags: 'north', user: '*', pass: '', tls: 0 },
      { name: '10.0.0.9', host: '10.0.0.9', tags: '', user: 'helper', pass: 'Other%21Pass1', tls: 0, uuid: guid }
    ]
  }

  test('fields need no mapping, and are read as they are meant', async () => {
    const table = await good(readTable(bytes(list)))
    expect(table).toMatchObject({ kind: 'meshcommander', passwords: 'clear' })
    expect(rowOf(table, 0)).toEqual({
      name: 'PC1',
      fqdn: 'pc1.contoso.com',
      address: 'pc1.contoso.com',
      guid: '',
      adminPassword: 'P@ssw0rd!',
      amtVersion: '11.8.50',
      amtStatus: 'Externally Provisioned'
    })
    expect(rowOf(table, 1)).toMatchObject({ name: 'pc2', fqdn: 'pc2.contoso.com', address: '10.0.0.7:16993' })
    expect(rowOf(table, 2)).toMatchObject({ name: '', fqdn: '', guid, adminPassword: '' })
  })

  test('passwords of other accounts are not taken, and that is said', async () => {
    const { notes } = await good(readTable(bytes(list)))
    expect(notes).toMatchObject([{ code: 'file-other-account', found: '1 with the account helper' }])
    expect(JSON.stringify(notes)).not.toContain('Other')
  })

  test('a list locked with a password is explained', async () => {
    const locked = { magic: '3209ruwpcoinaT4r9w347t0e4ug', version: 1, salt: 'aa', iv: 'bb', tag: 'cc', data: 'dd' }
    expect(await problemOf(readTable(bytes(locked)))).toMatchObject({
      code: 'file-encrypted',
      found: expect.stringContaining('MeshCommander')
    })
  })

  test('the three columns of its CSV', async () => {
    const text = `Intel AMT FQDN,Last seen,Intel AMT IPv4,Intel AMT Version\npc1.contoso.com,today,10.0.0.7,11.8.50\n10.0.0.8,,10.0.0.8\n`
    const table = await good(readTable(bytes(text)))
    expect(table.kind).toBe('meshcommander-csv')
    expect(rowOf(table, 0)).toEqual({
      name: 'pc1',
      fqdn: 'pc1.contoso.com',
      address: '10.0.0.7',
      amtVersion: '11.8.50',
      guid: ''
    })
    expect(table.titles).toHaveLength(6)
    expect(table.lines.every(({ cells }) => cells.length === 6)).toBe(true)
  })
})

describe('MeshCentral', () => {
  test('its list for MeshCommander', async () => {
    const list = {
      webappversion: '0.9.0',
      computers: [
        { name: 'PC1', host: 'pc1.contoso.com', user: 'admin', pass: '', tls: 1, ver: '16.1', pstate: 2, pmode: 1 }
      ]
    }
    expect(await good(readTable(bytes(list)))).toMatchObject({ kind: 'meshcentral' })
  })
  test('its list of devices', async () => {
    const amt = { ver: '16.1.25', state: 2, user: 'admin', pass: 1, uuid: guid }
    const list = [
      { _id: 'node//x', name: 'Reception', rname: 'PC1', host: '10.0.0.7', intelamt: amt },
      { _id: 'node//y', name: 'pc2.contoso.com', host: 'pc2.contoso.com' }
    ]
    const table = await good(readTable(bytes(list)))
    expect(table).toMatchObject({ kind: 'meshcentral', passwords: null })
    expect(rowOf(table, 0)).toMatchObject({ name: 'PC1', guid, amtVersion: '16.1.25', address: '10.0.0.7' })
    expect(rowOf(table, 1)).toMatchObject({ name: 'pc2', fqdn: 'pc2.contoso.com' })
    expect(table.notes).toMatchObject([{ code: 'file-without-amt', found: '1 of 2 devices' }])
    const detailed = list.map((node) => ({ node, sys: {} }))
    expect(rowOf(await good(readTable(bytes(detailed))), 0)).toMatchObject({ name: 'PC1', guid })
  })
  test('its simple list', async () => {
    const list = [
      { fqdn: 'pc1.contoso.com', uuid: guid, version: '12.0.1', username: 'admin', password: 'P@ssw0rd!', tls: true }
    ]
    const table = await good(readTable(bytes(list)))
    expect(table).toMatchObject({ kind: 'meshcentral', passwords: 'clear' })
    expect(rowOf(table, 0)).toMatchObject({ name: 'pc1', fqdn: 'pc1.contoso.com', guid, adminPassword: 'P@ssw0rd!' })
  })
})

test("Intel's migration tool", async () => {
  const list = {
    ApplicationData: { Application: 'Intel vPro(R) Manageability Migration Tool' },
    ManagedSystems: {
      ManagedSystemsList: [
        {
          Fqdn: 'pc1.contoso.com',
          IPv4: '10.0.0.7',
          AmtVersion: '9.1.2',
          ConfiguredPassword: 'P@ssw0rd!',
          Uuid: guid,
          ConnectionType: 'TLS'
        }
      ]
    }
  }
  const table = await good(readTable(bytes(list)))
  expect(table.words).toContain('Migration Tool')
  expect(rowOf(table, 0)).toMatchObject({ name: 'pc1', guid, address: '10.0.0.7', adminPassword: 'P@ssw0rd!' })
})

describe('JSON that is no list', () => {
  test.each<[string, string, string]>([
    ['nothing in it', '[]', 'file-empty'],
    ['only numbers', '[[1,2],[3,4]]', 'file-empty'],
    ['an empty object', '{}', 'file-empty'],
    ['cut off', '[{"name":"PC1"},{"name"', 'file-not-json'],
    ['a comma missing', '[{"a":1} {"a":2}]', 'file-not-json'],
    ['a string without end', '[{"a":"b}]', 'file-not-json'],
    ['more behind it', '[{"a":1}] x', 'file-not-json'],
    ['wrong inside', '[{"a":1},\n{b:2}]', 'file-not-json'],
    ['a depth bomb', `[${'['.repeat(100_000)}`, 'file-not-json'],
    ['a depth bomb in an entry', `[{"a":${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}}]`, 'file-not-json'],
    ['an entry without end', `[{"a":"${'x'.repeat(1_200_000)}"}]`, 'file-not-json'],
    [
      'too many keys',
      JSON.stringify([Object.fromEntries(Array.from({ length: 201 }, (_, at) => [`k${at}`, 1]))]),
      'file-too-wide'
    ]
  ])('%s', async (_, text, code) => {
    expect((await problemOf(readTable(bytes(text)))).code).toBe(code)
  })

  test('the line is told, the text is not', async () => {
    const found = await problemOf(readTable(bytes('[{"a":1},\n{"pass":"S3cret!x" "b"}]')))
    expect(found).toMatchObject({ code: 'file-not-json', where: 'line 2' })
    expect(JSON.stringify(found)).not.toContain('S3cret')
  })

  test('keys that stand for something in JavaScript are only keys', async () => {
    const table = await good(readTable(bytes('[{"__proto__":"x","constructor":"y","name":"PC1"}]')))
    expect(table.titles).toEqual(['__proto__', 'constructor', 'name'])
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })

  test('arbitrary JSON, whole and cut, never throws', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 4 }), fc.nat(), async (text, cut) => {
        await readTable(bytes(`[{"a":${text}},${text}]`))
        await readTable(bytes(`[{"a":${text}},${text}]`.slice(0, cut % (text.length + 10))))
      }),
      { numRuns: 300 }
    )
  })

  test('reading can be called off', async () => {
    let asked = 0
    const turns = { next: () => ++asked < 5 }
    const list = Array.from({ length: 100 }, (_, at) => ({ name: `PC${at}` }))
    expect((await problemOf(readTable(bytes(list), {}, turns))).code).toBe('reading-cancelled')
  })
})
