// `run` stays while computers that are done are looked at again; left early, `status` tells of it and `watch` goes on.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../../electron/clock.ts'
import { type Fleet, startFleet } from '../../../electron/simulator/fleet.ts'
import { openStore } from '../../../electron/store/store.ts'
import { computer, listOf, value } from '../../bench.ts'
import { here, type Told } from './here.ts'

const root = mkdtempSync(join(tmpdir(), 'amt-watch-'))
const pc = computer(0)
const list = join(root, 'list.csv')
const fleetFile = join(root, 'fleet')
let fleet: Fleet
let folder: string
let number = 0

beforeAll(async () => {
  fleet = await startFleet({ computers: [pc], clock: systemClock, random: (n) => new Uint8Array(randomBytes(n)) })
  writeFileSync(list, listOf([pc]))
  const { host, port, tls, fqdn } = fleet.devices[0] ?? {}
  writeFileSync(fleetFile, JSON.stringify({ host, port, tls, fqdn, name: pc.name, personality: 'healthy' }))
})
afterAll(async () => {
  await fleet.close()
  rmSync(root, { recursive: true, force: true })
})
beforeEach(() => {
  fleet.reset()
  folder = join(root, `data-${number++}`)
})

const events = ({ out }: Told): readonly Record<string, unknown>[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

/** Looks beside the command that works. */
function store(readOnly = true) {
  return value(openStore({ folder, actor: 'tester', now: () => Date.now(), readOnly }))
}

/** Once the first look is kept, the old manager gives the device its name again. */
async function oldManagerComes(): Promise<void> {
  for (let n = 0; n < 300; n++) {
    await new Promise((resolve) => setTimeout(resolve, 25))
    const opened = openStore({ folder, actor: 'tester', now: () => Date.now(), readOnly: true })
    if (!opened.ok) continue
    const watch = opened.value.watches.due(Number.MAX_SAFE_INTEGER)[0]
    opened.value.close()
    if (watch?.baseline == null) continue
    const state = fleet.devices[0]?.state()
    if (state) Object.assign(state, { generalSettings: { ...state.generalSettings, HostName: 'old-name' } })
    return
  }
  throw new Error('nobody was watched')
}

const withFleet = ['--practice', '--fleet', fleetFile, '--json']

test('stays until the watch ends: who was taken back is told, the report says so, and the exit code is 1', async () => {
  const [ended] = await Promise.all([
    here('run', list, ...withFleet, '--watch', '0.05', '--data', folder),
    oldManagerComes()
  ])
  const told = events(ended)
  expect(told.map(({ event }) => event).slice(-4)).toEqual(['summary', 'watching', 'taken back', 'watched'])
  expect(told.at(-2)).toMatchObject({ name: pc.name, problem: { code: 'taken-back' } })
  expect(JSON.stringify(told.at(-2))).toContain('→ old-name')
  expect(told.at(-1)).toMatchObject({ takenBack: 1 })
  expect(ended.code).toBe(1)
  const kept = store()
  expect(kept.watches.nextAt()).toBeUndefined()
  kept.close()
}, 30_000)

test('nobody comes: exit code 0, and with --no-watch it ends at once', async () => {
  const stayed = await here('run', list, ...withFleet, '--watch', '0.03', '--data', folder)
  expect(stayed.code).toBe(0)
  expect(events(stayed).at(-1)).toMatchObject({ event: 'watched', takenBack: 0 })
  folder = `${folder}-left`
  fleet.reset()
  const left = await here('run', list, ...withFleet, '--no-watch', '--data', folder)
  expect(left.code).toBe(0)
  expect(events(left).at(-1)).toMatchObject({ event: 'summary' })
}, 30_000)

test('left early: status tells of the watch, and "watch" goes on with it to its end', async () => {
  expect((await here('run', list, '--practice', '--json', '--data', folder)).code).toBe(0)
  expect((await here('status', '--data', folder)).out).toMatch(
    /1 computer that is done is looked at again until .*\d:\d\d/
  )
  const kept = store(false)
  const [watch] = kept.watches.due(Number.MAX_SAFE_INTEGER)
  if (!watch) throw new Error('nobody is watched')
  // As if most of its minute were over.
  kept.watches.begin({ ...watch, nextAt: Date.now(), untilAt: Date.now() + 1_500, span: 1_500 })
  kept.close()
  const ended = await here('watch', '--json', '--data', folder)
  expect(events(ended)).toMatchObject([
    { event: 'watching', computers: 1 },
    { event: 'watched', takenBack: 0 }
  ])
  expect(ended.code).toBe(0)
  const audited = store()
  const { entries } = audited.audit.read({ before: null, count: 20, search: 'watch ended' })
  expect(entries).toHaveLength(1)
  audited.close()
  expect((await here('watch', '--data', folder)).out).toContain('No computer is looked at again')
}, 30_000)
