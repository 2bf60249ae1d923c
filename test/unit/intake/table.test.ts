import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { limits } from '../../../electron/intake/lines.ts'
import { readTable, type Table } from '../../../electron/intake/table.ts'
import { listText } from '../../../electron/intake/write.ts'
import { turnsOf } from '../../../electron/turns.ts'
import type { Reading } from '../../../shared/draft.ts'
import type { Result } from '../../../shared/problem.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const line = (name: string, delimiter = ',') =>
  [name, `${name}.contoso.com`, '55555555-5555-5555-5555-555555555555', '05:06:07:08:09:0A'].join(delimiter)
const utf16 = (text: string, bigEndian = false) => {
  const buffer = Buffer.from(text, 'utf16le')
  return new Uint8Array(bigEndian ? buffer.swap16() : buffer)
}

async function good(reading: Promise<Result<Table>>): Promise<Table> {
  const result = await reading
  if (!result.ok) throw new Error(`${result.problem.code}: ${result.problem.found}`)
  return result.value
}
const problemOf = async (reading: Promise<Result<Table>>) => {
  const result = await reading
  if (result.ok) throw new Error('the file was read although it should not be')
  expect(result.problem.remedy).not.toBe('')
  return result.problem
}

test("reads Microsoft's example line as it stands", async () => {
  const table = await good(readTable(bytes(line('NEWCOMP1'))))
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
  ])('%s', async (encoding, content) => {
    const table = await good(readTable(content))
    expect(table.encoding).toBe(encoding)
    expect(table.titles[0]).toBe('Rechnername')
    expect(table.lines[0]?.cells[0]).toBe('BÜRO-7')
    expect(table.notes.map(({ code }) => code)).toEqual(encoding === 'Windows-1252' ? ['file-encoding-guessed'] : [])
  })

  test('Windows-1252 is not Latin-1', async () => {
    const table = await good(readTable(Uint8Array.of(0x80, 0x2c, 0x93, 0x0a, 0x31, 0x2c, 0xfc)))
    expect(table.lines[0]?.cells).toEqual(['€', '“'])
  })
})

describe('separators and titles', () => {
  test.each([',', ';', '\t', '|'] as const)('%j is found', async (delimiter) => {
    const table = await good(readTable(bytes(`Name${delimiter}FQDN${delimiter}GUID\n${line('PC1', delimiter)}\n`)))
    expect(table).toMatchObject({ delimiter, header: true })
    expect(table.lines[0]).toEqual({ line: 2, cells: line('PC1').split(',') })
  })

  test('commas inside cells do not mislead', async () => {
    const text = ['Meier, Hans', 'Schulz, Eva'].map((who, at) => `${line(`PC${at}`, ';')};${who}`).join('\n')
    expect((await good(readTable(bytes(text)))).delimiter).toBe(';')
  })

  test("Excel's line sep=; is obeyed and keeps the line numbers right", async () => {
    const table = await good(readTable(bytes(`sep=;\n${line('PC1', ';')}`)))
    expect(table).toMatchObject({ delimiter: ';', lines: [{ line: 2 }] })
  })

  test('a person may choose otherwise', async () => {
    const content = bytes(`${line('PC1')}\n${line('PC2')}`)
    expect(await good(readTable(content, { header: true }))).toMatchObject({ header: true, lines: [{ line: 2 }] })
    expect((await problemOf(readTable(content, { delimiter: '|' }))).code).toBe('file-not-csv')
  })

  test('optional columns may be missing at the end; one line with too many does not widen the list', async () => {
    const many = Array.from({ length: 150 }, (_, at) => line(`PC${at}`))
    const table = await good(
      readTable(bytes([line('A').split(',').slice(0, 3).join(','), ...many, `${line('B')},1,2,3,4`].join('\n')))
    )
    expect(table.titles).toHaveLength(4)
    expect(table.lines.at(-1)?.cells).toHaveLength(8)
  })
})

test('line numbers are those of the file: blank lines, cells over several lines, all line ends', async () => {
  const text = `a,b\r\n\r\n"c\r\nd", "e ""f"""\n  \n,,\ng,h\ri,j`
  const table = await good(readTable(bytes(text), { header: false }))
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
    ['XML', '<?xml version="1.0"?><a b="1,2"/>', 'file-not-csv']
  ])('%s', async (_, text, code) => {
    expect((await problemOf(readTable(bytes(text)))).code).toBe(code)
  })

  test.each([
    [Buffer.from('%PDF-1.7'), 'PDF'],
    [Buffer.from(['a,b', '\0\0\0', 'c,d'].join('\n')), 'binary data'],
    [Buffer.from('<html><body>'), 'web page']
  ])('says what was found (%#)', async (content, words) => {
    expect(await problemOf(readTable(new Uint8Array(content)))).toMatchObject({
      code: 'file-not-csv',
      found: expect.stringContaining(words)
    })
  })

  test('a GUID in braces at the start is not JSON', async () => {
    expect((await good(readTable(bytes('{55555555-5555-5555-5555-555555555555},PC1\n')))).lines).toHaveLength(1)
  })
})

test.each([
  [`${line('PC1')}\n${line('PC2')}\nPC3,"pc3.contoso.com,x\n${line('PC4')}\n`, 'line 3'],
  [`${line('PC1')}\n"a\nb","c\n${line('PC4')}\n`, 'line 3'],
  [`"PC1,pc1.contoso.com\n${line('PC2')}\n`, 'line 1'],
  // Here the mark that opens the next quoted cell closes it instead, lines below.
  [`${line('PC1')}\n${line('PC2')},"x\n${line('PC3')}\n${line('PC4')},"y"\n`, 'line 2']
])('a quotation mark that is never closed is found (%#)', async (text, where) => {
  expect(await problemOf(readTable(bytes(text)))).toMatchObject({ code: 'file-unclosed-quote', where })
})

test('a quotation mark inside a cell is just a character', async () => {
  const table = await good(readTable(bytes(`${line('PC1')},24" screen\n${line('PC2')},x`)))
  expect(table.lines[0]?.cells[4]).toBe('24" screen')
})

describe('limits', () => {
  test('cells in a line', async () => {
    const text = `${line('PC1')}\n${'x,'.repeat(limits.cells)}x`
    expect(await problemOf(readTable(bytes(text)))).toMatchObject({ code: 'file-too-wide', where: 'line 2' })
  })
  test('titles', async () => {
    const text = `Name${',x'.repeat(limits.cells)}\n${line('PC1')}`
    expect(await problemOf(readTable(bytes(text)))).toMatchObject({ code: 'file-too-wide', where: 'line 1' })
  })
  test('lines', async () => {
    expect((await problemOf(readTable(bytes('a,b\n'.repeat(limits.lines + 1))))).code).toBe('file-too-big')
    expect((await good(readTable(bytes('a,b\n'.repeat(limits.lines))))).lines).toHaveLength(limits.lines)
  })
  test('lines of nothing but separators never hide lines behind them', async () => {
    const text = `${line('PC1')}\n${',,,\n'.repeat(limits.lines + 1)}${line('PC2')}\n`
    expect((await problemOf(readTable(bytes(text)))).code).toBe('file-too-big')
  })
  test('bytes', async () => {
    expect((await problemOf(readTable(new Uint8Array(limits.bytes + 1)))).code).toBe('file-too-big')
  })
  test('a line that never ends', async () => {
    expect((await problemOf(readTable(bytes(`a,b\n${'x,'.repeat(700_000)}`)))).code).toBe('file-too-wide')
  })
})

test('arbitrary bytes never throw', async () => {
  const texts = fc.string({
    unit: fc.constantFrom(',', ';', '"', '\n', '\r', '\t', 'a', ' ', '=', 'ü', '\0'),
    maxLength: 80
  })
  const content = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    texts.map(bytes),
    texts.map((text) => utf16(text))
  )
  await fc.assert(
    fc.asyncProperty(
      content,
      fc.constantFrom<Reading>({}, { header: true }, { delimiter: ';' }, { encoding: 'UTF-8' }, { skip: 1 }),
      async (some, choice) => {
        const result = await readTable(some, choice)
        if (result.ok) {
          const numbers = result.value.lines.map((each) => each.line)
          expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
          expect(numbers.every((number) => number >= 1)).toBe(true)
        }
      }
    ),
    { numRuns: 1000 }
  )
})

test('what was written is read again, in every encoding, with every separator', async () => {
  const letters = fc.constantFrom('a', 'B', '7', ' ', ',', ';', '|', '\t', '"', '\n', "'", 'é', 'ß', '–')
  const cell = fc.string({ unit: letters, maxLength: 12 }).map((text) => `x${text.trim()}`)
  const rows = fc
    .integer({ min: 2, max: 6 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }))
  const encoders: Record<NonNullable<Reading['encoding']>, (text: string) => Uint8Array> = {
    'UTF-8': bytes,
    'UTF-16 LE': (text) => utf16(text),
    'UTF-16 BE': (text) => utf16(text, true),
    'Windows-1252': (text) => new Uint8Array(Buffer.from(text.replaceAll('–', '\x96').replace('\ufeff', ''), 'latin1'))
  }
  await fc.assert(
    fc.asyncProperty(
      rows,
      fc.constantFrom(...([',', ';', '\t', '|'] as const)),
      fc.constantFrom(...(['UTF-8', 'UTF-16 LE', 'UTF-16 BE', 'Windows-1252'] as const)),
      async (list, delimiter, encoding) => {
        const content = encoders[encoding](listText(list, delimiter))
        const table = await good(readTable(content, { delimiter, encoding, header: false, skip: 0 }))
        expect(table.lines.map(({ cells }) => cells)).toEqual(list)
      }
    ),
    { numRuns: 400 }
  )
})

describe('notes above the list', () => {
  const guid = (at: number) => `4c4c4544-0042-3510-8051-b4c04f4a31${String(at).padStart(2, '0')}`
  const body = Array.from({ length: 5 }, (_, at) => `PC${at};pc${at}.contoso.com;${guid(at)};;;`).join('\n')

  test.each([
    ['two lines of notes', '# Operation management, AMT list\n# written by the console, 2024\n', 2],
    ['a title and a date', 'Computers of the north site\nExported on Monday, 3 May 2021, by admin\n', 2],
    ['a report title in a row of separators', 'All Systems;;;;;\n;;;;;\n', 2],
    ['none', '', 0]
  ])('%s, with titles below', async (_, notes, skipped) => {
    const table = await good(readTable(bytes(`${notes}Name;FQDN;GUID;MAC;MEBx;Password\n${body}\n`)))
    expect(table).toMatchObject({ skipped, header: true, titleLine: skipped + 1, delimiter: ';' })
    expect(table.lines[0]).toMatchObject({ line: skipped + 2, cells: expect.arrayContaining(['PC0']) })
  })

  test('without titles', async () => {
    const table = await good(readTable(bytes(`# note one\n"note two, with a comma"\n${body}\n`)))
    expect(table).toMatchObject({ skipped: 2, header: false, lines: expect.objectContaining({ length: 5 }) })
  })

  test('a computer with only a name is no note', async () => {
    const table = await good(readTable(bytes(`PC-LONELY;;;;;\n${body}\n`)))
    expect(table).toMatchObject({ skipped: 0, lines: expect.objectContaining({ length: 6 }) })
  })

  test('a person may choose how many lines they are, also when a quotation mark stands in them', async () => {
    const content = bytes(`"never closed\nPC9;pc9.contoso.com;${guid(9)};;;\n${body}\n`)
    expect((await problemOf(readTable(content))).code).toBe('file-unclosed-quote')
    const table = await good(readTable(content, { skip: 2 }))
    expect(table).toMatchObject({ skipped: 2, lines: expect.objectContaining({ length: 5 }) })
    expect(table.lines[0]?.line).toBe(3)
    expect((await problemOf(readTable(content, { skip: 1000 }))).code).toBe('file-empty')
  })
})

describe('an encoding that a person chooses', () => {
  const content = new Uint8Array(
    Buffer.from(`Name;FQDN;GUID\n${line('BÜRO-7', ';')}\n${line('PC8', ';')}\n${line('PC9', ';')}\n`, 'latin1')
  )

  test('counts, and is no guess', async () => {
    expect(await good(readTable(content, { encoding: 'Windows-1252' }))).toMatchObject({ notes: [] })
  })
  test('is told when it does not fit', async () => {
    const { notes, encoding } = await good(readTable(content, { encoding: 'UTF-8' }))
    expect(encoding).toBe('UTF-8')
    expect(notes.map(({ code }) => code)).toEqual(['file-encoding-wrong'])
    expect((await problemOf(readTable(new Uint8Array(200).fill(1), { encoding: 'UTF-8' }))).code).toBe(
      'file-encoding-wrong'
    )
  })
})

describe('in turns', () => {
  const long = bytes(`${Array.from({ length: 20_000 }, (_, at) => line(`PC${at}`)).join('\r\n')}\r\n`)

  test('others get theirs, and hear how far it is', async () => {
    let now = 0
    const heard: number[] = []
    const turns = turnsOf({
      now: () => (now += 10),
      cancelled: () => false,
      onProgress: (done, total) => heard.push(done / total)
    })
    expect((await good(readTable(long, {}, turns))).lines).toHaveLength(20_000)
    expect(heard.length).toBeGreaterThan(5)
    expect(heard).toEqual([...heard].sort((a, b) => a - b))
    expect(heard.at(-1)).toBeLessThanOrEqual(1)
  })

  test('it ends when nobody wants it any more', async () => {
    let asked = 0
    const turns = { next: () => ++asked < 4 }
    expect((await problemOf(readTable(long, {}, turns))).code).toBe('reading-cancelled')
    expect(asked).toBe(4)
  })

  test('characters and line ends that fall between two slices stay whole', async () => {
    const cell = '😀ü'.repeat(20_000)
    for (const lead of ['', 'x', 'xy', 'xyz']) {
      const table = await good(readTable(bytes(`${lead},1\r\n${cell},2\r\n${cell},3\r\n`), { header: false }))
      expect(table.lines.map(({ line: at, cells }) => [at, cells[0], cells[1]])).toEqual([
        [1, lead, '1'],
        [2, cell, '2'],
        [3, cell, '3']
      ])
    }
  })
})
