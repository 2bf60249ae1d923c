import { describe, expect, it } from 'vitest'
import { faultSwitches, readFault } from '../../../electron/simulator/faults.ts'

describe('fault switches by name', () => {
  it.each([
    ['latency=250', { latencyMs: 250 }],
    ['auth-int', { qop: 'auth,auth-int' }],
    ['auth-int=only', { qop: 'auth-int' }],
    ['kerberos', { kerberos: 'also' }],
    ['kerberos=only', { kerberos: 'only' }],
    ['garbage', { body: 'garbage' }],
    ['unreachable=CIM_WiFiPort,AMT_AuditLog', { unreachable: ['CIM_WiFiPort', 'AMT_AuditLog'] }],
    ['drop-after=Put', { dropAfter: 'Put' }],
    ['keys-busy', { keysBusy: 3 }],
    ['commit-2057=2', { commitFails: 2 }]
  ])('%s', (text, change) => expect(readFault(text)).toEqual(change))

  it.each(['', 'nothing', 'latency=soon', 'latency=-1', 'garbage=1', 'auth-int=no', 'toString', 'unreachable=a b'])(
    'refuses "%s"',
    (text) => expect(readFault(text)).toBeUndefined()
  )

  it('all have a usual value', () => {
    for (const [name, each] of Object.entries(faultSwitches)) expect(each.turn(''), name).toBeDefined()
  })
})
