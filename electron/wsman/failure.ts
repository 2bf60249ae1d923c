// Turns what sockets and the HTTP parser report into Problems, and puts the device's name into their texts.
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

const named = (problem: Problem, host: string): Problem => {
  const fill = (text: string) => text.replaceAll('{host}', host)
  return { ...problem, title: fill(problem.title), meaning: fill(problem.meaning), remedy: fill(problem.remedy) }
}

/** The same result with the device's address in the Problem's texts. */
export const atHost = <T>(host: string, result: Result<T>): Result<T> =>
  result.ok ? result : { ok: false, problem: named(result.problem, host) }
