// What would make a schedule fit: smaller batches, more hours, more computers side by side; each tried by planning again before it is said.

import type { Planning } from './batch.ts'
import { lengthOf, longerBy } from './openings.ts'
import { type Plan, plan } from './plan.ts'
import { type ChangeWindow, mostHelloHours, mostParallel, type Schedule } from './settings.ts'

/** A change of the schedule with which it fits. */
export interface Remedy {
  readonly key: string
  /** What a person would do: "Work on 12 computers side by side instead of 8". */
  readonly text: string
  readonly schedule: Schedule
  readonly plan: Plan
}

/** One thing that can be turned: by a number of notches, none of which ever makes a plan worse. */
interface Lever {
  readonly key: string
  readonly most: number
  turn(by: number): Schedule
  text(by: number, planned: Plan): string
}

const hoursWord = (hours: number): string => `${hours} ${hours === 1 ? 'hour' : 'hours'}`

const date = (text: string, days: number): string =>
  new Date(Date.parse(`${text}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** The last dated window again on the dates after it. */
function moreDates(windows: readonly ChangeWindow[], count: number): ChangeWindow[] {
  const last = windows
    .filter((window) => window.on === 'date')
    .sort((a, b) => a.date.localeCompare(b.date))
    .at(-1)
  const added =
    last === undefined ? [] : Array.from({ length: count }, (_, n) => ({ ...last, date: date(last.date, n + 1) }))
  return [...windows, ...added]
}

function levers(schedule: Schedule, { parallel }: Planning): readonly Lever[] {
  const { changes, export: limit, hello, size } = schedule
  const now = schedule.parallel ?? parallel
  const shortest = Math.min(...changes.map(lengthOf))
  const list: Lever[] = []
  if (size !== null) {
    list.push({
      key: 'size',
      most: 1,
      turn: () => ({ ...schedule, size: null }),
      text: (_, { batches }) =>
        `Make smaller batches, at most ${Math.max(...batches.map(({ computers }) => computers))} computers each`
    })
  }
  if (hello?.kind === 'none') {
    list.push({
      key: 'restart',
      most: 1,
      turn: () => ({ ...schedule, hello: { ...hello, kind: 'again' } }),
      text: () =>
        `Restart hello on each of them first (local agent, or partial unprovision in MEBx): that opens ${hoursWord(hello.hours.again)}`
    })
  }
  list.push({
    key: 'parallel',
    most: Math.max(0, mostParallel - now),
    turn: (by) => ({ ...schedule, parallel: now + by }),
    text: (by) => `Work on ${now + by} computers side by side instead of ${now}`
  })
  if (changes.length > 0 && shortest < 1440) {
    list.push({
      key: 'change',
      most: Math.ceil((1440 - shortest) / 60),
      turn: (by) => ({ ...schedule, changes: changes.map((window) => longerBy(window, by)) }),
      text: (by) => `Make each change window ${hoursWord(by)} longer`
    })
  }
  if (changes.some(({ on }) => on === 'date')) {
    list.push({
      key: 'dates',
      most: Math.max(0, Math.min(14, 20 - changes.length)),
      turn: (by) => ({ ...schedule, changes: moreDates(changes, by) }),
      text: (by) => `Add ${by === 1 ? 'the next date' : `the next ${by} dates`} with the same window`
    })
  }
  if (limit !== null) {
    list.push({
      key: 'export',
      most: 720,
      turn: (by) => ({ ...schedule, export: { ...limit, hours: limit.hours + by } }),
      text: (by) => `Get ${hoursWord(by)} more from the export utility: a limit of ${hoursWord(limit.hours + by)}`
    })
  }
  if (hello !== null && hello.kind !== 'none') {
    const hours = hello.hours[hello.kind]
    list.push({
      key: 'hello',
      most: Math.floor(mostHelloHours - hours),
      turn: (by) => ({ ...schedule, hello: { ...hello, hours: { ...hello.hours, [hello.kind]: hours + by } } }),
      text: (by) => `Have hello windows of ${hoursWord(hours + by)} instead of ${hours}`
    })
  }
  return list
}

/** The fewest notches with which it fits; undefined when even the most do not help. */
function turned(lever: Lever, computers: number, planning: Planning): Remedy | undefined {
  const tried = (by: number) => ({ by, schedule: lever.turn(by), planned: plan(lever.turn(by), computers, planning) })
  let low = 0
  let best = tried(lever.most)
  if (lever.most < 1 || !best.planned.fits) return undefined
  while (best.by - low > 1) {
    const middle = tried(Math.floor((low + best.by) / 2))
    if (middle.planned.fits) best = middle
    else low = middle.by
  }
  return {
    key: lever.key,
    text: lever.text(best.by, best.planned),
    schedule: { ...best.schedule, accepted: false },
    plan: best.planned
  }
}

/** Two levers: the first turned as far as it goes, the second as little as needed. */
function both(first: Lever, computers: number, planning: Planning): readonly Remedy[] {
  const far = first.turn(first.most)
  return levers(far, planning)
    .filter((second) => second.key !== first.key)
    .flatMap((second) => {
      const found = turned(second, computers, planning)
      const words = first.text(first.most, plan(far, computers, planning))
      return found === undefined
        ? []
        : [{ ...found, key: `${first.key} ${found.key}`, text: `${words}, and: ${found.text}` }]
    })
}

/** What makes the plan fit, one change each where one is enough, else two; empty when it fits already, or nothing helps. */
export function remedies(schedule: Schedule, computers: number, planning: Planning): readonly Remedy[] {
  if (plan(schedule, computers, planning).fits) return []
  const all = levers(schedule, planning)
  const single = all.flatMap((lever) => turned(lever, computers, planning) ?? [])
  if (single.length > 0) return single
  const pairs = all.filter(({ most }) => most >= 1).flatMap((lever) => both(lever, computers, planning))
  return pairs.filter(({ key }, index) => !pairs.slice(0, index).some((other) => sameKeys(other.key, key))).slice(0, 3)
}

const sameKeys = (a: string, b: string): boolean => a.split(' ').sort().join() === b.split(' ').sort().join()
