// Where a real computer is looked for.
import { expect, test } from 'vitest'
import { locateReal } from '../../../electron/provision/locate.ts'
import { splitFqdn } from '../../../electron/provision/settings/names.ts'
import { isNative } from '../../../electron/provision/steps/reach.ts'
import type { Computer } from '../../../shared/computer.ts'
import { value } from '../../bench.ts'

const usual = { tls: 16993, plain: 16992 }
const both = (port: number) => ({ tls: port, plain: port })

test.each([
  ['', 'pc7.contoso.com', usual],
  ['10.0.0.7', '10.0.0.7', usual],
  ['other.contoso.com', 'other.contoso.com', usual],
  ['10.0.0.7:17000', '10.0.0.7', both(17000)],
  ['fd00::7', 'fd00::7', usual],
  ['[fd00::7]:17000', 'fd00::7', both(17000)]
])('address "%s" is host %s', (address, host, ports) => {
  const computer: Computer = {
    name: '',
    fqdn: 'pc7.contoso.com',
    guid: '',
    mac: '',
    address,
    amtVersion: '',
    amtStatus: '',
    automaticPrevented: false
  }
  expect(value(locateReal(computer))).toEqual({ host, ports })
})

test.each([
  ['2.6.10.1024', false],
  ['3.2.0', false],
  ['3.2.1', true],
  ['3.2', false],
  ['4.0.0', true],
  ['11.8.50.3425', true],
  ['', true],
  [undefined, true],
  ['unknown', true]
])('AMT %s is native: %s', (version, native) => {
  expect(isNative(version)).toBe(native)
})

test.each([
  ['fin-0231.corp.example', 'fin-0231', 'corp.example'],
  ['fin-0231', 'fin-0231', '']
])('%s is host %s in domain "%s"', (fqdn, host, domain) => {
  expect(splitFqdn(fqdn)).toEqual({ HostName: host, DomainName: domain })
})
