// What is shown of a file while it is still being read: its first rows as they will be, and no password.
import { expect, test } from 'vitest'
import { headOf } from '../../../electron/drafting/head.ts'
import { mask } from '../../../shared/password.ts'

const secret = 'Head-Admin7!'
const titles = 'Name,FQDN,SMBIOS GUID,Remote admin password,Kennwort alt,Room'

function lineOf(n: number): string {
  const guid = `{4C4C4544-0046-3000-8000-C7C0${n.toString(16).padStart(8, '0')}}`
  const password = Buffer.from(`${secret}${n}`).toString('base64')
  return `PC${n},pc${n}.corp.example.com,${guid},${password},${password},R${n}`
}

const list = (rows: number, line = lineOf): string =>
  [titles, ...Array.from({ length: rows }, (_, n) => line(n))].join('\r\n')

const head = (bytes: Uint8Array) =>
  headOf({ name: 'large.csv', bytes, chosen: {}, guesses: null, passwords: null }, () => [])

const utf16 = (text: string, swapped: boolean): Uint8Array => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
  return swapped ? bytes.swap16() : bytes
}

test('of a long list the first rows, normalised, with passwords masked and unknown columns left out', async () => {
  const found = await head(Buffer.from(list(5_000)))
  expect(found?.name).toBe('large.csv')
  expect(found?.fields).toEqual(['name', 'fqdn', 'guid', 'adminPassword'])
  expect(found?.rows.length).toBeGreaterThanOrEqual(30)
  expect(found?.rows[1]).toEqual({
    line: 3,
    cells: ['PC1', 'pc1.corp.example.com', '4c4c4544-0046-3000-8000-c7c000000001', mask]
  })
  const told = JSON.stringify(found)
  for (const n of [0, 1, 39]) {
    expect(told).not.toContain(`${secret}${n}`)
    expect(told).not.toContain(Buffer.from(`${secret}${n}`).toString('base64'))
  }
})

test.each([
  ['little', false],
  ['big', true]
] as const)('UTF-16, %s end first, is cut between characters', async (_, swapped) => {
  const found = await head(utf16(list(5_000), swapped))
  expect(found?.rows[0]?.cells[1]).toBe('pc0.corp.example.com')
})

test('cells in quotation marks are never cut open', async () => {
  const quoted = list(5_000, (n) => `"${lineOf(n).replaceAll(',', '","')}"`)
  expect((await head(Buffer.from(quoted)))?.rows[0]?.cells[0]).toBe('PC0')
})

test('a short file, a text that is no list, and one without an end of line have no head', async () => {
  expect(await head(Buffer.from(list(5)))).toBeUndefined()
  expect(await head(Buffer.from('only words here\n'.repeat(10_000)))).toBeUndefined()
  expect(await head(Buffer.from('a,b;'.repeat(50_000)))).toBeUndefined()
  expect(await head(Buffer.from(JSON.stringify({ computers: [list(5_000)] })))).toBeUndefined()
})
