import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { readTable, type Table } from '../../../electron/intake/table.ts'
import type { Result } from '../../../shared/problem.ts'
import { book, bookParts, pack } from './books.ts'

const guid = '4c4c4544-0042-3510-8051-b4c04f4a3153'
const titles = ['Name', 'FQDN', 'GUID', 'AMT version']
const rows = [titles, ['PC1', 'pc1.contoso.com', guid, '11.8.50'], ['PC2', 'pc2.contoso.com', guid, '12.0.1']]

async function good(reading: Promise<Result<Table>>): Promise<Table> {
  const result = await reading
  if (!result.ok) throw new Error(`${result.problem.code}: ${result.problem.found}`)
  return result.value
}
const problemOf = async (reading: Promise<Result<Table>>) => {
  const result = await reading
  if (result.ok) throw new Error('the file was read although it should not be')
  return result.problem
}

test('a sheet becomes a table; lines are the numbers of its rows', async () => {
  const table = await good(readTable(book({ name: 'Computers', rows: [rows[0] ?? [], [], ...rows.slice(1)] })))
  expect(table).toMatchObject({
    format: 'workbook',
    encoding: null,
    delimiter: null,
    sheets: ['Computers'],
    header: true
  })
  expect(table.titles).toEqual(titles)
  expect(table.lines).toEqual([
    { line: 3, cells: rows[1] },
    { line: 4, cells: rows[2] }
  ])
  expect(table.notes).toEqual([])
})

test('titles and notes above the list are told apart', async () => {
  const table = await good(
    readTable(book({ name: 'A', rows: [['Computers of the north site'], ['Exported on Monday'], ...rows] }))
  )
  expect(table).toMatchObject({ skipped: 2, titleLine: 3, titles })
})

describe('several sheets', () => {
  const content = book(
    {
      name: 'Read me',
      rows: [
        ['This workbook', 'was written', 'by somebody'],
        ['on', 'a', 'Monday'],
        ['x', 'y', 'z'],
        ['1', '2', '3']
      ]
    },
    { name: 'Secret', rows, hidden: true },
    { name: 'Büro', rows: rows.slice(0, 2) }
  )
  test('the one that looks like a list is taken, hidden ones only when asked for', async () => {
    const table = await good(readTable(content))
    expect(table).toMatchObject({ sheets: ['Büro', 'Read me', 'Secret'], lines: [{ cells: rows[1] }] })
    expect((await good(readTable(content, { sheet: 'Secret' }))).lines).toHaveLength(2)
  })
  test('a sheet that is not there any more is not asked for', async () => {
    expect((await good(readTable(content, { sheet: 'gone' }))).sheets[0]).toBe('Büro')
  })
})

describe('cells', () => {
  const styles = `<numFmts><numFmt numFmtId="164" formatCode="00000"/><numFmt numFmtId="165" formatCode="dd\\.mm\\.yyyy&quot; day&quot;"/></numFmts>
    <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="2"/><xf numFmtId="165"/><xf numFmtId="22"/></cellXfs>`
  const read = async (...xml: readonly string[]) => {
    const sheet = {
      name: 'A',
      rows: [
        ['a', 'b'],
        ['x', ...xml.map((one) => ({ xml: one }))]
      ]
    }
    return good(readTable(pack(bookParts([sheet], styles)), { header: true }))
  }
  test.each([
    ['<c><v>11.800000000000001</v></c>', '11.8'],
    ['<c><v>1.1E2</v></c>', '110'],
    ['<c s="1"><v>43831</v></c>', '2020-01-01'],
    ['<c s="5"><v>43831.5</v></c>', '2020-01-01 12:00:00'],
    ['<c s="4"><v>43831</v></c>', '2020-01-01'],
    ['<c s="2"><v>42</v></c>', '00042'],
    ['<c s="3"><v>11.1</v></c>', '11.10'],
    ['<c t="b"><v>1</v></c>', 'TRUE'],
    ['<c t="e"><v>#N/A</v></c>', '#N/A'],
    ['<c t="str"><f>A1&amp;"x"</f><v>cached</v></c>', 'cached'],
    ['<c t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c>', 'inline'],
    ['<c t="inlineStr"><is><t>漢字</t><rPh sb="0" eb="2"><t>かんじ</t></rPh></is></c>', '漢字'],
    ['<c t="s"><v>99999</v></c>', undefined],
    ['<c t="d"><v>2020-01-01T00:00:00Z</v></c>', '2020-01-01T00:00:00Z']
  ])('%s', async (xml, text) => {
    expect((await read(xml)).lines[0]?.cells[1]).toBe(text)
  })

  test('numbers that may have lost digits are noted, formulas without a result too', async () => {
    const { notes } = await read(
      '<c><v>11.1</v></c>',
      '<c><v>1122334455</v></c>',
      '<c><v>7</v></c>',
      '<c><f>1+1</f></c>'
    )
    expect(notes).toMatchObject([
      { code: 'file-number-cells', where: 'row 2', found: '11.1; 2 such cells' },
      { code: 'file-formula-unread', where: 'row 2', found: '1 such cell' }
    ])
  })

  test('hidden rows are read and noted', async () => {
    const { notes, lines } = await good(readTable(book({ name: 'A', rows, hiddenRows: [3] })))
    expect(lines).toHaveLength(2)
    expect(notes).toMatchObject([{ code: 'file-hidden-rows', where: 'row 3' }])
  })
})

test('what was written is read again', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '<', '&', '"', ' ', 'é', '漢', '😀', '\n', '0'), maxLength: 10 })
  const texts = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(texts, async (list) => {
      const kept = list.map((cells) => cells.map((text) => `x${text}`.trim()))
      const table = await good(readTable(book({ name: 'A', rows: kept }), { header: false, skip: 0 }))
      expect(table.lines.map(({ cells }) => cells)).toEqual(kept)
    }),
    { numRuns: 200 }
  )
})

describe('files that are no workbook that can be read', () => {
  const ole = (text: string) => {
    const bytes = Buffer.alloc(2048)
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]).copy(bytes)
    Buffer.from(text, 'utf16le').copy(bytes, 1024)
    return new Uint8Array(bytes)
  }
  const good1 = book({ name: 'A', rows })
  const locked = () => {
    const bytes = good1.slice()
    for (let at = 0; at < bytes.length - 4; at++) {
      if (Buffer.from(bytes.subarray(at, at + 4)).toString('latin1') === 'PK\x01\x02') bytes[at + 8] = 1
    }
    return bytes
  }
  test.each<[string, Uint8Array, string]>([
    ['an old workbook', ole('Workbook'), 'file-old-workbook'],
    ['a workbook locked with a password', ole('EncryptedPackage'), 'file-encrypted'],
    ['an archive locked with a password', locked(), 'file-encrypted'],
    ['an archive of something else', zipSync({ 'readme.txt': strToU8('hello') }), 'file-not-csv'],
    ['an OpenDocument file', zipSync({ 'content.xml': strToU8('<a/>') }), 'file-not-csv'],
    [
      'a Word document',
      pack({ '_rels/.rels': bookParts([])['_rels/.rels'] ?? '', 'word/document.xml': '<a/>' }),
      'file-not-csv'
    ],
    ['an empty archive', zipSync({}), 'file-not-csv'],
    ['the start of an archive', good1.subarray(0, good1.length / 2), 'file-broken-workbook'],
    ['letters that look like one', new Uint8Array(Buffer.from('PK\x03\x04rest')), 'file-broken-workbook'],
    ['no sheet', pack(bookParts([])), 'file-empty'],
    ['an empty sheet', book({ name: 'A', rows: [] }), 'file-empty'],
    ['one row of 300 cells', book({ name: 'A', rows: [Array.from({ length: 300 }, () => 'x')] }), 'file-too-wide']
  ])('%s', async (_, content, code) => {
    expect((await problemOf(readTable(content))).code).toBe(code)
  })

  const damaged = (part: string, text: string) => pack({ ...bookParts([{ name: 'A', rows }]), [part]: text })
  test.each<[string, Uint8Array]>([
    ['a sheet that is no XML', damaged('xl/worksheets/sheet1.xml', 'name,fqdn')],
    ['a sheet that is cut off', damaged('xl/worksheets/sheet1.xml', '<worksheet><sheetData><row r="1"><c')],
    [
      'a document type',
      damaged('xl/worksheets/sheet1.xml', '<!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>')
    ],
    ['an entity nobody knows', damaged('xl/sharedStrings.xml', '<sst><si><t>&lol;</t></si></sst>')],
    ['elements without end', damaged('xl/workbook.xml', '<a>'.repeat(1000))],
    [
      'a part that is missing',
      pack(
        Object.fromEntries(
          Object.entries(bookParts([{ name: 'A', rows }])).filter(([name]) => !name.includes('sheet1'))
        )
      )
    ]
  ])('damaged: %s', async (_, content) => {
    const found = await problemOf(readTable(content))
    expect(found).toMatchObject({ code: 'file-broken-workbook', found: expect.stringContaining('part') })
  })

  test('damaged bytes anywhere never throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(good1.length - 1), fc.nat(255), async (at, byte) => {
        const bytes = good1.slice()
        bytes[at] = byte
        await readTable(bytes)
      }),
      { numRuns: 300 }
    )
  })
})

describe('archives that unpack to too much', () => {
  const bomb = (xml: string) => pack({ ...bookParts([{ name: 'A', rows }]), 'xl/worksheets/sheet1.xml': xml })
  const row = `<row><c t="str"><v>x</v></c><c t="str"><v>y</v></c></row>`
  test.each([
    ['blank rows', `<worksheet><sheetData>${'<row/>'.repeat(1_500_000)}</sheetData></worksheet>`],
    [
      'one long text',
      `<worksheet><sheetData><row><c t="str"><v>${'x'.repeat(3_000_000)}</v></c></row></sheetData></worksheet>`
    ]
  ])('%s', async (_, xml) => {
    expect((await problemOf(readTable(bomb(xml)))).code).toBe('file-bomb')
  })
  test('more rows than a list has', async () => {
    const xml = `<worksheet><sheetData>${row.repeat(200_100)}</sheetData></worksheet>`
    expect(['file-bomb', 'file-too-big']).toContain((await problemOf(readTable(bomb(xml)))).code)
  })
  test('more files than a workbook has', async () => {
    const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, at) => [`f${at}`, new Uint8Array()]))
    expect((await problemOf(readTable(zipSync(many, { level: 0 })))).code).toBe('file-bomb')
  })
  test('reading can be called off', async () => {
    let asked = 0
    const turns = { next: () => ++asked < 3 }
    expect((await problemOf(readTable(book({ name: 'A', rows }), {}, turns))).code).toBe('reading-cancelled')
  })
})
