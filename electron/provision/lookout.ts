// Catch-me-when-awake: looks now and then whether a computer that was silent answers, without a login, spaced and jittered.
import type { Clock } from '../clock.ts'

/** A computer that is looked for. */
export interface Sleeper {
  readonly id: string
  /** Computers that may be looked for in a minute, over all of them. */
  readonly perMinute: number
}

export interface LookoutOptions {
  readonly clock: Clock
  /** 0 (inclusive) to 1 (exclusive). */
  readonly chance: () => number
  /** Who is looked for now; paused imports and closed change windows are left in peace. */
  readonly sleepers: () => readonly Sleeper[]
  /** Whether anything answers there: one TCP connection, nothing said. */
  readonly answers: (id: string, signal: AbortSignal) => Promise<boolean>
  readonly appeared: (id: string) => void
  readonly onBug: (error: unknown) => unknown
}

export interface Lookout {
  /** Somebody fell asleep, or an import goes on. */
  wake(): void
  /** The laptop woke up or changed networks: everybody is looked for anew, at the same pace. */
  again(): void
  close(): Promise<void>
}

/** The same computer is not knocked at more often than this (ms). */
export const restBetween = 60_000
/** While nobody is looked for, the list is read again after this time (ms): a change window may have opened. */
const idle = 30_000

/** Runs from the first wake until it is closed. */
export function openLookout({ clock, chance, sleepers, answers, appeared, onBug }: LookoutOptions): Lookout {
  const ended = new AbortController()
  let nap = new AbortController()
  /** When each was last looked for; those never looked for come first. */
  const looked = new Map<string, number>()

  /** Somebody called while a look was going on. */
  let stirred = false

  async function rest(ms: number): Promise<void> {
    nap = new AbortController()
    if (stirred) nap.abort()
    stirred = false
    await clock.sleep(ms, AbortSignal.any([nap.signal, ended.signal]))
  }

  /** One look at whoever has waited longest; answers how long to rest after it (ms), and whether that may be cut short. */
  async function look(): Promise<{ readonly ms: number; readonly idle: boolean }> {
    const all = sleepers()
    if (all.length === 0) return { ms: idle, idle: true }
    for (const id of looked.keys()) if (!all.some((one) => one.id === id)) looked.delete(id)
    const gap = (60_000 / Math.min(...all.map(({ perMinute }) => perMinute))) * (0.75 + chance() / 2)
    const due = ({ id }: Sleeper): number => looked.get(id) ?? 0
    const next = all.reduce((first, one) => (due(one) < due(first) ? one : first))
    const waits = looked.has(next.id) ? due(next) + restBetween - clock.now() : 0
    if (waits > 0) return { ms: Math.min(waits, idle), idle: true }
    looked.set(next.id, clock.now())
    if (await answers(next.id, ended.signal)) {
      if (ended.signal.aborted) return { ms: 0, idle: false }
      looked.delete(next.id)
      appeared(next.id)
    }
    return { ms: gap, idle: false }
  }

  async function run(): Promise<void> {
    while (!ended.signal.aborted) {
      const after = await look()
      if (after.idle) await rest(after.ms)
      // Between two looks nothing cuts the pause short: that is the pace that was promised.
      else await clock.sleep(after.ms, ended.signal)
    }
  }

  function stir(): void {
    // Nobody is looked for before the first wake.
    running ??= run().catch(onBug)
    stirred = true
    nap.abort()
  }

  let running: Promise<unknown> | undefined
  return {
    wake: stir,
    again() {
      looked.clear()
      stir()
    },
    async close() {
      ended.abort()
      await running
    }
  }
}
