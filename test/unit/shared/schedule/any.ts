// Arbitrary schedules, fleets and zones for the planner's property tests.
import fc from 'fast-check'
import type { Planning } from '../../../../shared/schedule/batch.ts'
import { type ChangeWindow, helloKinds, type Schedule } from '../../../../shared/schedule/settings.ts'
import { zones } from './zones.ts'

const clock = fc
  .tuple(fc.nat(23), fc.constantFrom(0, 15, 30, 45))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'))

export const anyZone = fc.constantFrom(...Object.values(zones))

export const anyWindow: fc.Arbitrary<ChangeWindow> = fc.oneof(
  fc.record({
    on: fc.constant('days' as const),
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
    from: clock,
    to: clock
  }),
  fc.record({
    on: fc.constant('date' as const),
    date: fc.constantFrom('2026-03-28', '2026-03-29', '2026-10-25', '2026-11-24', '2026-12-01', '2027-04-04'),
    from: clock,
    to: clock
  })
)

const now = Date.parse('2026-10-20T00:00Z')

export const anyPlanning: fc.Arbitrary<Planning> = fc
  .record({
    skip: fc.nat(60 * 24 * 60),
    median: fc.integer({ min: 1_000, max: 600_000 }),
    slower: fc.double({ min: 1, max: 8, noNaN: true }),
    parallel: fc.integer({ min: 1, max: 32 }),
    offset: anyZone
  })
  .map(({ skip, median, slower, parallel, offset }) => ({
    now: now + skip * 60_000,
    pace: { median, tail: Math.ceil(median * slower), measured: 9 },
    parallel,
    offset
  }))

/** Limits are given in hours after the planning's now. */
export const anySchedule = (from: number): fc.Arbitrary<Schedule> =>
  fc.record({
    changes: fc.array(anyWindow, { maxLength: 3 }),
    export: fc.option(
      fc.record({
        hours: fc.integer({ min: 1, max: 100 }),
        exportedAt: fc.option(fc.integer({ min: -48, max: 2 }).map((hours) => from + hours * 3_600_000))
      })
    ),
    hello: fc.option(
      fc.record({
        kind: fc.constantFrom(...helloKinds),
        hours: fc.record({
          none: fc.constantFrom(0, 1),
          again: fc.integer({ min: 1, max: 12 }),
          first: fc.constant(24)
        })
      })
    ),
    exportMinutes: fc.nat(60),
    importMinutes: fc.nat(60),
    size: fc.option(fc.integer({ min: 1, max: 300 })),
    parallel: fc.option(fc.integer({ min: 1, max: 32 })),
    margin: fc.double({ min: 0, max: 1, noNaN: true }),
    accepted: fc.boolean()
  })

/** A schedule with the planning it is held against. */
export const anyCase = anyPlanning.chain((planning) =>
  fc.record({ planning: fc.constant(planning), schedule: anySchedule(planning.now), computers: fc.nat(600) })
)
