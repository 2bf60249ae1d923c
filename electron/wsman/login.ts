// Sends requests in turn and answers the device's Digest challenges, with as few tries of a password as can be.
import { fail, type Result } from '../../shared/problem.ts'
import type { Answer } from './answer.ts'
import { type Challenge, offersKerberos, openDigest, readChallenge } from './digest.ts'
import { isAmt } from './identity.ts'
import type { Transport } from './transport.ts'

/** A user of the device, with the password in clear. */
export interface Credentials {
  readonly username: string
  readonly password: string
}

export interface LoginOptions {
  readonly transport: Pick<Transport, 'post' | 'hangUp'>
  readonly credentials: Credentials | undefined
  readonly random: (count: number) => Uint8Array
  /** Called before each request that answers a challenge for the first time: one call, one try of the password. */
  readonly onTry: () => void | Promise<void>
}

/** A request body, and whether it may be sent again although the device may have had it. */
export interface Request {
  readonly body: string
  readonly repeatable: boolean
}

export interface Login {
  readonly post: (request: Request) => Promise<Result<Answer>>
  /** Goes on as another user or with another password, on a new connection: AMT remembers a login for the old one. */
  readonly renew: (credentials: Credentials) => void
}

const nothing = (): void => undefined

/** Runs pieces of work one after the other, in the order they were given. */
export function inTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(work)
    // Only that it is over: an answer kept here would stay in memory as long as its device is open.
    last = mine.then(nothing, nothing)
    return mine
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: a header cannot carry exactly these.
const control = /[\u0000-\u001f\u007f]/

/** A challenge being answered: the header for one more use of its nonce. */
type Answering = (body: string) => string

/**
 * Sends request bodies, logged in as needed. A wrong password costs exactly one try; a second one happens only when the
 * device itself calls the nonce stale. After a refusal nothing more is sent: AMT locks the account after ten failures, so
 * another try is the caller's decision (`renew`, or a new login).
 */
export function openLogin({ transport, random, onTry, ...options }: LoginOptions): Login {
  let { credentials } = options
  // For the challenge that was accepted last; counts how often its nonce is used.
  let accepted: Answering | undefined
  // Of the device that accepted us: each has a realm of its own, so another one is another device.
  let realm: string | undefined
  let refused = false

  const answering = (challenge: Challenge, { username, password }: Credentials): Answering => {
    const answer = openDigest({ challenge, username, password, method: 'POST', uri: '/wsman' })
    const own = Buffer.from(random(12)).toString('hex')
    let count = 0
    return (body) => {
      count += 1
      return answer({ count, cnonce: own + count.toString(16).padStart(8, '0'), body })
    }
  }

  const attempt = async (challenge: Challenge, user: Credentials, body: string): Promise<Result<Answer>> => {
    const header = answering(challenge, user)
    // Sent again it would be another try of the password, so it never is.
    const answer = await transport.post({ body, authorize: () => header(body), repeatable: false })
    if (answer.ok && answer.value.status !== 401) {
      accepted = header
      realm = challenge.realm
    }
    return answer
  }

  const post = async ({ body, repeatable }: Request): Promise<Result<Answer>> => {
    if (refused) return loginRefused()
    if (credentials !== undefined && control.test(credentials.username)) {
      return fail('value-unwritable', { where: 'user name' })
    }
    let answer = await transport.post({ body, authorize: () => accepted?.(body), repeatable })
    // At most two rounds: the challenge of this 401, and one more if that nonce is said to be stale already.
    for (let round = 0; round < 2; round++) {
      if (!answer.ok || answer.value.status !== 401) return answer
      const challenge = readChallenge(answer.value.challenges)
      if (challenge === undefined) return withoutDigest(answer.value)
      if (credentials === undefined) return fail('login-needed')
      // Whoever else asks for a password gets none, not even hashed.
      if (!isAmt(answer.value)) return fail('not-amt', { detail: 'HTTP 401' })
      // An address may have moved on between two requests: whoever answers now was never asked for its GUID.
      if (realm !== undefined && challenge.realm !== realm) return fail('device-changed')
      if (round === 1 && !challenge.stale) break
      accepted = undefined
      await onTry()
      answer = await attempt(challenge, credentials, body)
    }
    if (!answer.ok || answer.value.status !== 401) return answer
    refused = true
    return loginRefused()
  }

  return {
    post,
    renew: (next) => {
      credentials = next
      accepted = undefined
      refused = false
      transport.hangUp()
    }
  }
}

const loginRefused = (): Result<never> => fail('login-refused', { detail: 'HTTP 401 after a Digest answer' })

function withoutDigest(answer: Answer): Result<never> {
  if (!offersKerberos(answer.challenges))
    return fail('http-status', { values: { status: 401 }, detail: 'no Digest challenge' })
  return isAmt(answer) ? fail('kerberos-only', { detail: 'Negotiate' }) : fail('not-amt', { detail: 'HTTP 401' })
}
