import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkField, checkTogether, longestCell, type OpenField, shortened } from '../../../shared/check.ts'

const openFields: readonly OpenField[] = ['name', 'fqdn', 'guid', 'mac', 'address', 'amtVersion', 'amtStatus']
const codeOf = (field: OpenField, text: string) => checkField(field, text).problem?.code
const guid = '4c4c4544-0042-3510-8051-b4c04f4a3153'

describe('SMBIOS GUID', () => {
  test.each([
    ['4C4C4544-0042-3510-8051-B4C04F4A3153', undefined],
    ['{4C4C4544-0042-3510-8051-B4C04F4A3153}', 'cell-rewritten'],
    ['4C4C4544004235108051B4C04F4A3153', 'cell-rewritten'],
    ['urn:uuid:4c4c4544-0042-3510-8051-b4c04f4a3153', 'cell-rewritten'],
    ['  4c4c4544-0042-3510-8051-b4c04f4a3153 ', undefined]
  ])('reads %s', (text, code) => {
    expect(checkField('guid', text).value).toBe(guid)
    expect(codeOf('guid', text)).toBe(code)
  })

  test.each([
    ['', 'guid-missing'],
    ['00000000-0000-0000-0000-000000000000', 'guid-not-set'],
    ['FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF', 'guid-not-set'],
    ['{00000000000000000000000000000000}', 'guid-not-set'],
    ['03000200-0400-0500-0006-000700080009', 'guid-placeholder'],
    ['00020003-0004-0005-0006-000700080009', 'guid-placeholder'],
    ['4c4c4544-0042-3510-8051-b4c04f4a315', 'guid-malformed'],
    ['4c4c4544-0042-3510-8051-b4c04f4a3I53', 'guid-malformed']
  ])('blocks %s', (text, code) => {
    const checked = checkField('guid', text)
    expect([checked.severity, checked.problem?.code]).toEqual(['blocker', code])
  })

  test('says what is wrong with it', () => {
    expect(checkField('guid', guid.slice(1)).problem?.found).toContain('(31 hex digits, 1 is missing)')
    expect(checkField('guid', guid.replace('4a', 'OO')).problem?.found).toContain('“O” at place 31 is no hex digit')
    expect(checkField('guid', '').problem).toMatchObject({
      where: 'SMBIOS GUID',
      expected: expect.stringContaining('32')
    })
  })
})

describe('MAC address', () => {
  test.each(['05:06:07:08:09:0A', '05-06-07-08-09-0a', '0506.0708.090A', '05060708090A', '05 06 07 08 09 0A'])(
    'reads %s',
    (text) => {
      // The first byte is odd: a group address by the book, but Microsoft's own example has it.
      expect(checkField('mac', text).value).toBe('05:06:07:08:09:0a')
    }
  )

  test.each(['00:00:00:00:00:00', 'ff:ff:ff:ff:ff:ff'])('takes %s as not given, with a warning', (text) => {
    expect(checkField('mac', text)).toMatchObject({ value: '', severity: 'warning', problem: { code: 'mac-not-set' } })
  })

  test('blocks what is no MAC address, and needs none', () => {
    expect(checkField('mac', '05:06:07:08:09')).toMatchObject({
      severity: 'blocker',
      problem: { code: 'mac-malformed' }
    })
    expect(checkField('mac', 'n/a').severity).toBe('blocker')
    expect(checkField('mac', '')).toEqual({ value: '' })
  })
})

test.each([
  ['name', 'FIN-0231', undefined, undefined],
  ['name', '', 'blocker', 'name-missing'],
  ['name', 'pc/7', 'blocker', 'name-malformed'],
  ['name', 'pc 7', 'blocker', 'name-malformed'],
  ['name', 'pc_7', 'warning', 'name-unusual'],
  ['name', 'pc7.contoso', 'warning', 'name-unusual'],
  ['name', 'sixteen-letters1', 'warning', 'name-long'],
  ['name', 'fifteen-letters', undefined, undefined],
  ['name', 'x'.repeat(64), 'blocker', 'name-malformed'],
  ['fqdn', 'NEWCOMP1.contoso.com', undefined, undefined],
  ['fqdn', '', 'blocker', 'fqdn-missing'],
  ['fqdn', 'newcomp1', 'blocker', 'fqdn-malformed'],
  ['fqdn', 'a..b.com', 'blocker', 'fqdn-malformed'],
  ['fqdn', `${'x'.repeat(64)}.com`, 'blocker', 'fqdn-malformed'],
  ['fqdn', '-pc.contoso.com', 'blocker', 'cell-formula'],
  ['fqdn', '10.0.0.7', 'blocker', 'fqdn-malformed'],
  ['fqdn', 'http://pc.contoso.com', 'blocker', 'fqdn-malformed'],
  ['fqdn', 'büro.contoso.com', 'note', 'fqdn-international'],
  ['fqdn', 'pc_7.contoso.com', 'warning', 'fqdn-unusual'],
  ['fqdn', `${'abcdefghi.'.repeat(25)}example`, 'blocker', 'cell-too-long'],
  ['fqdn', `${'abcdefghi.'.repeat(25)}com`, undefined, undefined],
  ['fqdn', `${'abcdefghi.'.repeat(25)}comm`, 'blocker', 'fqdn-malformed'],
  ['address', '10.0.0.256', 'blocker', 'address-malformed'],
  ['address', '10.0.0.07', 'blocker', 'address-malformed'],
  ['address', '10.0.0.0/24', 'blocker', 'address-malformed'],
  ['address', '10.0.0.7:0', 'blocker', 'address-malformed'],
  ['address', '10.0.0.7:65536', 'blocker', 'address-malformed'],
  ['address', '10.0.0.7:', 'blocker', 'address-malformed'],
  ['address', '255.255.255.255', 'blocker', 'address-malformed'],
  ['address', 'https://pc7', 'blocker', 'address-malformed'],
  ['address', 'fd00::7::1', 'blocker', 'address-malformed'],
  ['address', '[10.0.0.7]:1', 'blocker', 'address-malformed'],
  ['address', 'pc 7', 'blocker', 'address-malformed'],
  ['amtVersion', 'eleven', 'warning', 'version-malformed'],
  ['name', '=1+1', 'blocker', 'cell-formula'],
  ['guid', '=HYPERLINK("x")', 'blocker', 'cell-formula'],
  ['mac', '@sum', 'blocker', 'cell-formula'],
  ['name', 'a\nb', 'blocker', 'cell-control'],
  ['name', 'x'.repeat(300), 'blocker', 'cell-too-long']
] as const)('%s %j → %s %s', (field, text, severity, code) => {
  const checked = checkField(field, text)
  expect([checked.severity, checked.problem?.code]).toEqual([severity, code])
})

test.each([
  ['fqdn', 'pc7.contoso.com.', 'pc7.contoso.com'],
  ['address', '10.0.0.7:16992', '10.0.0.7'],
  ['address', '127.0.0.1:40001', '127.0.0.1:40001'],
  ['address', 'PC7.contoso.com:623', 'pc7.contoso.com:623'],
  ['address', 'FD00::7', 'fd00::7'],
  ['address', '[fd00::7]', 'fd00::7'],
  ['address', '[fd00::7]:16993', 'fd00::7'],
  ['address', '[fd00::7]:623', '[fd00::7]:623'],
  ['address', '::ffff:10.0.0.7', '::ffff:10.0.0.7'],
  ['amtVersion', 'AMT v11.8.50', '11.8.50'],
  ['amtVersion', 'Intel AMT 16.1.25.1885', '16.1.25.1885']
] as const)('%s %j is kept as %s', (field, text, value) => {
  const checked = checkField(field, text)
  expect(checked.value).toBe(value)
  expect(checked.severity ?? 'note').toBe('note')
})

test('a long cell is cut, and said to be long, without filling the screen', () => {
  const { value, problem } = checkField('name', 'x'.repeat(5000))
  expect(value).toHaveLength(1000)
  expect(problem?.found?.length).toBeLessThanOrEqual(90)
  expect(problem?.meaning).toContain(String(longestCell))
})

test('what is found never brings line breaks or more than 140 characters', () => {
  fc.assert(
    fc.property(fc.constantFrom(...openFields), fc.string({ maxLength: 400, unit: 'binary' }), (field, text) => {
      const found = checkField(field, text).problem?.found ?? ''
      expect(found).toBe(shortened(found, 140))
    })
  )
})

test('checking a checked value again changes nothing and has no more notes', () => {
  const almost = fc.constantFrom(`{${guid}}`, '05-06-07-08-09-0A', 'PC.contoso.com.', '[FD00::7]:16992', 'v11.8', ' x ')
  fc.assert(
    fc.property(fc.constantFrom(...openFields), fc.oneof(fc.string({ maxLength: 300 }), almost), (field, text) => {
      const once = checkField(field, text)
      const twice = checkField(field, once.value)
      expect(twice.value).toBe(once.value)
      expect(twice.severity).not.toBe('note')
    })
  )
})

test.each([
  ['amtVersion', 'AMT 11.8.50', '11.8.50'],
  ['amtVersion', 'v11.8.50-build 3425', '11.8.50.3425'],
  ['amtVersion', '11.8.50 (Build 3425)', '11.8.50.3425'],
  ['amtVersion', '11,8', '11.8'],
  ['amtVersion', 'Intel(R) ME 16.1.25.1885', '16.1.25.1885'],
  ['amtStatus', '3', 'Provisioned'],
  ['amtStatus', '5', 'Unknown'],
  ['amtStatus', 'NULL', 'Unknown'],
  ['amtStatus', 'not provisioned', 'Not Provisioned'],
  ['amtStatus', 'Nicht unterstützt', 'Not Supported'],
  ['amtStatus', 'détecté', 'Detected'],
  ['address', 'fe80::1%12', 'fe80::1%12'],
  ['address', '[FE80::1%25eth0]:16992', 'fe80::1%eth0'],
  ['address', 'büro.contoso.com:623', 'xn--bro-hoa.contoso.com:623'],
  ['mac', '001e.4faa.1032', '00:1e:4f:aa:10:32'],
  ['guid', '4C4C4544–0042–3510–8051–B4C04F4A3153', guid]
] as const)('%s %j is read as %s', (field, text, value) => {
  const checked = checkField(field, text)
  expect([checked.value, checked.severity ?? 'note']).toEqual([value, 'note'])
})

test.each([
  ['name', 'pc 7', '(a space at place 3 is not allowed)'],
  ['name', 'x'.repeat(70), '(the part “xxxxxxxxxxxxxxxxxxx…” has 70 characters, 63 are allowed)'],
  ['fqdn', 'pc7,contoso.com', '(a comma at place 4 is not allowed)'],
  ['fqdn', 'pc7..contoso.com', '(an empty part beside a dot)'],
  ['fqdn', 'pc7', '(no domain behind the name)'],
  ['fqdn', '10.0.0.7', '(an IP address)'],
  ['fqdn', 'pc7-.contoso.com', '(the part “pc7-” begins or ends with a dash)'],
  ['fqdn', `${'ü'.repeat(60)}.contoso.com`, 'characters as it stands in DNS, 63 are allowed)'],
  ['fqdn', 'xn--.contoso.com', '(the part “xn--” begins or ends with a dash)'],
  ['fqdn', 'xn--999999999.contoso.com', '(“xn--999999999” is no international name)'],
  ['fqdn', 'pc7.contoso.1', '(a domain does not end in a number)'],
  ['guid', `${guid}0`, '(33 hex digits, 1 too many)'],
  ['guid', '4c4c', '(4 hex digits, 28 are missing)'],
  ['guid', 'RExMTgBCEDWAUbTAT0oxUw==', '(Base64 of 16 bytes)'],
  ['mac', '00:1e:4f:ff:fe:aa:10:32', '(EUI-64, 16 hex digits)'],
  ['mac', '00:1G:4f:aa:10:32', '(“G” at place 5 is no hex digit)'],
  ['mac', '00:1e:4f:aa:10', '(10 hex digits)'],
  ['address', '10.0.0.256', '(the last number is 256, 255 is the highest)'],
  ['address', '10.0.07.1', '(the third number begins with 0, which some read as octal)'],
  ['address', '10.0.1', '(3 numbers, an IPv4 address has 4)'],
  ['address', '10.0..1', '(the third number is missing)'],
  ['address', '10.0.0.0/24', '(a network, not a computer)'],
  ['address', '2001:db8::1%12', '(only addresses with fe80: have a zone)'],
  ['address', 'pc7:70000', '(a port is a number from 1 to 65535)']
] as const)('%s %j is refused and says why: %s', (field, text, why) => {
  const checked = checkField(field, text)
  expect(checked.severity).toBe('blocker')
  expect(checked.problem?.found).toContain(why)
})

test.each([
  ['guid', '44454c4c-4200-1035-8051-b4c04f4a3153', 'guid-raw-order'],
  ['address', '169.254.3.4', 'address-self-given'],
  ['address', 'fe80::1', 'address-self-given'],
  ['amtStatus', 'broken', 'status-unknown'],
  ['amtVersion', '0.1', 'version-malformed'],
  ['fqdn', 'pc_7.contoso.com', 'fqdn-unusual']
] as const)('%s %s only warns: %s', (field, text, code) => {
  expect(checkField(field, text)).toMatchObject({ value: text, severity: 'warning', problem: { code } })
})

test('an international name becomes the one that DNS knows, visibly', () => {
  expect(checkField('fqdn', 'BÜRO.Contoso.com')).toMatchObject({
    value: 'xn--bro-hoa.Contoso.com',
    severity: 'note',
    problem: { code: 'fqdn-international', found: 'BÜRO.Contoso.com', expected: 'xn--bro-hoa.Contoso.com' }
  })
})

test.each(['pc\u200b7', 'pc\u00ad7', '\u202epc7', 'pc\u00007'])('%j holds what is not seen', (text) => {
  expect(codeOf('name', text)).toBe('cell-control')
})

describe('left as it stands in the file', () => {
  test('the text is kept, and the note tells how it is read', () => {
    const braces = `{${guid.toUpperCase()}}`
    expect(checkField('guid', braces, true)).toMatchObject({
      value: braces,
      severity: 'note',
      problem: { code: 'cell-as-found', found: braces, expected: guid }
    })
    expect(checkField('name', ' PC7', true)).toMatchObject({ value: ' PC7', problem: { code: 'cell-as-found' } })
    expect(checkField('name', 'PC7', true)).toEqual({ value: 'PC7' })
  })

  test('what is wrong with it is said all the same', () => {
    expect(checkField('mac', '00-00-00-00-00-00', true)).toMatchObject({
      value: '00-00-00-00-00-00',
      problem: { code: 'mac-not-set' }
    })
    expect(codeOf('guid', '')).toBe('guid-missing')
    expect(checkField('guid', '4c4c', true).problem?.code).toBe('guid-malformed')
  })

  test('it is read to the same in the end, whatever it is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...openFields), fc.string({ maxLength: 60 }), (field, text) => {
        const once = checkField(field, text, true)
        expect(checkField(field, once.value, true)).toEqual(once)
        expect(checkField(field, once.value).value).toBe(checkField(field, text).value)
      })
    )
  })
})

describe('name and FQDN together', () => {
  test.each([
    ['PC7', 'pc7.contoso.com', 0],
    ['PC7', 'pc8.contoso.com', 1],
    ['fifteen-letters', 'fifteen-letters-and-more.contoso.com', 0],
    ['', 'pc8.contoso.com', 0],
    ['Büro', 'xn--bro-hoa.contoso.com', 0],
    ['Buero', 'xn--bro-hoa.contoso.com', 1]
  ])('%s and %s', (name, fqdn, issues) => {
    const found = checkTogether({ name, fqdn })
    expect(found).toHaveLength(issues)
    if (issues > 0) expect(found[0]).toMatchObject({ severity: 'warning', problem: { code: 'name-differs' } })
  })
})
