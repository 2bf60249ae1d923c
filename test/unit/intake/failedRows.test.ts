import fc from 'fast-check'
import { expect, test } from 'vitest'
import { failedRowsCsv } from '../../../electron/intake/failedRows.ts'
import { guard, unguard } from '../../../electron/intake/guard.ts'
import { recognise } from '../../../electron/intake/recognise.ts'
import { toRows } from '../../../electron/intake/rows.ts'
import { readTable } from '../../../electron/intake/table.ts'
import { oneTurn } from '../../../electron/turns.ts'
import type { Computer } from '../../../shared/computer.ts'
import { guessColumns } from '../../../shared/mapping.ts'

const computer: Computer = {
  name: 'PC1',
  fqdn: 'pc1.contoso.com',
  guid: '4c4c4544-0042-3510-8051-b4c04f4a3153',
  mac: '00:1e:4f:aa:10:32',
  address: '',
  amtVersion: '',
  amtStatus: '',
  automaticPrevented: false,
  mebxPassword: 'slot/mebx',
  adminPassword: 'slot/admin'
}

async function back(csv: string) {
  const read = await readTable(new TextEncoder().encode(csv))
  if (!read.ok) throw new Error(read.problem.code)
  const table = read.value
  const guesses = guessColumns(
    table.titles,
    table.lines.map(({ cells }) => cells),
    table.header
  )
  return {
    table,
    guesses,
    rows:
      (await toRows(
        { ...table, lines: [...table.lines] },
        guesses.map(({ field }) => field),
        'base64',
        oneTurn,
        'failed.csv'
      )) ?? []
  }
}

test('is written as Excel and the wizard read it', () => {
  expect(failedRowsCsv([{ computer, reason: 'No answer; asleep' }])).toBe(
    '\ufeffName,FQDN,SMBIOS GUID,MAC address,MEBx password,Remote admin password,Reason\r\n' +
      `PC1,pc1.contoso.com,${computer.guid},00:1e:4f:aa:10:32,,,"No answer; asleep"\r\n`
  )
})

test('is written with the separator of the country, and comes back', async () => {
  const csv = failedRowsCsv([{ computer, reason: 'No answer, asleep' }], ';')
  expect(csv).toContain('Name;FQDN;SMBIOS GUID')
  const { table, rows } = await back(csv)
  expect(table.delimiter).toBe(';')
  expect(rows).toMatchObject([{ values: { name: 'PC1' } }])
})

test('comes back: recognised, mapped, the reason ignored, no secrets', async () => {
  const { table, guesses, rows } = await back(failedRowsCsv([{ computer, reason: '=cmd|calc "now"' }]))
  expect(recognise(table, guesses)).toMatchObject({ kind: 'failed-rows', confidence: 1 })
  expect(guesses.at(-1)?.field).toBeNull()
  expect(rows).toMatchObject([{ line: 2, values: { name: 'PC1', fqdn: 'pc1.contoso.com' }, secrets: {}, issues: [] }])
  expect(unguard(table.lines[0]?.cells[6] ?? '')).toBe('=cmd|calc "now"')
})

test('a guarded cell comes back into its field without the guard', async () => {
  const { rows } = await back(failedRowsCsv([{ computer: { ...computer, name: '@pc' }, reason: '' }]))
  expect(rows[0]?.values.name).toBe('@pc')
})

test('no cell begins like a formula, and guarding can be taken back', () => {
  const risky = fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', 'a', '\t', ' '), maxLength: 6 })
  fc.assert(
    fc.property(risky, (cell) => {
      expect(guard(cell)).not.toMatch(/^[=+\-@\t\r]/)
      expect(unguard(guard(cell))).toBe(cell)
    })
  )
})

test('any computer and reason come back as they were', async () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', 'Z', '7', '-', '=', '+', '@', "'", '"', ',', ';', ' ', '\n', '|', 'ü'),
    maxLength: 12
  })
  const rows = fc.array(fc.record({ name: cell, reason: cell }), { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(rows, async (some) => {
      const { table } = await back(
        failedRowsCsv(some.map(({ name, reason }) => ({ computer: { ...computer, name }, reason })))
      )
      expect(table.lines.map(({ cells }) => [cells[0], cells[6]].map((text) => unguard(text ?? '')))).toEqual(
        some.map(({ name, reason }) => [name, reason])
      )
    })
  )
})
