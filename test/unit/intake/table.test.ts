import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { limits, readTable, type Table } from '../../../electron/intake/table.ts'
import type { Result } from '../../../shared/problem.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const line = (name: string, delimiter = ',') =>
  [name, `${name}.contoso.com`, '55555555-5555-5555-5555-555555555555', '05:06:07:08:09:0A'].join(delimiter)
const utf16 = (text: string, bigEndian = false) => {
  const buffer = Buffer.from(text, 'utf16le')
  return new Uint8Array(bigEndian ? buffer.swap16() : buffer)
}

function good(result: Result<Table>): Table {
  if (!result.ok) throw new Error(`${result.problem.code}: ${result.problem.found}`)
  return result.value
}
const problemOf = (result: Result<Table>) => {
  if (result.ok) throw new Error('the file was read although it should not be')
  expect(result.problem.remedy).not.toBe('')
  return result.problem
}

test("reads Microsoft's example line as it stands", () => {
  const table = good(readTable(bytes(line('NEWCOMP1'))))
  expect(table).toMatchObject({ encoding: 'UTF-8', delimiter: ',', header: false, notes: [] })
  expect(table.titles).toEqual(['Column 1', 'Column 2', 'Column 3', 'Column 4'])
  expect(table.lines).toEqual([{ line: 1, cells: line('NEWCOMP1').split(',') }])
})

describe('encodings', () => {
  const text = `Rechnername;DNS-Name;UUID\r\n${line('BÜRO-7', ';')}\r\n`
  test.each([
    ['UTF-8', bytes(text)],
    ['UTF-8', bytes(`\ufeff${text}`)],
    ['UTF-16 LE', utf16(`\ufeff${text}`)],
    ['UTF-16 LE', utf16(text)],
    ['UTF-16 BE', utf16(`\ufeff${text}`, true)],
    ['UTF-16 BE', utf16(text, true)],
    ['Windows-1252', new Uint8Array(Buffer.from(text, 'latin1'))]
  ])('%s', (encoding, content) => {
    const table = good(readTable(content))
    expect(table.encoding).toBe(encoding)
    expect(table.titles[0]).toBe('Rechnername')
    expect(table.lines[0]?.cells[0]).toBe('BÜRO-7')
    expect(table.notes.map(({ code }) => code)).toEqual(encoding === 'Windows-1252' ? ['file-encoding-guessed'] : [])
  })

  test('Windows-1252 is not Latin-1', () => {
    const table = good(readTable(Uint8Array.of(0x80, 0x2c, 0x93, 0x0a, 0x31, 0x2c, 0xfc)))
    expect(table.lines[0]?.cells).toEqual(['€', '“'])
  })
})

describe('separators and titles', () => {
  test.each([',', ';', '\t', '|'] as const)('%j is found', (delimiter) => {
    const table = good(readTable(bytes(`Name${delimiter}FQDN${delimiter}GUID\n${line('PC1', delimiter)}\n`)))
    expect(table).toMatchObject({ delimiter, header: true })
    expect(table.lines[0]).toEqual({ line: 2, cells: line('PC1').split(',') })
  })

  test('commas inside cells do not mislead', () => {
    const text = ['Meier, Hans', 'Schulz, Eva'].map((who, at) => `${line(`PC${at}`, ';')};${who}`).join('\n')
    expect(good(readTable(bytes(text))).delimiter).toBe(';')
  })

  test("Excel's line sep=; is obeyed and keeps the line numbers right", () => {
    const table = good(readTable(bytes(`sep=;\n${line('PC1', ';')}`)))
    expect(table).toMatchObject({ delimiter: ';', lines: [{ line: 2 }] })
  })

  test('a person may choose otherwise', () => {
    const content = bytes(`${line('PC1')}\n${line('PC2')}`)
    expect(good(readTable(content, { header: true }))).toMatchObject({ header: true, lines: [{ line: 2 }] })
    expect(problemOf(readTable(content, { delimiter: '|' })).code).toBe('file-not-csv')
  })

  test('optional columns may be missing at the end; one line with too many does not widen the list', () => {
    const many = Array.from({ length: 150 }, (_, at) => line(`PC${at}`))
    const table = good(
      readTable(bytes([line('A').split(',').slice(0, 3).join(','), ...many, `${line('B')},1,2,3,4`].join('\n')))
    )
    expect(table.titles).toHaveLength(4)
    expect(table.lines.at(-1)?.cells).toHaveLength(8)
  })
})

test('line numbers are those of the file: blank lines, cells over several lines, all line ends', () => {
  const text = `a,b\r\n\r\n"c\r\nd", "e ""f"""\n  \n,,\ng,h\ri,j`
  const table = good(readTable(bytes(text), { header: false }))
  expect(table.lines).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 3, cells: ['c\nd', 'e "f"'] },
    { line: 7, cells: ['g', 'h'] },
    { line: 8, cells: ['i', 'j'] }
  ])
  expect(table.notes).toMatchObject([{ code: 'file-long-cell', where: 'line 3' }])
})

describe('files that are no list', () => {
  test.each([
    ['nothing', '', 'file-empty'],
    ['blank lines', '\r\n  \r\n', 'file-empty'],
    ['a mark only', '\ufeff', 'file-empty'],
    ['separators only', ',,,\n,,,', 'file-not-csv'],
    ['titles only', 'Name,FQDN,GUID\n', 'file-empty'],
    ['one column', 'PC1\nPC2\n', 'file-not-csv'],
    ['JSON', '[{"name":"PC1","guid":"x"}]', 'file-not-csv'],
    ['XML', '<?xml version="1.0"?><a b="1,2"/>', 'file-not-csv']
  ])('%s', (_, text, code) => {
    expect(problemOf(readTable(bytes(text))).code).toBe(code)
  })

  test.each([
    [Buffer.from('PK\x03\x04rest'), 'Excel workbook'],
    [Buffer.from('%PDF-1.7'), 'PDF'],
    [Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'old Excel'],
    [Buffer.from(['a,b', '\0\0\0', 'c,d'].join('\n')), 'binary data'],
    [Buffer.from('{"a": 1}'), 'JSON'],
    [Buffer.from('<html><body>'), 'web page']
  ])('says what was found (%#)', (content, words) => {
    expect(problemOf(readTable(new Uint8Array(content)))).toMatchObject({
      code: 'file-not-csv',
      found: expect.stringContaining(words)
    })
  })

  test('a GUID in braces at the start is not JSON', () => {
    expect(good(readTable(bytes('{55555555-5555-5555-5555-555555555555},PC1\n'))).lines).toHaveLength(1)
  })
})

test.each([
  [`${line('PC1')}\n${line('PC2')}\nPC3,"pc3.contoso.com,x\n${line('PC4')}\n`, 'line 3'],
  [`${line('PC1')}\n"a\nb","c\n${line('PC4')}\n`, 'line 3'],
  [`"PC1,pc1.contoso.com\n${line('PC2')}\n`, 'line 1'],
  // Here the mark that opens the next quoted cell closes it instead, lines below.
  [`${line('PC1')}\n${line('PC2')},"x\n${line('PC3')}\n${line('PC4')},"y"\n`, 'line 2']
])('a quotation mark that is never closed is found (%#)', (text, where) => {
  expect(problemOf(readTable(bytes(text)))).toMatchObject({ code: 'file-unclosed-quote', where })
})

test('a quotation mark inside a cell is just a character', () => {
  const table = good(readTable(bytes(`${line('PC1')},24" screen\n${line('PC2')},x`)))
  expect(table.lines[0]?.cells[4]).toBe('24" screen')
})

describe('limits', () => {
  test('cells in a line', () => {
    const text = `${line('PC1')}\n${'x,'.repeat(limits.cells)}x`
    expect(problemOf(readTable(bytes(text)))).toMatchObject({ code: 'file-too-wide', where: 'line 2' })
  })
  test('titles', () => {
    const text = `Name${',x'.repeat(limits.cells)}\n${line('PC1')}`
    expect(problemOf(readTable(bytes(text)))).toMatchObject({ code: 'file-too-wide', where: 'line 1' })
  })
  test('lines', () => {
    expect(problemOf(readTable(bytes('a,b\n'.repeat(limits.lines + 1)))).code).toBe('file-too-big')
    expect(good(readTable(bytes('a,b\n'.repeat(limits.lines)))).lines).toHaveLength(limits.lines)
  })
  test('lines of nothing but separators never hide lines behind them', () => {
    const text = `${line('PC1')}\n${',,,\n'.repeat(limits.lines + 1)}${line('PC2')}\n`
    expect(problemOf(readTable(bytes(text))).code).toBe('file-too-big')
  })
  test('bytes', () => {
    expect(problemOf(readTable(new Uint8Array(limits.bytes + 1))).code).toBe('file-too-big')
  })
  test('a line that never ends', () => {
    expect(problemOf(readTable(bytes(`a,b\n${'x,'.repeat(700_000)}`))).code).toBe('file-too-wide')
  })
})

test('arbitrary bytes never throw', () => {
  const texts = fc.string({
    unit: fc.constantFrom(',', ';', '"', '\n', '\r', '\t', 'a', ' ', '=', 'ü', '\0'),
    maxLength: 80
  })
  const content = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    texts.map(bytes),
    texts.map((text) => utf16(text))
  )
  fc.assert(
    fc.property(content, fc.constantFrom({}, { header: true }, { delimiter: ';' as const }), (some, choice) => {
      const result = readTable(some, choice)
      if (result.ok) {
        const numbers = result.value.lines.map((each) => each.line)
        expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
        expect(numbers.every((number) => number >= 1)).toBe(true)
      }
    }),
    { numRuns: 1000 }
  )
})
