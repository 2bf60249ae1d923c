// The planner never promises what it does not keep: limits, change windows, every computer once, and more room never hurts.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Planning } from '../../../../shared/schedule/batch.ts'
import { longerBy } from '../../../../shared/schedule/openings.ts'
import { assumedPace, paceOf } from '../../../../shared/schedule/pace.ts'
import { assign, groupsOf, type Plan, plan, planGroups } from '../../../../shared/schedule/plan.ts'
import { helloKinds, type Schedule, startNow, withPreset } from '../../../../shared/schedule/settings.ts'
import { anyCase, anyPlanning } from './any.ts'
import { zones } from './zones.ts'

const hour = 3_600_000
const monday = Date.parse('2026-11-23T12:00Z')
const planning: Planning = {
  now: monday,
  pace: { median: 60_000, tail: 180_000, measured: 40 },
  parallel: 8,
  offset: zones.berlin
}
const nights = withPreset(startNow, 'windows')
const deadline = withPreset(startNow, 'deadline')

/** Holds every batch that claims to fit against each limit by itself, not by the planner's own deadline. */
function keeps(schedule: Schedule, { batches, openings }: Plan): void {
  for (const batch of batches.filter(({ fits }) => fits)) {
    const { startsAt, workAt, heldUntil, worstEnd, expectedEnd, kind } = batch
    const from = schedule.export?.exportedAt ?? startsAt
    expect(startsAt <= workAt && workAt <= expectedEnd && expectedEnd <= worstEnd && worstEnd <= heldUntil).toBe(true)
    if (schedule.export !== null) expect(heldUntil).toBeLessThanOrEqual(from + schedule.export.hours * hour)
    if (schedule.hello !== null && kind !== null) {
      expect(heldUntil).toBeLessThanOrEqual(from + schedule.hello.hours[kind] * hour)
    }
    expect(openings.some((opening) => opening.from <= startsAt && heldUntil <= opening.to)).toBe(true)
  }
}

describe('a plan', () => {
  test('without limits is one batch that begins at once', () => {
    const planned = plan(startNow, 214, planning)
    expect(planned).toMatchObject({
      fits: true,
      short: null,
      batches: [{ computers: 214, startsAt: monday, workAt: monday }]
    })
    // 27 rounds of 8.
    expect(planned.batches[0]?.expectedEnd).toBe(monday + 27 * 60_000)
    expect(planned.batches[0]?.worstEnd).toBe(monday + 27 * 180_000)
  })

  test('in change windows begins when the next one opens, and no batch reaches over its end', () => {
    const planned = plan(nights, 3000, planning)
    // A night of 12 h with a fifth kept free holds 200 rounds of 3 min: 1600 computers.
    expect(planned.batches.map(({ computers }) => computers)).toEqual([1600, 1400])
    expect(planned.batches.map(({ startsAt }) => new Date(startsAt).toISOString().slice(0, 16))).toEqual([
      '2026-11-23T17:00',
      '2026-11-24T17:00'
    ])
    expect(planned.fits).toBe(true)
  })

  test('against an export limit makes batches that each end within it, export and import counted', () => {
    const planned = plan({ ...deadline, export: { hours: 2, exportedAt: null } }, 400, planning)
    // 2 h less a fifth is 100 min; 20 of them for export and import: 26 rounds of 3 min.
    expect(planned.batches.map(({ computers }) => computers)).toEqual([208, 192])
    expect(planned.batches[0]).toMatchObject({
      startsAt: monday,
      importAt: monday + 600_000,
      workAt: monday + 1_200_000
    })
    expect(planned.batches[1]?.startsAt).toBe(planned.batches[0]?.heldUntil)
  })

  test('everything exported at once has one deadline for all', () => {
    const exported = { ...deadline, export: { hours: 5, exportedAt: monday - hour } }
    expect(plan(exported, 400, planning)).toMatchObject({ fits: true })
    expect(plan(exported, 600, planning)).toMatchObject({ fits: false, short: { limit: 'export' } })
    expect(
      plan({ ...exported, hello: { kind: 'again', hours: { none: 0, again: 4, first: 24 } } }, 400, planning)
    ).toMatchObject({
      fits: false,
      short: { limit: 'hello' }
    })
  })

  test('says what runs out first', () => {
    const hello = (kind: 'none' | 'again') => ({ kind, hours: { none: 0, again: 6, first: 24 } })
    const short = (schedule: Schedule) => plan(schedule, 100, planning).short?.limit
    expect(short({ ...startNow, hello: hello('none') })).toBe('hello')
    expect(short({ ...deadline, export: { hours: 0.25, exportedAt: null } })).toBe('export')
    expect(short({ ...startNow, changes: [{ on: 'days', days: [7], from: '10:00', to: '10:02' }] })).toBe('change')
    expect(short({ ...startNow, changes: [{ on: 'date', date: '2026-11-22', from: '10:00', to: '12:00' }] })).toBe(
      'change'
    )
    expect(
      short({ ...startNow, size: 8, changes: [{ on: 'date', date: '2026-11-24', from: '10:00', to: '10:05' }] })
    ).toBe('ahead')
    expect(short({ ...startNow, hello: hello('again') })).toBeUndefined()
  })

  test('no computers, no batches', () => {
    expect(plan(deadline, 0, planning)).toMatchObject({ fits: true, batches: [] })
  })

  test('the pace is assumed until five are done; then it is their median and their slow tail', () => {
    expect(paceOf([9_000, 9_000, 9_000, 9_000], assumedPace.real)).toBe(assumedPace.real)
    const times = Array.from({ length: 100 }, (_, n) => (99 - n) * 1_000)
    expect(paceOf(times, assumedPace.real)).toEqual({ median: 50_000, tail: 95_000, measured: 100 })
    expect(paceOf([0, 0, 0, 0, 0], assumedPace.real)).toEqual({ median: 1_000, tail: 1_000, measured: 5 })
  })
})

describe('for any schedule', () => {
  test('no batch overruns a limit it claims to keep, batches never overlap, fits means all fit', () => {
    fc.assert(
      fc.property(anyCase, ({ schedule, computers, planning: given }) => {
        const planned = plan(schedule, computers, given)
        keeps(schedule, planned)
        expect(planned.fits).toBe(planned.batches.every(({ fits }) => fits))
        expect(planned.fits).toBe(planned.short === null)
        for (const [index, batch] of planned.batches.entries()) {
          expect(batch.startsAt).toBeGreaterThanOrEqual(planned.batches[index - 1]?.heldUntil ?? given.now)
          if (schedule.size !== null && batch.fits) expect(batch.computers).toBeLessThanOrEqual(schedule.size)
        }
      }),
      { numRuns: 500 }
    )
  })

  test('every computer is in exactly one batch, of its own kind', () => {
    const kinds = fc.array(fc.constantFrom(...helloKinds), { maxLength: 300 })
    fc.assert(
      fc.property(anyCase, kinds, ({ schedule, planning: given }, each) => {
        const planned = planGroups(schedule, groupsOf(each), given)
        keeps(schedule, planned)
        const members = assign(planned, each)
        expect(members).toHaveLength(each.length)
        for (const [index, batch] of planned.batches.entries()) {
          expect(members.filter((member) => member === index)).toHaveLength(batch.computers)
        }
        for (const [index, member] of members.entries()) expect(planned.batches[member]?.kind).toBe(each[index])
      }),
      { numRuns: 300 }
    )
  })

  const better: Record<string, (schedule: Schedule, given: Planning) => readonly [Schedule, Planning]> = {
    'more hours from the export utility': (schedule, given) => [
      { ...schedule, export: schedule.export && { ...schedule.export, hours: schedule.export.hours + 3 } },
      given
    ],
    'no export limit': (schedule, given) => [{ ...schedule, export: null }, given],
    'longer hello windows': (schedule, given) => [
      {
        ...schedule,
        hello: schedule.hello && {
          ...schedule.hello,
          hours: { ...schedule.hello.hours, [schedule.hello.kind]: schedule.hello.hours[schedule.hello.kind] + 2 }
        }
      },
      given
    ],
    'longer change windows': (schedule, given) => [
      { ...schedule, changes: schedule.changes.map((window) => longerBy(window, 2)) },
      given
    ],
    'more side by side': (schedule, given) => [
      { ...schedule, parallel: (schedule.parallel ?? given.parallel) + 3 },
      given
    ],
    'a quicker fleet': (schedule, given) => [
      schedule,
      { ...given, pace: { ...given.pace, tail: Math.max(given.pace.median, given.pace.tail * 0.7) } }
    ],
    'less margin': (schedule, given) => [{ ...schedule, margin: schedule.margin / 2 }, given]
  }

  test.each(Object.keys(better))('%s never makes a plan that fits unfit', (name) => {
    fc.assert(
      fc.property(
        anyCase,
        fc.array(fc.constantFrom(...helloKinds), { maxLength: 200 }),
        ({ schedule, computers, planning: given }, kinds) => {
          const [more, then] = better[name]?.(schedule, given) ?? [schedule, given]
          if (plan(schedule, computers, given).fits) expect(plan(more, computers, then).fits).toBe(true)
          const groups = groupsOf(kinds)
          if (planGroups(schedule, groups, given).fits) expect(planGroups(more, groups, then).fits).toBe(true)
        }
      ),
      { numRuns: 300 }
    )
  })

  test('fewer computers never make a plan that fits unfit', () => {
    fc.assert(
      fc.property(anyCase, fc.nat(600), ({ schedule, computers, planning: given }, fewer) => {
        if (plan(schedule, computers, given).fits)
          expect(plan(schedule, Math.min(fewer, computers), given).fits).toBe(true)
      })
    )
  })

  test('presets keep what they do not speak of', () => {
    fc.assert(
      fc.property(anyPlanning, fc.nat(5000), (given, computers) => {
        expect(plan(withPreset(deadline, 'now'), computers, given).fits).toBe(true)
      })
    )
    expect(withPreset({ ...nights, parallel: 3 }, 'deadline')).toMatchObject({ parallel: 3, changes: nights.changes })
  })
})
