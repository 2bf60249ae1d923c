// Sends requests in turn and answers the device's Digest challenges, with as few tries of a password as can be.
import { fail, type Result } from '../../shared/problem.ts'
import { answerChallenge, type Challenge, readChallenge } from './digest.ts'
import { isAmt } from './identity.ts'
import type { Answer, Transport } from './transport.ts'

/** A user of the device, with the password in clear. */
export interface Credentials {
  readonly username: string
  readonly password: string
}

export interface LoginOptions {
  readonly transport: Transport
  readonly credentials: Credentials | undefined
  readonly random: (count: number) => Uint8Array
  /** Called before each request that answers a challenge for the first time: one call, one try of the password. */
  readonly onTry: () => void
}

/** Runs pieces of work one after the other, in the order they were given. */
export function inTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(work)
    last = mine.catch(() => undefined)
    return mine
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: a header cannot carry exactly these.
const control = /[\u0000-\u001f\u007f]/

/**
 * Returns the function that sends a request body, logged in as needed. A wrong password costs exactly one try; a second
 * one happens only when the device itself calls the nonce stale. After a refusal nothing more is sent: AMT locks the
 * account after ten failures, so another try is the caller's decision, with a new login.
 */
export function openLogin({ transport, credentials, random, onTry }: LoginOptions) {
  // The challenge that was accepted last, and how often its nonce has been used.
  let accepted: Challenge | undefined
  let count = 0
  let refused = false

  const answerTo = (challenge: Challenge, { username, password }: Credentials, body: string): string => {
    count += 1
    const cnonce = Buffer.from(random(16)).toString('hex')
    return answerChallenge({ challenge, username, password, method: 'POST', uri: '/wsman', count, cnonce, body })
  }

  const attempt = async (challenge: Challenge, user: Credentials, body: string): Promise<Result<Answer>> => {
    count = 0
    const authorization = answerTo(challenge, user, body)
    onTry()
    const answer = await transport.post(body, authorization)
    if (answer.ok && answer.value.status !== 401) accepted = challenge
    return answer
  }

  return async (body: string): Promise<Result<Answer>> => {
    if (refused) return loginRefused()
    if (credentials !== undefined && control.test(credentials.username)) {
      return fail('value-unwritable', { where: 'user name' })
    }
    const known = accepted && credentials && answerTo(accepted, credentials, body)
    let answer = await transport.post(body, known)
    // At most two rounds: the challenge of this 401, and one more if that nonce is said to be stale already.
    for (let round = 0; round < 2; round++) {
      if (!answer.ok || answer.value.status !== 401) return answer
      const challenge = readChallenge(answer.value.challenges)
      if (challenge === undefined)
        return fail('http-status', { values: { status: 401 }, detail: 'no Digest challenge' })
      if (credentials === undefined) return fail('login-needed')
      // Whoever else asks for a password gets none, not even hashed.
      if (!isAmt(answer.value)) return fail('not-amt', { detail: 'HTTP 401' })
      if (round === 1 && !challenge.stale) break
      accepted = undefined
      answer = await attempt(challenge, credentials, body)
    }
    if (!answer.ok || answer.value.status !== 401) return answer
    refused = true
    return loginRefused()
  }
}

const loginRefused = (): Result<never> => fail('login-refused', { detail: 'HTTP 401 after a Digest answer' })
