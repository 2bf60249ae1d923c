import fc from 'fast-check'
import { expect, test } from 'vitest'
import { landing, parseCells } from '../../../../renderer/parts/grid/clipboard.ts'

test.each([
  ['one cell', 'PC1', [['PC1']]],
  ['a row', 'PC1\tpc1.example.com', [['PC1', 'pc1.example.com']]],
  ['the last line break ends the last line', 'a\r\nb\r\n', [['a'], ['b']]],
  ['only the last one does', 'a\n\n', [['a'], ['']]],
  [
    'empty cells stay',
    '\ta\t\n\t\t',
    [
      ['', 'a', ''],
      ['', '', '']
    ]
  ],
  ['a quoted cell holds breaks and tabs', '"a\nb\tc"\td', [['a\nb\tc', 'd']]],
  ['two marks are one', '"say ""so"""\tb', [['say "so"', 'b']]],
  ['a mark within a cell is a character', '5" disk\tb', [['5" disk', 'b']]],
  ['a mark that is not closed is a character', '"open\tb', [['"open', 'b']]],
  ['a mark that is followed by text is a character', '"a"b\tc', [['"a"b', 'c']]],
  ['lone carriage returns break lines', 'a\rb', [['a'], ['b']]],
  ['nothing is one empty cell', '', [['']]]
])('%s', (_, text, cells) => {
  expect(parseCells(text)).toEqual(cells)
})

test('a cell longer than the core takes is cut', () => {
  expect(parseCells('x'.repeat(5_000))[0]?.[0]).toHaveLength(1_000)
})

const quoted = (text: string): string => (/[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

test('what a spreadsheet writes is read back as it was', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'B', '"', '\t', '\n', ' ', 'ü'), maxLength: 8 })
  const rows = fc
    .integer({ min: 1, max: 4 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }))
  fc.assert(
    fc.property(rows, (cells) => {
      const text = cells.map((row) => row.map(quoted).join('\t')).join('\r\n')
      expect(parseCells(`${text}\r\n`)).toEqual(cells)
    })
  )
})

test('one cell fills the block, one row every row of it, and what does not fit is laid down once', () => {
  const block = { rows: 6, columns: 3 }
  expect(landing({ rows: 1, columns: 1 }, block)).toEqual(block)
  expect(landing({ rows: 1, columns: 3 }, block)).toEqual(block)
  expect(landing({ rows: 3, columns: 2 }, block)).toEqual({ rows: 6, columns: 2 })
  expect(landing({ rows: 4, columns: 2 }, block)).toEqual({ rows: 4, columns: 2 })
  expect(landing({ rows: 9, columns: 5 }, block)).toEqual({ rows: 9, columns: 5 })
})
