// Recorded answers as typed values: each of them is in the table, and what matters about types is looked at closely.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode } from '../../../electron/wsman/decode.ts'
import { resourceUri } from '../../../electron/wsman/envelope.ts'
import { recorded } from './recorded.ts'
import { haveRecordings, recording, recordings } from './recordings.ts'

const pathOf = (short: string) => (/^(?:faults|rps-http)\//.test(short) ? short : `go-wsman-messages/${short}`)
const value = (path: string) => {
  const decoded = decode(recording(pathOf(path)))
  return decoded.ok ? decoded.value.value : decoded.problem
}
const items = (path: string) => {
  const found = value(path) as { readonly items: readonly { readonly value: Readonly<Record<string, unknown>> }[] }
  return found.items.map((item) => item.value)
}

describe.skipIf(!haveRecordings)('recordings', () => {
  it('are all in the table', () => {
    const there = ['.xml', '.txt', '.http'].flatMap((ending) => recordings('.', ending))
    const known = recorded.map(([path = '']) => pathOf(path))
    expect(
      there
        .map((path) => path.replaceAll('\\', '/'))
        .filter((path) => path !== 'SOURCES.txt')
        .sort()
    ).toEqual(known.sort())
  })

  it.each(recorded)('%s is %s', (path = '', what, code) => {
    const decoded = decode(recording(pathOf(path)))
    const { class: name, operation } = decoded.ok ? decoded.value : { class: null, operation: '?' }
    const told = decoded.ok ? decoded.value.problem : decoded.problem
    const said = decoded.ok ? `${name === null ? '' : `${name}.`}${operation}` : `? ${decoded.problem.where}`
    expect([said, told?.code]).toEqual([what, code])
    expect(JSON.stringify(decoded)).not.toMatch(/\{\w+\}/)
  })

  it('keep arrays of one, digit strings, and the difference of empty and absent', () => {
    const [screen] = items('ips/screensetting/pull.xml')
    expect(screen).toMatchObject({ IsActive: [true, true, false, false], ResolutionX: [1920, 1920, 0, 0] })
    expect(items('cim/software/identity/pull.xml')).toContainEqual({
      InstanceID: 'Sku',
      IsEntity: true,
      VersionString: '16392'
    })
    expect(value('cim/chip/get.xml')).toMatchObject({ OperationalStatus: [0] })
    expect(value('amt/authorization/getuseraclentryex.xml')).toMatchObject({ Realms: [16] })
    expect(value('ips/hostbasedsetup/get.xml')).toMatchObject({ AllowedControlModes: [2, 1], CurrentControlMode: 2 })
    const [settings] = items('amt/general/pull.xml')
    expect([settings?.HostName, settings?.IdleWakeTimeout]).toEqual(['', 65_535])
    expect(settings).not.toHaveProperty('OemID')
  })

  it('decode times, bytes and references', () => {
    expect(value('amt/auditlog/get.xml')).toMatchObject({ TimeOfLastRecord: '2024-01-03T00:44:35Z' })
    const { EventRecords } = value('amt/auditlog/readrecords.xml') as { readonly EventRecords: readonly string[] }
    expect(EventRecords).toHaveLength(2)
    const records = value('amt/messagelog/getrecords.xml') as { readonly RecordArray: readonly string[] }
    expect(records.RecordArray.map((record) => Buffer.from(record, 'base64').byteLength)).toEqual([21, 21, 21])
    expect(value('amt/tls/credentialcontext/create.xml')).toEqual({
      resource: resourceUri('AMT_TLSCredentialContext'),
      selectors: {
        ElementInContext: {
          resource: resourceUri('AMT_PublicKeyCertificate'),
          selectors: { InstanceID: 'testCertificate' }
        },
        ElementProvidingContext: {
          resource: resourceUri('AMT_TLSProtocolEndpointCollection'),
          selectors: { ElementName: 'TLSProtocolEndpoint Instances Collection' }
        }
      }
    })
    expect(value('amt/publickey/certificate/get.xml')).toMatchObject({ TrustedRootCertficate: true })
  })

  it('strike the one-time password out', () => {
    expect(value('amt/setupandconfiguration/get.xml')).toMatchObject({
      ProvisioningServerOTP: '•••',
      ProvisioningState: 2
    })
  })

  it('read a challenge', () => {
    expect(value('rps-http/11.8.50.3425_401_html_none_36b8022a93.http')).toEqual({
      status: 401,
      server: 'Intel(R) Active Management Technology 11.8.50.3425',
      amtVersion: '11.8.50.3425',
      realm: expect.stringMatching(/^Digest:[0-9A-F]{32}$/)
    })
  })
})

const envelope = (body: string, resource = 'AMT_GeneralSettings', action = 'GetResponse') =>
  `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:b="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"><s:Header><b:Action>http://schemas.xmlsoap.org/ws/2004/09/transfer/${action}</b:Action><w:ResourceURI>${resourceUri(resource)}</w:ResourceURI></s:Header><s:Body>${body}</s:Body></s:Envelope>`
const settings = (inside: string) =>
  `<g:AMT_GeneralSettings xmlns:g="${resourceUri('AMT_GeneralSettings')}"><g:DigestRealm>Digest:A</g:DigestRealm>${inside}</g:AMT_GeneralSettings>`
const read = (text: string | Buffer) => {
  const decoded = decode(Buffer.from(text))
  return decoded.ok ? decoded.value : decoded.problem.code
}
const fault = (rest: string, subcode = 'InternalError') =>
  envelope(
    `<s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>e:${subcode}</s:Value></s:Subcode></s:Code>${rest}</s:Fault>`
  )

describe('decode', () => {
  it('gives what the table does not know as text', () => {
    const inside = '<g:Newer>5</g:Newer><g:Twice>a</g:Twice><g:Twice>b</g:Twice><g:Deep><g:In>x</g:In></g:Deep>'
    expect(read(envelope(settings(inside)))).toEqual({
      class: 'AMT_GeneralSettings',
      operation: 'Get',
      value: { DigestRealm: 'Digest:A', Newer: '5', Twice: ['a', 'b'], Deep: { In: 'x' } }
    })
  })

  it.each([
    ['a class without a table', envelope('<g:AMT_Unheard xmlns:g="urn:x"/>'), 'class-unknown'],
    [
      'a method without a table',
      envelope(`<g:Dance_OUTPUT xmlns:g="${resourceUri('AMT_GeneralSettings')}"/>`),
      'method-unknown'
    ],
    [
      'a method that every object has',
      envelope(`<g:constructor_OUTPUT xmlns:g="${resourceUri('AMT_GeneralSettings')}"/>`),
      'method-unknown'
    ],
    ['a wrong type', envelope(settings('<g:AMTNetworkEnabled>yes</g:AMTNetworkEnabled>')), 'answer-garbled'],
    ['no XML', 'hello', 'answer-garbled'],
    ['nothing', '', 'answer-garbled'],
    ['HTTP that ends in a chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0513\r\n<a', 'answer-cut'],
    ['HTTP without its body', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n<a', 'answer-cut'],
    ['chunks without a size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n', 'answer-garbled'],
    ['a login page of something else', 'HTTP/1.1 401 No\r\nServer: nginx\r\n\r\n', 'not-amt']
  ])('does not understand %s', (_, text, code) => {
    expect(read(text)).toBe(code)
  })

  it('joins chunks split inside a character', () => {
    const xml = Buffer.from(envelope(settings('<g:HostName>pcä</g:HostName>')))
    const half = xml.indexOf(Buffer.from('ä')) + 1
    const chunk = (bytes: Buffer) =>
      Buffer.concat([
        Buffer.from(`${bytes.byteLength.toString(16).toUpperCase().padStart(4, '0')}\r\n`),
        bytes,
        Buffer.from('\r\n')
      ])
    const http = Buffer.concat([
      Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'),
      chunk(xml.subarray(0, half)),
      chunk(xml.subarray(half)),
      Buffer.from('0\r\n\r\n')
    ])
    expect(read(http)).toMatchObject({ value: { HostName: 'pcä' } })
  })

  it('tells a bad HTTP status beside the value', () => {
    const xml = envelope(settings(''))
    expect(read(`HTTP/1.1 500 No\r\n\r\n${xml}`)).toMatchObject({
      operation: 'Get',
      problem: { code: 'device-internal', title: 'The device had an internal error', detail: 'HTTP 500' }
    })
  })

  it('gives one mistake one Problem, in a fault or in a ReturnValue', () => {
    const inFault = read(fault('<s:Detail>AMT-STATUS 16</s:Detail>'))
    const inValue = read(
      envelope(
        `<g:CommitChanges_OUTPUT xmlns:g="${resourceUri('AMT_SetupAndConfigurationService')}"><g:ReturnValue>16</g:ReturnValue></g:CommitChanges_OUTPUT>`
      )
    )
    for (const told of [inFault, inValue]) {
      expect(told).toMatchObject({ problem: { code: 'amt-refused', meaning: expect.stringContaining('do not allow') } })
    }
    expect(inFault).toMatchObject({
      value: { code: 'Receiver', subcode: 'InternalError', amtStatus: 16 },
      problem: { detail: 'SOAP fault Receiver/InternalError, AMT-STATUS 16' }
    })
    expect(read(fault('<s:Detail>AMT-STATUS 1</s:Detail>'))).toMatchObject({ problem: { code: 'device-internal' } })
    expect(read(fault(''))).toMatchObject({ problem: { code: 'device-internal' } })
  })

  it('does not quote a secret of the wrong type', () => {
    const decoded = decode(
      Buffer.from(
        envelope(
          `<g:IPS_KVMRedirectionSettingData xmlns:g="x"><g:InstanceID>i</g:InstanceID><g:RFBPassword>Geheim1!</g:RFBPassword><g:RFBPassword>Geheim2!</g:RFBPassword></g:IPS_KVMRedirectionSettingData>`
        )
      )
    )
    expect(JSON.stringify(decoded)).not.toContain('Geheim')
  })

  it('answers whatever the bytes are', () => {
    const xml = envelope(settings('<g:HostName>pc</g:HostName>'))
    const http = Buffer.from(
      `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${xml.length.toString(16)}\r\n${xml}\r\n0\r\n\r\n`
    )
    const broken = fc
      .tuple(fc.nat(http.byteLength), fc.nat(http.byteLength - 1), fc.nat(255))
      .map(([end, at, byte]) => {
        const bytes = Buffer.from(http)
        bytes[at] = byte
        return bytes.subarray(0, end)
      })
    fc.assert(
      fc.property(fc.oneof(broken, fc.uint8Array({ maxLength: 64 })), (bytes) => {
        expect(typeof decode(bytes).ok).toBe('boolean')
      }),
      { numRuns: 400 }
    )
  })
})
