// Turns what sockets and the HTTP parser report into Problems, and says at which device they were met.
import { fail, type Problem, type ProblemCode, type Result } from '../../shared/problem.ts'

/** How far a request had come: no connection yet, TLS handshake, or the HTTP exchange itself. */
export type Phase = 'connect' | 'handshake' | 'exchange'

const byCode: Readonly<Record<Phase, Readonly<Record<string, ProblemCode>>>> = {
  connect: { ECONNREFUSED: 'device-refused', ENOTFOUND: 'name-unknown', EAI_AGAIN: 'name-unknown' },
  handshake: { ETIMEDOUT: 'answer-slow' },
  exchange: { HPE_INVALID_EOF_STATE: 'answer-cut' }
}

const otherwise: Readonly<Record<Phase, ProblemCode>> = {
  connect: 'device-silent',
  handshake: 'tls-failed',
  exchange: 'answer-cut'
}

/** The Problem of a system, TLS or HTTP parser error. Only its code is told: messages may quote bytes of the answer. */
export function wireFailure(error: Error, phase: Phase): Result<never> {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'no code'
  const parser = phase === 'exchange' && code.startsWith('HPE_') ? 'answer-garbled' : undefined
  return fail(byCode[phase][code] ?? parser ?? otherwise[phase], { detail: `${phase}: ${code}` })
}

/** The same result with the device's address as the place of the Problem; titles stay free of it, so that equal causes group. */
export const atHost = <T>(host: string, result: Result<T>): Result<T> =>
  result.ok || result.problem.where?.startsWith(host) ? result : { ok: false, problem: placed(result.problem, host) }

const placed = (problem: Problem, host: string): Problem => ({
  ...problem,
  where: problem.where === undefined ? host : `${host}, ${problem.where}`
})
