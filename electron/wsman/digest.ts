// HTTP Digest as AMT speaks it (RFC 7616 with MD5), pure: challenge text in, header text out.
import { hash } from 'node:crypto'

/** A Digest challenge that can be answered. */
export interface Challenge {
  /** Per device, and a new one after (un)provisioning: always hash with the realm just read. */
  readonly realm: string
  readonly nonce: string
  /** `auth` when offered; undefined for the RFC 2069 form without qop. */
  readonly qop: 'auth' | 'auth-int' | undefined
  readonly opaque: string | undefined
  /** The device says that only the nonce was too old, not that the password was wrong. AMT rarely bothers. */
  readonly stale: boolean
}

/** What stays the same for all answers to one challenge. */
export interface DigestUser {
  readonly challenge: Challenge
  readonly username: string
  readonly password: string
  readonly method: string
  readonly uri: string
}

/** What goes into one answer. */
export interface DigestUse {
  /** How often this nonce has been used, this time included: 1, 2, ... */
  readonly count: number
  /** Client nonce, hexadecimal. */
  readonly cnonce: string
  /** Only looked at with `auth-int`. */
  readonly body: string
}

const md5Hex = (text: string): string => hash('md5', text)

/** The 16 raw bytes MD5(user:realm:password): AMT stores these, and Digest calls them H(A1). */
export const passwordHash = (username: string, realm: string, password: string): Uint8Array =>
  new Uint8Array(Buffer.from(md5Hex(`${username}:${realm}:${password}`), 'hex'))

// One step of a challenge header: a parameter (quoted or token), or the name of the next scheme.
const step = /[\s,]*(?:([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))|([\w-]+))/y

/** One challenge of whatever scheme, as it stands in a header. */
interface Offer {
  /** In small letters. */
  readonly scheme: string
  readonly params: ReadonlyMap<string, string>
}

/**
 * Finds the first Digest challenge we can answer in the WWW-Authenticate headers; `undefined` when there is none.
 * Takes AMT's spacing (blank after the first comma only), quoted `stale`, several schemes in one header.
 */
export function readChallenge(headers: readonly string[]): Challenge | undefined {
  for (const { scheme, params } of headers.flatMap(offersIn)) {
    const challenge = scheme === 'digest' ? understand(params) : undefined
    if (challenge !== undefined) return challenge
  }
  return undefined
}

/** Whether Kerberos is offered: AMT does so as Negotiate (RFC 4559), where its Kerberos settings are on. */
export const offersKerberos = (headers: readonly string[]): boolean =>
  headers.flatMap(offersIn).some(({ scheme }) => scheme === 'negotiate')

function offersIn(header: string): readonly Offer[] {
  const found: { scheme: string; params: Map<string, string> }[] = []
  step.lastIndex = 0
  for (let match = step.exec(header); match !== null; match = step.exec(header)) {
    const [, name, quoted, token, scheme] = match
    if (scheme !== undefined) found.push({ scheme: scheme.toLowerCase(), params: new Map() })
    else if (name !== undefined) {
      found.at(-1)?.params.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? token ?? '')
    }
  }
  return found
}

function understand(params: ReadonlyMap<string, string>): Challenge | undefined {
  const realm = params.get('realm')
  const nonce = params.get('nonce')
  if (realm === undefined || nonce === undefined || nonce === '') return undefined
  if ((params.get('algorithm') ?? 'MD5').toUpperCase() !== 'MD5') return undefined
  const offered = params
    .get('qop')
    ?.toLowerCase()
    .split(/[\s,]+/)
  const qop = offered?.includes('auth') ? 'auth' : offered?.includes('auth-int') ? 'auth-int' : undefined
  if (offered !== undefined && qop === undefined) return undefined
  return { realm, nonce, qop, opaque: params.get('opaque'), stale: params.get('stale')?.toLowerCase() === 'true' }
}

const quote = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`

/**
 * Makes the Authorization headers that answer a challenge (RFC 7616 section 3.4); what does not change from one to the
 * next is computed once. Header text is Latin-1 for Node, so UTF-8 user names are given as their bytes.
 */
export function openDigest({ challenge, username, password, method, uri }: DigestUser): (use: DigestUse) => string {
  const { realm, nonce, qop, opaque } = challenge
  const ha1 = md5Hex(`${username}:${realm}:${password}`)
  const ha2 = md5Hex(`${method}:${uri}`)
  const user = quote(Buffer.from(username, 'utf8').toString('latin1'))
  const head = `Digest username=${user}, realm=${quote(realm)}, nonce=${quote(nonce)}, uri=${quote(uri)}`
  const tail = opaque === undefined ? '' : `, opaque=${quote(opaque)}`
  return ({ count, cnonce, body }) => {
    if (qop === undefined) return `${head}, response=${quote(md5Hex(`${ha1}:${nonce}:${ha2}`))}${tail}`
    const nc = count.toString(16).padStart(8, '0')
    const about = qop === 'auth-int' ? md5Hex(`${method}:${uri}:${md5Hex(body)}`) : ha2
    const response = md5Hex(`${ha1}:${nonce}:${nc}:${cnonce}:${qop}:${about}`)
    return `${head}, qop=${qop}, nc=${nc}, cnonce=${quote(cnonce)}, response=${quote(response)}${tail}`
  }
}
