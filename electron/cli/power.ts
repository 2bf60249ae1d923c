// Begins nothing on real computers while the battery of this one is low, as the window does; says plainly what is not watched.
import { type Battery, readBattery } from '../battery.ts'
import type { Core } from '../core.ts'
import { batteryHolds, batteryWords, keepAwakeWords, unwatchedBatteryWords } from '../provision/ground.ts'
import { print, printJson } from './words.ts'

/** Between two looks (ms): a battery loses a part of a percent meanwhile. */
const lookEvery = 30_000

/** What is told and asked; tests give a battery of their own. */
export interface PowerWatch {
  readonly core: Pick<Core, 'holdBack'>
  readonly json: boolean
  readonly read?: () => Battery | null | undefined
  readonly every?: number
}

/** Looks at once and then again and again; returns the function that ends it. */
export function watchPower({ core, json, read = readBattery, every = lookEvery }: PowerWatch): () => void {
  let low = false
  const say = (event: string, words: string): void => (json ? printJson({ event, words }) : print(words))

  function look(): void {
    const battery = read()
    const before = low
    low = battery ? batteryHolds(battery.level, battery.charging, low) : false
    if (low === before) return
    core.holdBack(low ? batteryWords : null)
    say(low ? 'held' : 'released', low ? batteryWords : 'The battery is no longer low: work goes on.')
  }

  if (!json) print(keepAwakeWords)
  if (read() === undefined) say('battery unwatched', unwatchedBatteryWords)
  look()
  const timer = setInterval(look, every)
  timer.unref()
  return () => clearInterval(timer)
}

/** Works with the battery watched; practice computers are worked on at any level. */
export async function powerWatched<T>(watch: PowerWatch, practice: boolean, work: () => Promise<T>): Promise<T> {
  const end = practice ? () => undefined : watchPower(watch)
  try {
    return await work()
  } finally {
    end()
  }
}
