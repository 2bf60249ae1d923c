// Which result counts, whatever the order in which results arrive.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Choice, type Judged, judge, newest } from '../../../electron/packs/judge.ts'

const result = fc.record({
  origin: fc.constantFrom('ann', 'ben', 'home'),
  rev: fc.integer({ min: 1, max: 4 }),
  touched: fc.boolean(),
  endedAt: fc.option(fc.integer({ min: 1, max: 5 }), { nil: null }),
  likeness: fc.constantFrom('done a', 'done b', 'person')
})
/** A laptop says one thing under one number. */
const results = fc.uniqueArray(result, { selector: ({ origin, rev }) => `${origin} ${rev}`, maxLength: 10 })
const shuffled = results.chain((all) =>
  fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 }))
)
const one = (origin: string, change: Partial<Judged> = {}): Judged => ({
  ...{ origin, rev: 1, touched: true, endedAt: 1, likeness: origin },
  ...change
})

describe('judging', () => {
  test('the order and repeats of results never matter', () => {
    fc.assert(
      fc.property(shuffled, ([all, again]) => {
        expect(judge(again)).toEqual(judge(all))
      })
    )
  })

  test('merging part by part comes to the same as all at once', () => {
    fc.assert(
      fc.property(results, results, (a, b) => {
        const known = new Map(a.map((each) => [`${each.origin} ${each.rev}`, each]))
        const both = [...a, ...b.filter(({ origin, rev }) => !known.has(`${origin} ${rev}`))]
        expect(judge([...newest(a), ...both])).toEqual(judge(both))
      })
    )
  })

  test('what changed a device is never passed over without being asked about', () => {
    fc.assert(
      fc.property(results, (all) => {
        const touched = newest(all).filter((each) => each.touched)
        const verdict = judge(all)
        const kinds = new Set(touched.map(({ likeness }) => likeness))
        if (kinds.size > 1) expect(verdict).toEqual({ kind: 'conflict', sides: touched })
        else if (touched.length > 0) expect(verdict).toMatchObject({ kind: 'one', result: { touched: true } })
      })
    )
  })

  test('a choice holds until one of the others says something new', () => {
    const [ann, ben] = [one('ann'), one('ben')]
    const choice: Choice = { origin: 'ben', over: { ann: 1, ben: 1 } }
    expect(judge([ann, ben])).toMatchObject({ kind: 'conflict' })
    expect(judge([ann, ben], choice)).toEqual({ kind: 'one', result: ben })
    expect(judge([one('ann', { rev: 2 }), ben], choice)).toMatchObject({ kind: 'conflict' })
    // The chosen one may go on.
    expect(judge([ann, one('ben', { rev: 2 })], choice)).toMatchObject({ kind: 'one', result: { rev: 2 } })
  })
})
