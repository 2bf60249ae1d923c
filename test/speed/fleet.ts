// The other side of the bench: a practice fleet in a process of its own, so that the client does not pay for the devices.
import { randomBytes } from 'node:crypto'
import { systemClock } from '../../electron/clock.ts'
import { startFleet } from '../../electron/simulator/fleet.ts'
import { practiceComputer } from '../../electron/simulator/practice.ts'

/** What a client needs to know about one device. */
export interface BenchDevice {
  readonly host: string
  readonly port: number
  readonly username: string
  readonly password: string
}

/** Starts healthy devices with this latency each, tells the parent where they are, and ends with it. */
export async function serveFleet(count: number, latencyMs: number): Promise<void> {
  const fleet = await startFleet({
    computers: Array.from({ length: count }, (_, n) => practiceComputer(n, 'healthy')),
    clock: systemClock,
    random: (n) => randomBytes(n)
  })
  if (latencyMs > 0) for (const device of fleet.devices) device.setFaults({ latencyMs })
  process.on('disconnect', () => process.exit())
  process.send?.(fleet.devices.map(({ host, port, username, password }) => ({ host, port, username, password })))
}
