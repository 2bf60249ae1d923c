// A device is spoken to by one at a time: whoever is not the queue takes it here, by its GUID.
import { fail, type Result } from '../shared/problem.ts'
import type { Clock } from './clock.ts'

/** How long somebody waits for a device that is spoken to (ms). */
const longestTurn = 10_000

export interface Holding {
  /** GUIDs of devices that somebody other than the queue speaks to. */
  readonly held: Set<string>
  /** Waits for whoever speaks to a device just now; a look of the watch is soon over. False when it takes too long. */
  untilFree(guid: string): Promise<boolean>
  /** Takes a device for one piece of work. Problem: device-in-use. */
  alone<T>(guid: string, work: () => Promise<Result<T>>): Promise<Result<T>>
}

/** `onFree` hears that a device was given back: a job may have waited for it. */
export function holdingOf(clock: Clock, onFree: () => void): Holding {
  const held = new Set<string>()
  async function untilFree(guid: string): Promise<boolean> {
    for (const latest = clock.now() + longestTurn; held.has(guid); await clock.sleep(50)) {
      if (clock.now() >= latest) return false
    }
    return true
  }
  return {
    held,
    untilFree,
    async alone(guid, work) {
      if (!(await untilFree(guid))) return fail('device-in-use')
      held.add(guid)
      try {
        return await work()
      } finally {
        held.delete(guid)
        onFree()
      }
    }
  }
}
