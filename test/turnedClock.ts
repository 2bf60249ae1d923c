// A clock turned by hand: for what runs in the test itself, and for the program behind a window.
import type { ElectronApplication } from '@playwright/test'
import { type Clock, systemClock } from '../electron/clock.ts'

/** Runs with the computer's clock, but hours pass only when they are turned: who waits that long sleeps until then. */
export function turnedClock(): Clock & { turn(ms: number): void } {
  let ahead = 0
  const sleepers = new Set<{ readonly until: number; readonly wake: () => void }>()
  const now = (): number => Date.now() + ahead
  return {
    now,
    sleep: (ms, signal) =>
      ms < 10_000
        ? systemClock.sleep(ms, signal)
        : new Promise((resolve) => {
            if (signal?.aborted) return resolve()
            const sleeper = { until: now() + ms, wake: resolve }
            sleepers.add(sleeper)
            signal?.addEventListener('abort', () => resolve(), { once: true })
          }),
    turn(ms) {
      ahead += ms
      for (const sleeper of sleepers) {
        if (sleeper.until > now()) continue
        sleepers.delete(sleeper)
        sleeper.wake()
      }
    }
  }
}

type Turned = typeof globalThis & { turnClock?: (ms: number) => void }

/**
 * Takes the clock of a window's program in hand, from outside: whoever waits for a second or longer there waits for it to be
 * turned. The page keeps its own clock.
 */
export const holdClock = (app: ElectronApplication): Promise<void> =>
  app.evaluate(() => {
    const shortest = 1_000
    const [realNow, realTimeout, realClear] = [Date.now, globalThis.setTimeout, globalThis.clearTimeout]
    const promised = process.getBuiltinModule('node:timers/promises')
    const realPromised = promised.setTimeout
    const sleepers = new Map<object, { readonly until: number; readonly wake: () => void }>()
    let ahead = 0
    Date.now = () => realNow() + ahead
    const sleep = (ms: number, wake: () => void): object => {
      const key = { ref: () => key, unref: () => key, hasRef: () => false }
      sleepers.set(key, { until: Date.now() + ms, wake })
      return key
    }
    globalThis.setTimeout = ((work: () => void, ms = 0, ...rest: []) =>
      ms < shortest ? realTimeout(work, ms, ...rest) : sleep(ms, work)) as unknown as typeof setTimeout
    globalThis.clearTimeout = ((key: object) => {
      if (!sleepers.delete(key)) realClear(key as NodeJS.Timeout)
    }) as typeof clearTimeout
    promised.setTimeout = ((ms = 0, value?: undefined, options?: { signal?: AbortSignal }) =>
      ms < shortest
        ? realPromised(ms, value, options)
        : new Promise<void>((resolve, reject) => {
            if (options?.signal?.aborted) return reject(new Error('aborted'))
            const key = sleep(ms, resolve)
            options?.signal?.addEventListener('abort', () => {
              if (sleepers.delete(key)) reject(new Error('aborted'))
            })
          })) as typeof promised.setTimeout
    const turned = globalThis as Turned
    turned.turnClock = (ms) => {
      ahead += ms
      for (const [key, { until, wake }] of sleepers) {
        if (until > Date.now()) continue
        sleepers.delete(key)
        wake()
      }
    }
  })

/** Puts the clock of the window's program forward. */
export const turnClock = (app: ElectronApplication, ms: number): Promise<void> =>
  app.evaluate((_, forward) => (globalThis as Turned).turnClock?.(forward), ms)

/** What time it is for the window's program (ms since 1970). */
export const clockOf = (app: ElectronApplication): Promise<number> => app.evaluate(() => Date.now())

/** Whether the window's program finds this laptop on a network; what it talks to is reached either way. */
export const setNetwork = (app: ElectronApplication, on: boolean): Promise<void> =>
  app.evaluate((_, isOn) => {
    const outer = { address: '10.20.0.7', netmask: '255.255.255.0', family: 'IPv4', mac: '02:00:00:00:00:07' } as const
    process.getBuiltinModule('node:os').networkInterfaces = () =>
      isOn ? { eth0: [{ ...outer, internal: false, cidr: '10.20.0.7/24' }] } : {}
  }, on)
