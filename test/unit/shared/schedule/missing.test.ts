// The gate before Start: a plan that does not fit stands in the way until somebody accepts it.
import { expect, test } from 'vitest'
import { type Draft, draftChangeSchema, draftSchema, missing, newDraft } from '../../../../shared/draft.ts'
import type { Planning } from '../../../../shared/schedule/batch.ts'
import { startNow, withPreset } from '../../../../shared/schedule/settings.ts'
import { zones } from './zones.ts'

const planning: Planning = {
  now: 0,
  pace: { median: 60_000, tail: 180_000, measured: 40 },
  parallel: 8,
  offset: zones.utc
}
const draft: Draft = newDraft('id', true, 0)
const single: Draft = { ...draft, source: { kind: 'single' }, counts: { ...draft.counts, total: 100, ready: 100 } }
const tight = { ...withPreset(startNow, 'deadline'), export: { hours: 0.5, exportedAt: 0 } }
const gaps = (schedule: Draft['schedule'], ground?: Planning) =>
  missing({ ...single, schedule }, ground).map(({ page }) => page)

test('a plan that does not fit is missing something, on its own page, until it is accepted', () => {
  expect(gaps(startNow, planning)).toEqual([])
  expect(gaps(tight, planning)).toEqual(['schedule'])
  expect(gaps({ ...tight, accepted: true }, planning)).toEqual([])
  expect(gaps({ ...tight, parallel: 32 }, planning)).toEqual([])
  expect(gaps(tight)).toEqual([])
})

test('the schedule is part of the draft, and a change of something else leaves it alone', () => {
  expect(draftSchema.parse({ ...draft, schedule: tight }).schedule).toEqual(tight)
  expect(draftChangeSchema.parse({ collection: 'x' })).toEqual({ collection: 'x' })
})
