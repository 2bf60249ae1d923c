// The checklist: which items stand on which route, in which order, and how ticks come and go.
import { describe, expect, test } from 'vitest'
import { checklist, checklistFor, isItem, phases, routesInPlay, ticked } from '../../../shared/checklist.ts'
import { asks } from '../../../shared/contract.ts'
import { draftChangeSchema } from '../../../shared/draft.ts'
import { type Answers, noRoutes, type Route, routes } from '../../../shared/strategy.ts'

const ids = (route: Route, answers: Answers = {}): readonly string[] =>
  checklistFor([route], answers).map(({ id }) => id)

describe('the items', () => {
  test('have ids of their own, a reason, somebody who does them, and a source', () => {
    expect(new Set(checklist.map(({ id }) => id)).size).toBe(checklist.length)
    for (const { id, text, why, who, source } of checklist) {
      for (const words of [text, why, who, source]) expect(words.length, id).toBeGreaterThan(3)
      expect(text, id).toMatch(/\.$/)
      expect(why, id).toMatch(/\.$/)
    }
  })

  test('stand in the order of the work', () => {
    const places = checklist.map(({ phase }) => phases.indexOf(phase))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    for (const route of routes) expect(ids(route).at(0)).toBe('infrastructure')
  })

  test('are those of the route', () => {
    expect(ids('in-band')).toEqual(expect.arrayContaining(['client', 'remove', 'collection', 'verify']))
    expect(ids('in-band')).not.toContain('import')
    expect(ids('with-export')).toEqual(
      expect.arrayContaining(['limit', 'export', 'import', 'hello', 'enable-automatic'])
    )
    expect(ids('with-export')).not.toContain('information')
    expect(ids('without-export')).toEqual(
      expect.arrayContaining(['remove', 'information', 'import', 'hello', 'verify'])
    )
    expect(ids('without-export')).not.toContain('enable-automatic')
    expect(checklistFor([], {})).toEqual([])
  })

  test('leave out what the answers rule out', () => {
    expect(ids('without-export', { native: 'all' })).not.toContain('translator')
    expect(ids('without-export', { native: 'some' })).toEqual(expect.arrayContaining(['translator', 'no-pki']))
    expect(ids('without-export', { partial: 'no' })).not.toContain('account')
    expect(ids('without-export', { partial: 'yes' })).toContain('account')
  })

  test('say what a full and a partial removal keep', () => {
    const why = checklist.find(({ id }) => id === 'remove')?.why ?? ''
    expect(why).toMatch(
      /Full takes .*the MEBx password stays\. Partial keeps the remote admin account with its password/
    )
  })
})

test('routes in play are the one advised and those that computers take', () => {
  expect(routesInPlay(null, noRoutes)).toEqual([])
  expect(routesInPlay('without-export', { ...noRoutes, 'in-band': 3, open: 4 })).toEqual(['in-band', 'without-export'])
})

test('ticks are set and taken back, and only on items that exist', () => {
  const one = ticked({}, 'import', { at: 5 })
  expect(one).toEqual({ import: { at: 5 } })
  expect(ticked(one, 'import', null)).toEqual({})
  expect([isItem('import'), isItem('toString')]).toEqual([true, false])
  const tick = (item: string) => asks['import.tick'].input.safeParse({ importId: 'i', item, done: true }).success
  expect([tick('verify'), tick('coffee')]).toEqual([true, false])
})

test('a change of another part of the draft leaves the ticks alone', () => {
  expect(draftChangeSchema.parse({ page: 'source' })).toEqual({ page: 'source' })
})
