// The ground this laptop stands on: it slept, its clock was set, or it changed networks; then what failed says nothing of the computers.
import { networkInterfaces } from 'node:os'

/** What is seen of the laptop at one moment. */
export interface Ground {
  readonly at: number
  /** Addresses of the outer network interfaces, as one text; empty while there is none. */
  readonly networks: string
}

export type Disturbance = 'slept' | 'moved' | 'no network'

/** Between two looks (ms). */
export const lookEvery = 5_000
/** A pause this much longer than planned is no busy moment: the laptop slept, or its clock was set (ms). */
const jump = 30_000

/** What happened between two looks; undefined when nothing did. */
export function disturbance(before: Ground, now: Ground, planned = lookEvery): Disturbance | undefined {
  if (now.networks === '' && before.networks !== '') return 'no network'
  if (now.networks !== before.networks) return 'moved'
  const passed = now.at - before.at
  return passed - planned > jump || passed < -jump ? 'slept' : undefined
}

/** The addresses by which this laptop is on a network. Temporary IPv6 addresses change by themselves and are left out. */
export const networksNow = (interfaces: typeof networkInterfaces = networkInterfaces): string =>
  Object.entries(interfaces())
    .flatMap(([name, addresses = []]) =>
      addresses.filter(({ internal, family }) => !internal && family === 'IPv4').map(({ cidr }) => `${name} ${cidr}`)
    )
    .sort()
    .join(', ')

/** In words, for the progress page. */
export const disturbanceWords: Readonly<Record<Disturbance, string>> = {
  slept: 'This laptop was asleep; it waits a moment for its network.',
  moved: 'This laptop changed networks; it waits a moment before it goes on.',
  'no network': 'This laptop has no network. Work goes on when it is back.'
}

/** Below this share of the battery nothing is begun, and from the other on it is again: so that it does not go back and forth. */
const lowBattery = 0.1
const enoughBattery = 0.2

/** Whether the battery holds new work back. `level` 0 to 1; `holds` as it was before. */
export const batteryHolds = (level: number, charging: boolean, holds: boolean): boolean =>
  !charging && level < (holds ? enoughBattery : lowBattery)

export const batteryWords =
  'The battery of this laptop is low. What was begun is ended; nothing new is begun until it is on mains.'

/** Said on the command line, which cannot hold sleep back; that it slept is noticed there as in the window. */
export const keepAwakeWords =
  'The command line does not keep this computer awake: see that it does not sleep meanwhile.'

export const unwatchedBatteryWords =
  'The battery is not watched on the command line of this system: keep this computer on mains.'
