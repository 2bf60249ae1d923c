// The version table: what SP1 lists, what needs the translator, what no document says, and what is told too shortly to say.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isVersion, knowsPki, nativeRanges, nativeWords, type Support, supportOf } from '../../../shared/native.ts'

test.each<[string, Support, Support, Support]>([
  // version, nobody chose, by the list of SP1, later ones count
  ['3.2.1', 'native', 'native', 'native'],
  ['3.2.10', 'native', 'native', 'native'],
  ['4.0', 'native', 'native', 'native'],
  ['4.0.1.1200', 'native', 'native', 'native'],
  ['5.0.2', 'native', 'native', 'native'],
  ['3.2.0', 'older', 'older', 'older'],
  ['3.2.0.1035', 'older', 'older', 'older'],
  ['3.0.1', 'older', 'older', 'older'],
  ['2.6', 'older', 'older', 'older'],
  ['2', 'older', 'older', 'older'],
  ['1.0', 'older', 'older', 'older'],
  ['3.2', 'not-exact', 'not-exact', 'not-exact'],
  ['3', 'not-exact', 'not-exact', 'not-exact'],
  ['4', 'not-exact', 'not-exact', 'counted'],
  ['5', 'not-exact', 'not-exact', 'counted'],
  ['4.1.3', 'not-named', 'not-listed', 'counted'],
  ['4.2', 'not-named', 'not-listed', 'counted'],
  ['5.2.10', 'not-named', 'not-listed', 'counted'],
  ['6.0', 'not-named', 'not-listed', 'counted'],
  ['11.8.50', 'not-named', 'not-listed', 'counted'],
  ['16.1', 'not-named', 'not-listed', 'counted'],
  ['', 'not-told', 'not-told', 'not-told'],
  ['unknown', 'not-told', 'not-told', 'not-told'],
  ['3.2.1a', 'not-told', 'not-told', 'not-told']
])('AMT %s: %s, %s, %s', (version, open, sp1, later) => {
  expect(supportOf(version)).toBe(open)
  expect(supportOf(version, 'sp1')).toBe(sp1)
  expect(supportOf(version, 'later')).toBe(later)
})

test.each<[string, boolean | undefined]>([
  ['2.0', false],
  ['2.0.5', false],
  ['2.1', false],
  ['2.1.20', false],
  ['2.5', false],
  ['2.5.0', false],
  ['2.2', true],
  ['2.6.1', true],
  ['3.0', true],
  ['3.2.1', true],
  ['11.8', true],
  ['1.0', undefined],
  ['2.3', undefined],
  ['2', undefined],
  ['', undefined]
])('AMT %s knows remote configuration: %s', (version, expected) => expect(knowsPki(version)).toBe(expected))

test('a longer version never contradicts the shorter one it begins with', () => {
  const part = fc.integer({ min: 0, max: 12 })
  const decided = new Set<Support>(['native', 'counted', 'not-listed', 'older'])
  fc.assert(
    fc.property(
      fc.array(part, { minLength: 1, maxLength: 4 }),
      fc.constantFrom(undefined, 'sp1' as const, 'later' as const),
      (parts, natives) => {
        const whole = supportOf(parts.join('.'), natives)
        for (let length = 1; length < parts.length; length += 1) {
          const short = supportOf(parts.slice(0, length).join('.'), natives)
          if (!decided.has(short)) continue
          // What is on the list for SP1 is counted as well by who counts every later one.
          expect(short === 'counted' && whole === 'native' ? short : whole).toBe(short)
        }
      }
    ),
    { numRuns: 3_000 }
  )
})

test('each entry of the table names its source', () => {
  for (const { source, words } of nativeRanges) expect(`${source}${words}`.length).toBeGreaterThan(10)
  expect(nativeWords).toBe('3.2 (3.2.1 and later), 4.0 and 5.0')
})

test('only a real version proves that there is AMT', () => {
  expect(['8.1', '2', '0', '0.0.0', '', 'none'].map(isVersion)).toEqual([true, true, false, false, false, false])
})
