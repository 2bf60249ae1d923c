import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Field, fields } from '../../../shared/computer.ts'
import { chosen, columnsFor, confidenceWords, decided, guessColumns, looksLikeHeader } from '../../../shared/mapping.ts'
import { type Remembered, signatureOf } from '../../../shared/remembered.ts'
import { fieldOfTitle, isSecretTitle } from '../../../shared/titles.ts'

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
    [['Nome computer', 'Nome DNS', 'UUID di sistema', 'Indirizzo MAC', 'Password MEBx', 'Password'], 'Italian'],
    [['Nome do computador', 'Nome DNS', 'UUID do sistema', 'Endereço MAC', 'Senha MEBx', 'Senha'], 'Portuguese'],
    [['Computernaam', 'DNS-naam', 'Systeem-UUID', 'MAC-adres', 'MEBx-wachtwoord', 'Wachtwoord'], 'Dutch'],
    [['Nazwa komputera', 'Pełna nazwa DNS', 'UUID systemu', 'Adres MAC', 'Hasło MEBx', 'Hasło'], 'Polish'],
    [
      ['コンピューター名', '完全修飾ドメイン名', 'システムUUID', 'MACアドレス', 'MEBxパスワード', 'パスワード'],
      'Japanese'
    ],
    [['v_R_System.Netbios_Name0', 'DNS_Host_Name', 'SMBIOS_GUID0', 'MAC_Addresses0', 'MEBx', 'AMT pwd'], 'views'],
    [['PSComputerName', 'dNSHostName', 'netbootGUID', 'LOM MAC', 'MEBx_pass', 'Digest password'], 'directory'],
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

describe('titles of tools', () => {
  test.each([
    [
      ['Intel AMT FQDN', 'Intel AMT IPv4', 'Intel AMT Version'],
      ['fqdn', 'address', 'amtVersion'],
      'MeshCommander list'
    ],
    [
      ['AssetName', 'Domain', 'IPAddress', 'Mac', 'FQDN', 'UUID', 'Serialnumber'],
      ['name', null, 'address', 'mac', 'fqdn', 'guid', null],
      'Lansweeper'
    ],
    [
      ['Name0', 'Resource_Domain_OR_Workgr0', 'AMTFullVersion0', 'AMTStatus0', 'SMBIOS_GUID0'],
      ['name', null, 'amtVersion', 'amtStatus', 'guid'],
      'Configuration Manager report'
    ],
    [
      ['ComputerName', 'EndpointPlatformId', 'AmtProvisioningState', 'AmtVersion', 'Fqdn'],
      ['name', 'guid', 'amtStatus', 'amtVersion', 'fqdn'],
      'EMA'
    ],
    [
      ['Asset tag', 'Machine type', 'LAN MAC', 'Wireless MAC', 'BIOS version', 'ME firmware version'],
      [null, null, 'mac', null, null, 'amtVersion'],
      'maker’s asset list'
    ]
  ])('%j → %j (%s)', (titles, expected) => {
    expect(fieldsOf(titles as string[], [], true)).toEqual(expected)
  })
})

describe('titles and cells together', () => {
  test('slips of the keyboard are forgiven in long titles only, and never give a password away', () => {
    expect(fieldsOf(['Computernmae', 'SMBIOS GIUD', 'MAC adress', 'Nam'], [], true)).toEqual([
      'name',
      'guid',
      'mac',
      null
    ])
    expect(guessColumns(['MAC adress'], [], true)[0]).toMatchObject({ confidence: 0.65 })
    for (const title of ['uuld', 'fqbn', 'MAC address 7', 'Device make', 'User name']) {
      expect(fieldOfTitle(title)?.field ?? null).toBeNull()
    }
    expect(fieldsOf(['Admin passwrod'], [['room 7']], true)).toEqual([null])
    expect(fieldsOf(['Admin passwrod'], [['UEBzc3cwcmQh']], true)).toEqual(['adminPassword'])
  })

  test('vague titles need cells that agree', () => {
    expect(fieldsOf(['Version'], [['10.0.19045']], true)).toEqual([null])
    expect(fieldsOf(['Version'], [['11.8.50.3425']], true)).toEqual(['amtVersion'])
    expect(fieldsOf(['Status'], [['Retired'], ['In use']], true)).toEqual([null])
    expect(fieldsOf(['Status'], [['Detected'], ['Nicht bereitgestellt']], true)).toEqual(['amtStatus'])
    expect(fieldsOf(['Client'], [['Yes'], ['No'], ['Yes'], ['Yes']], true)).toEqual([null])
    expect(fieldsOf(['Client'], [['PC1'], ['PC2'], ['PC3'], ['PC4']], true)).toEqual(['name'])
    expect(fieldsOf(['Adresse'], [['Hauptstraße 5']], true)).toEqual([null])
    expect(fieldsOf(['Adresse'], [['10.0.0.7']], true)).toEqual(['address'])
    expect(fieldsOf(['Full name'], [['Erika Mustermann']], true)).toEqual([null])
    expect(fieldsOf(['Full name'], [['pc1.contoso.com']], true)).toEqual(['fqdn'])
  })

  test('cells that are clearly something else outweigh the title, and it is said', () => {
    const [guess] = guessColumns(['MAC'], [[guid(53)], [guid(54)]], true)
    expect(guess).toMatchObject({
      field: 'guid',
      because: 'every cell looks like a GUID, though the title says MAC address'
    })
    expect(fieldsOf(['Address'], [['12 Main Street']], true)).toEqual([null])
  })

  test('a host name that is the full name is the FQDN, unless another column is', () => {
    const full = [
      ['pc1.contoso.com', guid(53)],
      ['pc2.contoso.com', guid(54)]
    ]
    expect(fieldsOf(['Host Name', 'UUID'], full, true)).toEqual(['fqdn', 'guid'])
    expect(fieldsOf(['Name', 'FQDN'], [['pc1.contoso.com', 'pc1.contoso.com']], true)).toEqual(['name', 'fqdn'])
  })

  test('columns of other things are not taken by their cells', () => {
    const lines = [1, 2, 3].map((at) => [`10.0.0.${at}`, '255.255.255.0', 'contoso.com', `1.${at}.3`])
    expect(fieldsOf(['Gateway', 'Subnet mask', 'Domain', 'BIOS version'], lines, true)).toEqual([
      null,
      null,
      null,
      null
    ])
    // The same text in every line tells no computer from another.
    expect(
      fieldsOf(
        columns(2),
        lines.map((line) => line.slice(2)),
        false
      )
    ).toEqual([null, 'amtVersion'])
  })

  test('a full column of a synonym is worth more than an empty one of our own title', () => {
    expect(fieldsOf(['MAC address', 'LAN MAC'], [['', '00:1e:4f:aa:10:32']], true)).toEqual([null, 'mac'])
  })

  test('the same version in every line is still a version', () => {
    expect(fieldsOf(columns(1), [['11.8.50'], ['11.8.50'], ['11.8.50']], false)).toEqual(['amtVersion'])
  })

  test('a title of megabytes is no title', () => {
    expect(fieldsOf(['a.'.repeat(1_000_000)], [], true)).toEqual([null])
  })

  test('versions that could be addresses go with their neighbours', () => {
    expect(fieldsOf(columns(1), [['11.8.50.3425'], ['11.8.50.12']], false)).toEqual(['amtVersion'])
  })
})

describe('ties', () => {
  test('say which field the columns could be, and close it for all others', () => {
    const guesses = guessColumns(['FQDN', 'FQDN', 'Other'], [['a.b.com', 'c.b.com', 'd.b.com']], true)
    expect(guesses.map(({ field, could }) => [field, could])).toEqual([
      [null, ['fqdn']],
      [null, ['fqdn']],
      [null, undefined]
    ])
    expect(guesses[0]?.because).toBe('two columns could be the FQDN; please choose')
    expect(columnsFor({ titles: ['FQDN', 'FQDN', 'Other'], lines: [], header: true }, guesses)[1]?.could).toEqual([
      'fqdn'
    ])
  })

  test('samples that could be secrets are masked', () => {
    const titles = ['Password', 'Password']
    const guesses = guessColumns(titles, [['geheim', 'geheim']], true)
    const shown = columnsFor({ titles, lines: [{ cells: ['geheim', 'geheim'] }], header: true }, guesses)
    expect(shown[0]?.could).toEqual(['adminPassword'])
    expect(JSON.stringify(shown)).not.toContain('geheim')
  })

  test('end when a person chooses; untouched columns keep their reasons', () => {
    const guesses = guessColumns(['FQDN', 'FQDN', 'Computer'], [], true)
    const one = decided(guesses, ['fqdn', null, 'name'], [1, 2])
    expect(one[0]).toEqual(chosen('fqdn'))
    expect(one[1]).toEqual({ field: null, because: '', confidence: 0 })
    expect(one[2]).toEqual(guesses[2])
    const other = decided(guesses, [null, null, null], [0, 1])
    expect(other.map(({ could }) => could)).toEqual([['fqdn'], ['fqdn'], undefined])
    expect(decided(guesses, [null, null, 'name'], [2]).map(({ could }) => could)).toEqual([
      undefined,
      undefined,
      undefined
    ])
  })

  test('whatever the list, each field has one column at most, and a tie has two and more', () => {
    const cell = fc.constantFrom(
      '',
      'PC1',
      'pc1.contoso.com',
      guid(53),
      guid(54),
      '10.0.0.7',
      '11.8.50',
      'UEBzc3cwcmQh',
      'x y'
    )
    const title = fc.constantFrom(
      'FQDN',
      'UUID',
      'SMBIOS GUID',
      'Host',
      'Version',
      'Address',
      'Password',
      'Kiste',
      'Nmae',
      ''
    )
    fc.assert(
      fc.property(
        fc.array(title, { minLength: 1, maxLength: 8 }),
        fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 5 }),
        fc.boolean(),
        (titles, lines, header) => {
          const guesses = guessColumns(titles, lines, header)
          expect(guesses).toHaveLength(titles.length)
          for (const field of fields) {
            const taken = guesses.filter((guess) => guess.field === field).length
            const could = guesses.filter((guess) => guess.could?.includes(field)).length
            expect(taken === 0 ? could !== 1 : taken === 1 && could === 0).toBe(true)
          }
        }
      )
    )
  })
})

test('how sure a guess is, in words', () => {
  expect([1, 0.95, 0.85, 0.7, 0.6, 0].map(confidenceWords)).toEqual([
    'sure',
    'sure',
    'likely',
    'likely',
    'a guess',
    'a guess'
  ])
})

describe('what was chosen earlier', () => {
  const was = (field: Field | null, by: Remembered['by'] = 'list'): Remembered => ({ field, at: 1700000000000, by })

  test('wins over titles and cells, and says since when', () => {
    const guesses = guessColumns(['UUID', 'Kiste', 'MAC'], [[guid(53), 'PC1', '']], true, [
      was('mac'),
      was('guid'),
      was(null)
    ])
    expect(guesses.map(({ field }) => field)).toEqual(['mac', 'guid', null])
    expect(guesses[0]).toMatchObject({ because: 'you chose this last time', confidence: 1, chosenAt: 1700000000000 })
    expect(guesses[2]?.because).toBe('you left this column out last time')
  })

  test('of a single title in another list', () => {
    const [kiste, name] = guessColumns(['Kiste', 'Name'], [], true, [was('name', 'title'), undefined])
    expect(kiste).toMatchObject({ field: 'name', because: 'you took a column of this title for it last time' })
    expect(name?.field).toBeNull()
    const twice = guessColumns(['Kiste', 'Ding'], [], true, [was('name', 'title'), was('name', 'title')])
    expect(twice.map(({ could }) => could)).toEqual([['name'], ['name']])
  })

  test('a list is recognised by its titles in any order, without titles by what its columns look like', () => {
    const of = (titles: readonly string[], header = true) => signatureOf(titles, six, header).list
    expect(of(['Name', 'FQDN', 'GUID'])).toBe(of(['guid', 'name', 'fqdn']))
    expect(of(['Name', 'FQDN'])).not.toBe(of(['Name', 'FQDN', 'GUID']))
    expect(signatureOf(['FQDN', 'FQDN'], [], true).columns).toEqual(['fqdn', 'fqdn 2'])
    expect(of(columns(4), false)).toBe('shapes other fqdn guid mac')
    expect(signatureOf(columns(2), six, false)).toMatchObject({ columns: ['#0', '#1'], titles: [null, null] })
  })

  test('never keeps a title that looks like a secret', () => {
    const signature = signatureOf(['Name', 'P@ssw0rd!', 'UEBzc3cwcmQh'], [], true)
    expect(signature.titles).toEqual(['name', null, null])
    expect(JSON.stringify(signature)).not.toMatch(/ssw0rd|UEBz|uebz/i)
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
    const table = { titles: ['Column 1', 'Column 2', ...columns(6).slice(2)], lines, header: false }
    const shown = columnsFor(table, guessColumns(columns(6), six, false))
    expect(shown[0]?.samples).toEqual(['NEWCOMP1', 'FIN-0231', 'NEWCOMP1'])
    expect(shown[4]?.samples).toEqual(['••••••••', '••••••••'])
    expect(shown[0]?.title).toBe('Column 1')
    expect(JSON.stringify(shown)).not.toContain('UEBzc3cwcmQh')
  })

  test('mask by title and by content also when the column is ignored or mistaken', () => {
    const table = {
      titles: ['Old admin password', 'Misc', 'Kennwort alt', 'UEBzc3cwcmQh'],
      lines: [{ cells: ['geheim', 'UEBzc3cwcmQh', 'x', 'P@ssw0rd!'] }],
      header: true
    }
    const shown = JSON.stringify(columnsFor(table, [chosen('name'), chosen(null), chosen(null), chosen(null)]))
    for (const secret of ['geheim', 'UEBzc3cwcmQh', '"x"', 'P@ssw0rd!']) expect(shown).not.toContain(secret)
  })

  test('titles that speak of secrets', () => {
    for (const title of [
      'Old admin password',
      'Mot de passe',
      'API key',
      'PIN',
      'Senha',
      'Hasło',
      'パスワード',
      'Passwrd'
    ])
      expect(isSecretTitle(title)).toBe(true)
    for (const title of ['Name', 'Room', 'Shipping']) expect(isSecretTitle(title)).toBe(false)
  })
})
