// A fleet of every personality under several profiles, disturbed at random: everybody must end done, or in a named state that is true.
import { systemClock } from '../../electron/clock.ts'
import { type Faults, noFaults } from '../../electron/simulator/faults.ts'
import type { AddedComputer, PracticeDevice } from '../../electron/simulator/fleet.ts'
import { personalities, personalityNames } from '../../electron/simulator/personalities.ts'
import type { Job } from '../../shared/job.ts'
import { onlyRemoves } from '../../shared/profile/rules.ts'
import { defaultProfile, type Profile } from '../../shared/profile.ts'
import { practiceRunning, type Running } from '../../shared/running.ts'
import { type Bench, computer, listOf, openBench, opens, value } from '../bench.ts'

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

type Keep = (purpose: string, secret: string) => Promise<string>

/** Wi-Fi, a user, TLS with a certificate of the own authority, and the old manager's things cleared. */
const secured = async (keep: Keep): Promise<Profile> => ({
  ...defaultProfile,
  users: {
    kind: 'replace',
    list: [
      {
        id: 'u',
        by: 'digest',
        name: 'helpdesk',
        access: 'any',
        realms: [2, 5],
        slot: await keep('user', 'Soak-Helpdesk1!')
      }
    ]
  },
  wifi: {
    kind: 'replace',
    list: [{ id: 'w', ssid: 'site', security: 'wpa2', slot: await keep('wifi', 'a passphrase of the soak') }]
  },
  tls: { kind: 'on', mutual: false, plain: false, by: 'own' },
  wired8021x: { kind: 'off', settings: null },
  cleanUp: 'clear'
})

const switches: Profile = {
  ...defaultProfile,
  mebx: { kind: 'random' },
  sol: 'off',
  ider: 'off',
  listener: 'off',
  kvm: 'off',
  webUi: 'off',
  consent: 'all',
  ping: 'off',
  power: 'always',
  remoteAccess: { kind: 'off' },
  environment: { kind: 'domains', domains: ['corp.practice.example'] }
}

/** One import each, side by side; their number has no divisor in common with that of the personalities. */
const profiles: readonly ((keep: Keep) => Promise<Profile>)[] = [
  async () => defaultProfile,
  secured,
  async () => switches,
  async () => ({ ...defaultProfile, cleanUp: 'full' })
]

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

async function finished({ core }: Bench, ids: readonly string[]): Promise<readonly Job[]> {
  const { jobs } = core.store
  while (ids.some((id) => jobs.import(id)?.state === 'running')) await systemClock.sleep(50)
  return ids.flatMap((id) => jobs.of(id))
}

const removes = ({ core }: Bench, { importId }: Job): boolean =>
  onlyRemoves(core.store.jobs.import(importId)?.profile ?? defaultProfile)

const endOf = ({ state, problem }: Job): string => (problem ? `${state}: ${problem.code}` : state)

/** Whether the word of a personality was kept, once nothing disturbs it any more. */
function asPromised(bench: Bench, job: Job): boolean {
  const { expected } = bench.device(job.computer.fqdn)
  // Where the answer to a removal got lost, nobody can ask the device any more: that is the truth.
  if (removes(bench, job) && job.problem?.code === 'removal-unproved') return true
  return expected.state === 'done' ? job.state === 'done' : endOf(job) === `person: ${expected.code}`
}

/** How a computer that is done differs from its profile. */
function otherThanWanted(bench: Bench, job: Job, slot: string | undefined): readonly string[] {
  const device = bench.device(job.computer.fqdn)
  const { provisioningState, stored, uncommitted, amtVersion } = device.state()
  if (removes(bench, job)) return provisioningState === 2 ? ['its provisioning is still there'] : []
  const profile = bench.core.store.jobs.import(job.importId)?.profile
  const isModern = Number.parseInt(amtVersion, 10) >= 12
  const networks = (stored.CIM_WiFiEndpointSettings ?? []).map(({ SSID }) => SSID).join()
  return [
    ...(opens(device, bench.keychain.secrets.get(slot ?? '')) ? [] : ['its password is not known']),
    ...(uncommitted ? ['not committed'] : []),
    ...(profile?.tls.kind === 'on' && isModern && !device.tls ? ['TLS is off'] : []),
    ...(profile?.wifi.kind === 'replace' && networks !== 'site' ? [`its Wi-Fi is “${networks}”`] : []),
    ...(profile?.consent === 'all' && stored.AMT_RedirectionService?.[0]?.EnabledState !== '32768'
      ? ['redirection is on']
      : [])
  ]
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
  if (job.state === 'done') faults.push(...otherThanWanted(bench, job, slot))
  return faults.map((fault) => `${device.name} (${device.personality}), ${endOf(job)}: ${fault}`)
}

/** The password of the list is not that of devices whose personality says so. */
const listed = (one: AddedComputer): AddedComputer =>
  one.personality === 'wrong-password' ? { ...one, password: 'Soak-Outdated2!' } : one

async function begin(
  { core }: Bench,
  draftId: string,
  { running, profileOf }: { readonly running: Running; readonly profileOf: (keep: Keep) => Promise<Profile> },
  computers: readonly AddedComputer[]
): Promise<string> {
  const { drafting, imports } = core
  value(await drafting.give(draftId, 'soak.csv', Buffer.from(listOf(computers.map(listed)))))
  const profile = await profileOf(
    async (purpose, secret) => value(await drafting.keepSecret(draftId, purpose, secret)).slot
  )
  value(drafting.change(draftId, { running, profile }))
  const ready = value(await drafting.ready(draftId))
  const { id } = value(await imports.start(ready.draft, ready.computers, ready.source))
  await drafting.started(draftId)
  return id
}

/**
 * Takes so many devices over while five in a hundred are disturbed at any moment; then, undisturbed, retries those that
 * should have been done.
 */
export async function soak(count: number, seed: number): Promise<Soaked> {
  const computers = Array.from({ length: count }, (_, n) =>
    computer(n, personalityNames[n % personalityNames.length] ?? 'healthy')
  ).map((one) => (one.personality === 'tls-only' ? { ...one, amtVersion: '16.1.25.2124' } : one))
  const bench = await openBench({ computers, pace: { answer: 600, connect: 600, parallel: 24, backoff: [50, 200] } })
  try {
    const running = { ...practiceRunning, awakeHours: 0, watchMinutes: 0 }
    const disturbing = disturb(bench, chanceOf(seed))
    const ids: string[] = []
    // All drafts before the first start: a practice draft finds the devices as on the first day.
    const drafts: string[] = []
    for (const _ of profiles) drafts.push(value(await bench.core.beginDraft(true)).id)
    for (const [at, profileOf] of profiles.entries())
      ids.push(
        await begin(
          bench,
          drafts[at] ?? '',
          { running, profileOf },
          computers.filter((_, n) => n % profiles.length === at)
        )
      )
    const first = await finished(bench, ids)
    const disturbed = disturbing.end()
    const ends: Record<string, number> = {}
    for (const job of first) ends[endOf(job)] = (ends[endOf(job)] ?? 0) + 1
    const hurt = first.flatMap((job) => wrongWith(bench, job))

    const again = first.filter((job) => job.state !== 'done' && !asPromised(bench, job))
    for (const { id, importId } of again) value(await bench.core.imports.retry(importId, [id]))
    const last = await finished(bench, ids)
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
