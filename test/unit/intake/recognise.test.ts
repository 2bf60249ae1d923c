import { describe, expect, test } from 'vitest'
import { columnsOfForm, recognise } from '../../../electron/intake/recognise.ts'
import { readTable } from '../../../electron/intake/table.ts'
import { templateList } from '../../../electron/intake/template.ts'
import { listText } from '../../../electron/intake/write.ts'
import { guessColumns } from '../../../shared/mapping.ts'
import { problem } from '../../../shared/problem.ts'

const guid = '4c4c4544-0042-3510-8051-b4c04f4a3153'

async function kindOf(text: string) {
  const read = await readTable(new TextEncoder().encode(text))
  if (!read.ok) throw new Error(read.problem.code)
  const { titles, lines, header } = read.value
  const sample = lines.map(({ cells }) => cells)
  return recognise(read.value, columnsOfForm(read.value) ?? guessColumns(titles, sample, header))
}

test('the six columns of Configuration Manager, also when optional ones are missing', async () => {
  expect(await kindOf(`PC1,PC1.contoso.com,${guid},,,UEBzc3cwcmQh`)).toMatchObject({
    kind: 'configmgr',
    words: 'Configuration Manager, six columns'
  })
  expect((await kindOf(`PC1,PC1.contoso.com,${guid}`)).words).toBe('Configuration Manager, three columns')
  expect((await kindOf(`short_name,FQDN,SMBIOS\nPC1,PC1.contoso.com,${guid}`)).words).toContain('with titles')
})

describe('whether another management solution exported it', () => {
  test.each<[string, string, boolean]>([
    ['six columns with a password in them', `PC1,PC1.contoso.com,${guid},,,UEBzc3cwcmQh`, true],
    ['six columns without passwords', `PC1,PC1.contoso.com,${guid},,,`, false],
    ['three columns', `PC1,PC1.contoso.com,${guid}`, false],
    ['MeshCommander', JSON.stringify({ webappversion: '1', computers: [{ name: 'PC1', host: 'a', tags: '' }] }), true],
    ['three columns of MeshCommander', 'Intel AMT FQDN,Intel AMT IPv4\npc1.contoso.com,10.0.0.7', true],
    ['our template', templateList(), false]
  ])('%s: %s', async (_, text, exported) => {
    expect((await kindOf(text)).exported).toBe(exported)
  })
})

test('the list for operating system deployment is told apart and explained', async () => {
  const { kind, note } = await kindOf(`PC1,${guid},00:1e:4f:aa:10:32`)
  expect(kind).toBe('configmgr-osd')
  expect(note).toMatchObject({ code: 'file-osd-list', found: expect.stringContaining('no FQDN') })
})

test('failed rows, with and without the columns that were added', async () => {
  const titles = ['Name', 'FQDN', 'SMBIOS GUID', 'MAC address', 'MEBx password', 'Remote admin password']
  const row = ['PC1', 'pc1.contoso.com', guid, '', '', '']
  expect(
    (
      await kindOf(
        listText([
          [...titles, 'Reason'],
          [...row, 'asleep']
        ])
      )
    ).kind
  ).toBe('failed-rows')
  const wide = listText([
    [...titles, 'Address', 'Reason'],
    [...row, '10.0.0.7', 'asleep']
  ])
  expect((await kindOf(wide)).kind).toBe('failed-rows')
})

test('our template; its example rows are told when they are still in it', async () => {
  const filled = templateList(';').split('\r\n')
  const own = `${filled[0]}\r\nPC1;pc1.contoso.com;${guid};;;;\r\n`
  expect(await kindOf(own)).toMatchObject({ kind: 'template', confidence: 1 })
  expect((await kindOf(own)).note).toBeUndefined()
  expect((await kindOf(templateList())).note).toEqual(
    problem('file-examples-left', { where: 'line 2', found: '3 rows with names in .corp.example' })
  )
})

test('a list whose form is known needs no guess', async () => {
  const list = await kindOf(
    JSON.stringify({ computers: [{ name: 'PC1', host: 'pc1.contoso.com', tags: '', pass: '' }] })
  )
  expect(list).toMatchObject({ kind: 'meshcommander', confidence: 1, words: 'MeshCommander, list of computers' })
})

test('other lists, by how much of them is understood', async () => {
  expect(await kindOf(`Room,UUID,Host name\n7,${guid},PC1`)).toMatchObject({
    kind: 'inventory',
    words: 'List with column titles, 2 of 3 columns understood'
  })
  expect(await kindOf('a,b\nc,d')).toMatchObject({ kind: 'unknown', confidence: 0 })
})
