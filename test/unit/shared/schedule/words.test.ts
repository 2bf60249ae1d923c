// The plan in sentences, and what an import that follows it is held by.
import { describe, expect, test } from 'vitest'
import type { Planning } from '../../../../shared/schedule/batch.ts'
import {
  beginsAt,
  countdown,
  errand,
  followedOf,
  followedSchema,
  restsUntil
} from '../../../../shared/schedule/followed.ts'
import { plan } from '../../../../shared/schedule/plan.ts'
import { isPlanned, presetOf, scheduleSchema, startNow, withPreset } from '../../../../shared/schedule/settings.ts'
import { localTime, scheduleSentences, span, verdictWords, windowWords } from '../../../../shared/schedule/words.ts'
import { zones } from './zones.ts'

const hour = 3_600_000
const now = Date.parse('2026-11-23T12:00Z')
const planning: Planning = {
  now,
  pace: { median: 60_000, tail: 180_000, measured: 40 },
  parallel: 8,
  offset: zones.berlin
}
const nights = withPreset(startNow, 'windows')

describe('words', () => {
  test('times are local ones', () => {
    expect(localTime(now, zones.berlin)).toBe('Mon 23 Nov, 13:00')
    expect(localTime(now, zones.kolkata)).toBe('Mon 23 Nov, 17:30')
    expect(localTime(Date.parse('2026-07-01T23:30Z'), zones.berlin)).toBe('Thu 2 Jul, 01:30')
  })

  test('spans', () => {
    expect([0, 40_000, 150_000, hour, 190 * 60_000, 50 * hour].map(span)).toEqual([
      '0 s',
      '40 s',
      '3 min',
      '1 h',
      '3 h 10 min',
      '2 d 2 h'
    ])
  })

  test('windows', () => {
    expect(nights.changes.map(windowWords)).toEqual(['Mon–Fri 18:00–06:00'])
    expect(windowWords({ on: 'days', days: [7, 6], from: '08:00', to: '08:00' })).toBe('Sat, Sun from 08:00 for 24 h')
    expect(windowWords({ on: 'date', date: '2026-12-24', from: '20:00', to: '04:00' })).toBe(
      'on 2026-12-24 20:00–04:00'
    )
  })

  test('a plan says when, with what it reckons and what it keeps', () => {
    const planned = plan(nights, 3000, planning)
    expect(scheduleSentences(nights, planned, zones.berlin)).toEqual([
      'Nothing is begun outside the change windows (Mon–Fri 18:00–06:00).',
      '8 computers side by side; reckoned with 60 s for half of them, 3 min for the slow ones (measured on 40 computers) and a margin of 20 %.',
      'It fits: 3,000 computers in 2 batches, through by Tue 24 Nov, 20:55; by Wed 25 Nov, 02:45 if all of them are slow.',
      'The first batch begins Mon 23 Nov, 18:00.',
      'Times are local ones (UTC+01:00).'
    ])
    expect(scheduleSentences(startNow, plan(startNow, 3, planning), zones.utc)).toEqual([
      'Work begins at once, without a time limit.'
    ])
  })

  test('what does not fit says what runs out, and that it was accepted', () => {
    const schedule = { ...withPreset(startNow, 'deadline'), export: { hours: 1, exportedAt: now }, accepted: true }
    const planned = plan(schedule, 600, planning)
    expect(verdictWords(planned, zones.utc)).toBe(
      'It does not fit. The export time limit runs out first, in batch 2: 3 h 54 min more would be needed, with the slow computers and the margin.'
    )
    expect(scheduleSentences(schedule, planned, zones.utc).at(-1)).toBe('It was accepted that it does not fit.')
  })
})

test('presets are recognised by what they set', () => {
  for (const preset of ['now', 'windows', 'deadline'] as const) {
    const schedule = withPreset(startNow, preset)
    expect(presetOf(schedule)).toBe(preset)
    expect(scheduleSchema.parse(schedule)).toEqual(schedule)
    expect(isPlanned(schedule)).toBe(preset !== 'now')
  }
})

describe('an import that follows its plan', () => {
  const followed = followedOf(nights, plan(nights, 3000, planning), [])
  const opens = Date.parse('2026-11-23T17:00Z')

  test('rests outside its windows, unless somebody said now anyway', () => {
    expect(followedSchema.parse(followed)).toEqual(followed)
    expect(restsUntil(followed, now, zones.berlin)).toBe(opens)
    expect(restsUntil(followed, opens, zones.berlin)).toBeUndefined()
    expect(restsUntil({ ...followed, anywayAt: now }, now, zones.berlin)).toBeUndefined()
    expect(restsUntil(undefined, now, zones.berlin)).toBeUndefined()
  })

  test('a computer begins with its batch, and not outside a window even if its time has passed', () => {
    expect(beginsAt(followed, undefined, now, zones.berlin)).toBe(opens)
    expect(beginsAt(followed, opens + 24 * hour, now, zones.berlin)).toBe(opens + 24 * hour)
    expect(beginsAt(followed, opens, opens + 15 * hour, zones.berlin)).toBe(opens + 24 * hour)
    expect(beginsAt(followed, opens, opens + hour, zones.berlin)).toBeUndefined()
  })

  test('tells the person which batch to export and import next, unless that was done', () => {
    const deadline = { ...withPreset(startNow, 'deadline'), size: 8 }
    const batches = followedOf(deadline, plan(deadline, 16, planning), [])
    const [first, second] = batches.batches
    expect(errand(batches, now)).toEqual({ batch: 1, computers: 8, startsAt: now, workAt: first?.workAt })
    expect(errand(batches, first?.workAt ?? 0)).toMatchObject({ batch: 2, startsAt: second?.startsAt })
    expect(errand(batches, second?.workAt ?? 0)).toBeUndefined()
    expect(errand({ ...batches, anywayAt: now }, now)).toBeUndefined()
    expect(errand(followed, now)).toBeUndefined()
  })

  test('counts down to the first limit of what has begun and is still open', () => {
    expect(countdown(followed, () => 4, now)).toBeUndefined()
    expect(countdown(followed, () => 4, opens + hour)).toEqual({
      at: opens + 12 * hour,
      limit: 'change',
      batch: 1,
      left: 11 * hour,
      open: 4
    })
    expect(countdown(followed, (batch) => batch, opens + 25 * hour)?.batch).toBe(2)
    expect(countdown(followed, () => 0, opens + 25 * hour)).toBeUndefined()
  })
})
