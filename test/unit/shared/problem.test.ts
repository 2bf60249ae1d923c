// The table of problems: every code has words a technician can act on, and facts fill its blanks.
import { expect, test } from 'vitest'
import { fail, ok, type Problem, problem, problemCodes, problemSchema } from '../../../shared/problem.ts'

test.each(problemCodes)('%s has whole sentences and a remedy', (code) => {
  const { title, meaning, remedy } = problem(code)
  for (const text of [title, meaning, remedy]) expect(text.trim()).toBe(text)
  expect(title).not.toMatch(/[.!]$/)
  if (!/^\{\w+\}$/.test(meaning)) expect(meaning).toMatch(/\.$/)
  if (!/^\{\w+\}$/.test(remedy)) expect(remedy).toMatch(/\.$/)
  expect(title + meaning + remedy).not.toMatch(/!|oops|0x/i)
})

test('values fill the blanks; what has no value stays visible', () => {
  const values = { tried: 3, next: '06:39' }
  expect(problem('no-account-fits', { values }).title).toBe('None of the 3 passwords tried is accepted')
  expect(problem('no-account-fits', { values }).remedy).toContain('06:39')
  expect(problem('secret-gone').meaning).toContain('{what}')
  // A value is put in as it is, also when it looks like a blank or a pattern.
  expect(problem('not-ready', { values: { what: '{what} $& $1' } }).meaning).toBe('{what} $& $1')
})

test('facts that were not given are not there', () => {
  expect(Object.keys(problem('draft-gone'))).toEqual(['code', 'title', 'meaning', 'remedy', 'retry'])
  expect(problem('draft-gone', { where: 'here', detail: 'more' })).toMatchObject({ where: 'here', detail: 'more' })
})

test('results are the value or the problem', () => {
  expect(ok(1)).toEqual({ ok: true, value: 1 })
  expect(fail('draft-gone')).toEqual({ ok: false, problem: problem('draft-gone') })
})

test('a problem survives the border; a stranger does not', () => {
  const one: Problem = problem('draft-gone', { found: 'x' })
  expect(problemSchema.parse(JSON.parse(JSON.stringify(one)))).toEqual(one)
  expect(problemSchema.safeParse({ ...one, code: 'coffee-cold' }).success).toBe(false)
})
