// The hello window of one computer: when it opened as far as its messages tell, how long it lasts, and what opens it anew. Pure.

import type { Offset } from './schedule/openings.ts'
import { type HelloKind, helloHours } from './schedule/settings.ts'
import { localTime, span } from './schedule/words.ts'

const minute = 60_000
const hour = 60 * minute

/**
 * AMT says hello every minute for 5 minutes, then every 5 minutes for an hour, then every hour (configmgr.md 3.1). Phases by the
 * age of the window: how far each reaches and how far apart its messages are (ms).
 */
const phases: readonly { readonly until: number; readonly every: number }[] = [
  { until: 5 * minute, every: minute },
  { until: 65 * minute, every: 5 * minute },
  { until: Number.POSITIVE_INFINITY, every: hour }
]

/** A message counts how often it was sent before; the count stays at 14 from then on (Setup Mode Hello Messages). */
const lastRetry = 14

/** How old a window is when the message with this count leaves; for 14 and more it is at least so old (ms). */
function ageAt(retry: number): number {
  let age = 0
  for (let n = 0; n < Math.min(retry, lastRetry); n++) age += phaseAt(age).every
  return age
}

const phaseAt = (age: number): { readonly until: number; readonly every: number } =>
  phases.find(({ until }) => age < until) ?? { until: Number.POSITIVE_INFINITY, every: hour }

/** What the messages of a computer tell of its window. */
export interface Heard {
  /** Latest time at which the window can have opened (ms since 1970). */
  readonly openedAt: number
  /** The messages were counted from the beginning, so that it opened just then. */
  readonly exact: boolean
  /** When it was heard last. */
  readonly lastAt: number
  /** What that message counted. */
  readonly retry: number
  /** How often it was seen to open anew. */
  readonly reopened: number
}

/** A message may wait on its way, and clocks of firmware are not exact. */
const slack = 45_000

/** What is known after one more message. Firmware that does not count (always 0) is taken as never opening anew. */
export function heardAgain(before: Heard | undefined, at: number, retry: number): Heard {
  const counted = retry < lastRetry
  const openedAt = at - ageAt(retry)
  if (before === undefined) return { openedAt, exact: counted, lastAt: at, retry, reopened: 0 }
  // Counting began again, or counts from a later beginning than before.
  const anew = retry < before.retry || (counted && retry > 0 && openedAt > before.openedAt + 2 * slack)
  if (anew) return { openedAt, exact: counted, lastAt: at, retry, reopened: before.reopened + 1 }
  // An earlier beginning is only believed where the one before was a guess.
  const sooner = openedAt < before.openedAt && !before.exact
  return {
    ...before,
    ...(sooner && { openedAt, exact: counted }),
    lastAt: Math.max(at, before.lastAt),
    retry
  }
}

export type Hours = Readonly<Record<HelloKind, number>>

/** A window as it stands at a moment. */
export interface HelloWindow {
  /** It may close from here on, and has closed by then (ms since 1970); equal when the kind is known. */
  readonly closesFrom: number
  readonly closesBy: number
  /** `ending`: it may have closed already. */
  readonly state: 'open' | 'ending' | 'closed'
  /** Another message should have come by now: switched off, set up by somebody else, or closed. */
  readonly quiet: boolean
  /** The next message is expected by then. */
  readonly nextBy: number
}

/** Which windows it can be: 6 hours, unless it is known better or was heard for longer than that. */
function kindsOf(heard: Heard, hours: Hours, kind: HelloKind | null): readonly ('again' | 'first')[] {
  // Where the maker ships it switched off, somebody has started it: that opens the shorter one.
  if (kind !== null) return [kind === 'first' ? 'first' : 'again']
  if (heard.reopened > 0) return ['again']
  const possible = (['again', 'first'] as const).filter(
    (each) => heard.openedAt + hours[each] * hour >= heard.lastAt - slack
  )
  return possible.length === 0 ? ['first'] : possible
}

/** The window at `now`. `kind` null: nobody knows whether AMT was enabled for the first time. */
export function windowOf(
  heard: Heard,
  now: number,
  kind: HelloKind | null = null,
  hours: Hours = helloHours
): HelloWindow {
  const ends = kindsOf(heard, hours, kind).map((each) => heard.openedAt + hours[each] * hour)
  const closesBy = Math.max(heard.lastAt, ...ends)
  const closesFrom = heard.exact ? Math.max(heard.lastAt, Math.min(...ends)) : heard.lastAt
  const { every } = heard.exact ? phaseAt(Math.max(0, heard.lastAt - heard.openedAt)) : { every: hour }
  const nextBy = heard.lastAt + every + slack
  return {
    closesFrom: Math.min(closesFrom, closesBy),
    closesBy,
    state: now >= closesBy ? 'closed' : now >= closesFrom ? 'ending' : 'open',
    quiet: now > nextBy,
    nextBy
  }
}

/** The window in a sentence; local times through the caller's zone. */
export function helloWindowWords(
  { closesFrom, closesBy, state, quiet }: HelloWindow,
  now: number,
  offset: Offset
): string {
  const later = closesBy > closesFrom ? `, at the latest ${localTime(closesBy, offset)}` : ''
  const silent = quiet && state !== 'closed' ? ' It should have called again by now.' : ''
  if (state === 'closed') return `Closed since ${localTime(closesBy, offset)} at the latest.`
  if (state === 'ending') return `May close at any moment${later}.${silent}`
  return `${span(closesFrom - now)} left, until about ${localTime(closesFrom, offset)}${
    later === '' ? '' : `; ${localTime(closesBy, offset)} if AMT was enabled for the first time`
  }.${silent}`
}

/** What opens a window that has closed, or never opened (configmgr.md 3.3). */
export const reopening: readonly { readonly what: string; readonly opens: string }[] = [
  { what: 'AMT is enabled for the first time', opens: `${helloHours.first} hours` },
  { what: 'Partial or full unprovision in MEBx', opens: `${helloHours.again} hours` },
  {
    what: 'A local agent that restarts hello (Intel RCT, the maker’s own activator)',
    opens: `${helloHours.again} hours`
  },
  {
    what: 'Power plug pulled for a while, then switched on',
    opens: `${helloHours.again} hours once a window had closed`
  },
  {
    what: 'Some HP notebooks of 2011 and Compaq 8100: they ship with the window at 0',
    opens: 'nothing until an agent or MEBx starts it'
  }
]
