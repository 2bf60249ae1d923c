import { describe, expect, test } from 'vitest'
import { chosen, columnsFor, guessColumns, looksLikeHeader } from '../../../shared/mapping.ts'
import { isSecretTitle } from '../../../shared/titles.ts'

const guid = (last: number) => `4c4c4544-0042-3510-8051-b4c04f4a31${last}`
const six = [
  ['NEWCOMP1', 'NEWCOMP1.contoso.com', '55555555-5555-5555-5555-555555555555', '05:06:07:08:09:0A'],
  ['FIN-0231', 'FIN-0231.corp.contoso.com', guid(53), '', 'UEBzc3cwcmQh', 'UEBzc3cwcmQh']
]
const columns = (count: number) => Array.from({ length: count }, (_, at) => `Column ${at + 1}`)
const fieldsOf = (titles: readonly string[], sample: string[][], header: boolean) =>
  guessColumns(titles, sample, header).map(({ field }) => field)

describe('without titles', () => {
  test('the six Configuration Manager columns go by their places', () => {
    const guesses = guessColumns(columns(6), six, false)
    expect(guesses.map(({ field }) => field)).toEqual(['name', 'fqdn', 'guid', 'mac', 'mebxPassword', 'adminPassword'])
    expect(guesses[2]).toMatchObject({ confidence: 0.95, because: expect.stringContaining('column 3') })
    expect(guesses[0]?.confidence).toBeLessThan(0.95)
  })

  test('three mandatory columns are enough; passwords in clear text stand in their places', () => {
    expect(fieldsOf(columns(3), six, false)).toEqual(['name', 'fqdn', 'guid'])
    const clear = [['PC1', 'pc1.contoso.com', guid(53), '', 'P@ssw0rd!', 'geheim']]
    expect(fieldsOf(columns(6), clear, false).slice(4)).toEqual(['mebxPassword', 'adminPassword'])
  })

  test('the list for operating system deployment has its own places', () => {
    const osd = [['PC1', guid(53), '00:1e:4f:aa:10:32']]
    expect(fieldsOf(columns(3), osd, false)).toEqual(['name', 'guid', 'mac'])
  })

  test('another order is found by content, the name by its FQDN', () => {
    const other = [[guid(53), '10.0.0.7', 'pc1.contoso.com', '00-1E-4F-AA-10-32', 'PC1', '11.8.50', 'room 7']]
    expect(fieldsOf(columns(7), other, false)).toEqual(['guid', 'address', 'fqdn', 'mac', 'name', 'amtVersion', null])
  })

  test('two columns of GUIDs stay open', () => {
    const guesses = guessColumns(columns(2), [[guid(53), guid(54)]], false)
    expect(guesses.map(({ field }) => field)).toEqual([null, null])
    expect(guesses[0]?.because).toContain('please choose')
  })
})

describe('with titles', () => {
  test.each([
    [['Computer Name', 'DNS Name', 'UUID', 'MAC Address', 'MEBx Password', 'Admin Password'], 'English'],
    [['Rechnername', 'Vollständiger Name', 'System-UUID', 'MAC-Adresse', 'MEBx-Kennwort', 'Kennwort'], 'German'],
    [['Nom de l’ordinateur', 'Nom DNS', 'UUID système', 'Adresse MAC', 'Mot de passe MEBx', 'Mot de passe'], 'French'],
    [
      ['Nombre del equipo', 'Nombre DNS', 'UUID del sistema', 'Dirección MAC', 'Contraseña MEBx', 'Contraseña'],
      'Spanish'
    ],
    [
      [
        'short_name',
        'FQDN',
        'SMBIOS',
        'optional_MAC_address',
        'optional_MEBx_password',
        'optional_remote_admin_password'
      ],
      'Microsoft'
    ]
  ])('%j (%s)', (titles) => {
    expect(fieldsOf(titles, [], true)).toEqual(['name', 'fqdn', 'guid', 'mac', 'mebxPassword', 'adminPassword'])
  })

  test('our own title beats a synonym; two equal titles stay open', () => {
    expect(fieldsOf(['UUID', 'SMBIOS GUID'], [], true)).toEqual([null, 'guid'])
    expect(fieldsOf(['FQDN', 'FQDN', 'Name'], [], true)).toEqual([null, null, 'name'])
  })

  test('unknown titles fall back to content', () => {
    expect(fieldsOf(['Kiste', 'Ding', 'Reason'], [['a', guid(53), 'no answer']], true)).toEqual([null, 'guid', null])
  })
})

test('a line of titles is told from a line of data', () => {
  expect(looksLikeHeader(['Name', 'FQDN', 'GUID'], six)).toBe(true)
  expect(looksLikeHeader(['Kiste', 'Netz', 'Kennung'], six)).toBe(true)
  expect(looksLikeHeader(six[0] ?? [], six)).toBe(false)
  expect(looksLikeHeader(['PC', 'pc.contoso.com', ''], six)).toBe(false)
})

describe('the columns of the mapping page', () => {
  test('show up to three samples and mask every secret', () => {
    const lines = [...six, ...six].map((cells) => ({ cells }))
    const table = { titles: columns(6), lines }
    const shown = columnsFor(table, guessColumns(columns(6), six, false))
    expect(shown[0]?.samples).toEqual(['NEWCOMP1', 'FIN-0231', 'NEWCOMP1'])
    expect(shown[4]?.samples).toEqual(['••••••••', '••••••••'])
    expect(JSON.stringify(shown)).not.toContain('UEBzc3cwcmQh')
  })

  test('mask by title and by content also when the column is ignored or mistaken', () => {
    const table = {
      titles: ['Old admin password', 'Misc', 'Kennwort alt', 'UEBzc3cwcmQh'],
      lines: [{ cells: ['geheim', 'UEBzc3cwcmQh', 'x', 'P@ssw0rd!'] }]
    }
    const shown = JSON.stringify(columnsFor(table, [chosen('name'), chosen(null), chosen(null), chosen(null)]))
    for (const secret of ['geheim', 'UEBzc3cwcmQh', '"x"', 'P@ssw0rd!']) expect(shown).not.toContain(secret)
  })

  test('titles that speak of secrets', () => {
    for (const title of ['Old admin password', 'Mot de passe', 'API key', 'PIN'])
      expect(isSecretTitle(title)).toBe(true)
    for (const title of ['Name', 'Room', 'Shipping']) expect(isSecretTitle(title)).toBe(false)
  })
})
