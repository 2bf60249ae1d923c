import { expect, test } from 'vitest'
import { blockOf, moved, partOf } from '../../../../renderer/parts/grid/selection.ts'

const extent = { rows: 100, columns: 13, pageRows: 10 }
const from = { index: 50, column: 5 }

test.each([
  ['ArrowUp', false, { index: 49, column: 5 }],
  ['ArrowDown', false, { index: 51, column: 5 }],
  ['ArrowLeft', false, { index: 50, column: 4 }],
  ['ArrowRight', false, { index: 50, column: 6 }],
  ['ArrowDown', true, { index: 99, column: 5 }],
  ['ArrowUp', true, { index: 0, column: 5 }],
  ['ArrowRight', true, { index: 50, column: 12 }],
  ['PageDown', false, { index: 60, column: 5 }],
  ['PageUp', false, { index: 40, column: 5 }],
  ['Home', false, { index: 50, column: 0 }],
  ['End', false, { index: 50, column: 12 }],
  ['Home', true, { index: 0, column: 0 }],
  ['End', true, { index: 99, column: 12 }],
  ['x', false, undefined]
])('%s (Ctrl %s) leads to %o', (key, ctrl, cell) => {
  expect(moved(from, key, ctrl, extent)).toEqual(cell)
})

test('nothing leads out of the grid, not even out of an empty one', () => {
  expect(moved({ index: 0, column: 0 }, 'ArrowUp', false, extent)).toEqual({ index: 0, column: 0 })
  expect(moved({ index: 99, column: 12 }, 'PageDown', false, extent)).toEqual({ index: 99, column: 12 })
  expect(moved({ index: 0, column: 2 }, 'ArrowDown', false, { ...extent, rows: 0 })).toEqual({ index: 0, column: 2 })
})

test('a block is the same from whichever corner it was drawn', () => {
  const block = { from: 3, to: 7, left: 2, right: 4 }
  expect(blockOf({ index: 3, column: 4 }, { index: 7, column: 2 })).toEqual(block)
  expect(blockOf({ index: 7, column: 2 }, { index: 3, column: 4 })).toEqual(block)
})

test('a row hears of the selection only what changes it', () => {
  const anchor = { index: 3, column: 2 }
  const active = { index: 7, column: 4 }
  expect(partOf(anchor, active, 2)).toBe('')
  expect(partOf(anchor, active, 5)).toBe('2,4,-1')
  expect(partOf(anchor, active, 7)).toBe('2,4,4')
  expect(partOf(anchor, { index: 8, column: 4 }, 5)).toBe(partOf(anchor, active, 5))
})
