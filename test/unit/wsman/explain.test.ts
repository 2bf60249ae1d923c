// The same mistake is the same Problem, whether firmware tells it by fault, by PT_STATUS in a fault or by ReturnValue.
import { describe, expect, it } from 'vitest'
import { explainFault, explainHttp } from '../../../electron/wsman/explain.ts'
import { ptStatus, statusProblem } from '../../../electron/wsman/ptStatus.ts'

describe('one mistake, one Problem', () => {
  it.each([
    ['AlreadyExists', 2058],
    ['InvalidSelectors', 2068],
    ['InternalError', 1],
    ['SchemaValidationError', 36],
    ['Concurrency', 46]
  ])('%s is ReturnValue %i', (subcode, status) => {
    const fault = explainFault(subcode, undefined, 'raw')
    const value = statusProblem('the request', status).problem
    expect(fault).toEqual({ ...value, detail: 'raw' })
  })

  it('a PT_STATUS told in a fault counts more than its name', () => {
    for (const status of Object.keys(ptStatus).map(Number)) {
      const { problem } = statusProblem('the request', status)
      expect(explainFault('InternalError', status, 'raw')).toEqual({ ...problem, detail: 'raw' })
    }
    expect(explainFault('InternalError', 4711, 'raw').code).toBe('device-internal')
  })

  it.each([
    ['DestinationUnreachable', 'class-missing'],
    ['ActionNotSupported', 'class-missing'],
    ['AccessDenied', 'access-denied'],
    ['Unheard', 'soap-fault']
  ])('%s is %s', (subcode, code) => {
    const problem = explainFault(subcode, undefined, 'raw')
    expect([problem.code, problem.detail]).toEqual([code, 'raw'])
    expect(JSON.stringify(problem)).not.toMatch(/\{(?!host)\w+\}/)
  })

  it.each([
    [403, 'access-denied'],
    [404, 'needs-translator'],
    [500, 'device-internal'],
    [503, 'http-status']
  ])('HTTP %i is %s', (status, code) => {
    expect(explainHttp(status).problem).toMatchObject({ code, detail: `HTTP ${status}` })
  })

  it('every status has words of its own', () => {
    for (const [status, { name, meaning, remedy }] of Object.entries(ptStatus)) {
      expect(name, status).toMatch(/^[A-Z_]+$/)
      expect(meaning, status).toMatch(/\.$/)
      expect(remedy, status).toMatch(/\.$/)
    }
  })
})
