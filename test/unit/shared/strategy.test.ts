// The three routes of "Decide How to Migrate", condition by condition, and what is said while answers are missing.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Answers,
  advise,
  answersSchema,
  type RouteVerdict,
  routes,
  routeTitles
} from '../../../shared/strategy.ts'

const verdictOf = (answers: Answers, route: RouteVerdict['route']): RouteVerdict => {
  const found = advise(answers).verdicts.find((verdict) => verdict.route === route)
  if (!found) throw new Error('no verdict')
  return found
}
const met = (answers: Answers, route: RouteVerdict['route']) =>
  verdictOf(answers, route).conditions.map((each) => each.met)
const applies = (answers: Answers, route: RouteVerdict['route']) => verdictOf(answers, route).applies

test('the rules are those of the source: when, if all, if any', () => {
  expect(advise({}).verdicts.map(({ route, rule, conditions }) => [route, rule, conditions.length])).toEqual([
    ['in-band', 'when', 1],
    ['with-export', 'all', 3],
    ['without-export', 'any', 2]
  ])
  expect(Object.keys(routeTitles)).toEqual([...routes])
})

describe('in-band: when the client will be installed and the AMT version is natively supported', () => {
  test.each<[Answers, boolean | undefined]>([
    [{}, undefined],
    [{ client: 'yes' }, undefined],
    [{ native: 'all' }, undefined],
    [{ client: 'yes', native: 'all' }, true],
    [{ client: 'yes', native: 'some' }, true],
    [{ client: 'yes', native: 'none' }, false],
    [{ client: 'no' }, false],
    [{ native: 'none' }, false],
    [{ client: 'no', native: 'all' }, false]
  ])('%o: %s', (answers, expected) => expect(applies(answers, 'in-band')).toBe(expected))
})

describe('with an export utility: if all apply', () => {
  const all: Answers = { exportUtility: 'yes', time: 'yes', native: 'all' }
  test.each<[Answers, boolean | undefined]>([
    [all, true],
    [{ ...all, exportUtility: 'no' }, false],
    [{ ...all, time: 'no' }, false],
    [{ ...all, time: undefined }, undefined],
    [{ ...all, native: undefined }, undefined],
    [{ ...all, native: undefined, translator: 'yes' }, true],
    [{ ...all, native: undefined, translator: 'no' }, undefined],
    [{ ...all, native: 'some' }, undefined],
    [{ ...all, native: 'some', translator: 'yes' }, true],
    [{ ...all, native: 'none', translator: 'no' }, false],
    // One condition that is not met decides, whatever is still open.
    [{ time: 'no' }, false]
  ])('%o: %s', (answers, expected) => expect(applies(answers, 'with-export')).toBe(expected))

  test('the translator is asked for only where a version is not native', () => {
    expect(met({ native: 'all', translator: 'no' }, 'with-export')[2]).toBe(true)
    expect(met({ native: 'some', translator: 'no' }, 'with-export')[2]).toBe(false)
  })
})

describe('without an export utility: if any applies', () => {
  test.each<[Answers, boolean | undefined]>([
    [{}, undefined],
    [{ exportUtility: 'no' }, true],
    [{ information: 'yes' }, true],
    [{ exportUtility: 'yes' }, undefined],
    [{ information: 'no' }, undefined],
    [{ exportUtility: 'yes', information: 'yes' }, true],
    [{ exportUtility: 'yes', information: 'no' }, false]
  ])('%o: %s', (answers, expected) => expect(applies(answers, 'without-export')).toBe(expected))
})

describe('the advice', () => {
  test('is the most secure route that applies, and none while a better one is open', () => {
    expect(advise({ client: 'yes', native: 'all', information: 'yes' }).route).toBe('in-band')
    expect(advise({ information: 'yes' }).route).toBeUndefined()
    expect(advise({ client: 'no', information: 'yes' }).route).toBeUndefined()
    expect(advise({ client: 'no', exportUtility: 'yes', time: 'yes', native: 'all' }).route).toBe('with-export')
    expect(advise({ client: 'no', exportUtility: 'no' }).route).toBe('without-export')
    expect(advise({ client: 'no', exportUtility: 'yes', time: 'no', information: 'no' }).route).toBeUndefined()
  })

  test('tells the consequences of the source', () => {
    const notes = (answers: Answers) => advise(answers).notes.join(' ')
    expect(notes({ client: 'yes', native: 'all' })).toContain('more secure than out of band')
    expect(notes({ client: 'yes', native: 'some' })).toContain('the others need one of the out of band routes')
    const exported = notes({ client: 'no', exportUtility: 'yes', time: 'yes', native: 'all' })
    expect(exported).toContain('time limit')
    expect(exported).toContain('Enable automatic provisioning')
    expect(notes({ partial: 'yes' })).toContain('remote admin password')
    expect(notes({ client: 'no', exportUtility: 'no' })).toContain('UUID')
    expect(notes({ native: 'none' })).toContain('translator')
  })
})

const yesNo = fc.constantFrom<'yes' | 'no' | undefined>('yes', 'no', undefined)
const anyAnswers: fc.Arbitrary<Answers> = fc.record({
  client: yesNo,
  native: fc.constantFrom<Answers['native']>('all', 'some', 'none', undefined),
  exportUtility: yesNo,
  time: yesNo,
  translator: yesNo,
  information: yesNo,
  partial: yesNo
})

test('one more answer never changes what was decided', () => {
  fc.assert(
    fc.property(anyAnswers, anyAnswers, (few, more) => {
      const known = Object.fromEntries(Object.entries(few).filter(([, answer]) => answer !== undefined))
      const before = advise(few)
      const after = advise({ ...more, ...known })
      for (const [index, { applies: decided }] of before.verdicts.entries()) {
        if (decided !== undefined) expect(after.verdicts[index]?.applies).toBe(decided)
      }
      if (before.route !== undefined) expect(after.route).toBe(before.route)
    }),
    { numRuns: 2_000 }
  )
})

test('with every answer given, every verdict is decided', () => {
  fc.assert(
    fc.property(anyAnswers, (answers) => {
      fc.pre(Object.values(answers).every((answer) => answer !== undefined))
      expect(advise(answers).verdicts.map((verdict) => verdict.applies)).not.toContain(undefined)
    })
  )
})

test('answers are read strictly', () => {
  expect(answersSchema.safeParse({ client: 'perhaps' }).success).toBe(false)
  expect(answersSchema.parse({})).toEqual({})
})
