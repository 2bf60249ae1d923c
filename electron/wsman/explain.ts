// One mistake, one Problem: what a fault or a bare HTTP status means, in the words a ReturnValue would have for it,
// and more closely once the generation of the device is known.
import { fail, type Problem, type ProblemCode } from '../../shared/problem.ts'
import { type Rule, rules } from './explainRules.ts'
import { type Lifetime, lifetimes, type Version } from './generations.ts'
import { isBefore } from './identity.ts'
import { ptStatus, statusProblem } from './ptStatus.ts'

/** Faults that say the same as a PT_STATUS does elsewhere. Local names only: prefixes differ from answer to answer. */
const asStatus: ReadonlyMap<string, number> = new Map([
  ['AlreadyExists', 2058],
  ['InvalidSelectors', 2068],
  ['InvalidParameter', 36],
  ['InvalidRepresentation', 36],
  ['SchemaValidationError', 36],
  ['Concurrency', 46],
  ['QuotaLimit', 46],
  ['InternalError', 1],
  ['TimedOut', 1]
])

/** Faults that no PT_STATUS stands for. Older firmware names the action, newer the address it cannot reach. */
const asProblem: ReadonlyMap<string, ProblemCode> = new Map([
  ['DestinationUnreachable', 'class-missing'],
  ['EndpointUnavailable', 'class-missing'],
  ['InvalidResourceURI', 'class-missing'],
  ['ActionNotSupported', 'class-missing'],
  ['UnsupportedFeature', 'class-missing'],
  ['AccessDenied', 'access-denied']
])

/**
 * What a fault means. The PT_STATUS of a failed Get, Put, Create, Delete or Pull, when the firmware tells one, is
 * closer to the cause than the name of the fault. `detail` stays as raw as it is safe.
 */
export function explainFault(subcode: string, amtStatus: number | undefined, detail: string): Problem {
  const told = amtStatus !== undefined && ptStatus[amtStatus] !== undefined ? amtStatus : undefined
  const status = told ?? asStatus.get(subcode)
  const { problem } =
    status === undefined
      ? fail(asProblem.get(subcode) ?? 'soap-fault', { values: { fault: subcode } })
      : statusProblem('the request', status)
  return { ...problem, detail }
}

const byHttpStatus: Readonly<Record<number, ProblemCode>> = {
  403: 'access-denied',
  404: 'needs-translator',
  500: 'device-internal'
}

/** What an HTTP status other than 200 means when no fault came with it. A 401 is the business of the login. */
export const explainHttp = (status: number) =>
  fail(byHttpStatus[status] ?? 'http-status', { values: { status }, detail: `HTTP ${status}` })

/** What is known of the device and the request when a Problem comes up. */
export interface Asked {
  /** Like `15.0.23.1706`. */
  readonly amtVersion?: string | undefined
  readonly className?: string | undefined
  readonly method?: string | undefined
  readonly port?: number | undefined
  readonly username?: string | undefined
}

// Standard CIM methods give a PT_STATUS in the vendor range of DMTF return codes.
const vendorRange = 32768

/** The number our own details carry behind these words, whatever way the firmware told it. */
function statusOf({ detail = '' }: Problem): number | undefined {
  const told = /\b(?:ReturnValue|AMT-STATUS) (\d{1,10})\b/.exec(detail)?.[1]
  if (told === undefined) return undefined
  return Number(told) > vendorRange ? Number(told) - vendorRange : Number(told)
}

function isOfVersion({ from, before }: Pick<Rule, 'from' | 'before'>, amtVersion: string | undefined): boolean {
  if (from === undefined && before === undefined) return true
  if (amtVersion === undefined || (from !== undefined && isBefore(amtVersion, from))) return false
  return before === undefined || isBefore(amtVersion, before)
}

/** Whether a rule asks for nothing, or for what is there. */
const fits = <T>(wanted: T | undefined, found: T | undefined): boolean => wanted === undefined || wanted === found

const isFor = (rule: Rule, found: Problem, asked: Asked): boolean =>
  rule.code === found.code &&
  fits(rule.port, asked.port) &&
  fits(rule.className, asked.className) &&
  fits(rule.status, statusOf(found)) &&
  (rule.methods === undefined || (asked.method !== undefined && rule.methods.includes(asked.method))) &&
  (rule.notUser === undefined || (asked.username !== undefined && rule.notUser !== asked.username)) &&
  isOfVersion(rule, asked.amtVersion)

const dotted = ([major, minor]: Version): string => (minor === 0 ? String(major) : `${major}.${minor}`)
const short = (version: string): string => version.split('.').slice(0, 2).join('.')

/** Why this version lacks a feature; undefined when it should have it. */
function absence(name: string, { from, before, source }: Lifetime, amtVersion: string): string | undefined {
  const told = source === 'believed' ? 'As far as is known it' : 'It'
  if (from !== undefined && isBefore(amtVersion, from))
    return `AMT ${short(amtVersion)} has no ${name}. ${told} came with AMT ${dotted(from)}.`
  if (before !== undefined && !isBefore(amtVersion, before))
    return `AMT ${short(amtVersion)} no longer has ${name}. ${told} went with AMT ${dotted(before)}.`
  return undefined
}

function explainMissing(found: Problem, { amtVersion, className = '', method = '' }: Asked): Problem {
  if (amtVersion === undefined || className === '') return found
  const names = [`${className}.${method}`, className]
  const name = names.find((each) => Object.hasOwn(lifetimes, each)) ?? className
  const lifetime = lifetimes[name]
  if (!lifetime) return found
  const meaning =
    absence(name, lifetime, amtVersion) ??
    `AMT ${short(amtVersion)} has ${name} on other models; this one was sold without it.`
  return { ...found, meaning, remedy: 'Nothing to do if it is not needed; otherwise leave it out for such computers.' }
}

/** The same Problem in the closest words there are for this device and request; its code never changes. */
export function explainFor(found: Problem, asked: Asked): Problem {
  if (found.code === 'class-missing') return explainMissing(found, asked)
  const rule = rules.find((each) => isFor(each, found, asked))
  if (!rule) return found
  const { meaning = found.meaning, remedy = found.remedy, hint } = rule
  return { ...found, meaning, remedy: hint === undefined ? remedy : `${remedy} ${hint}` }
}
