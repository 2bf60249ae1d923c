// HTTP digest as AMT speaks it (RFC 7616 with MD5; qop is auth, or auth-int over the body), and the account lock that guards it.
import { createHash } from 'node:crypto'
import { remoteAccounts } from './realms.ts'
import type { Account, DeviceState } from './state.ts'

const hour = 3_600_000

/** A client's answer to the challenge, with what it was computed over. */
export interface LogIn {
  readonly username: string
  readonly realm: string
  readonly nonce: string
  readonly uri: string
  readonly nc: string
  readonly cnonce: string
  readonly qop: string
  readonly response: string
}

/** `stale`: the password is right and the nonce is not; not counted as a failure. */
type LogInOutcome = 'granted' | 'stale' | 'refused'

/** Reads an Authorization header; AMT takes nc and qop quoted as well as bare. `undefined` when it is no digest. */
export function readLogIn(header: string): LogIn | undefined {
  if (!/^Digest\s/i.test(header)) return undefined
  const fields = new Map<string, string>()
  for (const [, name = '', quoted, bare] of header
    .slice(7)
    .matchAll(/([a-z]+)\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^\s,]+))/gi))
    fields.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '')
  const field = (name: string): string => fields.get(name) ?? ''
  if ((fields.get('algorithm') ?? 'MD5').toUpperCase() !== 'MD5') return undefined
  return {
    username: field('username'),
    realm: field('realm'),
    nonce: field('nonce'),
    uri: field('uri'),
    nc: field('nc').toLowerCase(),
    cnonce: field('cnonce'),
    qop: field('qop'),
    response: field('response').toLowerCase()
  }
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex')

/** What a log-in is sent with; the body counts with `auth-int` alone. */
interface Sent {
  readonly method: string
  readonly path: string
  readonly body: string
}

/** The response RFC 7616 section 3.4.1 asks for. */
export function digestResponse(
  ha1: string,
  { method, body }: Omit<Sent, 'path'>,
  { nonce, nc, cnonce, qop, uri }: Omit<LogIn, 'response'>
): string {
  const about = qop === 'auth-int' ? `${method}:${uri}:${md5(body)}` : `${method}:${uri}`
  return md5([ha1, nonce, nc, cnonce, qop, md5(about)].join(':'))
}

/** The account a log-in proves, if it proves one. */
function accountOf(state: DeviceState, login: LogIn, sent: Sent): Account | undefined {
  const account = remoteAccounts(state).find((each) => each.name === login.username)
  const isOffered = state.faults.qop.split(',').includes(login.qop)
  const fits = login.realm === state.digestRealm && login.uri === sent.path && isOffered
  return account && fits && login.response === digestResponse(account.ha1, sent, login) ? account : undefined
}

/**
 * Ten failures in a row lock the account; each further one doubles the wait from 5 s to 80 s; an hour of quiet forgets.
 * Source: Intel provisioning documentation. While locked nothing is looked at, so a right password fails too.
 */
function failed(state: DeviceState, now: number): DeviceState {
  const quiet = now - state.lastFailure >= hour
  const failedLogins = quiet ? 1 : state.failedLogins + 1
  const beyond = failedLogins - state.faults.lockAfter
  const lockedUntil = beyond < 0 ? 0 : now + Math.min(80_000, 5_000 * 2 ** beyond)
  return { ...state, failedLogins, lastFailure: now, lockedUntil }
}

/** Judges one log-in. `nonceKnown` says whether the nonce is ours, still valid, and its counter went up. */
export function logIn(
  state: DeviceState,
  login: LogIn | undefined,
  sent: Sent & { readonly nonceKnown: boolean },
  now: number
): { readonly state: DeviceState; readonly outcome: LogInOutcome; readonly user?: Account } {
  if (now < state.lockedUntil) return { state, outcome: 'refused' }
  const user = login && accountOf(state, login, sent)
  if (!user) return { state: failed(state, now), outcome: 'refused' }
  if (state.faults.stale) return { state: { ...state, faults: { ...state.faults, stale: false } }, outcome: 'stale' }
  if (!sent.nonceKnown) return { state, outcome: 'stale' }
  return { state: { ...state, failedLogins: 0, lockedUntil: 0 }, outcome: 'granted', user }
}

/** The nonces one device has given out: at most 64, each with the highest counter it was used with. */
interface Nonces {
  issue(): string
  /** True once per nonce and counter: a replay, an unknown nonce or a counter going back is false. */
  use(nonce: string, nc: string): boolean
  forget(): void
}

/** Nonces of AMT's shape: base64 of 8 bytes little-endian time, 4 zero bytes and 12 random ones. */
export function nonceBook(now: () => number, random: (n: number) => Uint8Array): Nonces {
  const given = new Map<string, number>()
  return {
    issue: () => {
      const bytes = Buffer.alloc(24)
      bytes.writeBigUInt64LE(BigInt(Math.floor(now())) * 1000n)
      bytes.set(random(12), 12)
      const nonce = bytes.toString('base64')
      given.set(nonce, 0)
      const [oldest] = given.keys()
      if (given.size > 64 && oldest !== undefined) given.delete(oldest)
      return nonce
    },
    use: (nonce, nc) => {
      const last = given.get(nonce)
      const count = /^[0-9a-f]{8}$/.test(nc) ? Number.parseInt(nc, 16) : 0
      if (last === undefined || count <= last) return false
      given.set(nonce, count)
      return true
    },
    forget: () => given.clear()
  }
}
