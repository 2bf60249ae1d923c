// Reads WS-MAN requests and writes replies and faults with the prefixes, order and single line AMT firmware uses.
// Written apart from the wizard's own client on purpose: one must be able to catch the other's mistakes.
import { anonymous, type Reference, readSelectors } from './value.ts'
import { child, childText, escaped, readXml, withAttribute, type Xml, type XmlElement, xml } from './xml.ts'

const soapNs = 'http://www.w3.org/2003/05/soap-envelope'
const addressingNs = 'http://schemas.xmlsoap.org/ws/2004/08/addressing'
const wsmanNs = 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd'
/** WS-Transfer. */
export const transferNs = 'http://schemas.xmlsoap.org/ws/2004/09/transfer'
/** WS-Enumeration. */
export const enumerationNs = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration'
/** Identify, the one request without addressing (DSP0226 chapter 11). */
export const identityNs = 'http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd'

/** What a client asked. `action` and `resourceUri` are empty when the header did not carry them. */
export interface SoapRequest {
  readonly action: string
  readonly resourceUri: string
  readonly messageId: string
  readonly selectors: Readonly<Record<string, string | Reference>>
  readonly body: XmlElement | undefined
}

/** Reads an envelope; `undefined` when it is no well-formed SOAP 1.2 envelope with a body. */
export function readRequest(source: string): SoapRequest | undefined {
  const envelope = readXml(source)
  const body = child(envelope, 'Body')
  if (envelope?.name !== 'Envelope' || envelope.namespace !== soapNs || !body) return undefined
  const header = child(envelope, 'Header')
  return {
    action: childText(header, 'Action'),
    resourceUri: childText(header, 'ResourceURI'),
    messageId: childText(header, 'MessageID'),
    selectors: readSelectors(child(header, 'SelectorSet')),
    body: body.children[0]
  }
}

/** What every message carries back: the request's MessageID and this device's own message counter. */
interface Numbers {
  readonly relatesTo: string
  readonly counter: number
}

const messageId = (counter: number): string =>
  `uuid:00000000-8086-8086-8086-${counter.toString(16).toUpperCase().padStart(12, '0')}`

const trustNs = 'http://schemas.xmlsoap.org/ws/2005/02/trust'
const wssNs = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd'
const bindingNs = 'http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd'

const declare = (pairs: readonly (readonly [string, string])[]): string =>
  [...pairs, ['xsi', 'http://www.w3.org/2001/XMLSchema-instance'] as const]
    .map(([prefix, uri]) => ` xmlns:${prefix}="${escaped(uri)}"`)
    .join('')

const envelope = (namespaces: string, header: readonly Xml[], body: Xml | undefined): string =>
  `<?xml version="1.0" encoding="UTF-8"?><a:Envelope${namespaces}>${xml('a:Header', ...header).markup}${xml('a:Body', ...(body ? [body] : [])).markup}</a:Envelope>`

const headerOf = (action: string, { relatesTo, counter }: Numbers): readonly Xml[] => [
  xml('b:To', anonymous),
  xml('b:RelatesTo', relatesTo),
  withAttribute('b:Action', ['a:mustUnderstand', 'true'], action),
  xml('b:MessageID', messageId(counter))
]

/** A reply. `namespaces` get the prefixes g, h, i in this order. Source: recorded replies of AMT 11.8 to 16. */
export function writeReply(
  reply: { action: string; resourceUri: string; namespaces: readonly string[]; body: Xml | undefined },
  numbers: Numbers
): string {
  const fixed = [soapNs, addressingNs, wsmanNs, trustNs, wssNs, bindingNs]
  const pairs = [...fixed, ...reply.namespaces].map((uri, at) => [String.fromCharCode(97 + at), uri] as const)
  const header = [...headerOf(reply.action, numbers), xml('c:ResourceURI', reply.resourceUri)]
  return envelope(declare(pairs), header, reply.body)
}

/** The answer to Identify: no addressing, since the request had none. */
export function writeIdentity(vendor: string, version: string): string {
  const body = xml(
    'b:IdentifyResponse',
    xml('b:ProtocolVersion', wsmanNs),
    xml('b:ProductVendor', vendor),
    xml('b:ProductVersion', version),
    xml(
      'b:SecurityProfiles',
      xml('b:SecurityProfileName', 'http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/http/digest')
    )
  )
  const namespaces = declare([
    ['a', soapNs],
    ['b', identityNs]
  ])
  return envelope(namespaces, [], body)
}

const wsmanFault = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/fault'
const addressingFault = `${addressingNs}/fault`

// The texts of unreachable, exists and internal are recorded ones; the others follow DSP0226 chapter 14.
const faults = {
  unreachable: [
    400,
    'b:DestinationUnreachable',
    addressingFault,
    'No route can be determined to reach the destination role defined by the WSAddressing To.'
  ],
  headerMissing: [
    400,
    'b:MessageInformationHeaderRequired',
    addressingFault,
    'A required message information header, To, MessageID, or Action, is not present.'
  ],
  actionUnknown: [400, 'b:ActionNotSupported', addressingFault, 'The action cannot be processed at the receiver.'],
  schema: [400, 'e:SchemaValidationError', wsmanFault, 'The supplied SOAP violates the corresponding XML schema.'],
  selectors: [400, 'e:InvalidSelectors', wsmanFault, 'The Selectors for the resource are not valid.'],
  representation: [400, 'd:InvalidRepresentation', `${transferNs}/fault`, 'The XML content is not valid.'],
  context: [
    400,
    'c:InvalidEnumerationContext',
    `${enumerationNs}/fault`,
    'The supplied enumeration context is not valid.'
  ],
  exists: [400, 'e:AlreadyExists', wsmanFault, 'The sender attempted to create a resource which already exists.'],
  denied: [400, 'e:AccessDenied', wsmanFault, 'The sender was not authorized to access the resource.'],
  internal: [
    500,
    'e:InternalError',
    wsmanFault,
    'The service cannot comply with the request due to internal processing errors.'
  ]
} as const satisfies Record<string, readonly [400 | 500, string, string, string]>

/** The faults a device can answer with. */
export type FaultKind = keyof typeof faults

/** A fault message and its HTTP status. Note the other prefix order: firmware really writes faults this way. */
export function writeFault(kind: FaultKind, numbers: Numbers, detail = ''): { status: 400 | 500; body: string } {
  const [status, subcode, action, text] = faults[kind]
  const namespaces = declare([
    ['g', bindingNs],
    ['f', 'http://schemas.xmlsoap.org/ws/2004/08/eventing'],
    ['e', wsmanNs],
    ['d', transferNs],
    ['c', enumerationNs],
    ['b', addressingNs],
    ['a', soapNs],
    ['h', trustNs],
    ['i', wssNs]
  ])
  const code = xml(
    'a:Code',
    xml('a:Value', status === 400 ? 'a:Sender' : 'a:Receiver'),
    xml('a:Subcode', xml('a:Value', subcode))
  )
  const reason = xml('a:Reason', withAttribute('a:Text', ['xml:lang', 'en-US'], text))
  const body = xml('a:Fault', code, reason, xml('a:Detail', detail))
  return { status, body: envelope(namespaces, headerOf(action, numbers), body) }
}
