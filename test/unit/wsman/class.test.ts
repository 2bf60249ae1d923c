// What every class promises: any text goes out and comes back, Puts name their instance, own status tables are used.
import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { setupAndConfigurationService } from '../../../electron/wsman/amt/setupAndConfigurationService.ts'
import { tlsCredentialContext } from '../../../electron/wsman/amt/tlsCredentialContext.ts'
import { tlsSettingData } from '../../../electron/wsman/amt/tlsSettingData.ts'
import { userInitiatedConnectionService } from '../../../electron/wsman/amt/userInitiatedConnectionService.ts'
import { defineClass } from '../../../electron/wsman/class.ts'
import { classes } from '../../../electron/wsman/classes.ts'
import { invokeOperation, putOperation, resourceUri, writeRequest } from '../../../electron/wsman/envelope.ts'
import { hostBasedSetupService } from '../../../electron/wsman/ips/hostBasedSetupService.ts'
import { optional, readShape, type Shape, string, writeShape } from '../../../electron/wsman/schema.ts'
import { child, type XmlElement } from '../../../electron/wsman/xml.ts'
import { parsed, writingDevice } from './sent.ts'

/** Text with everything XML has a mind of its own about, and characters beyond ASCII and the first plane. */
const awkward = fc
  .array(
    fc.constantFrom('&', '<', '>', '"', "'", ']]>', '&amp;', '<!--', '\r\n', '\t', ' ', 'ä', '€', '漢', '😀', 'a', '7'),
    {
      minLength: 1,
      maxLength: 12
    }
  )
  .map((parts) => parts.join(''))

const leaf = (local: string, text: string, name?: string): XmlElement => ({
  ns: '',
  local,
  attrs: new Map(name === undefined ? [] : [['Name', name]]),
  children: [],
  text
})
const branch = (local: string, children: readonly XmlElement[]): XmlElement => ({ ...leaf(local, ''), children })

/** One element of each kind a property may be: text, number, truth, bytes, time, reference, instance. */
const kinds = (name: string, text: string): readonly XmlElement[] => [
  {
    ...leaf(name, text),
    children: ['InstanceID', 'ElementName', 'SSID', 'PSKPassPhrase', 'Username', 'Password'].map((inner) =>
      leaf(inner, text)
    )
  },
  leaf(name, '7'),
  leaf(name, 'true'),
  leaf(name, 'AAEC'),
  leaf(name, '2026-01-31T12:00:00Z'),
  branch(name, [
    branch('ReferenceParameters', [
      leaf('ResourceURI', resourceUri('CIM_Chip')),
      branch('SelectorSet', [leaf('Selector', text, 'Tag')])
    ])
  ]),
  branch(name, [leaf('InstanceID', 'i'), leaf('StartTime', '2026-01-31T12:00:00Z')])
]

/** A value for every property, with the text wherever a text may stand. */
function filled(shape: Shape, text: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(shape).map(([name, property]) => {
      const fits = kinds(name, text)
        .map((element) => property.read([element], name))
        .find((read) => read.ok)
      if (!fits?.ok) throw new Error(`nothing fits ${name}`)
      return [name, fits.value]
    })
  )
}

const bodyOf = (xml: string): XmlElement => {
  const body = child(parsed(xml), 'Body')?.children[0]
  if (body === undefined) throw new Error('no body')
  return body
}

const shapes = [...classes.values()].flatMap(({ name, resource, table }) => [
  ...(table.allows?.some((allowed) => allowed !== 'delete')
    ? [{ id: `${name} put`, resource, method: undefined, shape: table.properties }]
    : []),
  ...Object.entries(table.methods ?? {})
    .filter(([, { input }]) => input !== undefined)
    .map(([method, { input = {} }]) => ({ id: `${name}.${method}`, resource, method, shape: input }))
])

describe('any text', () => {
  it('is tried with many', () => {
    expect(shapes.length).toBeGreaterThan(80)
  })

  it.each(shapes)('goes out and comes back: $id', ({ resource, method, shape }) => {
    fc.assert(
      fc.property(awkward, (text) => {
        const values = filled(shape, text)
        const content = writeShape(shape, values)
        const selectors = { InstanceID: text }
        const target = { resource, selectors }
        const operation =
          method === undefined ? putOperation(target, content) : invokeOperation(target, method, content)
        const written = writeRequest(operation, '1')
        if (!written.ok) throw new Error(written.problem.code)
        expect(readShape(shape, bodyOf(written.value))).toEqual({ ok: true, value: values })
        const selector = child(child(parsed(written.value), 'Header') as XmlElement, 'SelectorSet')?.children[0]
        expect(selector?.text).toBe(text)
      }),
      { numRuns: 12 }
    )
  })

  it('that XML cannot carry is refused, and not quoted', () => {
    const written = writeRequest(
      invokeOperation(
        { resource: setupAndConfigurationService.resource },
        'SetMEBxPassword',
        writeShape({ Password: optional(string) }, { Password: 'Geheim1\u0000' })
      ),
      '1'
    )
    expect(written.ok || written.problem.code).toBe('value-unwritable')
    expect(JSON.stringify(written)).not.toContain('Geheim1')
  })
})

describe('a class', () => {
  it('gives only what its table allows, with types', () => {
    expect(Object.keys(userInitiatedConnectionService).sort()).toEqual(
      ['enumerate', 'get', 'name', 'requestStateChange', 'resource', 'table'].sort()
    )
    expectTypeOf(userInitiatedConnectionService).not.toHaveProperty('put')
    expectTypeOf(hostBasedSetupService.setup)
      .parameter(1)
      .toHaveProperty('NetworkAdminPassword')
      .toEqualTypeOf<string>()
    expectTypeOf(hostBasedSetupService.setup)
      .parameter(1)
      .toHaveProperty('McNonce')
      .toEqualTypeOf<Uint8Array | undefined>()
    expectTypeOf(setupAndConfigurationService.partialUnprovision)
      .parameter(1)
      .toEqualTypeOf<Record<string, never> | undefined>()
  })

  it('is known by the name it has', () => {
    for (const [name, one] of classes) {
      expect(one.resource).toBe(resourceUri(name))
      expect(one.resource).toMatch(/^http:.*\/(AMT|IPS|CIM)_\w+$/)
    }
    expect(classes.size).toBeGreaterThan(80)
  })

  it('names the instance in a Put where AMT wants it, and leaves out what AMT does not take back', async () => {
    const id = 'Intel(r) AMT 802.3 TLS Settings'
    const raw = parsed(
      `<g:AMT_TLSSettingData xmlns:g="${tlsSettingData.resource}"><g:Enabled>false</g:Enabled><g:InstanceID>${id}</g:InstanceID><g:MutualAuthentication>false</g:MutualAuthentication><g:NonSecureConnectionsSupported>true</g:NonSecureConnectionsSupported><g:TrustedCN></g:TrustedCN></g:AMT_TLSSettingData>`
    )
    const { device, sent } = writingDevice()
    const values = readShape(tlsSettingData.table.properties, raw)
    if (!values.ok) throw new Error(values.problem.code)
    await tlsSettingData.put(device, { raw, values: values.value }, { Enabled: true })
    expect(sent[0]).toContain(
      `<w:SelectorSet><w:Selector Name="InstanceID">${id}</w:Selector></w:SelectorSet></Header>`
    )
    expect(bodyOf(sent[0] ?? '').children.map(({ local, text }) => [local, text])).toEqual([
      ['Enabled', 'true'],
      ['InstanceID', id],
      ['MutualAuthentication', 'false']
    ])
    await tlsSettingData.put(device, { raw, values: values.value }, { TrustedCN: ['a.com'] })
    expect(sent[1]).toContain('<r:TrustedCN>a.com</r:TrustedCN>')
  })

  it('reads a reference whose key is a reference', async () => {
    const { device, sent } = writingDevice()
    const certificate = { resource: resourceUri('AMT_PublicKeyCertificate'), selectors: { InstanceID: 'a & b' } }
    await tlsCredentialContext.delete(device, { ElementInContext: certificate })
    expect(sent[0]).toContain(
      '<w:Selector Name="ElementInContext"><a:EndpointReference><a:Address>/wsman</a:Address><a:ReferenceParameters>'
    )
    expect(sent[0]).toContain('<w:Selector Name="InstanceID">a &amp; b</w:Selector>')
  })

  it('does not take silence for success', async () => {
    const maker = defineClass('AMT_PublicKeyManagementService', {
      properties: {},
      methods: { Make: { output: { Key: optional(string) } } }
    })
    const { device } = writingDevice(parsed('<Make_OUTPUT/>'))
    const made = await maker.make(device)
    expect(made.ok || made.problem.code).toBe('answer-garbled')
  })
})

describe('IPS_HostBasedSetupService', () => {
  const nonce = new Uint8Array(20)
  const outcome = async (method: 'setup' | 'chain' | 'admin' | 'upgrade', code: number) => {
    const { device } = writingDevice(parsed(`<X_OUTPUT><ReturnValue>${code}</ReturnValue></X_OUTPUT>`))
    const signed = { McNonce: nonce, SigningAlgorithm: 2, DigitalSignature: nonce }
    const password = { NetAdminPassEncryptionType: 2, NetworkAdminPassword: 'ab'.repeat(16) }
    const calls = {
      setup: () => hostBasedSetupService.setup(device, password),
      chain: () =>
        hostBasedSetupService.addNextCertInChain(device, {
          NextCertificate: nonce,
          IsLeafCertificate: true,
          IsRootCertificate: false
        }),
      admin: () => hostBasedSetupService.adminSetup(device, { ...password, ...signed }),
      upgrade: () => hostBasedSetupService.upgradeClientToAdmin(device, signed)
    }
    const result = await calls[method]()
    return result.ok ? 'ok' : `${result.problem.code} ${result.problem.detail?.replace(/^.*\((.*)\)$/, '$1')}`
  }

  it.each([
    ['setup', 0, 'ok'],
    ['setup', 1, 'device-internal INTERNAL_ERROR'],
    ['setup', 2, 'amt-refused INVALID_STATE'],
    ['setup', 3, 'amt-refused INVALID_PARAMETER'],
    ['setup', 4, 'amt-refused METHOD_DISABLED'],
    ['setup', 5, 'amt-refused AUTHENTICATION_FAILED'],
    ['setup', 6, 'amt-busy FLASH_WRITE_LIMIT_EXCEEDED'],
    ['setup', 2054, 'amt-refused status 2054'],
    ['chain', 1, 'amt-refused INVALID_PARAMETER'],
    ['chain', 2, 'device-internal INTERNAL_ERROR'],
    ['chain', 3, 'amt-refused INVALID_STATE'],
    ['chain', 4, 'amt-refused CERTIFICATE_VERIFY_FAILED'],
    ['chain', 5, 'amt-refused CHAIN_TOO_LONG'],
    ['admin', 3, 'amt-refused INVALID_PARAMETER'],
    ['admin', 4, 'amt-refused status 4'],
    ['admin', 32_768 + 3, 'amt-refused status 32771'],
    ['upgrade', 5, 'amt-refused AUTHENTICATION_FAILED']
  ] as const)('%s %i is %s, by its own table', async (method, code, expected) => {
    expect(await outcome(method, code)).toBe(expected)
  })
})
