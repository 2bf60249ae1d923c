// The practice fleet: starts and closes its devices, remembers them as plain JSON, and puts them back to the beginning.
import type { Clock } from '../clock.ts'
import { certificateMaker, keyMaker } from './certificate.ts'
import { hexPassword } from './classes/accounts.ts'
import type { Faults } from './faults.ts'
import { generationOf } from './generations.ts'
import { sayHello } from './hello.ts'
import { listeningOf } from './listening.ts'
import { type Expected, personalities } from './personalities.ts'
import { pongFor } from './rmcp.ts'
import { answerDatagrams, type DeviceServer, holdClosedPort, sendFrame, startDevice } from './server.ts'
import { differs, type FleetSnapshot, lasting, readSnapshot } from './snapshot.ts'
import { type Certificate, type DeviceState, ha1Of, initialState, type PracticeComputer } from './state.ts'

/** A practice computer whose device is on the air. */
export interface PracticeDevice extends PracticeComputer {
  /** 127.0.0.1, or an address of its own when the fleet gives each device one. */
  readonly host: string
  /** Where it listens at the moment; a commit may move a device with two ports. */
  readonly port: number
  /** It speaks TLS at the moment. */
  readonly tls: boolean
  /** The UDP port on which it answers presence pings; undefined when it answers none. */
  readonly presencePort: number | undefined
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
  /** From now on devices that wait for their setup say hello there, all of them beginning anew; null = nowhere. */
  sayHello(to: HelloPlace | null): void
  close(): Promise<void>
}

/** Where a setup server listens. */
interface HelloPlace {
  readonly host: string
  readonly port: number
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
  /** Gives each device a loopback address of its own (127.0.n.1 and on) with the ports of a real one, 16992 and 16993. */
  readonly ownAddresses?: number
  /** Devices answer presence pings on this UDP port, 0 = any free one. Without own addresses it can only be 0. */
  readonly presencePort?: number
  /** Switches turned for every device beside those of its personality. */
  readonly faults?: Partial<Faults>
  /** Called when a device took a password in hex because it is lenient. */
  readonly onLenient?: (device: PracticeDevice) => void
  /** Where devices that wait for their setup say hello. */
  readonly hello?: HelloPlace
}

/** Addresses count up in 127.0.0.0/8, leaving out the ends of each block. */
const addressOf = (block: number, n: number): string => `127.0.${block + Math.floor(n / 250)}.${1 + (n % 250)}`

interface Running {
  readonly device: PracticeDevice
  readonly server: DeviceServer
  greet(): void
  reset(): void
  close(): Promise<void>
}

/** Starts a device for every computer, all on 127.0.0.1. Rejects only when a port can not be had. */
export async function startFleet(options: FleetOptions): Promise<Fleet> {
  const { clock, random, onChange = () => undefined } = options
  const makeCertificate = certificateMaker(() => clock.now(), random)
  const makeKey = keyMaker()
  let greeted: HelloPlace | null = options.hello ?? null
  let greeting = new AbortController()
  let started = 0
  const remembered = readSnapshot(options.restore)
  const running = new Map<string, Running>()
  /** FQDNs that run or are starting, so that nobody starts twice. */
  const claimed = new Set<string>()
  let nextPort = options.firstPort

  const begin = async (computer: PracticeComputer, port: number | undefined): Promise<Running> => {
    const entry = personalities[computer.personality]
    const before = remembered.get(computer.fqdn)
    const digestRealm = before?.digestRealm ?? `Digest:${Buffer.from(random(16)).toString('hex').toUpperCase()}`
    const { tlsOnly, ownKey } = generationOf(computer.amtVersion)
    const wantsTls = entry.tls === true || tlsOnly
    const needsOwn = wantsTls && !computer.setup
    const own = before?.certificate ?? (needsOwn ? await makeCertificate(computer.fqdn, ownKey) : null)
    const fresh = (certificate: Certificate | null): DeviceState => {
      const made = initialState(computer, { digestRealm, certificate, now: clock.now() })
      return { ...made, faults: { ...made.faults, ...options.faults } }
    }
    let state = fresh(own)
    if (before) {
      const { fqdn: _fqdn, ...kept } = before
      state = {
        ...state,
        ...kept,
        accounts: kept.accounts,
        plain: kept.plain ?? own === null,
        generalSettings: { ...state.generalSettings, ...kept.generalSettings },
        certificate: own
      }
    }
    const block = options.ownAddresses
    const place = block === undefined ? undefined : { host: addressOf(block, started++), plain: 16992, tls: 16993 }
    const host = place?.host ?? '127.0.0.1'
    const greet = (): void => {
      const to = greeted
      if (!to || state.provisioningState !== 1) return
      const send = (frame: Uint8Array): Promise<boolean> => sendFrame(to, frame, host)
      void sayHello({ read: () => state, clock, send, signal: greeting.signal })
    }
    /** Firmware tells its own host the password of `$$OsAdmin` anew whenever nobody has set it up. */
    const known = (next: DeviceState): DeviceState =>
      next.hostHa1 !== '' || next.provisioningState === 2
        ? next
        : { ...next, hostHa1: ha1Of('$$OsAdmin', next.digestRealm, computer.password) }
    const write = (given: DeviceState): void => {
      const next = known(given)
      const changed = differs(state, next)
      const opens = state.provisioningState !== 1 && next.provisioningState === 1
      const isLenient = (next.changes[hexPassword] ?? 0) > (state.changes[hexPassword] ?? 0)
      state = next
      if (changed) onChange()
      if (isLenient) options.onLenient?.(device)
      if (opens) greet()
    }
    const make = (): Promise<Certificate> => makeCertificate(computer.fqdn, ownKey)
    const cell = { read: () => state, write }
    const server = entry.closed
      ? await holdClosedPort()
      : await startDevice({ cell, clock, random, makeCertificate: make, makeKey, port, place })
    const presence =
      options.presencePort === undefined || entry.closed
        ? undefined
        : await answerDatagrams(host, options.presencePort, (datagram) => pongFor(datagram, state))
    greet()
    const device: PracticeDevice = {
      ...computer,
      host,
      presencePort: presence?.port,
      get port() {
        return server.port
      },
      get tls() {
        return listeningOf(state).tls !== null
      },
      expected: entry.expected,
      state: () => state,
      setFaults: (change) => write({ ...state, faults: { ...state.faults, ...change } }),
      renewCertificate: async () => {
        if (state.certificate === null) return
        const { AMT_PublicKeyCertificate: _old, ...stored } = state.stored
        write({ ...state, certificate: await make(), stored })
        await server.follow()
      }
    }
    // Log-ins remembered on open connections must not outlive the reset, so the accounts count as changed.
    const reset = (): void => {
      write({ ...fresh(wantsTls ? state.certificate : null), accountsVersion: state.accountsVersion + 1 })
      void server.follow()
    }
    const close = async (): Promise<void> => {
      await Promise.all([server.close(), presence?.close()])
    }
    return { device, server, greet, reset, close }
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
    greeting.abort()
    await Promise.all([...running.values()].map((each) => each.close()))
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
    sayHello: (to) => {
      greeting.abort()
      greeting = new AbortController()
      greeted = to
      for (const each of running.values()) each.greet()
    },
    close
  }
}
