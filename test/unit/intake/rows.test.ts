import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { crossIssues } from '../../../electron/intake/crossIssues.ts'
import { retype, typed } from '../../../electron/intake/retype.ts'
import { blankRow, type IntakeRow, toRows } from '../../../electron/intake/rows.ts'
import { readTable, type Table } from '../../../electron/intake/table.ts'
import type { KeptRow } from '../../../electron/store/keptRow.ts'
import { oneTurn } from '../../../electron/turns.ts'
import type { Field } from '../../../shared/computer.ts'
import { guessColumns, sixColumns } from '../../../shared/mapping.ts'

const guid = (last: number) => `4c4c4544-0042-3510-8051-b4c04f4a3${String(last).padStart(3, '0')}`

async function table(text: string): Promise<Table> {
  const read = await readTable(new TextEncoder().encode(text))
  if (!read.ok) throw new Error(read.problem.code)
  return read.value
}
const six: readonly Field[] = sixColumns
const rowsOf = async (text: string, form: 'base64' | 'clear' = 'base64', columns: readonly (Field | null)[] = six) =>
  (await toRows(await table(text), columns, form, oneTurn, 'list.csv')) ?? []
const fixRow = (row: KeptRow, texts: Partial<Record<Field, string>>) =>
  ({ secrets: {}, ...retype(row, typed(texts)) }) as IntakeRow
const codes = (row: KeptRow | undefined) => row?.issues.map(({ problem }) => problem.code)
const issuesOf = (map: ReturnType<typeof crossIssues>, row: number) =>
  (map.get(row) ?? []).map(({ problem, severity }) => `${severity} ${problem.code}`)

test("Microsoft's example line comes in without a word", async () => {
  const text = 'NEWCOMP1,NEWCOMP1.contoso.com,55555555-5555-5555-5555-555555555555,05:06:07:08:09:0A'
  const read = await table(text)
  const columns = guessColumns(
    read.titles,
    read.lines.map(({ cells }) => cells),
    read.header
  )
  expect(
    await toRows(
      read,
      columns.map(({ field }) => field),
      'base64',
      oneTurn,
      'list.csv'
    )
  ).toMatchObject([
    {
      row: 0,
      line: 1,
      values: {
        name: 'NEWCOMP1',
        fqdn: 'NEWCOMP1.contoso.com',
        guid: '55555555-5555-5555-5555-555555555555',
        mac: '05:06:07:08:09:0a',
        mebxPassword: '',
        adminPassword: '',
        address: '',
        amtVersion: '',
        amtStatus: ''
      },
      secrets: {},
      issues: [],
      leftOut: false
    }
  ])
})

test('passwords go to the secrets, never to values or issues', async () => {
  const [row] = await rowsOf(`PC1,PC1.contoso.com,${guid(1)},,UEBzc3cwcmQh,P@ssw0rd-clear`)
  expect(row?.secrets).toEqual({ mebxPassword: 'P@ssw0rd!' })
  expect(codes(row)).toEqual(['password-not-base64'])
  const { secrets: _, ...rest } = row ?? { ...blankRow(0), secrets: {} }
  expect(JSON.stringify(rest)).not.toMatch(/P@ssw0rd|UEBzc3cwcmQh/)
  expect(row?.issues[0]?.problem).toMatchObject({
    where: 'Remote admin password',
    found: '•••••••• (14 characters)'
  })
})

describe('one bad line does not stop the others', () => {
  const text = [
    'Name,FQDN,SMBIOS GUID,MAC address',
    `PC1,PC1.contoso.com,${guid(1)},05060708090A`,
    `PC2,PC2.contoso.com,${guid(2)}`,
    `PC3,PC3.contoso.com,${guid(3)},,surplus`,
    `PC4,PC4.contoso.com,${guid(4)},,,`,
    `PC5,PC6.contoso.com,{${guid(5)}},`,
    `=1+1,${'x'.repeat(300)},00000000-0000-0000-0000-000000000000,12`
  ].join('\n')
  let rows: IntakeRow[] = []
  beforeAll(async () => {
    rows = await rowsOf(text, 'base64', ['name', 'fqdn', 'guid', 'mac'])
  })

  test('each line has its own verdict', async () => {
    expect(rows.map(codes)).toEqual([
      ['cell-rewritten'],
      ['row-short'],
      ['row-long'],
      [],
      ['cell-rewritten', 'name-differs'],
      ['cell-formula', 'cell-too-long', 'guid-not-set', 'mac-malformed']
    ])
  })

  test('and every problem says what was found, what was expected and what to do', async () => {
    for (const { issues } of rows) {
      for (const { problem } of issues) {
        expect(problem.found).toBeTruthy()
        expect(problem.found?.length).toBeLessThanOrEqual(60)
        expect(problem.remedy).toBeTruthy()
      }
    }
  })
})

test('a mandatory column that is missing is missed in every row', async () => {
  expect(codes((await rowsOf(`PC1,PC1.contoso.com,${guid(1)}`, 'base64', ['name', 'fqdn', null]))[0])).toEqual([
    'guid-missing'
  ])
})

describe('repairing a row', () => {
  let bad: KeptRow = blankRow(0)
  beforeAll(async () => {
    ;[bad = blankRow(0)] = await rowsOf(`PC1,PC1.contoso.com,${guid(1).slice(1)},,UEBzc3cwcmQh,clear-Text1`)
  })

  test('checks it anew, without touching the row before or the other secret', async () => {
    const before = structuredClone(bad)
    const fixed = fixRow({ ...bad, values: { ...bad.values, mebxPassword: 'kept' } }, { guid: guid(1).toUpperCase() })
    expect(fixed.values).toMatchObject({ guid: guid(1), mebxPassword: 'kept' })
    expect(codes(fixed)).toEqual(['password-not-base64'])
    expect(bad).toEqual(before)
  })

  test('a typed password is clear text', async () => {
    const fixed = fixRow(bad, { adminPassword: 'clear-Text1', guid: guid(1) })
    expect(fixed.secrets).toEqual({ adminPassword: 'clear-Text1' })
    expect(fixed.values.adminPassword).toBe('')
    expect(codes(fixed)).toEqual([])
    expect(
      fixRow({ ...fixed, values: { ...fixed.values, adminPassword: 'slot' } }, { adminPassword: '' })
    ).toMatchObject({
      secrets: {},
      values: { adminPassword: '' }
    })
  })

  test('a row typed by hand has no line', async () => {
    const typed = fixRow(blankRow(7), { name: 'PC1', fqdn: 'PC1.contoso.com' })
    expect(typed).toMatchObject({ row: 7, line: 0 })
    expect(typed.issues.map(({ problem }) => problem.where)).toEqual(['SMBIOS GUID'])
  })
})

describe('rows compared with each other', () => {
  const raw = 'b6d43842-9000-753e-9406-b310eafa2b1e'
  const pretty = '4238d4b6-0090-3e75-9406-b310eafa2b1e'

  test('duplicates of GUID, name, FQDN and MAC', async () => {
    const rows = await rowsOf(
      [
        `PC1,PC1.contoso.com,${guid(1)},00:1e:4f:aa:10:32`,
        `pc1,pc1.CONTOSO.com,${guid(1).toUpperCase()},001E4FAA1032`,
        `PC3,PC3.contoso.com,${guid(3)},`
      ].join('\n')
    )
    const found = crossIssues(rows)
    const all = ['blocker guid-duplicate', 'warning name-duplicate', 'blocker fqdn-duplicate', 'warning mac-duplicate']
    expect([0, 1, 2].map((row) => issuesOf(found, row))).toEqual([all, all, []])
    expect(found.get(0)?.[0]?.problem).toMatchObject({
      found: `${guid(1)}, also in line 2`
    })
  })

  test('the same GUID in the other byte order', async () => {
    const rows = await rowsOf(`PC1,PC1.contoso.com,${raw}\nPC2,PC2.contoso.com,${pretty}`)
    const found = crossIssues(rows)
    expect(issuesOf(found, 0)).toEqual(['blocker guid-duplicate-swapped'])
    expect(issuesOf(found, 1)).toEqual(['blocker guid-duplicate-swapped'])
  })

  test('rows left out and GUIDs that are wrong anyway do not count', async () => {
    const rows = await rowsOf(
      `PC1,PC1.contoso.com,${raw}\nPC2,PC2.contoso.com,${raw}\nPC3,PC3.contoso.com,x\nPC4,PC4.contoso.com,x`
    )
    const left = rows.map((row) => ({ ...row, leftOut: row.row === 1 }))
    expect(crossIssues(left).size).toBe(0)
    expect(crossIssues(rows).size).toBe(2)
  })

  test('many alike are counted, not listed', async () => {
    const rows = await rowsOf(Array.from({ length: 5 }, (_, at) => `PC${at},PC${at}.contoso.com,${raw}`).join('\n'))
    expect(crossIssues(rows).get(4)?.[0]?.problem.found).toBe(`${raw}, also in line 1 and 3 more rows`)
  })
})

test('a hundred thousand lines', async () => {
  const text = Array.from({ length: 100_000 }, (_, at) => {
    const digits = at.toString(16).padStart(12, '0')
    return `PC${at},PC${at}.contoso.com,4c4c4544-0042-3510-8051-${digits},02:${(digits.match(/../g) ?? []).slice(1).join(':')},UEBzc3cwcmQh,UEBzc3cwcmQh`
  }).join('\r\n')
  const rows = await rowsOf(text)
  expect(rows).toHaveLength(100_000)
  expect(rows.filter(({ issues }) => issues.length > 0)).toEqual([])
  expect(crossIssues(rows).size).toBe(0)
  expect(rows.at(-1)).toMatchObject({ row: 99_999, line: 100_000, secrets: { adminPassword: 'P@ssw0rd!' } })
})

test('arbitrary bytes become rows or a problem, never an exception', async () => {
  const text = fc.string({ unit: fc.constantFrom(',', ';', '"', '\n', 'a', '=', '-', '0', 'é', ':'), maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(text, fc.constantFrom('base64' as const, 'clear' as const), async (some, form) => {
      const read = await readTable(new TextEncoder().encode(some))
      if (read.ok) crossIssues((await toRows(read.value, six, form, oneTurn, '')) ?? [])
    })
  )
})
