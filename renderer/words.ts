// Numbers, times and counted things as the person reads them.
import type { Import } from '../shared/contract/views.ts'
import type { Draft } from '../shared/draft.ts'
import { localTime, span } from '../shared/schedule/words.ts'

/** 12345 → "12,345". */
export const number = (value: number): string => value.toLocaleString('en')

/** "1 computer", "214 computers". */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${number(value)} ${value === 1 ? one : many}`

/** Nobody could log in to some computers as it is planned now; undefined when something is there to try on each. */
export function withoutLogin({ accounts, counts: { passwordless } }: Draft): string | undefined {
  if (accounts.length > 0 || passwordless === 0) return undefined
  const brings = passwordless === 1 ? 'brings' : 'bring'
  return `No account is listed, and ${counted(passwordless, 'computer')} ${brings} no password: nobody can log in there, unless an earlier import left the password in the keychain.`
}

/** Milliseconds → "1 h 52 min", "11 min", "40 s". */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** Milliseconds → "0:41", "1:07:03": how long a job has taken. */
export function stopwatch(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const two = (value: number): string => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

/** ms since 1970 → "14:59". */
export const clockTime = (at: number): string =>
  new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })

/** ms since 1970 → "23 Nov 2026, 14:59:03". */
export const dateTime = (at: number): string =>
  new Date(at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })

/** Minutes that local time is ahead of UTC at an instant, summer time and all. */
export const zoneOffset = (at: number): number => -new Date(at).getTimezoneOffset()

/** ms since 1970 → "14:59 (in 1 h 52 min)", with the day when it is not today; "14:59 (3 min ago)" once it has passed. */
export function whenWords(at: number, now: number): string {
  const today = new Date(at).toDateString() === new Date(now).toDateString()
  const left = at >= now ? `in ${span(at - now)}` : `${span(now - at)} ago`
  return `${today ? clockTime(at) : localTime(at, zoneOffset)} (${left})`
}

/** Bytes → "12 KB". */
export const size = (bytes: number): string =>
  bytes < 1024
    ? counted(bytes, 'byte')
    : bytes < 1024 * 1024
      ? `${number(Math.round(bytes / 1024))} KB`
      : `${(bytes / 1024 / 1024).toFixed(1)} MB`

/** What a draft is called before anybody named it. */
export const draftName = ({ source }: Pick<Draft, 'source'>): string =>
  source === null ? 'New import' : source.kind === 'file' ? source.name : 'Single computer'

/** "1 needs you", "3 need you" */
export const needWords = (computers: number): string => `${number(computers)} ${computers === 1 ? 'needs' : 'need'} you`

/** "12 of 30 done, 3 need you" */
export function importWords({ totals }: Import): string {
  const needing = totals.person === 0 ? '' : `, ${needWords(totals.person)}`
  return `${number(totals.done)} of ${number(totals.all)} done${needing}`
}
