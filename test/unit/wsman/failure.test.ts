// System codes become Problems by how far a request had come; messages of errors are never shown.
import { describe, expect, it } from 'vitest'
import { atHost, mayBeAsleep, mayBeOldTls, type Phase, wireFailure } from '../../../electron/wsman/failure.ts'
import { fail, type Result } from '../../../shared/problem.ts'

const codeOf = (code: string, phase: Phase) => {
  const result = wireFailure(Object.assign(new Error('Geheim1!'), { code }), phase)
  expect(JSON.stringify(result)).not.toContain('Geheim1')
  return result.ok || [result.problem.code, result.problem.detail]
}

describe('wireFailure', () => {
  it.each([
    ['ETIMEDOUT', 'connect', 'device-silent'],
    ['EHOSTUNREACH', 'connect', 'device-silent'],
    ['ENETUNREACH', 'connect', 'device-silent'],
    ['ECONNREFUSED', 'connect', 'device-refused'],
    ['ENOTFOUND', 'connect', 'name-unknown'],
    ['ECONNRESET', 'handshake', 'tls-failed'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'handshake', 'tls-failed'],
    ['ETIMEDOUT', 'handshake', 'answer-slow'],
    ['CERT_HAS_EXPIRED', 'handshake', 'certificate-expired'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'handshake', 'certificate-untrusted'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'handshake', 'certificate-untrusted'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'handshake', 'certificate-untrusted'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'handshake', 'client-certificate-refused'],
    ['ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE', 'handshake', 'client-certificate-refused'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'exchange', 'client-certificate-refused'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_PSK_IDENTITY', 'handshake', 'psk-refused'],
    ['ECONNRESET', 'exchange', 'answer-cut'],
    ['EPIPE', 'exchange', 'answer-cut'],
    ['HPE_INVALID_CONSTANT', 'exchange', 'answer-garbled'],
    ['HPE_INVALID_EOF_STATE', 'exchange', 'answer-cut']
  ] as const)('%s in %s is %s', (code, phase, expected) => {
    expect(codeOf(code, phase)).toEqual([expected, `${phase}: ${code}`])
  })
})

describe('what may explain a failure', () => {
  const coded = (code: string) => Object.assign(new Error('Geheim1!'), { code })

  it.each([
    ['ETIMEDOUT', 'connect', true],
    ['EHOSTUNREACH', 'connect', true],
    ['ECONNREFUSED', 'connect', false],
    ['ECONNRESET', 'handshake', true],
    ['ETIMEDOUT', 'handshake', false],
    ['EPIPE', 'exchange', true],
    ['HPE_INVALID_CONSTANT', 'exchange', false]
  ] as const)('%s in %s: asleep %s', (code, phase, expected) => {
    expect(mayBeAsleep(coded(code), phase)).toBe(expected)
  })

  it.each([
    ['ERR_SSL_UNSUPPORTED_PROTOCOL', true],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', true],
    ['ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', true],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', false],
    ['ECONNRESET', false]
  ] as const)('%s: old TLS %s', (code, expected) => {
    expect(mayBeOldTls(coded(code))).toBe(expected)
  })
})

describe('atHost', () => {
  it('names the device as the place, before any closer place, and only once', () => {
    const where = (result: Result<never>) => result.ok || result.problem.where
    expect(where(atHost('pc-01', fail('device-silent')))).toBe('pc-01')
    expect(where(atHost('pc-01', fail('answer-garbled', { where: 'line 1' })))).toBe('pc-01, line 1')
    expect(where(atHost('pc-01', atHost('pc-01', fail('device-silent'))))).toBe('pc-01')
  })
})
