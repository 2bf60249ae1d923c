// One HTTP answer: what the client keeps of it, and how its bytes are collected.
import type { IncomingMessage } from 'node:http'
import { fail, ok, type Result } from '../../shared/problem.ts'
import { wireFailure } from './failure.ts'

/** One HTTP answer of whatever status. */
export interface Answer {
  readonly status: number
  readonly server: string
  /** The device's clock (its Date header) in milliseconds since 1970; absent on a 401. */
  readonly deviceTime: number | undefined
  readonly challenges: readonly string[]
  readonly body: Uint8Array
}

/** Collects bytes, since AMT's chunks split in the middle of characters; ends early when there are more than `limit`. */
export function readAnswer(response: IncomingMessage, limit: number, done: (answer: Result<Answer>) => void): void {
  const parts: Uint8Array[] = []
  let length = 0
  response.on('data', (part: Uint8Array) => {
    length += part.byteLength
    if (length > limit) done(fail('answer-too-big', { expected: `at most ${limit} bytes` }))
    else parts.push(part)
  })
  response.on('end', () => done(ok(answerOf(response, parts))))
  response.on('error', (error) => done(wireFailure(error, 'exchange')))
}

function answerOf(response: IncomingMessage, parts: readonly Uint8Array[]): Answer {
  const { headers, statusCode: status = 0 } = response
  const date = Date.parse(headers.date ?? '')
  const [only] = parts
  return {
    status,
    server: [headers.server].flat()[0] ?? '',
    deviceTime: Number.isNaN(date) ? undefined : date,
    challenges: status === 401 ? (response.headersDistinct['www-authenticate'] ?? []) : [],
    body: parts.length === 1 && only !== undefined ? only : Buffer.concat(parts)
  }
}
