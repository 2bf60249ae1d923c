// Looking for silent computers, with a clock that is turned by hand: how often, in which order, and when nobody is looked for.
import { afterEach, expect, test } from 'vitest'
import type { Clock } from '../../../electron/clock.ts'
import { type Lookout, openLookout, restBetween, type Sleeper } from '../../../electron/provision/lookout.ts'

/** A clock whose time passes only when it is told to. */
function handClock(): Clock & { pass(ms: number): Promise<void> } {
  let time = 1_000_000
  let sleepers: { at: number; wake: () => void }[] = []
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  return {
    now: () => time,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve()
        sleepers.push({ at: time + ms, wake: resolve })
        signal?.addEventListener('abort', () => resolve(), { once: true })
      }),
    async pass(ms) {
      const end = time + ms
      await settle()
      for (;;) {
        const next = sleepers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        time = Math.max(time, next.at)
        sleepers = sleepers.filter((one) => one !== next)
        next.wake()
        await settle()
      }
      time = end
    }
  }
}

let lookout: Lookout | undefined
afterEach(() => lookout?.close())

function open(all: () => readonly Sleeper[], awake: (id: string) => boolean = () => false) {
  const clock = handClock()
  const knocks: { id: string; at: number }[] = []
  const appeared: string[] = []
  lookout = openLookout({
    clock,
    chance: () => 0.5,
    sleepers: all,
    answers: async (id) => {
      knocks.push({ id, at: clock.now() })
      return awake(id)
    },
    appeared: (id) => appeared.push(id),
    onBug: (error) => {
      throw error
    }
  })
  return { clock, knocks, appeared, lookout }
}

const sleepers = (count: number, perMinute = 30) =>
  Array.from({ length: count }, (_, n) => ({ id: `pc-${n}`, perMinute }))

test('nobody before the first wake; then so many a minute, each in turn', async () => {
  const { clock, knocks, lookout: opened } = open(() => sleepers(100))
  await clock.pass(60_000)
  expect(knocks).toEqual([])
  opened.wake()
  await clock.pass(60_000)
  expect(knocks.length).toBeGreaterThanOrEqual(29)
  expect(knocks.length).toBeLessThanOrEqual(31)
  expect(new Set(knocks.map(({ id }) => id)).size).toBe(knocks.length)
})

test('few computers are not knocked at more than once a minute, however often it is woken', async () => {
  const { clock, knocks, lookout: opened } = open(() => sleepers(1))
  opened.wake()
  for (let n = 0; n < 30; n++) {
    await clock.pass(10_000)
    opened.wake()
  }
  const gaps = knocks.slice(1).map(({ at }, n) => at - (knocks[n]?.at ?? 0))
  expect(knocks.length).toBeGreaterThanOrEqual(4)
  for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(restBetween)
})

test('who answers is told once and no longer looked for', async () => {
  const awake = new Set<string>()
  const {
    clock,
    appeared,
    lookout: opened
  } = open(
    () => sleepers(3).filter(({ id }) => !awake.has(id)),
    (id) => {
      if (id === 'pc-1') awake.add(id)
      return id === 'pc-1'
    }
  )
  opened.wake()
  await clock.pass(300_000)
  expect(appeared).toEqual(['pc-1'])
})

test('a laptop that moved looks for everybody anew, at the same pace', async () => {
  const { clock, knocks, lookout: opened } = open(() => sleepers(2))
  opened.wake()
  await clock.pass(10_000)
  expect(knocks).toHaveLength(2)
  opened.again()
  await clock.pass(10_000)
  expect(knocks).toHaveLength(4)
})
