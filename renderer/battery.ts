// Tells the core how the battery of this computer stands: Chromium tells only the page.
import { ask } from './bridge.ts'

interface Battery extends EventTarget {
  readonly level: number
  readonly charging: boolean
}

/** Where there is no battery it is told as full and charging; where Chromium does not tell, nothing is. */
export async function watchBattery(from: Navigator & { getBattery?(): Promise<Battery> } = navigator): Promise<void> {
  const battery = await from.getBattery?.().catch(() => undefined)
  if (battery === undefined) return
  const tell = (): void => void ask('power.battery', { level: battery.level, charging: battery.charging })
  for (const type of ['levelchange', 'chargingchange']) battery.addEventListener(type, tell)
  tell()
}
