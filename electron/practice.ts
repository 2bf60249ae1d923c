// Practice mode: the pretend devices, where each is found, and what remains of them between two starts.
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Computer } from '../shared/computer.ts'
import { sameGuid } from '../shared/guid.ts'
import { fail, ok, type Result } from '../shared/problem.ts'
import type { Clock } from './clock.ts'
import type { Location } from './provision/attempt.ts'
import type { Place } from './setup/discovery.ts'
import { pairsText } from './setup/psk.ts'
import { setupPki } from './simulator/certificate.ts'
import { type PracticeDevice, startFleet } from './simulator/fleet.ts'
import { personalities } from './simulator/personalities.ts'
import { rootOf } from './simulator/pki.ts'
import { practiceAccounts, practiceCallers, practiceFleet, practicePsk } from './simulator/practice.ts'

/** How the work on a practice computer should end, by its personality. */
export interface Expectation {
  readonly personality: string
  readonly state: 'done' | 'person'
  readonly code?: string | undefined
}

export interface Practice {
  readonly computers: number
  readonly accounts: readonly { readonly username: string; readonly password: string; readonly description: string }[]
  /** PEM: the chain (own certificate first) and key that computers which call are set up with; absent when the fleet is not ours. */
  readonly provisioning?: { readonly chain: string; readonly key: string }
  /** PID and PPS of those that take a pair, as a list. */
  readonly pairs: string
  /** Only ever answers addresses on this computer. */
  locate(computer: Computer): Result<Location>
  expected(computer: Computer): Expectation | undefined
  /** Who pretends to be at an address of the practice network, and its full name. */
  placeAt?(address: string): (Place & { readonly fqdn: string }) | undefined
  /** Every device as on the first day, for a new practice import; false when they are not ours to reset. */
  reset(): boolean
  /** Computers that nobody has set up say hello there, beginning anew; null = nowhere. They are started when first wanted. */
  sayHello(to: { readonly host: string; readonly port: number } | null): Promise<void>
  close(): Promise<void>
}

/** The n-th practice computer pretends to be here, in the practice network. */
const addressOf = (n: number): string => `192.0.2.${11 + n}`

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
    writeJson(file, fleet.snapshot())
  }
  const pki = await practicePki(join(options.folder, 'practice-provisioning.json'), options)
  const root = rootOf(Buffer.from(pki.chain)) ?? ''
  // The practice root stands for one that firmware has from the factory.
  const callers = practiceCallers.map(({ setup, ...rest }) => ({
    ...rest,
    ...(setup && { setup: { ...setup, roots: [root] } })
  }))
  const fleet = await startFleet({
    computers: practiceFleet,
    clock: options.clock,
    random: options.random,
    restore: readJson(file),
    presencePort: 0,
    onChange: () => {
      pending ??= setTimeout(save, 250)
    }
  })
  return {
    computers: fleet.devices.length,
    accounts: practiceAccounts,
    provisioning: pki,
    pairs: pairsText([practicePsk]),
    locate(computer) {
      // A computer that called has only its GUID; what it is named is the person's choice.
      const isCaller = ({ setup, uuid }: PracticeDevice): boolean =>
        setup !== undefined && sameGuid(uuid, computer.guid) !== 'different'
      const device = fleet.find(nameOf(computer)) ?? fleet.devices.find(isCaller)
      if (!device) return fail('not-in-practice-fleet', { where: computer.fqdn })
      return ok({ host: device.host, ports: device.tls ? { tls: device.port } : { plain: device.port } })
    },
    expected(computer) {
      const device = fleet.find(nameOf(computer))
      return device && { personality: device.personality, ...personalities[device.personality].expected }
    },
    placeAt(address) {
      const device = fleet.devices.find((_, n) => addressOf(n) === address)
      if (!device) return undefined
      const { host, port, tls, presencePort, fqdn } = device
      return { host, fqdn, rmcp: presencePort, ...(tls ? { tls: port } : { plain: port }) }
    },
    reset() {
      fleet.reset()
      return true
    },
    async sayHello(to) {
      fleet.sayHello(to)
      if (to !== null) await fleet.add(callers)
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

const pkiSchema = z.object({ chain: z.string(), key: z.string() })

/** The certificate that practice computers are set up with: made once for a folder, because they remember its root. */
async function practicePki(
  file: string,
  { clock, random }: Pick<Parameters<typeof startPractice>[0], 'clock' | 'random'>
): Promise<z.infer<typeof pkiSchema>> {
  const known = pkiSchema.safeParse(readJson(file))
  if (known.success) return known.data
  const { chain, key } = await setupPki('corp.practice.example', () => clock.now(), random)
  writeJson(file, { chain, key })
  return { chain, key }
}

function writeJson(file: string, value: unknown): void {
  try {
    writeFileSync(`${file}.new`, JSON.stringify(value), { mode: 0o600 })
    renameSync(`${file}.new`, file)
  } catch {
    // A full disk costs the memory of pretend devices, not the program.
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
    pairs: '',
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
    placeAt(address) {
      const device = devices.find((_, n) => addressOf(n) === address)
      return (
        device && {
          host: device.host,
          fqdn: device.fqdn,
          ...(device.tls ? { tls: device.port } : { plain: device.port })
        }
      )
    },
    reset: () => false,
    // Those say hello where they were told to when they were started.
    sayHello: async () => undefined,
    close: async () => undefined
  }
}
