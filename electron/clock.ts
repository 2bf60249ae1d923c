// Time as a parameter: the core gets one clock, tests bring their own.
import { setTimeout as wait } from 'node:timers/promises'

/** Milliseconds since 1970, and a sleep that ends early when the signal fires. */
export interface Clock {
  now(): number
  /** Resolves after `ms`, or at once when the signal is (or becomes) aborted. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** Minutes that this computer's local time is ahead of UTC at an instant; it knows where summer time begins and ends. */
export const systemOffset = (at: number): number => -new Date(at).getTimezoneOffset()

/** The computer's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    await wait(ms, undefined, signal ? { signal } : {}).catch(() => undefined)
  }
}
