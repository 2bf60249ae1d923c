// The battery as Linux tells it in files, and what the command line makes of it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Battery, readBattery } from '../../electron/battery.ts'
import { powerWatched } from '../../electron/cli/power.ts'
import { batteryWords } from '../../electron/provision/ground.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'amt-battery-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function supply(name: string, values: Readonly<Record<string, string | number>>): void {
  mkdirSync(join(folder, name))
  for (const [file, value] of Object.entries(values)) writeFileSync(join(folder, name, file), `${value}\n`)
}

test('a battery that is drained, one on mains, and two as one', () => {
  supply('BAT0', { type: 'Battery', capacity: 8, status: 'Discharging', present: 1 })
  expect(readBattery(folder)).toEqual({ level: 0.08, charging: false })
  supply('BAT1', { type: 'Battery', capacity: 92, status: 'Not charging' })
  expect(readBattery(folder)).toEqual({ level: 0.5, charging: false })
  supply('AC', { type: 'Mains', online: 1 })
  expect(readBattery(folder)).toEqual({ level: 0.5, charging: true })
})

test('a mouse and an empty bay are no battery; without the folder or a level nothing is known', () => {
  supply('hidpp_battery_0', { type: 'Battery', scope: 'Device', capacity: 3, status: 'Discharging' })
  supply('BAT1', { type: 'Battery', present: 0 })
  supply('AC', { type: 'Mains', online: 0 })
  expect(readBattery(folder)).toBeNull()
  expect(readBattery(join(folder, 'nowhere'))).toBeUndefined()
  supply('BAT0', { type: 'Battery', status: 'Discharging' })
  expect(readBattery(folder)).toBeUndefined()
})

/** What was held back and what was printed while the battery went through these states. */
async function through(states: readonly (Battery | null | undefined)[], practice = false) {
  const held: (string | null)[] = []
  const left = [...states]
  let out = ''
  const { write } = process.stdout
  process.stdout.write = (text: unknown) => {
    out += String(text)
    return true
  }
  try {
    const watch = {
      core: { holdBack: (words: string | null) => void held.push(words) },
      json: false,
      read: () => (left.length > 1 ? left.shift() : left[0]),
      every: 1
    }
    await powerWatched(watch, practice, async () => {
      while (!practice && left.length > 1) await new Promise((resolve) => setTimeout(resolve, 2))
    })
  } finally {
    process.stdout.write = write
  }
  return { held, out }
}

test('a low battery holds new work back, in the words of the window, until it is charged', async () => {
  const low = { level: 0.09, charging: false }
  const { held, out } = await through([
    low,
    low,
    { level: 0.15, charging: false },
    { level: 0.15, charging: true },
    null
  ])
  expect(held).toEqual([batteryWords, null])
  expect(out.split(batteryWords)).toHaveLength(2)
})

test('where nobody tells of the battery that is said once; practice needs none', async () => {
  const { held, out } = await through([undefined, undefined, undefined])
  expect(held).toEqual([])
  expect(out.match(/not watched/g)).toHaveLength(1)
  expect((await through([{ level: 0.01, charging: false }], true)).held).toEqual([])
})
