import { expect, test } from 'vitest'
import { isMatch, matchesIn, replacedIn } from '../../../../renderer/parts/grid/matching.ts'
import { gridRow } from './gridRow.ts'

const find = { text: 'Old.', field: null, matchCase: false, whole: false } as const

test('a text is found whatever its case, unless case matters', () => {
  expect(isMatch('pc.OLD.example', find)).toBe(true)
  expect(isMatch('pc.OLD.example', { ...find, matchCase: true })).toBe(false)
  expect(isMatch('old.', { ...find, whole: true })).toBe(true)
  expect(isMatch('old.x', { ...find, whole: true })).toBe(false)
})

test('what is looked for is never a pattern, nor what takes its place', () => {
  expect(replacedIn('oldx old.', find, '$&-')).toBe('oldx $&-')
  expect(replacedIn('old.old.', find, 'new.')).toBe('new.new.')
  expect(replacedIn('old.old.', { ...find, whole: true }, 'new.')).toBe('old.old.')
})

test('secrets are never searched', () => {
  const row = gridRow({ name: 'kept', fqdn: 'kept.example', adminPassword: 'kept' })
  expect(matchesIn(row, { ...find, text: 'kept' })).toEqual([3, 4])
  expect(matchesIn(row, { ...find, text: 'kept', field: 'fqdn' })).toEqual([4])
  expect(matchesIn(row, { ...find, text: 'kept', field: 'adminPassword' })).toEqual([])
})
