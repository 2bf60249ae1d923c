import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { helloTimes } from '../../../electron/simulator/hello.ts'
import { type Heard, heardAgain, helloWindowWords, windowOf } from '../../../shared/helloWindow.ts'

const minute = 60_000
const hour = 60 * minute
const day = Date.UTC(2026, 10, 23, 12)
const utc = (): number => 0

/** The messages of a window that opened at `opened`, heard from `from` until `until` (ages in ms). */
function messages(from: number, until: number): readonly { age: number; retry: number }[] {
  return helloTimes()
    .map((age, n) => ({ age, retry: Math.min(n, 14) }))
    .filter(({ age }) => age >= from && age <= until)
}

const hear = (opened: number, list: readonly { age: number; retry: number }[], before?: Heard): Heard | undefined =>
  list.reduce<Heard | undefined>((heard, { age, retry }) => heardAgain(heard, opened + age, retry), before)

function heardFrom(from: number, until: number, before?: Heard): Heard {
  const heard = hear(day, messages(from, until), before)
  if (heard === undefined) throw new Error('nothing was heard')
  return heard
}

describe('when it opened', () => {
  it('is known from any message that still counts', () => {
    for (const from of [0, 3 * minute, 20 * minute, 45 * minute]) {
      expect(heardFrom(from, from + 5 * minute)).toMatchObject({ openedAt: day, exact: true, reopened: 0 })
    }
  })

  it('is at least 50 minutes ago when counting has ended', () => {
    const heard = heardFrom(2 * hour, 4 * hour)
    expect(heard.exact).toBe(false)
    expect(heard.openedAt).toBe(day + 125 * minute - 50 * minute)
  })

  it('is anew when counting begins again', () => {
    const first = heardFrom(0, 3 * hour)
    const again = heardAgain(first, day + 9 * hour, 0)
    expect(again).toMatchObject({ openedAt: day + 9 * hour, exact: true, reopened: 1 })
    const missed = heardAgain(heardFrom(0, 2 * minute), day + 9 * hour + 4 * minute, 4)
    expect(missed).toMatchObject({ openedAt: day + 9 * hour, reopened: 1 })
  })

  it('stays where it was for firmware that never counts', () => {
    const never = [0, 1, 2, 3].reduce<Heard | undefined>(
      (heard, n) => heardAgain(heard, day + n * minute, 0),
      undefined
    )
    expect(never).toMatchObject({ openedAt: day, reopened: 0 })
  })
})

describe('how long it stays open', () => {
  it('is six hours for sure, and twenty-four if it was the first time', () => {
    const window = windowOf(heardFrom(0, 5 * minute), day + 10 * minute)
    expect(window).toMatchObject({ closesFrom: day + 6 * hour, closesBy: day + 24 * hour, state: 'open', quiet: false })
    expect(helloWindowWords(window, day + 10 * minute, utc)).toBe(
      '5 h 50 min left, until about Mon 23 Nov, 18:00; Tue 24 Nov, 12:00 if AMT was enabled for the first time.'
    )
  })

  it('is known where the import says it, and where it opened anew', () => {
    const heard = heardFrom(0, 5 * minute)
    expect(windowOf(heard, day, 'again')).toMatchObject({ closesFrom: day + 6 * hour, closesBy: day + 6 * hour })
    expect(windowOf(heard, day, 'first')).toMatchObject({ closesFrom: day + 24 * hour, closesBy: day + 24 * hour })
    // The maker ships it at 0, so somebody has started it: that opens six hours.
    expect(windowOf(heard, day, 'none')).toMatchObject({ closesBy: day + 6 * hour })
    expect(windowOf({ ...heard, reopened: 1 }, day)).toMatchObject({ closesBy: day + 6 * hour })
    expect(windowOf(heard, day, 'again', { none: 0, again: 12, first: 24 })).toMatchObject({
      closesBy: day + 12 * hour
    })
  })

  it('must be the first one when it is heard after more than six hours', () => {
    expect(windowOf(heardFrom(0, 8 * hour), day + 8 * hour)).toMatchObject({ closesFrom: day + 24 * hour })
  })

  it('ends: it may be closed, and then it is', () => {
    const heard = heardFrom(0, 5 * minute)
    expect(windowOf(heard, day + 7 * hour).state).toBe('ending')
    expect(helloWindowWords(windowOf(heard, day + 7 * hour), day + 7 * hour, utc)).toBe(
      'May close at any moment, at the latest Tue 24 Nov, 12:00. It should have called again by now.'
    )
    expect(windowOf(heard, day + 25 * hour).state).toBe('closed')
  })

  it('is quiet when a message is overdue by the cadence', () => {
    const heard = heardFrom(0, 3 * minute)
    expect(windowOf(heard, day + 4 * minute).quiet).toBe(false)
    expect(windowOf(heard, day + 6 * minute).quiet).toBe(true)
    const later = heardFrom(0, 3 * hour + 5 * minute)
    expect(windowOf(later, later.lastAt + 50 * minute).quiet).toBe(false)
  })
})

describe('whatever part of a window is heard', () => {
  const part = fc.record({
    from: fc.integer({ min: 0, max: 1440 }),
    length: fc.integer({ min: 0, max: 600 }),
    hours: fc.constantFrom(6, 24),
    later: fc.integer({ min: 0, max: 3000 }),
    jitter: fc.integer({ min: 0, max: 5_000 })
  })

  it('it is never said to stay open longer than it may, and closed only when it is', () => {
    fc.assert(
      fc.property(part, ({ from, length, hours, later, jitter }) => {
        const until = Math.min((from + length) * minute, hours * hour)
        const heard = hear(day + jitter, messages(from * minute, until))
        if (heard === undefined) return
        const closes = day + hours * hour
        const now = heard.lastAt + later * minute
        const window = windowOf(heard, now)
        expect(window.closesFrom).toBeLessThanOrEqual(window.closesBy)
        if (window.state === 'open') expect(now).toBeLessThan(closes + minute)
        if (window.state === 'closed') expect(now).toBeGreaterThanOrEqual(closes - minute)
        // Time only takes away.
        const order = ['open', 'ending', 'closed']
        expect(order.indexOf(windowOf(heard, now + hour).state)).toBeGreaterThanOrEqual(order.indexOf(window.state))
      })
    )
  })

  it('where it opened is found to the second as long as it counts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 45 }), fc.integer({ min: 0, max: 900 }), (from, length) => {
        const heard = heardFrom(from * minute, Math.max(from + 5, from + length) * minute)
        expect(heard).toMatchObject({ openedAt: day, exact: true, reopened: 0 })
      })
    )
  })
})
