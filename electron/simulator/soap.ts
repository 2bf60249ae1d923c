// Reads WS-MAN requests and writes replies and faults with the prefixes, order and single line AMT firmware uses.
// Written apart from the wizard's own client on purpose: one must be able to catch the other's mistakes.
import { SaxesParser } from 'saxes'

const soapNs = 'http://www.w3.org/2003/05/soap-envelope'
const addressingNs = 'http://schemas.xmlsoap.org/ws/2004/08/addressing'
const wsmanNs = 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd'
const transferNs = 'http://schemas.xmlsoap.org/ws/2004/09/transfer'
/** WS-Enumeration. */
export const enumerationNs = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration'
/** Identify, the one request without addressing (DSP0226 chapter 11). */
export const identityNs = 'http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd'
/** The role address every reply is addressed to, and every reference starts with. */
const anonymous = 'http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous'

const maxDepth = 32
const maxElements = 10_000

/** One element as read; names are local names, text is this element's own text. */
interface XmlElement {
  readonly name: string
  readonly namespace: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  readonly text: string
}

/** What a client asked. `action` and `resourceUri` are empty when the header did not carry them. */
export interface SoapRequest {
  readonly action: string
  readonly resourceUri: string
  readonly messageId: string
  readonly selectors: ReadonlyMap<string, string>
  readonly body: XmlElement | undefined
}

type Building = { -readonly [K in keyof XmlElement]: XmlElement[K] } & { children: Building[] }

/** Reads a document into a tree; `undefined` for anything malformed, with a DTD, too deep or too large. */
export function readXml(source: string): XmlElement | undefined {
  const parser = new SaxesParser({ xmlns: true })
  const open: Building[] = []
  let root: Building | undefined
  let count = 0
  const refuse = (why: string): never => {
    throw new Error(why)
  }
  parser.on('doctype', () => refuse('a DTD has no place in SOAP'))
  parser.on('opentag', (tag) => {
    if (open.length >= maxDepth || ++count > maxElements) refuse('too deep or too large')
    const attributes = new Map(Object.values(tag.attributes).map((each) => [each.local, each.value]))
    const element: Building = { name: tag.local, namespace: tag.uri, attributes, children: [], text: '' }
    const parent = open.at(-1)
    if (parent) parent.children.push(element)
    else root = element
    open.push(element)
  })
  const addText = (text: string): void => {
    const parent = open.at(-1)
    if (parent) parent.text += text
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => open.pop())
  try {
    parser.write(source).close()
  } catch {
    return undefined
  }
  return root
}

/** The first child with this local name. */
export const child = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find((each) => each.name === name)

const textOf = (element: XmlElement | undefined, name: string): string => child(element, name)?.text.trim() ?? ''

/** Reads an envelope; `undefined` when it is no well-formed SOAP 1.2 envelope with a body. */
export function readRequest(source: string): SoapRequest | undefined {
  const envelope = readXml(source)
  const body = child(envelope, 'Body')
  if (envelope?.name !== 'Envelope' || envelope.namespace !== soapNs || !body) return undefined
  const header = child(envelope, 'Header')
  const selectors = (child(header, 'SelectorSet')?.children ?? []).map(
    (each) => [each.attributes.get('Name') ?? '', each.text] as const
  )
  return {
    action: textOf(header, 'Action'),
    resourceUri: textOf(header, 'ResourceURI'),
    messageId: textOf(header, 'MessageID'),
    selectors: new Map(selectors),
    body: body.children[0]
  }
}

/** A finished piece of XML. Only `xml()` makes one, so text can not slip in unescaped. */
export interface Xml {
  readonly markup: string
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => entities[character] ?? '')

/** An element with content; strings are text and get escaped. `name` must come from a table, never from a request. */
export function xml(name: string, ...content: readonly (Xml | string)[]): Xml {
  const inner = content.map((each) => (typeof each === 'string' ? escaped(each) : each.markup)).join('')
  return { markup: `<${name}>${inner}</${name}>` }
}

const withAttribute = (name: string, attribute: string, value: string, text: string): Xml => ({
  markup: `<${name} ${attribute}="${escaped(value)}">${escaped(text)}</${name}>`
})

/** A reference to an instance, as it stands inside a property (WS-Addressing endpoint reference). */
export function reference(name: string, resource: string, selectors: Readonly<Record<string, string>>): Xml {
  const entries = Object.entries(selectors).map(([key, value]) => withAttribute('c:Selector', 'Name', key, value))
  const parameters = xml('b:ReferenceParameters', xml('c:ResourceURI', resource), xml('c:SelectorSet', ...entries))
  return xml(name, xml('b:Address', anonymous), parameters)
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
    .map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`)
    .join('')

const envelope = (namespaces: string, header: readonly Xml[], body: Xml): string =>
  `<?xml version="1.0" encoding="UTF-8"?><a:Envelope${namespaces}>${xml('a:Header', ...header).markup}${xml('a:Body', body).markup}</a:Envelope>`

const headerOf = (action: string, { relatesTo, counter }: Numbers): readonly Xml[] => [
  xml('b:To', anonymous),
  xml('b:RelatesTo', relatesTo),
  withAttribute('b:Action', 'a:mustUnderstand', 'true', action),
  xml('b:MessageID', messageId(counter))
]

/** A reply. `namespaces` get the prefixes g, h, i in this order. Source: recorded replies of AMT 11.8 to 16. */
export function writeReply(
  reply: { action: string; resourceUri: string; namespaces: readonly string[]; body: Xml },
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

// The first and the last text are recorded ones; the others follow DSP0226 chapter 14.
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
  const reason = xml('a:Reason', withAttribute('a:Text', 'xml:lang', 'en-US', text))
  const body = xml('a:Fault', code, reason, xml('a:Detail', detail))
  return { status, body: envelope(namespaces, headerOf(action, numbers), body) }
}
