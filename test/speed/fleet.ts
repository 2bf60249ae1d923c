// The other side of the bench: a practice fleet in a process of its own, so that the client does not pay for the devices.
import { randomBytes } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { setImmediate as turn } from 'node:timers/promises'
import { type Clock, systemClock } from '../../electron/clock.ts'
import { startFleet } from '../../electron/simulator/fleet.ts'
import { practiceComputer } from '../../electron/simulator/practice.ts'

/** What a client needs to know about one device. */
export interface BenchDevice {
  readonly host: string
  readonly port: number
  readonly username: string
  readonly password: string
}

/** Calls that waited for their latency. */
let answered = 0

/**
 * A timer rings up to a millisecond late, and all of one millisecond ring together: devices told to wait 20 ms would wait 21
 * and answer in bursts. The last millisecond is waited for turn by turn, so that the latency measured against is the true one.
 */
const exactClock: Clock = {
  now: systemClock.now,
  sleep: async (ms, signal) => {
    answered += 1
    const due = performance.now() + ms
    await systemClock.sleep(ms - 1, signal)
    while (performance.now() < due && !signal?.aborted) await turn()
  }
}

/** The same as a row of a list names it. */
export interface BenchComputer extends BenchDevice {
  readonly name: string
  readonly fqdn: string
  readonly uuid: string
}

/** Starts healthy devices with this latency each, tells the parent where they are and, when asked, how many calls they answered. */
export async function serveFleet(count: number, latencyMs: number): Promise<void> {
  const fleet = await startFleet({
    computers: Array.from({ length: count }, (_, n) => practiceComputer(n, 'healthy')),
    clock: exactClock,
    random: (n) => randomBytes(n)
  })
  if (latencyMs > 0) for (const device of fleet.devices) device.setFaults({ latencyMs })
  process.on('disconnect', () => process.exit())
  process.on('message', () => process.send?.(answered))
  process.send?.(
    fleet.devices.map(({ name, fqdn, uuid, host, port, username, password }) => {
      return { name, fqdn, uuid, host, port, username, password }
    })
  )
}
