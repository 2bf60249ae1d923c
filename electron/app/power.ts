// Keeps this computer awake while jobs run, hears when it slept, and begins nothing while its battery is low.
import { powerMonitor, powerSaveBlocker } from 'electron'
import type { Core } from '../core.ts'
import { batteryHolds, batteryWords } from '../provision/ground.ts'

export interface Power {
  /** What the page hears of the battery: Electron tells its level only there. 0 to 1. */
  battery(level: number, charging: boolean): void
  close(): void
}

/** Whether work goes on is looked at this often (ms). */
const interval = 5_000

export function powerOf(core: Core): Power {
  let blocker: number | undefined
  let low = false
  const onResume = (): void => core.disturbed('slept')

  function look(): void {
    const busy = core.isBusy()
    if (busy && blocker === undefined) blocker = powerSaveBlocker.start('prevent-app-suspension')
    if (!busy && blocker !== undefined) {
      powerSaveBlocker.stop(blocker)
      blocker = undefined
    }
  }

  powerMonitor.on('resume', onResume)
  const timer = setInterval(look, interval)
  look()
  return {
    battery(level, charging) {
      low = batteryHolds(level, charging, low)
      core.holdBack(low ? batteryWords : null)
    },
    close() {
      clearInterval(timer)
      powerMonitor.off('resume', onResume)
      if (blocker !== undefined) powerSaveBlocker.stop(blocker)
    }
  }
}
