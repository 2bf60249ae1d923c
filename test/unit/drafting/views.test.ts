// Views beside a model that filters, searches and sorts the plain way.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newSheet, shownText } from '../../../electron/drafting/sheet.ts'
import { viewsOf } from '../../../electron/drafting/views.ts'
import { emptyRow, type KeptRow, noTexts } from '../../../electron/store/keptRow.ts'
import { oneTurn, turnsOf } from '../../../electron/turns.ts'
import type { View } from '../../../shared/grid.ts'
import { problem } from '../../../shared/problem.ts'

const cell = fc.constantFrom('', 'a', 'B', 'b', 'PC-2', 'pc-10')
const issue = { field: 'name' as const, severity: 'warning' as const, problem: problem('name-unusual') }
const row = fc.record({ name: cell, fqdn: cell, leftOut: fc.boolean(), warned: fc.boolean(), line: fc.nat(9) })
const rows = fc.array(row, { maxLength: 30 })
const view: fc.Arbitrary<View> = fc.record({
  filter: fc.constantFrom('all' as const, 'warning' as const, 'leftOut' as const),
  search: fc.constantFrom('', 'B', 'pc'),
  sort: fc.option(
    fc.record({ by: fc.constantFrom('name' as const, 'fqdn' as const, 'line' as const), descending: fc.boolean() })
  )
})

const kept = (
  one: { name: string; fqdn: string; leftOut: boolean; warned: boolean; line: number },
  at: number
): KeptRow => ({
  ...emptyRow,
  row: at,
  line: one.line,
  values: { ...noTexts, name: one.name, fqdn: one.fqdn },
  leftOut: one.leftOut,
  issues: one.warned ? [issue] : []
})

function model(all: readonly KeptRow[], { filter, search, sort }: View, isWarned: (row: KeptRow) => boolean): number[] {
  const text = search.toLowerCase()
  const shown = all
    .filter((one) => filter === 'all' || (filter === 'leftOut' ? one.leftOut : !one.leftOut && isWarned(one)))
    .filter(({ values }) => text === '' || [values.name, values.fqdn].some((each) => each.toLowerCase().includes(text)))
  if (sort !== null) {
    const by = sort.by === 'line' ? 'line' : (sort.by as 'name' | 'fqdn')
    const key = (one: KeptRow) => (by === 'line' ? one.line : shownText(one, by).toLowerCase())
    shown.sort((a, b) => {
      const [left, right] = [key(a), key(b)]
      return (left < right ? -1 : left > right ? 1 : 0) * (sort.descending ? -1 : 1)
    })
  }
  return shown.map((one) => one.row)
}

test('a view is what the model says, also after rows changed', async () => {
  await fc.assert(
    fc.asyncProperty(rows, rows, fc.array(view, { minLength: 1, maxLength: 4 }), async (first, second, wanted) => {
      const sheet = newSheet()
      const views = viewsOf(sheet, () => null)
      for (const change of [first, second]) {
        for (const [at, one] of change.entries()) sheet.put(kept(one, at))
        for (const each of wanted) {
          const isWarned = (one: KeptRow) => sheet.issuesOf(one).some(({ severity }) => severity === 'warning')
          expect([...((await views.of(each, oneTurn)) ?? [])]).toEqual(model(sheet.rows, each, isWarned))
        }
      }
    })
  )
})

test('a long list is sorted in turns, and the same', async () => {
  const sheet = newSheet()
  for (let at = 0; at < 5000; at++) {
    const name = `PC-${(at * 7919) % 5000}`
    sheet.put({ ...emptyRow, row: at, values: { ...noTexts, name } })
  }
  let now = 0
  let waited = 0
  const turns = turnsOf({ now: () => now++, cancelled: () => false, onProgress: () => void waited++ })
  const sorted: View = { filter: 'all', search: '', sort: { by: 'name', descending: true } }
  const order = await viewsOf(sheet, () => null).of(sorted, turns)
  expect([...(order ?? [])]).toEqual(model(sheet.rows, sorted, () => false))
  expect(waited).toBeGreaterThan(10)
})

test('counts are those of the filters, and gone rows leave none behind', () => {
  fc.assert(
    fc.property(rows, fc.nat(30), (list, length) => {
      const sheet = newSheet()
      for (const [at, one] of list.entries()) sheet.put(kept(one, at))
      sheet.cut(length)
      const other = newSheet()
      for (const [at, one] of list.slice(0, length).entries()) other.put(kept(one, at))
      expect(sheet.counts()).toEqual(other.counts())
    })
  )
})
