// Change windows: local times, nights over midnight, and the two nights a year that are shorter or longer.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { closedUntil, lengthOf, minutesOf, openings } from '../../../../shared/schedule/openings.ts'
import type { ChangeWindow } from '../../../../shared/schedule/settings.ts'
import { anyWindow, anyZone } from './any.ts'
import { zones } from './zones.ts'

const hour = 3_600_000
const day = 24 * hour
const nights: ChangeWindow = { on: 'days', days: [1, 2, 3, 4, 5], from: '18:00', to: '06:00' }
const at = (text: string) => Date.parse(text)
const shown = (windows: readonly ChangeWindow[], from: string, until: string, offset = zones.berlin) =>
  openings(windows, at(from), at(until), offset).map(({ from, to }) => [
    new Date(from).toISOString().slice(0, 16),
    new Date(to).toISOString().slice(0, 16)
  ])

describe('openings', () => {
  test('nights of working days, in local time; Friday night reaches into Saturday', () => {
    expect(shown([nights], '2026-11-26T12:00Z', '2026-11-30T20:00Z')).toEqual([
      ['2026-11-26T17:00', '2026-11-27T05:00'],
      ['2026-11-27T17:00', '2026-11-28T05:00'],
      ['2026-11-30T17:00', '2026-12-01T05:00']
    ])
  })

  test('a night that has begun already is open', () => {
    expect(shown([nights], '2026-11-24T02:00Z', '2026-11-24T12:00Z')).toEqual([
      ['2026-11-23T17:00', '2026-11-24T05:00']
    ])
  })

  test('a night is an hour longer when clocks are put back, an hour shorter when put forward', () => {
    const every: ChangeWindow = { ...nights, days: [6] }
    const lengths = ['2026-10-24', '2026-03-28'].map((date) => {
      const [only] = openings([every], at(`${date}T12:00Z`), at(`${date}T20:00Z`), zones.berlin)
      return only && (only.to - only.from) / hour
    })
    expect(lengths).toEqual([13, 11])
  })

  test('a time that happens twice, or not at all, never makes a window longer than either reading', () => {
    const dated = (date: string, from: string, to: string): ChangeWindow => ({ on: 'date', date, from, to })
    // 02:30 happens at 00:30Z and at 01:30Z.
    expect(shown([dated('2026-10-25', '02:30', '04:00')], '2026-10-24T12:00Z', '2026-10-26T12:00Z')).toEqual([
      ['2026-10-25T01:30', '2026-10-25T03:00']
    ])
    expect(shown([dated('2026-10-25', '01:00', '02:30')], '2026-10-24T12:00Z', '2026-10-26T12:00Z')).toEqual([
      ['2026-10-24T23:00', '2026-10-25T00:30']
    ])
    // 02:30 does not happen; the window lies within the hour that is left out.
    expect(shown([dated('2026-03-29', '02:15', '02:45')], '2026-03-28T12:00Z', '2026-03-30T12:00Z')).toEqual([])
  })

  test('windows that touch or overlap are one; without windows it is always open', () => {
    const days: ChangeWindow = { on: 'days', days: [1, 2, 3, 4, 5, 6, 7], from: '06:00', to: '06:00' }
    expect(shown([days, nights], '2026-11-23T12:00Z', '2026-11-25T12:00Z')).toHaveLength(1)
    expect(openings([], 5, 9, zones.utc)).toEqual([{ from: 5, to: Number.POSITIVE_INFINITY }])
  })

  test('every minute of an opening is allowed by the local clock, in every zone', () => {
    fc.assert(
      fc.property(
        fc.array(anyWindow, { minLength: 1, maxLength: 4 }),
        anyZone,
        fc.nat(600),
        (windows, offset, skip) => {
          const from = at('2026-01-01T00:00Z') + skip * day
          for (const opening of openings(windows, from, from + 9 * day, offset)) {
            for (const moment of [opening.from, (opening.from + opening.to) / 2, opening.to - 60_000]) {
              expect(windows.some((window) => allows(window, moment, offset))).toBe(true)
            }
          }
        }
      )
    )
  })
})

/** Says it the other way round: from the instant to the local clock. */
function allows(window: ChangeWindow, moment: number, offset: (at: number) => number): boolean {
  const local = moment + offset(moment) * 60_000
  const since = Math.floor(local / 60_000) - minutesOf(window.from)
  return [0, 1].some((before) => {
    const start = Math.floor(local / day) - before
    const begins =
      window.on === 'date'
        ? start * day === at(`${window.date}T00:00Z`)
        : window.days.includes(((new Date(start * day).getUTCDay() + 6) % 7) + 1)
    const into = since - start * 1440
    return begins && into >= 0 && into < lengthOf(window)
  })
}

describe('closedUntil', () => {
  const until = (windows: readonly ChangeWindow[], now: string) => {
    const found = closedUntil(windows, at(now), zones.berlin)
    return found === undefined || found === Number.POSITIVE_INFINITY
      ? found
      : new Date(found).toISOString().slice(0, 16)
  }

  test('undefined while open, else the next opening', () => {
    expect(until([], '2026-11-23T12:00Z')).toBeUndefined()
    expect(until([nights], '2026-11-23T16:59Z')).toBe('2026-11-23T17:00')
    expect(until([nights], '2026-11-23T17:00Z')).toBeUndefined()
    expect(until([nights], '2026-11-24T04:59Z')).toBeUndefined()
    expect(until([nights], '2026-11-24T05:00Z')).toBe('2026-11-24T17:00')
    expect(until([nights], '2026-11-28T05:00Z')).toBe('2026-11-30T17:00')
  })

  test('a date that is over never opens again; a later one does, however far away', () => {
    const once: ChangeWindow = { on: 'date', date: '2027-06-01', from: '20:00', to: '04:00' }
    expect(until([once], '2026-11-23T12:00Z')).toBe('2027-06-01T18:00')
    expect(until([once], '2027-06-02T02:00Z')).toBe(Number.POSITIVE_INFINITY)
    expect(until([once, nights], '2026-11-23T12:00Z')).toBe('2026-11-23T17:00')
  })

  test('agrees with the openings', () => {
    fc.assert(
      fc.property(
        fc.array(anyWindow, { minLength: 1, maxLength: 4 }),
        anyZone,
        fc.nat(1_000_000),
        (windows, offset, skip) => {
          const now = at('2026-01-01T00:00Z') + skip * 60_000
          const found = closedUntil(windows, now, offset)
          const [first] = openings(windows, now, now + 800 * day, offset)
          if (first === undefined) expect(found).toBe(Number.POSITIVE_INFINITY)
          else expect(found).toBe(first.from <= now ? undefined : first.from)
        }
      ),
      { numRuns: 60 }
    )
  })
})
