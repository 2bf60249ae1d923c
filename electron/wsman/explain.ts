// One mistake, one Problem: what a fault or a bare HTTP status means, in the words a ReturnValue would have for it.
import { fail, type Problem, type ProblemCode } from '../../shared/problem.ts'
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
