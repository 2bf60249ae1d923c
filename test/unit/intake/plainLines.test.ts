import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parserOptions } from '../../../electron/intake/delimited.ts'
import { plainLines } from '../../../electron/intake/plainLines.ts'
import { readTable } from '../../../electron/intake/table.ts'

type Kept = readonly (readonly [line: number, ...cells: string[]])[]

/** What is kept of a text given in these pieces, and what is left for the parser. */
function split(pieces: readonly string[], delimiter: string): { kept: Kept; left: string; count: number } {
  const kept: [number, ...string[]][] = []
  const plain = plainLines(delimiter, (cells, line) => kept.push([line, ...cells]))
  for (const [at, piece] of pieces.entries()) {
    const left = plain.take(piece)
    if (left !== '') return { kept, left: left + pieces.slice(at + 1).join(''), count: plain.count }
  }
  return { kept, left: plain.end(), count: plain.count }
}

/** The parser's own records, after so many lines; null = it cannot read the text. */
function parsed(text: string, delimiter: ',' | ';', above = 0): Kept | null {
  const kept: [number, ...string[]][] = []
  const onRecord = (cells: string[], { lines }: { readonly lines: number }): null => {
    kept.push([above + lines, ...cells])
    return null
  }
  try {
    parse(text, { ...parserOptions(delimiter), on_record: onRecord })
    return kept
  } catch {
    return null
  }
}

const parts = ['a', 'PC7', 'ü', '€', '😀', ' ', '\u00a0', '\t', ',', ';', '\n', '\n\n']
const textOf = (...more: readonly string[]) =>
  fc.array(fc.constantFrom(...parts, ...more), { maxLength: 60 }).map((some) => some.join(''))

/** The text in pieces, cut anywhere. */
function piecesOf(text: string, cuts: readonly number[]): string[] {
  const ends = [0, ...cuts.map((cut) => Math.min(cut, text.length)), text.length].sort((a, b) => a - b)
  return ends.slice(1).map((end, at) => text.slice(ends[at], end))
}

test('splits texts without quotation marks as the parser does, wherever they are cut', () => {
  fc.assert(
    fc.property(textOf(), fc.array(fc.nat(60)), fc.constantFrom(',', ';'), (text, cuts, delimiter) => {
      const { kept, left } = split(piecesOf(text, cuts), delimiter)
      expect([kept, left]).toEqual([parsed(text, delimiter), ''])
    })
  )
})

test('takes pairs of quotation marks around each cell as the parser does, and leaves it what is less plain', () => {
  const quoted = textOf('"', '"', '","', '","', '"\n"', '"a","b"\n', '"a , b"')
  fc.assert(
    fc.property(quoted, fc.array(fc.nat(60)), fc.constantFrom(',', ';'), (text, cuts, delimiter) => {
      const { kept, left, count } = split(piecesOf(text, cuts), delimiter)
      const rest = parsed(left, delimiter, count)
      expect(rest && [...kept, ...rest]).toEqual(parsed(text, delimiter))
    }),
    { numRuns: 1000 }
  )
})

test.each([
  ['"PC7","pc7.contoso.com"', ['PC7', 'pc7.contoso.com']],
  ['"PC7, the "," second"', ['PC7, the ', ' second']],
  ['"","",""', ['', '', '']]
])('needs no parser for %s', (line, cells) => {
  expect(split([`${line}\n`], ',')).toEqual({ kept: [[1, ...cells]], left: '', count: 1 })
})

test.each(['"', 'a,"b"', '"a",b', '"a ""b""","c"', '"a', '5" disk,b'])('leaves %s to the parser', (line) => {
  expect(split(['x,y\n', line], ',')).toEqual({ kept: [[1, 'x', 'y']], left: line, count: 1 })
})

test('a line that does not end is left to the parser', () => {
  expect(split(['a,b\n', 'c'.repeat(70_000), 'd\n'], ',')).toEqual({
    kept: [[1, 'a', 'b']],
    left: `${'c'.repeat(70_000)}d\n`,
    count: 1
  })
})

test('quotation marks far down change no line number', async () => {
  const plain = Array.from({ length: 5000 }, (_, at) => `PC${at},pc${at}.contoso.com,note ${at}`)
  const quoted = ['"PC1,2",pc.contoso.com,"two\nlines"', 'LAST,last.contoso.com,note']
  const table = await readTable(new TextEncoder().encode(['', ...plain, '', ...quoted].join('\r\n')))
  if (!table.ok) throw new Error(table.problem.code)
  expect(table.value.lines.slice(4999)).toEqual([
    { line: 5001, cells: ['PC4999', 'pc4999.contoso.com', 'note 4999'] },
    { line: 5003, cells: ['PC1,2', 'pc.contoso.com', 'two\nlines'] },
    { line: 5005, cells: ['LAST', 'last.contoso.com', 'note'] }
  ])
})
