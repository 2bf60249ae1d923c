// The encrypted sheet: opens with its passphrase and nothing else, and shows when it was altered.
import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { openSheet, type Sheet, sealSheet } from '../../../electron/evidence/sheet.ts'
import { value } from '../../bench.ts'

const random = (count: number): Uint8Array => new Uint8Array(randomBytes(count))
const row = {
  computer: 'PC-1',
  fqdn: 'pc-1.example',
  guid: 'x',
  opens: 'MEBx',
  username: '',
  password: 'Bench-1!',
  proved: true
}
const sheet: Sheet = { source: 'list.csv', writtenAt: 1, rows: [row] }
const passphrase = 'five small käfer dance'

test('it opens with its passphrase, however the letters were typed', async () => {
  const text = value(await sealSheet(sheet, passphrase, random))
  expect(text).not.toContain('Bench-1!')
  expect(value(await openSheet(text, passphrase.normalize('NFD')))).toEqual(sheet)
  expect(await openSheet(text, `${passphrase} `)).toMatchObject({ ok: false, problem: { code: 'sheet-locked' } })
})

test.each(['salt', 'nonce', 'tag', 'content'])('altered in its %s it does not open', async (part) => {
  const file = JSON.parse(value(await sealSheet(sheet, passphrase, random))) as Record<string, string>
  const bytes = Buffer.from(file[part] ?? '', 'base64')
  bytes[0] = (bytes[0] ?? 0) ^ 1
  const text = JSON.stringify({ ...file, [part]: bytes.toString('base64') })
  expect(await openSheet(text, passphrase)).toMatchObject({ ok: false, problem: { code: 'sheet-locked' } })
})

test('a cheaper setting, a short tag, or another file are refused before anything is tried', async () => {
  const file = JSON.parse(value(await sealSheet(sheet, passphrase, random))) as Record<string, unknown>
  for (const change of [{ N: 3 }, { N: 1 << 30 }, { r: 1 }, { tag: 'AAAA' }, { format: 'amt-secrets 2' }]) {
    const opened = await openSheet(JSON.stringify({ ...file, ...change }), passphrase)
    expect(opened).toMatchObject({ ok: false, problem: { code: 'sheet-unreadable' } })
  }
  expect(await openSheet('no json', passphrase)).toMatchObject({ ok: false })
})

test('a short passphrase is refused', async () => {
  expect(await sealSheet(sheet, 'elevenchars', random)).toMatchObject({
    ok: false,
    problem: { code: 'passphrase-weak' }
  })
})
