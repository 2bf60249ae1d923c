// Requests against bytes written by hand, replies and faults against recorded ones.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  createOperation,
  deleteOperation,
  enumerateOperation,
  getOperation,
  invokeOperation,
  pullOperation,
  putOperation,
  readBatch,
  readCreated,
  readReply,
  resourceUri,
  writeIdentify,
  writeRequest
} from '../../../electron/wsman/envelope.ts'
import { boolean, bytes, reference, required, string, writeShape } from '../../../electron/wsman/schema.ts'
import { readXml } from '../../../electron/wsman/xml.ts'
import { haveRecordings, recording, recordings } from './recordings.ts'

const golden = (name: string) => readFileSync(new URL(`./golden/${name}.xml`, import.meta.url), 'utf8').trimEnd()
const software = { resource: resourceUri('CIM_SoftwareIdentity') }
const certificate = {
  resource: resourceUri('AMT_PublicKeyCertificate'),
  selectors: { InstanceID: 'Intel(r) AMT Certificate: Handle: 1' }
}

describe('requests', () => {
  it.each([
    ['get', getOperation({ resource: resourceUri('AMT_GeneralSettings') }), 1],
    ['get-selector', getOperation({ ...software, selectors: { InstanceID: 'Build & <Number> "1"' } }), 7],
    [
      'put',
      putOperation(
        { resource: resourceUri('AMT_GeneralSettings') },
        writeShape(
          { HostName: required(string), SharedFQDN: required(boolean) },
          { HostName: 'pc-&-01', SharedFQDN: true }
        )
      ),
      2
    ],
    [
      'create',
      createOperation(
        { resource: resourceUri('AMT_TLSCredentialContext') },
        writeShape({ ElementInContext: required(reference) }, { ElementInContext: certificate })
      ),
      3
    ],
    ['delete', deleteOperation(certificate), 4],
    ['enumerate', enumerateOperation(software), 5],
    ['pull', pullOperation(software, 'E2020000-0000-0000-0000-000000000000'), 6],
    [
      'invoke',
      invokeOperation(
        { resource: resourceUri('AMT_AuthorizationService') },
        'SetAdminAclEntryEx',
        writeShape(
          { Username: required(string), DigestPassword: required(bytes) },
          { Username: 'admin', DigestPassword: new Uint8Array(16).map((_, at) => at) }
        )
      ),
      8
    ]
  ])('%s is the golden request', (name, operation, id) => {
    expect(writeRequest(operation, String(id))).toEqual({ ok: true, value: golden(name) })
  })

  it('Identify carries no addressing', () => {
    expect(writeIdentify()).toEqual({ ok: true, value: golden('identify') })
  })
})

const fault = (code: string, subcode: string, rest = '') =>
  `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header/><s:Body><s:Fault><s:Code><s:Value>s:${code}</s:Value><s:Subcode><s:Value>${subcode}</s:Value></s:Subcode></s:Code>${rest}</s:Fault></s:Body></s:Envelope>`

const reply = (xml: string | Buffer) => {
  const root = readXml(Buffer.from(xml))
  return root.ok ? readReply(root.value) : root
}

describe('faults', () => {
  it.each([
    ['x:DestinationUnreachable', 'class-missing'],
    ['AlreadyExists', 'already-exists'],
    ['e:AccessDenied', 'access-denied'],
    ['e:InvalidSelectors', 'instance-missing'],
    ['e:InternalError', 'device-internal'],
    ['e:SchemaValidationError', 'amt-refused'],
    ['e:Concurrency', 'amt-busy'],
    ['e:ActionNotSupported', 'class-missing'],
    ['e:Unheard', 'soap-fault'],
    ['e:constructor', 'soap-fault']
  ])('%s by its local name is %s', (subcode, code) => {
    const result = reply(fault('Sender', subcode))
    expect(result.ok || result.problem.code).toBe(code)
    expect(result.ok || result.problem.detail).toContain(subcode.replace(/^.*:/, ''))
  })

  it('tells AMT-STATUS, but never the reason text', () => {
    const rest = '<s:Reason><s:Text>Geheim1! is bad</s:Text></s:Reason><s:Detail>AMT-STATUS 16</s:Detail>'
    const result = reply(fault('Receiver', 'e:InternalError', rest))
    expect(result.ok || result.problem.detail).toBe('SOAP fault Receiver/InternalError, AMT-STATUS 16')
    expect(JSON.stringify(result)).not.toContain('Geheim1')
  })

  it('does not take XML without an envelope for an answer', () => {
    const result = reply('<html><Body/></html>')
    expect(result.ok || result.problem.code).toBe('answer-garbled')
  })

  it.skipIf(!haveRecordings)('are recognised in the recorded faults', () => {
    const codes = ['faults/AlreadyExists.400.xml', 'faults/DestinationUnreachable.400.xml'].map((path) => {
      const result = reply(recording(path))
      return result.ok || result.problem.code
    })
    expect(codes).toEqual(['already-exists', 'class-missing'])
  })
})

describe.skipIf(!haveRecordings)('recorded answers', () => {
  const all = recordings('go-wsman-messages', '.xml')

  it('all parse, but for the three with text before the XML declaration', () => {
    const unreadable = all.filter((path) => {
      const root = readXml(recording(path))
      if (!root.ok) expect(root.problem.code, path).toBe('answer-garbled')
      else expect(readReply(root.value).ok, path).toBe(true)
      return !root.ok
    })
    expect(all.length).toBeGreaterThan(200)
    expect(unreadable.map((path) => path.replace(/^go-wsman-messages./, '').replaceAll('\\', '/'))).toEqual([
      'amt/asset/enumerate.xml',
      'amt/asset/get.xml',
      'amt/asset/pull.xml'
    ])
  })

  it('bring enumerations to an end', () => {
    const batchOf = (path: string) => {
      const answer = reply(recording(path))
      return answer.ok ? readBatch(answer.value.body) : answer
    }
    expect(batchOf('go-wsman-messages/cim/software/identity/enumerate.xml')).toEqual({
      ok: true,
      value: { items: [], context: 'E2020000-0000-0000-0000-000000000000' }
    })
    const last = batchOf('go-wsman-messages/cim/software/identity/pull.xml')
    expect(last.ok && [last.value.context, last.value.items.length > 8]).toEqual([undefined, true])
  })

  it('name what Create made', () => {
    const made = reply(recording('go-wsman-messages/amt/tls/credentialcontext/create.xml'))
    const created = made.ok ? readCreated(made.value.body) : made
    expect(created.ok && created.value.resource).toBe(resourceUri('AMT_TLSCredentialContext'))
  })
})
