// What a job works with, for real computers and for the practice fleet, which is started when it is first needed.
import type { Job } from '../shared/job.ts'
import { ok } from '../shared/problem.ts'
import type { Clock } from './clock.ts'
import { type Practice, startPractice } from './practice.ts'
import type { Pace, Tools } from './provision/attempt.ts'
import { locateReal } from './provision/locate.ts'
import { openBehindDisk } from './provision/onDisk.ts'
import { type Authority, authorityOf } from './setup/authority.ts'
import { type MeansOf, meansOf } from './setup/means.ts'
import type { ImportPlan } from './store/importPlan.ts'
import type { Store } from './store/store.ts'
import type { Vaults } from './vault.ts'
import { amtPorts } from './wsman/reach.ts'
import { knock } from './wsman/transport.ts'

interface ToolsOptions {
  readonly store: Store
  readonly vaults: Vaults
  readonly clock: Clock
  readonly random: (count: number) => Uint8Array
  readonly openDevice: Tools['openDevice']
  readonly paces: { readonly real: Pace; readonly practice: Pace }
  readonly means: { readonly real: MeansOf; readonly practice: MeansOf }
}

/** How many computers of an import may be worked on side by side. */
export const parallelOf = (paces: ToolsOptions['paces'], { practice, running, schedule }: ImportPlan): number =>
  running?.parallel ?? schedule?.schedule.parallel ?? (practice ? paces.practice : paces.real).parallel

/** A job that sets up from nothing goes to where the hello came from; a name for that address may not exist yet. */
function locateOf(store: Store, job: Job | undefined): Tools['locate'] {
  const address = job && store.setUps.of(job.id)?.call?.address
  return address === undefined ? locateReal : () => ok({ host: address, ports: amtPorts })
}

/** The means of each kind. */
export const meansFor = ({ store, vaults, clock, random }: Omit<ToolsOptions, 'openDevice' | 'paces' | 'means'>) => {
  const means = (practice: boolean): MeansOf =>
    meansOf({ store, vault: practice ? vaults.practice : vaults.real, practice, now: () => clock.now(), random })
  return { real: means(false), practice: means(true) }
}

/** The tools of each import; `practice` answers the fleet if it runs, and practice imports run only when it does. */
export function toolsOf(
  options: ToolsOptions,
  practice: () => Practice | undefined
): (plan: ImportPlan, job?: Job) => Tools {
  const { store, vaults, clock, random, paces } = options
  const authority = (isPractice: boolean): Authority =>
    authorityOf({ store, vault: isPractice ? vaults.practice : vaults.real, practice: isPractice, clock, random })
  const authorities = { real: authority(false), practice: authority(true) }
  const means = options.means
  const opening = openBehindDisk(options.openDevice, () => store.settled())
  return (plan, job) => {
    const pace = { ...(plan.practice ? paces.practice : paces.real), parallel: parallelOf(paces, plan) }
    const shared = { store, clock, random, openDevice: opening, pace }
    if (!plan.practice) {
      const locate = locateOf(store, job)
      return { ...shared, vault: vaults.real, authority: authorities.real, means: means.real, locate }
    }
    const fleet = practice()
    if (!fleet) throw new Error('a practice import runs before the practice fleet')
    return {
      ...shared,
      vault: vaults.practice,
      authority: authorities.practice,
      means: means.practice,
      locate: fleet.locate
    }
  }
}

/** Whether one of the two ports of a job's device says anything, if only no. */
export async function answers(job: Job, { locate, pace }: Tools, signal: AbortSignal): Promise<boolean> {
  const place = locate(job.computer)
  if (!place.ok) return false
  const { host, ports } = place.value
  const known = [ports.tls, ports.plain].filter((port) => port !== undefined)
  const heard = await Promise.all([...new Set(known)].map((port) => knock(host, port, pace.connect, signal)))
  return heard.includes(true)
}

/** The practice fleet: `given` when it runs elsewhere, else one of its own in the folder. */
export interface FleetHolder {
  running(): Practice | undefined
  /** Starts it when it does not run; two who ask at once get the same one. */
  start(): Promise<Practice>
  close(): Promise<void>
}

export function fleetHolder(given: Practice | undefined, options: Parameters<typeof startPractice>[0]): FleetHolder {
  let fleet = given
  let starting: Promise<Practice> | undefined
  return {
    running: () => fleet,
    async start() {
      starting ??= fleet ? Promise.resolve(fleet) : startPractice(options)
      try {
        fleet = await starting
        return fleet
      } catch (error) {
        starting = undefined
        throw error
      }
    },
    close: async () => fleet?.close()
  }
}
