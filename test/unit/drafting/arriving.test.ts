// Files that come in pieces: put together in order, given up when one is missing.
import { expect, test } from 'vitest'
import { arrivals } from '../../../electron/drafting/arriving.ts'

const bytes = (...list: number[]): Uint8Array => Uint8Array.from(list)

test('pieces become the whole file, each draft having its own', () => {
  const files = arrivals()
  expect(files.piece('a', 5, 0, bytes(1, 2))).toBe(true)
  expect(files.piece('b', 3, 0, bytes(7, 8))).toBe(true)
  expect(files.piece('a', 5, 2, bytes(3, 4))).toBe(true)
  expect(files.whole('a', 4, bytes(5))).toEqual(bytes(1, 2, 3, 4, 5))
  expect(files.whole('b', 2, bytes(9))).toEqual(bytes(7, 8, 9))
})

test('a file in one piece needs none before it, and ends what was on its way', () => {
  const files = arrivals()
  files.piece('a', 3, 0, bytes(1, 2))
  expect(files.whole('a', 0, bytes(9))).toEqual(bytes(9))
  expect(files.whole('a', 2, bytes(3))).toBeUndefined()
})

test('what does not follow, is too long, incomplete or forgotten is no file', () => {
  const files = arrivals()
  expect(files.piece('a', 4, 2, bytes(3))).toBe(false)
  files.piece('a', 4, 0, bytes(1, 2))
  expect(files.piece('a', 4, 3, bytes(4))).toBe(false)
  expect(files.piece('a', 4, 2, bytes(3, 4, 5))).toBe(false)
  expect(files.whole('a', 2, bytes(3))).toBeUndefined()
  files.piece('a', 2, 0, bytes(1))
  files.forget('a')
  expect(files.whole('a', 1, bytes(2))).toBeUndefined()
  files.piece('a', 3, 0, bytes(1))
  expect(files.piece('a', 3, 0, bytes(5, 6))).toBe(true)
  expect(files.whole('a', 2, bytes(7))).toEqual(bytes(5, 6, 7))
})
