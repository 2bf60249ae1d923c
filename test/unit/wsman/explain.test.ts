// The same mistake is the same Problem, whether firmware tells it by fault, by PT_STATUS in a fault or by ReturnValue.
import { describe, expect, it } from 'vitest'
import { hasClass } from '../../../electron/simulator/generations.ts'
import { classes } from '../../../electron/wsman/classes.ts'
import { type Asked, explainFault, explainFor, explainHttp } from '../../../electron/wsman/explain.ts'
import { rules } from '../../../electron/wsman/explainRules.ts'
import { lifetimes } from '../../../electron/wsman/generations.ts'
import { adminStatus } from '../../../electron/wsman/ips/hostBasedSetupStatus.ts'
import { ptStatus, statusProblem } from '../../../electron/wsman/ptStatus.ts'
import { type Problem, type ProblemCode, problem } from '../../../shared/problem.ts'

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

const versions = [undefined, '6.2.61.3535', '9.1.45.3000', '11.8.50.3425', '12.0.45.1509', '15.0.23.1706'] as const
const newer = ['16.1.25.2124', '19.0.0.1835', '21.0.0.1', '22.0.0.1'] as const
const allVersions = [...versions, ...newer]

const returned = (method: string, code: number, table = ptStatus): Problem => statusProblem(method, code, table).problem
const missing = problem('class-missing', { detail: 'SOAP fault Sender/DestinationUnreachable' })

/** Which part of the words is looked for: the whole, cause and next step. */
const words = ({ meaning, remedy }: Problem): string => `${meaning} ${remedy}`

describe('the generation of the device', () => {
  it.each<[string, Problem, Asked, RegExp]>([
    [
      'too old',
      missing,
      { amtVersion: '9.1.45.3000', className: 'IPS_HTTPProxyService' },
      /^AMT 9\.1 has no .* AMT 16\./
    ],
    ['other model', missing, { amtVersion: '16.1.25', className: 'IPS_HTTPProxyService' }, /sold without it/],
    [
      'no table',
      missing,
      { amtVersion: '16.1.25', className: 'CIM_KVMRedirectionSAP' },
      /not part of this AMT version/
    ],
    ['unknown', missing, { className: 'IPS_HTTPProxyService' }, /not part of this AMT version/],
    [
      'method gone',
      missing,
      { amtVersion: '15.0.23', className: 'AMT_SetupAndConfigurationService', method: 'SetTLSPSK' },
      /^AMT 15\.0 no longer has .*SetTLSPSK\. It went with AMT 11\./
    ],
    [
      'closed port',
      problem('device-refused'),
      { amtVersion: '16.1.25', port: 16992 },
      /closed for good.*Use port 16993/
    ],
    ['open port', problem('device-refused'), { amtVersion: '15.0.23', port: 16992 }, /MEBx.*From AMT 16\.1 on only/],
    ['other port', problem('device-refused'), { amtVersion: '16.1.25', port: 16993 }, /address of this row\.$/],
    [
      'old TLS',
      problem('tls-too-old', { values: { version: 'TLS 1.1' } }),
      { amtVersion: '9.1.45' },
      /TLS 1\.1 at most/
    ],
    ['user', problem('login-refused'), { username: 'setup' }, /called admin again/],
    ['admin', problem('login-refused'), { username: 'admin' }, /then try once\.$/],
    [
      'auditor',
      returned('Unprovision', 2076),
      { amtVersion: '11.8.50', method: 'Unprovision' },
      /An auditor has locked/
    ],
    ['no auditor', returned('Unprovision', 2076), { amtVersion: '12.0.45', method: 'Unprovision' }, /no auditor can/],
    [
      'commit',
      returned('CommitChanges', 2057),
      { amtVersion: '19.0.0', method: 'CommitChanges' },
      /From AMT 19.*SetMEBx/
    ],
    [
      'commit before',
      returned('CommitChanges', 2057),
      { amtVersion: '18.1.2', method: 'CommitChanges' },
      /still admin/
    ],
    ['commit anywhere', returned('CommitChanges', 2057), { method: 'CommitChanges' }, /still admin/],
    [
      'SHA-384 too early',
      returned('AdminSetup', 3, adminStatus),
      { amtVersion: '20.0.0', method: 'AdminSetup' },
      /SHA-256 only/
    ],
    [
      'SHA-384',
      returned('AdminSetup', 3, adminStatus),
      { amtVersion: '21.0.0', method: 'AdminSetup' },
      /From AMT 21 on/
    ],
    [
      'SHA-256 too late',
      returned('UpgradeClientToAdmin', 1, adminStatus),
      { amtVersion: '22.0.0', method: 'UpgradeClientToAdmin' },
      /wants SHA-384/
    ],
    [
      'RSA too late',
      explainFault('InternalError', 1, 'SOAP fault Receiver/InternalError, AMT-STATUS 1'),
      { amtVersion: '22.0.0', className: 'AMT_TLSCredentialContext' },
      /P-384/
    ],
    ['suffix gone', problem('client-certificate-refused'), { amtVersion: '11.8.50' }, /also erases the DNS suffix/],
    ['suffix kept', problem('client-certificate-refused'), { amtVersion: '12.0.45' }, /add them again in MEBx\.$/],
    [
      'unprovision',
      problem('answer-cut'),
      { amtVersion: '9.1.45', method: 'Unprovision' },
      /MEBx password stays.*suffix/
    ],
    ['vendor range', returned('CommitChanges', 32768 + 2057), { method: 'CommitChanges' }, /still admin/]
  ])('%s', (_, found, asked, expected) => {
    expect(words(explainFor(found, asked))).toMatch(expected)
  })

  it('changes the words of a mistake and never its code, title or detail', () => {
    const methods = [undefined, ...rules.flatMap((rule) => rule.methods ?? [])]
    const codes = [...new Set<ProblemCode>([...rules.map((rule) => rule.code), 'class-missing'])]
    const statuses = [undefined, ...rules.flatMap((rule) => rule.status ?? [])]
    for (const amtVersion of allVersions)
      for (const method of methods)
        for (const code of codes)
          for (const status of statuses) {
            const found = problem(code, status === undefined ? {} : { detail: `x ReturnValue ${status} (X)` })
            const asked = { amtVersion, method, port: 16992, username: 'x', className: 'AMT_TLSCredentialContext' }
            const { meaning, remedy, ...same } = explainFor(found, asked)
            expect({ ...found, meaning, remedy }).toEqual({ ...same, meaning, remedy })
          }
  })

  it('takes every rule somewhere, and none that stands behind a wider one', () => {
    for (const rule of rules) {
      const { code, status, methods: [method] = [], className, port, from, before, notUser } = rule
      const detail = status === undefined ? {} : { detail: `x ReturnValue ${status} (X)` }
      const inside = before && !from ? '4.0.0' : from && `${from[0]}.${from[1]}.0`
      const asked = { amtVersion: inside, method, className, port, ...(notUser && { username: 'other' }) }
      const { meaning, remedy } = explainFor(problem(code, detail), asked)
      const wanted = [rule.meaning, rule.remedy, rule.hint].filter((each) => each !== undefined)
      for (const text of wanted) expect(`${meaning} ${remedy}`).toContain(text)
      expect(wanted.length).toBeGreaterThan(0)
      for (const text of wanted) expect(text).toMatch(/\.$/)
    }
  })

  it('has lifetimes of classes and methods there are, as the practice devices keep them', () => {
    for (const [what, { from }] of Object.entries(lifetimes)) {
      const [name = '', method] = what.split('.')
      const methods = classes.get(name)?.table.methods ?? {}
      expect(classes.has(name) && (method === undefined || Object.hasOwn(methods, method)), what).toBe(true)
      if (method !== undefined || from === undefined) continue
      expect(hasClass(`${from[0]}.${from[1]}.0`, name), what).toBe(true)
      expect(hasClass(from[1] === 0 ? `${from[0] - 1}.9.0` : `${from[0]}.${from[1] - 1}.0`, name), what).toBe(false)
    }
    for (const name of classes.keys()) if (!hasClass('4.0.0', name)) expect(lifetimes[name], name).toBeDefined()
  })
})
