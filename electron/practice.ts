// Practice mode: the pretend devices, where each is found, and what remains of them between two starts.
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Computer } from '../shared/computer.ts'
import { fail, ok, type Result } from '../shared/problem.ts'
import type { Clock } from './clock.ts'
import type { Location } from './provision/attempt.ts'
import { startFleet } from './simulator/fleet.ts'
import { personalities } from './simulator/personalities.ts'
import { practiceAccounts, practiceFleet } from './simulator/practice.ts'

/** How the work on a practice computer should end, by its personality. */
export interface Expectation {
  readonly personality: string
  readonly state: 'done' | 'person'
  readonly code?: string | undefined
}

export interface Practice {
  readonly computers: number
  readonly accounts: readonly { readonly username: string; readonly password: string; readonly description: string }[]
  /** Only ever answers addresses on this computer. */
  locate(computer: Computer): Result<Location>
  expected(computer: Computer): Expectation | undefined
  /** Every device as on the first day, for a new practice import; false when they are not ours to reset. */
  reset(): boolean
  close(): Promise<void>
}

const nameOf = (computer: Computer): string => computer.fqdn.toLowerCase()

/** Starts the practice fleet; its memory (hashes and keys of pretend devices, no password) is kept in `folder`. */
export async function startPractice(options: {
  readonly folder: string
  readonly clock: Clock
  readonly random: (count: number) => Uint8Array
}): Promise<Practice> {
  const file = join(options.folder, 'practice-fleet.json')
  let pending: NodeJS.Timeout | undefined
  const save = (): void => {
    pending = undefined
    try {
      writeFileSync(`${file}.new`, JSON.stringify(fleet.snapshot()), { mode: 0o600 })
      renameSync(`${file}.new`, file)
    } catch {
      // A full disk costs the memory of pretend devices, not the program.
    }
  }
  const fleet = await startFleet({
    computers: practiceFleet,
    clock: options.clock,
    random: options.random,
    restore: readJson(file),
    onChange: () => {
      pending ??= setTimeout(save, 250)
    }
  })
  return {
    computers: fleet.devices.length,
    accounts: practiceAccounts,
    locate(computer) {
      const device = fleet.find(nameOf(computer))
      if (!device) return fail('not-in-practice-fleet', { where: computer.fqdn })
      return ok({ host: device.host, ports: device.tls ? { tls: device.port } : { plain: device.port } })
    },
    expected(computer) {
      const device = fleet.find(nameOf(computer))
      return device && { personality: device.personality, ...personalities[device.personality].expected }
    },
    reset() {
      fleet.reset()
      return true
    },
    async close() {
      if (pending) {
        clearTimeout(pending)
        save()
      }
      await fleet.close()
    }
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown
  } catch {
    // Nothing kept yet, or not whole: the fleet begins anew, only pretend devices are concerned.
    return undefined
  }
}

const outerDevice = z.object({
  name: z.string(),
  fqdn: z.string(),
  host: z.string().regex(/^127\.\d+\.\d+\.\d+$/, 'practice stays on this computer (127.x.x.x)'),
  port: z.number().int().min(1).max(65_535),
  tls: z.boolean(),
  personality: z.string()
})

/** A practice fleet that another program runs: the JSON lines of `npm run simulate -- --json`. Loopback only. */
export function outerPractice(lines: string): Practice {
  const devices = lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => outerDevice.parse(JSON.parse(line)))
  const byName = new Map(devices.map((device) => [device.fqdn.toLowerCase(), device]))
  return {
    computers: devices.length,
    accounts: practiceAccounts,
    locate(computer) {
      const device = byName.get(nameOf(computer))
      if (!device) return fail('not-in-practice-fleet', { where: computer.fqdn })
      return ok({ host: device.host, ports: device.tls ? { tls: device.port } : { plain: device.port } })
    },
    expected(computer) {
      const device = byName.get(nameOf(computer))
      const entry = device && Object.entries(personalities).find(([name]) => name === device.personality)
      return entry && { personality: entry[0], ...entry[1].expected }
    },
    reset: () => false,
    close: async () => undefined
  }
}
