import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkField, type OpenField } from '../../../shared/check.ts'
import { commonDomain, type RowTexts, suggest } from '../../../shared/suggest.ts'
import { groupTitle, suggestionKinds, suggestionWords } from '../../../shared/suggestionWords.ts'

const guid = '4c4c4544-0042-3510-8051-b4c04f4a3153'
const openFields: readonly OpenField[] = ['name', 'fqdn', 'guid', 'mac', 'address', 'amtVersion', 'amtStatus']
const around = { domain: 'contoso.com' }

const cases: readonly (readonly [OpenField, string, RowTexts, string, string])[] = [
  ['mac', 'n/a', {}, 'nothing', ''],
  ['address', '-', {}, 'nothing', ''],
  ['amtVersion', 'unknown', {}, 'nothing', ''],
  ['name', 'pc\u200b7', {}, 'invisible', 'pc7'],
  ['guid', `${guid.slice(0, 18)}\r\n${guid.slice(18)}`, {}, 'invisible', guid],
  ['name', '="PC7"', {}, 'quotes', 'PC7'],
  ['name', '’PC7', {}, 'quotes', 'PC7'],
  ['guid', `'${guid}`, {}, 'quotes', guid],
  ['name', '=PC7', {}, 'formula', 'PC7'],
  ['fqdn', '@pc7.contoso.com', {}, 'formula', 'pc7.contoso.com'],
  ['name', 'PC7 (deleted)', {}, 'remark', 'PC7'],
  ['fqdn', 'pc7.contoso.com [old]', {}, 'remark', 'pc7.contoso.com'],
  ['mac', '00:1e:4f:aa:10:32;', {}, 'punctuation', '00:1e:4f:aa:10:32'],
  ['guid', `{${guid}}`, {}, 'guid-form', guid],
  ['guid', guid.replace('0042', 'OO42'), {}, 'guid-letters', guid],
  ['guid', guid.replace('3153', '3l53').replace('8051', '8O5I'), {}, 'guid-letters', guid],
  ['guid', `UUID is ${guid.toUpperCase()} on board`, {}, 'guid-inside', guid],
  ['guid', guid.replace('4f4a', '4fx4a'), {}, 'guid-stray', guid],
  ['guid', 'REVMTEIAEDWAUbTAT0oxUw==', {}, 'guid-base64', '4c4c4544-0042-3510-8051-b4c04f4a3153'],
  ['guid', '44454c4c-4200-1035-8051-b4c04f4a3153', {}, 'guid-raw-order', guid],
  ['mac', '00:00:00:00:00:00', {}, 'mac-zero', ''],
  ['mac', '00-1E-4F-AA-10-32', {}, 'mac-form', '00:1e:4f:aa:10:32'],
  ['mac', 'OO:1E:4F:AA:1O:32', {}, 'mac-letters', '00:1e:4f:aa:10:32'],
  ['mac', '00:1e:4f:ff:fe:aa:10:32', {}, 'mac-eui64', '00:1e:4f:aa:10:32'],
  ['mac', '00:1e:4f:aa:10:32, 00:1e:4f:aa:10:33', {}, 'mac-several', '00:1e:4f:aa:10:32'],
  ['fqdn', 'PC7', { name: 'pc7.contoso.com' }, 'names-swapped', 'pc7.contoso.com'],
  ['fqdn', 'pc7.contoso.com.', {}, 'punctuation', 'pc7.contoso.com'],
  ['fqdn', 'büro.contoso.com', {}, 'fqdn-form', 'xn--bro-hoa.contoso.com'],
  ['fqdn', 'https://pc7.contoso.com:16993/', {}, 'fqdn-url', 'pc7.contoso.com'],
  ['fqdn', 'pc7.contoso.com:16993', {}, 'fqdn-port', 'pc7.contoso.com'],
  ['fqdn', 'pc7,contoso,com', {}, 'fqdn-dots', 'pc7.contoso.com'],
  ['fqdn', 'pc7 contoso.com', {}, 'fqdn-dots', 'pc7.contoso.com'],
  ['fqdn', 'pc7..contoso.com', {}, 'fqdn-dots', 'pc7.contoso.com'],
  ['fqdn', '', { name: 'PC7' }, 'fqdn-from-name', 'PC7.contoso.com'],
  ['fqdn', '', { name: 'PC7', address: 'pc7.fabrikam.com' }, 'fqdn-from-name', 'pc7.fabrikam.com'],
  ['fqdn', 'PC7', { name: 'PC7' }, 'fqdn-from-name', 'PC7.contoso.com'],
  ['fqdn', 'n/a', { name: 'PC7' }, 'fqdn-from-name', 'PC7.contoso.com'],
  ['name', '', { fqdn: 'pc7.contoso.com' }, 'name-from-fqdn', 'pc7'],
  ['name', 'pc7.contoso.com', { fqdn: 'pc7.contoso.com' }, 'name-host', 'pc7'],
  ['name', 'CONTOSO\\PC7', {}, 'name-domain', 'PC7'],
  ['name', '\\\\PC7', {}, 'name-domain', 'PC7'],
  ['name', 'PC7$', {}, 'name-dollar', 'PC7'],
  ['address', 'BÜRO.contoso.com:16992', {}, 'address-form', 'xn--bro-hoa.contoso.com'],
  ['address', 'https://pc7.contoso.com:16993/index.htm', {}, 'address-url', 'pc7.contoso.com'],
  ['address', '10.0.0.7/24', {}, 'address-mask', '10.0.0.7'],
  ['address', '010.000.000.007', {}, 'address-zeros', '10.0.0.7'],
  ['address', '10,0,0,7', {}, 'address-dots', '10.0.0.7'],
  ['address', '10.0.0 7', {}, 'address-dots', '10.0.0.7'],
  ['address', 'fe80::1, 10.0.0.7', {}, 'address-several', '10.0.0.7'],
  ['amtVersion', 'AMT 11.8.50', {}, 'version-form', '11.8.50'],
  ['amtVersion', 'AMT 11.8.50.3425 (ACM) ready', {}, 'version-inside', '11.8.50.3425'],
  ['amtStatus', 'nicht bereitgestellt', {}, 'status-form', 'Not Provisioned']
]

test.each(cases)('%s %j %j → %s %j', (field, text, row, kind, to) => {
  expect(suggest(field, text, row, around)).toMatchObject({ kind, text: to })
})

test('every kind has its example above, words for one and for many, and a reason', () => {
  expect([...new Set(cases.map(([, , , kind]) => kind))].sort()).toEqual([...suggestionKinds].sort())
  for (const { one, many, action, why } of Object.values(suggestionWords)) {
    expect(one).toMatch(/^1 /)
    expect(many).toMatch(/^\{n\} /)
    expect(action).toMatch(/^[A-Z].*[^.]$/)
    expect(why).toMatch(/\.$/)
  }
  expect(groupTitle('guid-stray', 1)).toBe('1 GUID has a stray character')
  expect(groupTitle('guid-stray', 1200)).toBe('1,200 GUIDs have a stray character')
})

test.each([
  ['guid', guid, {}],
  ['guid', guid.slice(1), {}],
  ['guid', '', {}],
  ['guid', `${guid} or ${guid.replace('4a', '4b')}`, {}],
  ['guid', '00000000-0000-0000-0000-000000000000', {}],
  ['name', 'PC7', { fqdn: 'pc8.contoso.com' }],
  ['name', 'a\nb', {}],
  ['name', '', { fqdn: 'pc7' }],
  ['name', 'pc7.contoso.com', { fqdn: 'PC7' }],
  ['fqdn', 'pc7', { name: 'pc8' }],
  ['fqdn', 'n/a', {}],
  ['mac', '00:1e:4f:aa:10', {}],
  ['address', '10.0.0.0/24', {}],
  ['address', '10.0.0.07', {}],
  ['amtVersion', 'eleven', {}]
] as const)('nothing is suggested for %s %j beside %j', (field, text, row) => {
  expect(suggest(field, text, row, around)).toBeNull()
})

test('swapped cells change together', () => {
  expect(suggest('fqdn', 'PC7', { name: 'pc7.contoso.com' })?.also).toEqual({ name: 'PC7' })
})

/** Clean texts, texts with one thing wrong, and rubbish. */
const clean = fc.constantFrom(
  guid,
  'PC7',
  'pc7.contoso.com',
  '00:1e:4f:aa:10:32',
  '10.0.0.7',
  '11.8.50',
  '3',
  'fe80::1%12'
)
const spoiled = fc
  .tuple(
    clean,
    fc.nat(40),
    fc.constantFrom('O', 'l', ' ', ',', '"', "'", '=', '-', '\u200b', '\t', '(x)', '$', '/24', 'é', '{', '0')
  )
  .map(([text, at, extra]) => text.slice(0, at) + extra + text.slice(at))
const replaced = fc
  .tuple(clean, fc.nat(35), fc.constantFrom('O', 'I', 'x', '..', ';'))
  .map(([text, at, other]) => text.slice(0, at) + other + text.slice(at + 1))
const texts = fc.oneof(
  clean,
  spoiled,
  replaced,
  fc.string({ maxLength: 50 }),
  fc.string({ unit: 'binary', maxLength: 20 })
)

describe('a suggestion never makes a row worse', () => {
  test('after it the field has no blocker, it is in the wizard’s form, and suggesting ends', () => {
    fc.assert(
      fc.property(fc.constantFrom(...openFields), texts, texts, texts, (field, text, name, fqdn) => {
        const row: Partial<Record<OpenField, string>> = { name, fqdn, [field]: text }
        const seen: string[] = []
        for (let next = suggest(field, text, row, around); next !== null; ) {
          for (const [other, value] of [...Object.entries(next.also ?? {}), [field, next.text] as const]) {
            const checked = checkField(other as OpenField, value)
            expect(checked.severity).not.toBe('blocker')
            if (other === field) expect(checked.value).toBe(value)
          }
          expect(seen).not.toContain(next.kind)
          seen.push(next.kind)
          Object.assign(row, next.also, { [field]: next.text })
          next = suggest(field, next.text, row, around)
        }
        expect(seen.length).toBeLessThanOrEqual(3)
      }),
      { numRuns: 2000 }
    )
  })

  test('texts without a problem get none', () => {
    fc.assert(
      fc.property(fc.constantFrom(...openFields), texts, (field, text) => {
        if (checkField(field, text).problem === undefined) expect(suggest(field, text)).toBeNull()
      })
    )
  })
})

describe('the domain of most computers', () => {
  test.each([
    [['a.contoso.com', 'b.Contoso.com', 'c.contoso.com'], 'contoso.com'],
    [['a.contoso.com', 'b.contoso.com'], null],
    [['a.contoso.com', 'b.contoso.com', 'c.contoso.com', 'd.fabrikam.com'], null],
    [['a', 'b', ''], null],
    [[], null]
  ])('%j → %s', (fqdns, domain) => {
    expect(commonDomain(fqdns)).toBe(domain)
  })
})
