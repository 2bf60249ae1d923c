// Any sequence of edits: undone it is the beginning, done again it is the end, and reading it anew from disk changes nothing.
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { crossIssues } from '../../../electron/intake/crossIssues.ts'
import type { KeptRow } from '../../../electron/store/keptRow.ts'
import { readAmtStatus } from '../../../shared/amtStatus.ts'
import type { Field } from '../../../shared/computer.ts'
import type { Edit, RowFilter } from '../../../shared/grid.ts'
import { closeBenches, value } from '../../bench.ts'
import { base64, guid, line, openGrid, titles } from './grid.ts'

afterEach(closeBenches)

const admin = 'Bench-Admin1!'
const start = [
  titles,
  line(1, { adminPassword: base64(admin) }),
  line(2, { guid: guid(1).toUpperCase() }),
  line(3, { guid: '44454c4c-4600-0030-8000-000000000001', mac: '021A4F000003' }),
  line(4, { name: 'PC-1', amtVersion: 'v11.8' }),
  line(5, { fqdn: 'nonsense' })
]

const field = fc.constantFrom<Field>('name', 'fqdn', 'guid', 'mac', 'adminPassword', 'amtVersion')
const fields = fc.uniqueArray(field, { minLength: 1, maxLength: 3 })
const text = fc.constantFrom(
  '',
  'PC-1',
  'pc-1.corp.example',
  guid(1),
  guid(2),
  `{${guid(3)}}`,
  '02-1a-4f-00-00-01',
  'Bench-Other2!'
)
const view = fc.record({
  filter: fc.constantFrom<RowFilter>('all', 'blocker', 'warning', 'edited', 'leftOut'),
  search: fc.constantFrom('', 'pc', 'corp'),
  sort: fc.option(
    fc.record({ by: fc.constantFrom('name' as const, 'state' as const, 'line' as const), descending: fc.boolean() })
  )
})
const place = fc.nat(5)
const block = fc.record({ from: fc.nat(2), to: fc.integer({ min: 2, max: 5 }), fields })
const find = fc.record({
  text: fc.constantFrom('pc', '1', '-'),
  field: fc.constant(null),
  matchCase: fc.boolean(),
  whole: fc.boolean()
})

const edits: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    kind: fc.constant('set' as const),
    row: fc.option(fc.nat(4)),
    values: fc.dictionary(field, text, { minKeys: 1, maxKeys: 3 })
  }),
  fc.record({
    kind: fc.constant('paste' as const),
    view,
    at: place,
    fields,
    cells: fc.array(fc.array(text, { maxLength: 3 }), { minLength: 1, maxLength: 4 })
  }),
  fc.record({ kind: fc.constant('fill' as const), view, block }),
  fc.record({ kind: fc.constant('clear' as const), view, block }),
  fc.record({ kind: fc.constant('revert' as const), view, block }),
  fc.record({ kind: fc.constant('replace' as const), view, find, by: fc.constantFrom('', 'x', '$&') }),
  fc.record({ kind: fc.constant('leaveOut' as const), view, from: fc.nat(2), to: place, leftOut: fc.boolean() })
)

/** What the page can see of a draft. */
async function seen({ read, draft }: Awaited<ReturnType<typeof openGrid>>) {
  const { rows } = await read()
  const { counts } = draft()
  return { rows, counts }
}

test('undone it is the beginning, done again the end; a restart changes nothing', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(edits, { minLength: 1, maxLength: 8 }), async (list) => {
      const grid = await openGrid()
      value(await grid.give('a.csv', start))
      const beginning = await seen(grid)
      let steps = 0
      for (const edit of list) {
        const done = await grid.attempt(edit)
        if (done.ok && done.value.rows > 0) steps += 1
      }
      const end = await seen(grid)
      for (let at = 0; at < steps; at++) await grid.undo()
      expect(await seen(grid)).toEqual(beginning)
      expect(grid.draft().undo).toBe('Read a.csv')
      for (let at = 0; at < steps; at++) await grid.undo(true)
      expect(await seen(grid)).toEqual(end)
      expect(grid.draft().redo).toBeNull()
      await grid.bench.reopen()
      expect(await seen(grid)).toEqual(end)
      await grid.bench.close()
    }),
    { numRuns: 25 }
  )
})

test('what rows have against each other, and how many lack a GUID or a password, is the same, kept up to date or compared at once', {
  timeout: 60_000
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(edits, { minLength: 1, maxLength: 6 }), async (list) => {
      const grid = await openGrid()
      value(await grid.give('a.csv', start))
      for (const edit of list) await grid.attempt(edit)
      const { rows } = await grid.read()
      const guidless = rows.filter(
        ({ values: { guid, address, fqdn }, leftOut }) => !leftOut && guid === '' && (address !== '' || fqdn !== '')
      )
      expect(grid.draft().counts.guidless).toBe(guidless.length)
      const passwordless = rows.filter(
        ({ values, leftOut, issues }) =>
          !leftOut &&
          values.adminPassword === '' &&
          readAmtStatus(values.amtStatus ?? '') !== 'Not Provisioned' &&
          issues.every(({ severity }) => severity !== 'blocker')
      )
      expect(grid.draft().counts.passwordless).toBe(passwordless.length)
      const cross = crossIssues(rows as unknown as KeptRow[])
      for (const { row, issues } of rows) {
        const told = issues.filter(({ problem }) => problem.code.includes('duplicate'))
        const wanted = cross.get(row) ?? []
        expect(told.map(({ field: at, problem }) => [at, problem.code, problem.found])).toEqual(
          wanted.map(({ field: at, problem }) => [at, problem.code, problem.found])
        )
      }
      await grid.bench.close()
    }),
    { numRuns: 25 }
  )
})
