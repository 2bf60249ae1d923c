import { expect, test } from 'vitest'
import { recognise } from '../../../electron/intake/recognise.ts'
import { readTable } from '../../../electron/intake/table.ts'
import { guessColumns } from '../../../shared/mapping.ts'

const guid = '4c4c4544-0042-3510-8051-b4c04f4a3153'
const kindOf = (text: string) => {
  const read = readTable(new TextEncoder().encode(text))
  if (!read.ok) throw new Error(read.problem.code)
  const { titles, lines, header } = read.value
  return recognise(
    read.value,
    guessColumns(
      titles,
      lines.map(({ cells }) => cells),
      header
    )
  )
}

test('the six columns of Configuration Manager, also when optional ones are missing', () => {
  expect(kindOf(`PC1,PC1.contoso.com,${guid},,,UEBzc3cwcmQh`)).toMatchObject({
    kind: 'configmgr',
    words: 'Configuration Manager, six columns'
  })
  expect(kindOf(`PC1,PC1.contoso.com,${guid}`).words).toBe('Configuration Manager, three columns')
  expect(kindOf(`short_name,FQDN,SMBIOS\nPC1,PC1.contoso.com,${guid}`).words).toContain('with titles')
})

test('the list for operating system deployment is told apart and explained', () => {
  const { kind, note } = kindOf(`PC1,${guid},00:1e:4f:aa:10:32`)
  expect(kind).toBe('configmgr-osd')
  expect(note).toMatchObject({ code: 'file-osd-list', found: expect.stringContaining('no FQDN') })
})

test('other lists, by how much of them is understood', () => {
  expect(kindOf(`Room,UUID,Host name\n7,${guid},PC1`)).toMatchObject({
    kind: 'titled',
    words: 'List with column titles, 2 of 3 columns understood'
  })
  expect(kindOf('a,b\nc,d')).toMatchObject({ kind: 'unknown', confidence: 0 })
})
