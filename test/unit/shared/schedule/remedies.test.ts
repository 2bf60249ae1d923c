// What would make it fit is tried before it is said, and no more is asked for than is needed.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Planning } from '../../../../shared/schedule/batch.ts'
import { plan } from '../../../../shared/schedule/plan.ts'
import { remedies } from '../../../../shared/schedule/remedies.ts'
import { type Schedule, scheduleSchema, startNow, withPreset } from '../../../../shared/schedule/settings.ts'
import { anyCase } from './any.ts'
import { zones } from './zones.ts'

const now = Date.parse('2026-11-23T12:00Z')
const planning: Planning = {
  now,
  pace: { median: 60_000, tail: 180_000, measured: 40 },
  parallel: 8,
  offset: zones.berlin
}
const told = (schedule: Schedule, computers: number) =>
  Object.fromEntries(remedies(schedule, computers, planning).map(({ key, text }) => [key, text]))

describe('remedies', () => {
  test('none for what fits', () => {
    expect(remedies(startNow, 500, planning)).toEqual([])
  })

  test('smaller batches, more hours, more side by side: each with its number', () => {
    const schedule = { ...withPreset(startNow, 'deadline'), export: { hours: 2, exportedAt: null }, size: 400 }
    expect(told(schedule, 400)).toEqual({
      size: 'Make smaller batches, at most 208 computers each',
      parallel: 'Work on 16 computers side by side instead of 8',
      export: 'Get 2 hours more from the export utility: a limit of 4 hours'
    })
  })

  test('what was exported already needs more hours or more hands', () => {
    const schedule = { ...withPreset(startNow, 'deadline'), export: { hours: 4, exportedAt: now - 3_600_000 } }
    expect(told(schedule, 600)).toEqual({
      parallel: 'Work on 14 computers side by side instead of 8',
      export: 'Get 2 hours more from the export utility: a limit of 6 hours'
    })
  })

  test('a maker that has hello switched off needs it restarted', () => {
    const hello = { kind: 'none', hours: { none: 0, again: 6, first: 24 } } as const
    expect(told({ ...startNow, hello }, 100)).toEqual({
      restart: 'Restart hello on each of them first (local agent, or partial unprovision in MEBx): that opens 6 hours'
    })
  })

  test('longer windows, or the same again on the next dates', () => {
    const changes = [{ on: 'date', date: '2026-11-24', from: '20:00', to: '22:00' }] as const
    expect(told({ ...startNow, changes: [...changes] }, 700)).toEqual({
      parallel: 'Work on 22 computers side by side instead of 8',
      change: 'Make each change window 4 hours longer',
      dates: 'Add the next 2 dates with the same window'
    })
  })

  test('two together where one is not enough', () => {
    const schedule: Schedule = {
      ...withPreset(startNow, 'deadline'),
      export: { hours: 0.25, exportedAt: null },
      hello: { kind: 'again', hours: { none: 0, again: 0.25, first: 24 } }
    }
    const found = remedies(schedule, 20, planning)
    expect(found.map(({ key }) => key)).toEqual(['export hello'])
    expect(found[0]?.plan.fits).toBe(true)
  })

  test('whatever is said does make it fit, and one notch less would not', () => {
    fc.assert(
      fc.property(anyCase, ({ schedule, computers, planning: given }) => {
        const fits = plan(schedule, computers, given).fits
        const found = remedies(schedule, computers, given)
        if (fits) expect(found).toEqual([])
        for (const { schedule: changed, plan: planned, key, text } of found) {
          expect(scheduleSchema.safeParse(changed).success, text).toBe(true)
          expect(planned.fits, text).toBe(true)
          expect(plan(changed, computers, given), text).toEqual(planned)
          if (key === 'parallel' && changed.parallel !== null) {
            expect(plan({ ...changed, parallel: changed.parallel - 1 }, computers, given).fits).toBe(false)
          }
          if (key === 'export' && changed.export !== null) {
            const less = { ...changed.export, hours: changed.export.hours - 1 }
            expect(plan({ ...changed, export: less }, computers, given).fits).toBe(false)
          }
        }
      }),
      { numRuns: 60 }
    )
  })
})
