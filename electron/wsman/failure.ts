// Turns what sockets and the HTTP parser report into Problems, and says at which device they were met.
import { fail, type Problem, type ProblemCode, type Result } from '../../shared/problem.ts'

/** How far a request had come: no connection yet, TLS handshake, or the HTTP exchange itself. */
export type Phase = 'connect' | 'handshake' | 'exchange'

const byCode: Readonly<Record<Phase, Readonly<Record<string, ProblemCode>>>> = {
  connect: { ECONNREFUSED: 'device-refused', ENOTFOUND: 'name-unknown', EAI_AGAIN: 'name-unknown' },
  handshake: {
    ETIMEDOUT: 'answer-slow',
    CERT_HAS_EXPIRED: 'certificate-expired',
    CERT_NOT_YET_VALID: 'certificate-expired'
  },
  exchange: { HPE_INVALID_EOF_STATE: 'answer-cut' }
}

const otherwise: Readonly<Record<Phase, ProblemCode>> = {
  connect: 'device-silent',
  handshake: 'tls-failed',
  exchange: 'answer-cut'
}

/** What the codes of OpenSSL, BoringSSL and the HTTP parser have in common, by phase; the first that fits. */
const byPattern: readonly (readonly [Phase, RegExp, ProblemCode])[] = [
  ['handshake', /UNKNOWN_PSK_IDENTITY$/, 'psk-refused'],
  ['handshake', /^(?:UNABLE_TO_|SELF_SIGNED_CERT|DEPTH_ZERO_|CERT_|INVALID_)/, 'certificate-untrusted'],
  ['handshake', /^(?:ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/, 'certificate-untrusted'],
  ['exchange', /^HPE_/, 'answer-garbled']
]

// In TLS 1.3 the device looks at our certificate only after the handshake, so its alert comes in the exchange.
const clientCertificateAlert =
  /^ERR_SSL_.*(?:BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_(?:REVOKED|EXPIRED|UNKNOWN|REQUIRED)|UNKNOWN_CA)$/

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : 'no code')

/** The Problem of a system, TLS or HTTP parser error. Only its code is told: messages may quote bytes of the answer. */
export function wireFailure(error: Error, phase: Phase): Result<never> {
  const code = codeOf(error)
  const alerted = phase !== 'connect' && clientCertificateAlert.test(code) ? 'client-certificate-refused' : undefined
  const pattern = byPattern.find(([when, form]) => when === phase && form.test(code))?.[2]
  return fail(byCode[phase][code] ?? alerted ?? pattern ?? otherwise[phase], { detail: `${phase}: ${code}` })
}

/**
 * Whether a failed handshake may have been about the version: the device said so, found nothing in common, or answered
 * with a version we did not offer.
 */
export const mayBeOldTls = (error: Error): boolean =>
  /^ERR_SSL_.*(?:UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|HANDSHAKE_FAILURE)/.test(codeOf(error))

/** Whether a handshake with a shared key failed as it does when the two keys differ. */
export const mayBeOtherKey = (error: Error): boolean =>
  /^ERR_SSL_.*(?:BAD_RECORD_MAC|DECRYPT_ERROR|DECRYPTION_FAILED|DIGEST_CHECK_FAILED)/.test(codeOf(error))

/**
 * Whether a sleeping management engine would do the same: it wakes at the first packet and misses it, or cuts the
 * connection that came too early. Before any byte of an answer, that is.
 */
export const mayBeAsleep = (error: Error, phase: Phase): boolean =>
  (phase === 'connect' ? ['ETIMEDOUT', 'EHOSTUNREACH'] : ['ECONNRESET', 'EPIPE']).includes(codeOf(error))

/** The same result with the device's address as the place of the Problem; titles stay free of it, so that equal causes group. */
export const atHost = <T>(host: string, result: Result<T>): Result<T> =>
  result.ok || result.problem.where?.startsWith(host) ? result : { ok: false, problem: nameHost(result.problem, host) }

/** A Problem with its device as the place, before any closer one. */
const nameHost = (problem: Problem, host: string): Problem => ({
  ...problem,
  where: problem.where === undefined ? host : `${host}, ${problem.where}`
})
