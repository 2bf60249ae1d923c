// From a schedule on the draft to an import that follows it: times, change windows, the pace measured, "start now anyway", the report.
import { afterEach, expect, test } from 'vitest'
import { assumedPace } from '../../shared/schedule/pace.ts'
import { type Schedule, startNow, withPreset } from '../../shared/schedule/settings.ts'
import { type Bench, closeBenches, computer, movableClock, openBench, value } from '../bench.ts'

afterEach(closeBenches)

const hour = 3_600_000
const computers = [computer(0), computer(1), computer(2)]
const two = (value: number): string => String(value).padStart(2, '0')

/** A change window that opens in some hours from now, every day, for an hour; in the zone of this computer, as the core reads it. */
function windowIn(hours: number, now: number): Schedule {
  const from = new Date(now + hours * hour).getHours()
  const changes = [
    { on: 'days' as const, days: [1, 2, 3, 4, 5, 6, 7], from: `${two(from)}:00`, to: `${two((from + 2) % 24)}:00` }
  ]
  return { ...withPreset(startNow, 'windows'), changes }
}

const aMoment = () => new Promise((resolve) => setTimeout(resolve, 300))
const states = ({ core }: Bench, id: string) => core.store.jobs.of(id).map(({ state }) => state)

test('an import in change windows waits for the first, says so, and follows its plan after a restart', async () => {
  const clock = movableClock()
  const bench = await openBench({ computers, clock })
  const { id, schedule } = await bench.begin({ schedule: windowIn(3, clock.now()) })
  expect(schedule).toMatchObject({ fits: true, anywayAt: null, batches: [{ computers: 3 }] })
  expect(schedule?.words[0]).toMatch(/^Nothing is begun outside the change windows \(every day /)
  await aMoment()
  expect(states(bench, id)).toEqual(['waiting', 'waiting', 'waiting'])
  expect(bench.core.store.jobs.of(id)[0]?.notBefore).toBe(schedule?.batches[0]?.workAt)

  await bench.reopen()
  await bench.core.goOn()
  await aMoment()
  expect(states(bench, id)).toEqual(['waiting', 'waiting', 'waiting'])
  clock.ahead = (schedule?.batches[0]?.workAt ?? 0) + 60_000 - Date.now()
  await bench.core.goOn()
  await bench.finished(id)
  expect(states(bench, id)).toEqual(['done', 'done', 'done'])

  const report = value(bench.core.imports.document(id, 'report')).text
  expect(report).toContain('Nothing is begun outside the change windows')
  const { entries } = bench.core.store.audit.read({ before: null, count: 500, search: 'import started' })
  expect(entries[0]?.body.schedule).toContain('It fits: 3 computers in 1 batch')
})

test('start now anyway lifts times and windows of this import, once, and is on record', async () => {
  const clock = movableClock()
  const bench = await openBench({ computers, clock })
  const { id } = await bench.begin({ schedule: windowIn(3, clock.now()) })
  const started = value(await bench.core.imports.startAnyway(id))
  expect(started.schedule?.anywayAt).not.toBeNull()
  value(await bench.core.imports.startAnyway(id))
  await bench.finished(id)
  expect(states(bench, id)).toEqual(['done', 'done', 'done'])
  const { entries } = bench.core.store.audit.read({ before: null, count: 500, search: 'started anyway' })
  expect(entries.map(({ body, importId }) => [body, importId])).toEqual([[{ computers: 3 }, id]])
  expect(value(bench.core.imports.document(id, 'report')).text).toContain('It was started anyway')
})

test('batches get their times one after another, and the number side by side is the plan’s', async () => {
  const bench = await openBench({ computers })
  const schedule = { ...startNow, size: 2, parallel: 1, margin: 0 }
  const { id, schedule: followed } = await bench.begin({ schedule })
  const times = bench.core.store.jobs.of(id).map(({ notBefore }) => notBefore)
  expect(followed?.batches.map(({ computers: count }) => count)).toEqual([2, 1])
  expect(times).toEqual([followed?.batches[0]?.workAt, followed?.batches[0]?.workAt, followed?.batches[1]?.workAt])
  expect((times[2] ?? 0) - (times[0] ?? 0)).toBe(2 * assumedPace.practice.tail)
  await bench.until(id, ({ ordinal, state }) => ordinal === 2 && state === 'done')
  expect(states(bench, id)).toEqual(['done', 'done', 'waiting'])
})

test('a plan that does not fit is not started unless it was accepted', async () => {
  const bench = await openBench({ computers })
  const tight: Schedule = { ...withPreset(startNow, 'deadline'), export: { hours: 0.5, exportedAt: Date.now() - hour } }
  await expect(bench.begin({ schedule: tight })).rejects.toThrow(
    'The plan does not fit. The export time limit runs out'
  )
  const { id, schedule } = await bench.begin({ schedule: { ...tight, importMinutes: 0, accepted: true } })
  expect(schedule).toMatchObject({ fits: false })
  await bench.finished(id)
  expect(value(bench.core.imports.document(id, 'report')).text).toContain('It was accepted that it does not fit.')
})

test('the pace is assumed until five computers are done, then measured, practice apart from real', async () => {
  const many = [0, 1, 2, 3, 4].map((n) => computer(n))
  const bench = await openBench({ computers: many })
  expect(bench.core.planner.ground(true)).toMatchObject({ pace: assumedPace.practice, parallel: 8 })
  await bench.finished((await bench.begin()).id)
  expect(bench.core.planner.ground(true).pace.measured).toBe(5)
  expect(bench.core.planner.ground(false).pace).toEqual(assumedPace.real)
})
