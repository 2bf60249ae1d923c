import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyIndexOf } from '../../../electron/intake/keyIndex.ts'

test('knows which row has a key as a Map does, whatever comes and goes', () => {
  // More keys than there are places to begin with, so that searches run into each other and the table grows.
  const turns = fc.array(fc.tuple(fc.nat(1999), fc.boolean()), { minLength: 3000, maxLength: 6000, size: 'max' })
  fc.assert(
    fc.property(turns, (all) => {
      const keys = Array.from({ length: 4000 }, (_, row) => `key ${row % 2000}`)
      const index = keyIndexOf((row) => keys[row] ?? '')
      const known = new Map<string, number>()
      for (const [at, second] of all) {
        // Two rows for each key: only one of them can have it.
        const row = second ? at + 2000 : at
        const key = keys[row] ?? ''
        const before = known.get(key)
        if (before === row) {
          index.remove(key, row)
          known.delete(key)
        } else {
          expect(index.add(key, row)).toBe(before)
          if (before === undefined) known.set(key, row)
        }
      }
      for (const [key, row] of known) expect(index.add(key, 9999)).toBe(row)
    }),
    { numRuns: 20 }
  )
})

test('a row that has no such key cannot lose it', () => {
  const index = keyIndexOf(() => 'a')
  index.add('a', 1)
  expect(() => index.remove('a', 2)).toThrow('row 2')
})
