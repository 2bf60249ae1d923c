// How the command line speaks.
import { expect, test } from 'vitest'
import { count, duration, plain, problemLines } from '../../../electron/cli/words.ts'
import { problem } from '../../../shared/problem.ts'

test.each([
  [0, '0.0 s'],
  [400, '0.4 s'],
  [12_000, '12 s'],
  [59_499, '59 s'],
  [60_000, '1 min 0 s'],
  [200_000, '3 min 20 s']
])('%i ms is %s', (ms, words) => {
  expect(duration(ms)).toBe(words)
})

test('numbers have their plural', () => {
  expect([0, 1, 7].map((number) => count(number, 'computer'))).toEqual(['0 computers', '1 computer', '7 computers'])
})

test('a text from a device cannot move the cursor or break a line', () => {
  const found = 'a\u001b[2J\r\nb\u009bc'
  expect(plain(found)).toBe('a [2J b c')
  expect(problemLines(problem('wrong-computer', { where: 'here', found, expected: 'x' }), '  ')).toEqual([
    '  Another computer answers at this address (here)',
    expect.any(String),
    '  Found: a [2J b c',
    '  Expected: x',
    expect.stringMatching(/^ {2}What to do: /)
  ])
})
