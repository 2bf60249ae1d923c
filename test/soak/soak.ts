// A fleet of every personality, disturbed at random while it is taken over: everybody must end done, or in a named state that is true.
import { systemClock } from '../../electron/clock.ts'
import { type Faults, noFaults } from '../../electron/simulator/faults.ts'
import type { PracticeDevice } from '../../electron/simulator/fleet.ts'
import { personalities, personalityNames } from '../../electron/simulator/personalities.ts'
import type { Job } from '../../shared/job.ts'
import { practiceRunning } from '../../shared/running.ts'
import { type Bench, computer, openBench, opens, value } from '../bench.ts'

/** What a soak found; every list is empty when all is well. */
export interface Soaked {
  readonly devices: number
  /** Times a fault was turned on. */
  readonly disturbed: number
  /** Computers by how they ended while they were disturbed. */
  readonly ends: Readonly<Record<string, number>>
  /** The most log-ins a device refused in a row. */
  readonly mostRefused: number
  readonly wrong: readonly string[]
}

/** Numbers that look random and are the same for the same seed (mulberry32). */
function chanceOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const disturbances: readonly Partial<Faults>[] = [
  { latencyMs: 200 },
  { slowBytesMs: 5 },
  { silent: true },
  { once500: true },
  { stale: true },
  { nonceReset: 2 },
  { commitFails: 1 },
  { body: 'garbage' },
  { body: 'half-chunk' },
  { dropAfter: 'SetAdminAclEntryEx' },
  { dropAfter: 'CommitChanges' },
  { dropAfter: 'Put' }
]

/** Share of the devices that are disturbed at any moment, and for how long (ms). */
const share = 0.05
const each = 100
/** Refused log-ins on one device that the budget allows within its window. */
const budget = 3

const calmOf = ({ personality }: PracticeDevice): Faults => ({ ...noFaults, ...personalities[personality].faults })

/** Disturbs other devices every moment until it is ended; answers how often. */
function disturb(bench: Bench, chance: () => number): { end(): number; mostRefused(): number } {
  let disturbed = 0
  let most = 0
  let unsteady: PracticeDevice[] = []
  const { devices } = bench.fleet
  // Other tools have been guessing at some of them before.
  const counted = devices.filter(({ personality }) => personality !== 'locked-out')
  const calm = (): void => {
    for (const device of unsteady) device.setFaults(calmOf(device))
  }
  const timer = setInterval(() => {
    for (const device of counted) most = Math.max(most, device.state().failedLogins)
    calm()
    unsteady = devices.filter(() => chance() < share)
    for (const device of unsteady) device.setFaults(disturbances[Math.floor(chance() * disturbances.length)] ?? {})
    disturbed += unsteady.length
  }, each)
  return {
    end() {
      clearInterval(timer)
      calm()
      return disturbed
    },
    mostRefused: () => Math.max(most, ...counted.map((device) => device.state().failedLogins))
  }
}

async function finished({ core }: Bench, id: string): Promise<readonly Job[]> {
  while (core.store.jobs.import(id)?.state === 'running') await systemClock.sleep(50)
  return core.store.jobs.of(id)
}

const endOf = ({ state, problem }: Job): string => (problem ? `${state}: ${problem.code}` : state)

/** Whether the word of a personality was kept, once nothing disturbs it any more. */
function asPromised(bench: Bench, job: Job): boolean {
  const { expected } = bench.device(job.computer.fqdn)
  return expected.state === 'done' ? job.state === 'done' : endOf(job) === `person: ${expected.code}`
}

/** What is wrong with a computer, whatever happened to it on the way. */
function wrongWith(bench: Bench, job: Job): readonly string[] {
  const device = bench.device(job.computer.fqdn)
  const { failedLogins, lockedUntil } = device.state()
  const { store } = bench.core
  const slot = store.secrets.of(job.computer.guid).find(({ role }) => role === 'current')?.slot
  const faults: string[] = []
  const byOthers = device.personality === 'locked-out'
  const tried = store.secrets.failedTries(job.computer.guid, 0).length
  if (tried > budget) faults.push(`${tried} passwords tried`)
  if (!byOthers && failedLogins > budget) faults.push(`${failedLogins} log-ins refused`)
  if (!byOthers && lockedUntil > 0) faults.push('locked out')
  if (job.state !== 'done' && job.state !== 'person') faults.push(`left ${job.state}`)
  if (job.state === 'person' && (job.problem === null || job.problem.code === 'unexpected'))
    faults.push('no named reason')
  if (job.state === 'done' && !opens(device, bench.keychain.secrets.get(slot ?? '')))
    faults.push('its password is not known')
  return faults.map((fault) => `${device.name} (${device.personality}), ${endOf(job)}: ${fault}`)
}

/**
 * Takes so many devices over while five in a hundred are disturbed at any moment; then, undisturbed, retries those that
 * should have been done.
 */
export async function soak(count: number, seed: number): Promise<Soaked> {
  const computers = Array.from({ length: count }, (_, n) =>
    computer(n, personalityNames[n % personalityNames.length] ?? 'healthy')
  ).map((one) => (one.personality === 'tls-only' ? { ...one, amtVersion: '16.1.25.2124' } : one))
  const wrong = computers.filter(({ personality }) => personality === 'wrong-password').map(({ name }) => name)
  const list = computers.map(({ name, fqdn, uuid, mac, password }) => {
    const given = wrong.includes(name) ? 'Soak-Outdated2!' : password
    return [name, fqdn, uuid, mac, '', Buffer.from(given).toString('base64')].join(',')
  })
  const bench = await openBench({ computers, pace: { answer: 600, connect: 600, parallel: 24, backoff: [50, 200] } })
  try {
    const running = { ...practiceRunning, awakeHours: 0, watchMinutes: 0 }
    const disturbing = disturb(bench, chanceOf(seed))
    const { id } = await bench.begin({ running }, list.join('\r\n'))
    const first = await finished(bench, id)
    const disturbed = disturbing.end()
    const ends: Record<string, number> = {}
    for (const job of first) ends[endOf(job)] = (ends[endOf(job)] ?? 0) + 1
    const hurt = first.flatMap((job) => wrongWith(bench, job))

    const again = first.filter((job) => job.state !== 'done' && !asPromised(bench, job)).map((job) => job.id)
    if (again.length > 0) value(await bench.core.imports.retry(id, again))
    const last = await finished(bench, id)
    const unkept = last
      .filter((job) => !asPromised(bench, job))
      .map(
        (job) => `${job.computer.name} (${bench.device(job.computer.fqdn).personality}) ended ${endOf(job)} undisturbed`
      )
    const chain = bench.core.store.audit.verify()
    const mostRefused = disturbing.mostRefused()
    return {
      devices: count,
      disturbed,
      ends,
      mostRefused,
      wrong: [
        ...hurt,
        ...last.flatMap((job) => wrongWith(bench, job)),
        ...unkept,
        ...(mostRefused > budget ? [`a device refused ${mostRefused} log-ins`] : []),
        ...(chain.holds ? [] : [chain.why])
      ]
    }
  } finally {
    await bench.close()
  }
}
