// Tells from one unauthenticated answer whether this is AMT, which version, and whose realm.
import { fail, ok, type Result } from '../../shared/problem.ts'
import { tame } from '../../shared/tame.ts'
import type { Answer } from './answer.ts'
import { readChallenge } from './digest.ts'
import type { TlsSession } from './tlsProfiles.ts'

/** What a device tells before any password is sent. */
export interface Identity {
  /** Like `15.0.23.1706`; undefined when the firmware hides it. */
  readonly amtVersion: string | undefined
  /** Digest realm; undefined when the device let us in without a login (setup state with TLS-PKI). */
  readonly realm: string | undefined
  /** Lower-case hex SHA-256 of its certificate; undefined without TLS. */
  readonly fingerprint: string | undefined
  /** Protocol and cipher of the connection, to be shown; absent without TLS. */
  readonly tls?: TlsSession | undefined
  /** The Server header as sent. */
  readonly server: string
  /** False when AMT answers but has no /wsman. */
  readonly wsman: boolean
  /** The device's clock in milliseconds since 1970. AMT leaves it out of a 401. */
  readonly deviceTime: number | undefined
}

const product = /(?:Active Management Technology|Standard Manageability)(?:\s+(\d+(?:\.\d+)*))?/i
const amtRealm = /^Digest:[0-9A-F]{32}$/i

/** Firmware from this version on speaks WS-Management (AMT release notes: 3.2.1 completed it). */
const firstWsman = [3, 2, 1] as const

/** Whether an answer bears AMT's marks: its Server header, or a realm as only AMT makes them. */
export const isAmt = ({ server, challenges }: Answer): boolean =>
  product.test(server) || amtRealm.test(readChallenge(challenges)?.realm ?? '')

/** The firmware version a Server header tells, like `15.0.23.1706`; undefined when it hides it. */
export const versionIn = (server: string): string | undefined => product.exec(server)?.[1]

/** Reads the identity from an answer to Identify; `not-amt` or `needs-translator` when there is nothing to talk to. */
export function readIdentity(
  answer: Answer,
  fingerprint: string | undefined,
  tls: TlsSession | undefined
): Result<Identity> {
  const { server, status, deviceTime } = answer
  const realm = readChallenge(answer.challenges)?.realm
  if (!isAmt(answer)) {
    return fail('not-amt', { detail: `HTTP ${status}`, ...(server !== '' && { found: tame(server.slice(0, 80)) }) })
  }
  const amtVersion = versionIn(server)
  if (amtVersion !== undefined && isBefore(amtVersion, firstWsman)) {
    return fail('needs-translator', { found: `AMT ${amtVersion}`, expected: 'AMT 3.2.1 or later' })
  }
  if (status !== 200 && status !== 401 && status !== 404) return fail('http-status', { values: { status } })
  return ok({ amtVersion, realm, fingerprint, tls, server, wsman: status !== 404, deviceTime })
}

/** Compares a dotted version with a numeric one, missing parts counting as 0. */
export function isBefore(version: string, limit: readonly number[]): boolean {
  const parts = version.split('.').map(Number)
  for (const [at, wanted] of limit.entries()) {
    const part = parts[at] ?? 0
    if (part !== wanted) return part < wanted
  }
  return false
}
