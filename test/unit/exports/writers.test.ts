// Lists for other managers: the accepted form byte by byte, and nothing secret where nobody asked for it.
import { expect, test } from 'vitest'
import { lookAt } from '../../../electron/drafting/looking.ts'
import type { ExportComputer } from '../../../electron/exports/computer.ts'
import { consoleDevices } from '../../../electron/exports/dmt.ts'
import { meshCommanderList } from '../../../electron/exports/meshCommander.ts'
import { readResultFile } from '../../../electron/exports/resultFile.ts'
import { sixColumns } from '../../../electron/exports/sixColumns.ts'
import { value } from '../../bench.ts'

const one: ExportComputer = {
  name: 'NEWCOMP1',
  fqdn: 'NEWCOMP1.contoso.com',
  guid: '55555555-5555-5555-5555-555555555555',
  mac: '05:06:07:08:09:0a',
  address: '',
  amtVersion: '15.0.23.1706',
  tls: true,
  username: 'admin'
}
const withSecret = { ...one, mac: '', adminPassword: 'P@ssw0rd!' }
const plain = { encoding: 'UTF-8', passwordText: 'UTF-8' } as const
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8')

test('six columns are written as Microsoft’s own example', () => {
  expect(text(value(sixColumns([one], plain)))).toBe(
    'NEWCOMP1,NEWCOMP1.contoso.com,55555555-5555-5555-5555-555555555555,05:06:07:08:09:0A\r\n'
  )
  // A blank column between keeps its comma; passwords are Base64.
  expect(text(value(sixColumns([withSecret], plain)))).toBe(
    'NEWCOMP1,NEWCOMP1.contoso.com,55555555-5555-5555-5555-555555555555,,,UEBzc3cwcmQh\r\n'
  )
})

test('encodings are those that were chosen', () => {
  expect([...value(sixColumns([one], { ...plain, encoding: 'UTF-8 with mark' })).subarray(0, 4)]).toEqual([
    0xef,
    0xbb,
    0xbf,
    'N'.charCodeAt(0)
  ])
  const wide = value(sixColumns([withSecret], { encoding: 'UTF-16 LE', passwordText: 'UTF-16 LE' }))
  expect([...wide.subarray(0, 4)]).toEqual([0xff, 0xfe, 'N'.charCodeAt(0), 0])
  const base64 = Buffer.from(wide).toString('utf16le').trim().split(',').at(-1) ?? ''
  expect(Buffer.from(base64, 'base64').toString('utf16le')).toBe('P@ssw0rd!')
})

test.each(['a,b', 'a"b', 'a\nb'])('a name like %j is refused, not quoted in a way nobody documented', (name) => {
  expect(sixColumns([{ ...one, name }], plain)).toMatchObject({ ok: false, problem: { code: 'export-value-unfit' } })
})

test('what was written is read again by our own import, without a mapping by hand', async () => {
  const six = value(
    await lookAt(
      'six.csv',
      value(
        sixColumns(
          [withSecret, { ...one, guid: one.guid.replace(/5/g, '6'), name: 'PC2', fqdn: 'pc2.contoso.com' }],
          plain
        )
      )
    )
  )
  expect(six.source.recognised.kind).toBe('configmgr')
  expect(six.counts).toMatchObject({ total: 2, blocked: 0 })
  const mesh = value(await lookAt('mesh.json', Buffer.from(meshCommanderList([withSecret], 'Büro 2'))))
  expect(mesh.source.recognised.kind).toBe('meshcommander')
  expect(mesh.rows[0]?.values).toMatchObject({ name: 'NEWCOMP1', guid: one.guid, amtVersion: one.amtVersion })
})

test('without secrets there is no key for them, and where it answers is told', () => {
  const [body] = JSON.parse(consoleDevices([{ ...one, address: '10.0.0.7' }], 'Site 1')) as Record<string, unknown>[]
  expect(body).toEqual({
    guid: one.guid,
    hostname: '10.0.0.7',
    friendlyName: 'NEWCOMP1',
    dnsSuffix: 'contoso.com',
    tags: ['Site 1'],
    username: 'admin',
    useTLS: true,
    allowSelfSigned: true
  })
  expect(meshCommanderList([one], '')).not.toContain('pass')
  expect(consoleDevices([withSecret], '')).toContain('"password": "P@ssw0rd!"')
})

const resultOf = (...lines: string[]): Uint8Array =>
  Buffer.from(`\ufeff"Name","Guid","Outcome","ResourceId","Detail"\r\n${lines.join('\r\n')}\r\n`)

test('the result file of the script is read, quotes and all', () => {
  const guid = one.guid.toUpperCase()
  const read = readResultFile(
    resultOf(`"NEWCOMP1","${guid}","created","16777219",""`, `"B","${guid}","failed","","It said ""no"", twice"`)
  )
  expect(value(read)).toEqual([
    { name: 'NEWCOMP1', guid: one.guid, outcome: 'created', resourceId: '16777219', detail: '' },
    { name: 'B', guid: one.guid, outcome: 'failed', resourceId: '', detail: 'It said "no", twice' }
  ])
})

test.each([
  ['another outcome', resultOf('"A","55555555-5555-5555-5555-555555555555","maybe","",""')],
  ['no GUID', resultOf('"A","x","created","",""')],
  ['nobody in it', resultOf()],
  ['another list', Buffer.from('a;b\r\n1;2\r\n')],
  ['no text', Buffer.from([0xff, 0xfe, 0x00, 0x22])]
])('a file with %s is refused', (_, bytes) => {
  expect(readResultFile(bytes)).toMatchObject({ ok: false, problem: { code: 'result-unreadable' } })
})
