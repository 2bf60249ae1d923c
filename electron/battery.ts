// How the battery of this computer stands, where the system tells it in files (Linux): the command line has no other way to know.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** `level` 0 to 1. */
export interface Battery {
  readonly level: number
  readonly charging: boolean
}

/** Where Linux tells of batteries and power supplies. */
export const powerSupplies = '/sys/class/power_supply'

/** One value of a supply; undefined where the system does not tell it. */
function told(folder: string, supply: string, name: string): string | undefined {
  try {
    return readFileSync(join(folder, supply, name), 'utf8').trim()
  } catch {
    return undefined
  }
}

/**
 * The batteries of this computer as one, those of its mouse left out. Null when there is none; undefined when the system
 * does not tell.
 */
export function readBattery(folder: string = powerSupplies): Battery | null | undefined {
  let supplies: readonly string[]
  try {
    supplies = readdirSync(folder)
  } catch {
    return undefined
  }
  const own = supplies.filter((each) => told(folder, each, 'scope') !== 'Device')
  const batteries = own.filter(
    (each) => told(folder, each, 'type') === 'Battery' && told(folder, each, 'present') !== '0'
  )
  if (batteries.length === 0) return null
  const levels = batteries.map((each) => Number(told(folder, each, 'capacity') ?? Number.NaN) / 100)
  if (levels.some(Number.isNaN)) return undefined
  const online = own.some((each) => told(folder, each, 'type') !== 'Battery' && told(folder, each, 'online') === '1')
  const draining = batteries.some((each) => told(folder, each, 'status') === 'Discharging')
  return { level: levels.reduce((sum, each) => sum + each, 0) / levels.length, charging: online || !draining }
}
