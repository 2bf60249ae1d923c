// A schedule and its plan as a technician would say them; local times through the caller's zone.

import type { Limit } from './batch.ts'
import type { Offset } from './openings.ts'
import type { Pace } from './pace.ts'
import { aheadDays, type Plan } from './plan.ts'
import { type ChangeWindow, type HelloKind, isPlanned, type Schedule } from './settings.ts'

const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

const two = (value: number): string => String(value).padStart(2, '0')
const count = (value: number, one: string): string => `${value.toLocaleString('en')} ${one}${value === 1 ? '' : 's'}`

/** "Mon 23 Nov, 18:00" in local time. */
export function localTime(at: number, offset: Offset): string {
  const local = new Date(at + offset(at) * 60_000)
  const weekday = dayNames[(local.getUTCDay() + 6) % 7]
  return `${weekday} ${local.getUTCDate()} ${months[local.getUTCMonth()]}, ${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`
}

/** Milliseconds → "3 h 10 min", "40 min", "12 s"; days from two on. */
export function span(ms: number): string {
  const seconds = Math.round(Math.max(0, ms) / 1000)
  if (seconds < 100) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60 === 0 ? '' : ` ${minutes % 60} min`
  return hours < 48 ? `${hours} h${rest}` : `${Math.floor(hours / 24)} d ${hours % 24} h`
}

/** "Mon–Fri 18:00–06:00", "Sat, Sun 08:00–20:00", "on 2026-11-23 20:00–04:00". */
export function windowWords(window: ChangeWindow): string {
  const hours = window.from === window.to ? `from ${window.from} for 24 h` : `${window.from}–${window.to}`
  if (window.on === 'date') return `on ${window.date} ${hours}`
  const days = [...window.days].sort((a, b) => a - b)
  const first = days[0] ?? 1
  const last = days.at(-1) ?? first
  const unbroken = days.length > 2 && last - first === days.length - 1
  const names = days.map((day) => dayNames[day - 1])
  if (days.length === 7) return `every day ${hours}`
  return `${unbroken ? `${names[0]}–${names.at(-1)}` : names.join(', ')} ${hours}`
}

/** What each limit is called. */
export const limitTitles: Readonly<Record<Limit, string>> = {
  hello: 'hello window',
  export: 'export time limit',
  change: 'change window',
  ahead: 'planning time'
}

export const helloWords: Readonly<Record<HelloKind, string>> = {
  first: 'enabled for the first time',
  again: 'closed before, or (partially) unprovisioned',
  none: 'switched off by the maker (some HP)'
}

/** "41 s for most, 2 min for slow ones, measured on 120 computers" */
export const paceWords = ({ median, tail, measured }: Pace): string =>
  `${span(median)} for half of them, ${span(tail)} for the slow ones (${
    measured === 0 ? 'assumed, not measured yet' : `measured on ${count(measured, 'computer')}`
  })`

/** Why a plan does not fit, in a sentence; '' when it fits. */
export function shortWords({ short }: Pick<Plan, 'short'>): string {
  if (short === null) return ''
  if (short.limit === 'ahead') {
    return `The allowed times of the next ${aheadDays} days do not hold all of them: the change windows run out first.`
  }
  return `The ${limitTitles[short.limit]} runs out first, in batch ${short.batch}: ${span(short.by)} more would be needed, with the slow computers and the margin.`
}

/** Whether it fits, in a sentence. */
export function verdictWords(plan: Plan, offset: Offset): string {
  const last = plan.batches.at(-1)
  if (last === undefined) return 'There is no computer to plan yet.'
  if (!plan.fits) return `It does not fit. ${shortWords(plan)}`
  const all = plan.batches.reduce((sum, { computers }) => sum + computers, 0)
  const limited = plan.batches.some(({ deadline }) => deadline !== null)
  const [expected, worst] = [localTime(last.expectedEnd, offset), localTime(last.worstEnd, offset)]
  const when = `through by ${expected}${worst === expected ? '' : `; by ${worst} if all of them are slow`}`
  return `${limited ? 'It fits: ' : ''}${count(all, 'computer')} in ${count(plan.batches.length, 'batch').replace('batchs', 'batches')}, ${when}.`
}

/** 60 → "UTC+01:00" */
function zoneWords(minutes: number): string {
  const of = Math.abs(minutes)
  return minutes === 0 ? 'UTC' : `UTC${minutes < 0 ? '−' : '+'}${two(Math.floor(of / 60))}:${two(of % 60)}`
}

/** The schedule and its plan, one sentence each, for the summary, the report and the audit. */
export function scheduleSentences(schedule: Schedule, plan: Plan, offset: Offset): readonly string[] {
  const { changes, export: limit, hello, margin, accepted } = schedule
  if (!isPlanned(schedule)) return ['Work begins at once, without a time limit.']
  const first = plan.batches[0]
  return [
    changes.length === 0
      ? 'Work may be begun at any time.'
      : `Nothing is begun outside the change windows (${changes.map(windowWords).join('; ')}).`,
    ...(limit === null
      ? []
      : [
          limit.exportedAt === null
            ? `Each batch is exported and imported when its turn comes; the export utility allows ${span(limit.hours * 3_600_000)}.`
            : `Everything was exported ${localTime(limit.exportedAt, offset)}; the export utility allows ${span(limit.hours * 3_600_000)}.`
        ]),
    ...(hello === null
      ? []
      : [`The hello window is ${span(hello.hours[hello.kind] * 3_600_000)} (${helloWords[hello.kind]}).`]),
    `${plan.parallel} computers side by side; reckoned with ${paceWords(plan.pace)} and a margin of ${Math.round(margin * 100)} %.`,
    verdictWords(plan, offset),
    ...(first === undefined ? [] : [`The first batch begins ${localTime(first.startsAt, offset)}.`]),
    `Times are local ones (${zoneWords(offset(first?.startsAt ?? 0))}).`,
    ...(plan.fits || !accepted ? [] : ['It was accepted that it does not fit.'])
  ]
}
