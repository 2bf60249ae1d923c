// The practice fleet: starts and closes its devices, remembers them as plain JSON, and puts them back to the beginning.
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { certificateMaker } from './certificate.ts'
import { type Expected, type Faults, personalities } from './personalities.ts'
import { type DeviceServer, holdClosedPort, startDevice } from './server.ts'
import { type Certificate, type DeviceState, initialState, type PracticeComputer } from './state.ts'

/** A practice computer whose device is on the air. */
export interface PracticeDevice extends PracticeComputer {
  readonly host: '127.0.0.1'
  readonly port: number
  readonly tls: boolean
  /** Where a migration of this device should end. */
  readonly expected: Expected
  state(): Readonly<DeviceState>
  /** Turns fault switches; those not named stay. */
  setFaults(change: Partial<Faults>): void
  /** Makes and presents a new TLS certificate, as a device does that was reset. Nothing happens without TLS. */
  renewCertificate(): Promise<void>
}

/** What a computer must at least have; it is healthy and of AMT 15 unless it says otherwise. */
export type AddedComputer = Omit<PracticeComputer, 'personality' | 'amtVersion'> &
  Partial<Pick<PracticeComputer, 'personality' | 'amtVersion'>>

const deviceSchema = z.object({
  fqdn: z.string(),
  digestRealm: z.string().regex(/^Digest:[0-9A-F]{32}$/),
  accounts: z.array(z.object({ name: z.string(), ha1: z.string().regex(/^[0-9a-f]{32}$/), admin: z.boolean() })).min(1),
  generalSettings: z.record(z.string(), z.string()),
  clockOffset: z.number().int(),
  provisioningState: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  certificate: z.object({ certificate: z.string(), key: z.string() }).nullable()
})

type DeviceSnapshot = z.infer<typeof deviceSchema>

/** The fleet's lasting memory as plain JSON: hashes of passwords, keys of pretend devices, names and clocks. */
export interface FleetSnapshot {
  readonly version: 1
  readonly devices: readonly DeviceSnapshot[]
}

/** The running practice fleet. */
export interface Fleet {
  readonly devices: readonly PracticeDevice[]
  /** By name or FQDN, in any case. */
  find(fqdnOrName: string): PracticeDevice | undefined
  snapshot(): FleetSnapshot
  /** Back to the beginning: names, clocks, passwords, locks and faults. Realms and certificates stay. */
  reset(): void
  /** Starts further devices; those whose FQDN is there already are left alone. */
  add(computers: readonly AddedComputer[]): Promise<void>
  close(): Promise<void>
}

interface FleetOptions {
  readonly computers: readonly AddedComputer[]
  readonly clock: Clock
  readonly random: (n: number) => Uint8Array
  /** A snapshot, perhaps of another version: what does not read well is left out. */
  readonly restore?: unknown
  /** Called when something a snapshot holds has changed. */
  readonly onChange?: () => void
  /** Ports count up from here in the order of the computers; ephemeral ones when absent. */
  readonly firstPort?: number
}

function readSnapshot(value: unknown): Map<string, DeviceSnapshot> {
  const outer = z.object({ version: z.literal(1), devices: z.array(z.unknown()) }).safeParse(value)
  const readable = (outer.success ? outer.data.devices : []).flatMap((each) => {
    const device = deviceSchema.safeParse(each)
    return device.success ? [device.data] : []
  })
  return new Map(readable.map((each) => [each.fqdn, each]))
}

const lasting = (fqdn: string, state: DeviceState): DeviceSnapshot => ({
  fqdn,
  digestRealm: state.digestRealm,
  accounts: [...state.accounts],
  generalSettings: { ...state.generalSettings },
  clockOffset: state.clockOffset,
  provisioningState: state.provisioningState,
  certificate: state.certificate
})

const differs = (a: DeviceState, b: DeviceState): boolean =>
  a.accounts !== b.accounts ||
  a.generalSettings !== b.generalSettings ||
  a.clockOffset !== b.clockOffset ||
  a.provisioningState !== b.provisioningState ||
  a.certificate !== b.certificate

interface Running {
  readonly device: PracticeDevice
  readonly server: DeviceServer
  reset(): void
}

/** Starts a device for every computer, all on 127.0.0.1. Rejects only when a port can not be had. */
export async function startFleet(options: FleetOptions): Promise<Fleet> {
  const { clock, random, onChange = () => undefined } = options
  const makeCertificate = certificateMaker(() => clock.now(), random)
  const remembered = readSnapshot(options.restore)
  const running = new Map<string, Running>()
  /** FQDNs that run or are starting, so that nobody starts twice. */
  const claimed = new Set<string>()
  let nextPort = options.firstPort

  const begin = async (computer: PracticeComputer, port: number | undefined): Promise<Running> => {
    const entry = personalities[computer.personality]
    const before = remembered.get(computer.fqdn)
    const digestRealm = before?.digestRealm ?? `Digest:${Buffer.from(random(16)).toString('hex').toUpperCase()}`
    const own: Certificate | null = entry.tls ? (before?.certificate ?? (await makeCertificate(computer.fqdn))) : null
    const fresh = (certificate: Certificate | null): DeviceState =>
      initialState(computer, { digestRealm, certificate, now: clock.now() })
    let state = fresh(own)
    if (before) {
      const { fqdn: _fqdn, ...kept } = before
      state = {
        ...state,
        ...kept,
        generalSettings: { ...state.generalSettings, ...kept.generalSettings },
        certificate: own
      }
    }
    const write = (next: DeviceState): void => {
      const changed = differs(state, next)
      state = next
      if (changed) onChange()
    }
    const server = entry.closed
      ? await holdClosedPort()
      : await startDevice({ cell: { read: () => state, write }, clock, random, certificate: own, port })
    const device: PracticeDevice = {
      ...computer,
      host: '127.0.0.1',
      port: server.port,
      tls: own !== null,
      expected: entry.expected,
      state: () => state,
      setFaults: (change) => write({ ...state, faults: { ...state.faults, ...change } }),
      renewCertificate: async () => {
        if (state.certificate === null) return
        const certificate = await makeCertificate(computer.fqdn)
        write({ ...state, certificate })
        server.present(certificate)
      }
    }
    // Log-ins remembered on open connections must not outlive the reset, so the accounts count as changed.
    const reset = (): void => write({ ...fresh(state.certificate), accountsVersion: state.accountsVersion + 1 })
    return { device, server, reset }
  }

  const claim = ({ fqdn }: AddedComputer): boolean => {
    const key = fqdn.toLowerCase()
    if (claimed.has(key)) return false
    claimed.add(key)
    return true
  }

  const add = async (computers: readonly AddedComputer[]): Promise<void> => {
    const started = computers.filter(claim).map(async (each) => {
      const computer = { personality: 'healthy', amtVersion: '15.0.23.1706', ...each } as const
      const port = nextPort === undefined ? undefined : nextPort++
      const key = each.fqdn.toLowerCase()
      try {
        return [key, await begin(computer, port)] as const
      } catch (reason) {
        claimed.delete(key)
        throw reason
      }
    })
    const settled = await Promise.allSettled(started)
    for (const each of settled) if (each.status === 'fulfilled') running.set(...each.value)
    const failure = settled.find((each) => each.status === 'rejected')
    if (failure) throw failure.reason
  }

  const close = async (): Promise<void> => {
    await Promise.all([...running.values()].map((each) => each.server.close()))
  }

  await add(options.computers).catch(async (reason: unknown) => {
    await close()
    throw reason
  })
  return {
    get devices() {
      return [...running.values()].map((each) => each.device)
    },
    find: (fqdnOrName) => {
      const wanted = fqdnOrName.toLowerCase()
      const byFqdn = running.get(wanted)?.device
      return byFqdn ?? [...running.values()].find((each) => each.device.name.toLowerCase() === wanted)?.device
    },
    snapshot: () => {
      // Computers not added again yet may still come: their memory is kept.
      const waiting = [...remembered.values()].filter((each) => !running.has(each.fqdn.toLowerCase()))
      const present = [...running.values()].map(({ device }) => lasting(device.fqdn, device.state()))
      return { version: 1, devices: [...present, ...waiting] }
    },
    reset: () => {
      for (const each of running.values()) each.reset()
    },
    add,
    close
  }
}
