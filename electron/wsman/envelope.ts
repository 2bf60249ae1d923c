// SOAP 1.2 envelopes of WS-Management (DSP0226) as AMT takes them, and what its replies mean.
import { fail, ok, type Problem, type Result } from '../../shared/problem.ts'
import { explainFault } from './explain.ts'
import { type Reference, reference, type Selectors, selectorSet } from './schema.ts'
import { child, childText, el, writeXml, type XmlElement, type XmlOut } from './xml.ts'

const soap = 'http://www.w3.org/2003/05/soap-envelope'
const addressing = 'http://schemas.xmlsoap.org/ws/2004/08/addressing'
const transfer = 'http://schemas.xmlsoap.org/ws/2004/09/transfer'
const enumeration = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration'
const identity = 'http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd'

/** The resource URI of an `AMT_…`, `IPS_…` or `CIM_…` class, by its prefix. */
export const resourceUri = (className: string): string => `${schemas[className.slice(0, 4)] ?? ''}${className}`

const schemas: Readonly<Record<string, string>> = {
  AMT_: 'http://intel.com/wbem/wscim/1/amt-schema/1/',
  IPS_: 'http://intel.com/wbem/wscim/1/ips-schema/1/',
  CIM_: 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/'
}

/** The class name at the end of a resource URI. */
export const className = (resource: string): string => resource.slice(resource.lastIndexOf('/') + 1)

/** What a request is about: a class, and which of its instances. */
export interface Target {
  readonly resource: string
  readonly selectors?: Selectors | undefined
}

/** A request before it is numbered and written. */
export interface Operation {
  readonly target: Target
  readonly action: string
  readonly body: readonly XmlOut[]
}

const operation = (target: Target, action: string, ...body: readonly XmlOut[]): Operation => ({ target, action, body })

/** A class instance as request body: `<r:CLASS xmlns:r=URI>` around elements with prefix `r`. */
export const instanceOf = (resource: string, content: readonly XmlOut[]): XmlOut =>
  el(`r:${className(resource)}`, content, { 'xmlns:r': resource })

export const getOperation = (target: Target): Operation => operation(target, `${transfer}/Get`)
export const putOperation = (target: Target, content: readonly XmlOut[]): Operation =>
  operation(target, `${transfer}/Put`, instanceOf(target.resource, content))
export const createOperation = (target: Target, content: readonly XmlOut[]): Operation =>
  operation(target, `${transfer}/Create`, instanceOf(target.resource, content))
export const deleteOperation = (target: Target): Operation => operation(target, `${transfer}/Delete`)
export const enumerateOperation = (target: Target): Operation =>
  operation(target, `${enumeration}/Enumerate`, el('Enumerate', [], { xmlns: enumeration }))
export const pullOperation = (target: Target, context: string): Operation =>
  operation(
    target,
    `${enumeration}/Pull`,
    el('Pull', [el('EnumerationContext', context), el('MaxElements', '999'), el('MaxCharacters', '99999')], {
      xmlns: enumeration
    })
  )
export const invokeOperation = (target: Target, method: string, content: readonly XmlOut[]): Operation =>
  operation(target, `${target.resource}/${method}`, el(`r:${method}_INPUT`, content, { 'xmlns:r': target.resource }))

const envelope = (header: readonly XmlOut[], body: readonly XmlOut[]): Result<string> =>
  writeXml(
    el('Envelope', [el('Header', header), el('Body', body)], {
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xmlns:xsd': 'http://www.w3.org/2001/XMLSchema',
      'xmlns:a': addressing,
      'xmlns:w': 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd',
      xmlns: soap
    })
  )

// Requests without selectors and body differ in their number alone: their text is written once for each class.
const numbered = new Map<string, readonly [before: string, after: string]>()

/** The request as sent. AMT raises an OperationTimeout below 30 s to 30 s, so 60 s is what all clients ask for. */
export function writeRequest(operation: Operation, messageId: string): Result<string> {
  const { target, action, body } = operation
  if (target.selectors !== undefined || body.length > 0) return write(operation, messageId)
  const key = `${action} ${target.resource}`
  const known = /^\d+$/.test(messageId) ? numbered.get(key) : undefined
  if (known !== undefined) return ok(known[0] + messageId + known[1])
  const written = write(operation, messageId)
  const [before, after] = written.ok ? written.value.split(`>${messageId}<`) : []
  if (before !== undefined && after !== undefined) numbered.set(key, [`${before}>`, `<${after}`])
  return written
}

const write = ({ target, action, body }: Operation, messageId: string): Result<string> =>
  envelope(
    [
      el('a:Action', action),
      el('a:To', '/wsman'),
      el('w:ResourceURI', target.resource),
      el('a:MessageID', messageId),
      el('a:ReplyTo', [el('a:Address', `${addressing}/role/anonymous`)]),
      el('w:OperationTimeout', 'PT60S'),
      ...selectorSet(target.selectors ?? {})
    ],
    body
  )

/** Identify has neither Action nor addressing (DSP0226 section 11). */
export const writeIdentify = (): Result<string> => envelope([], [el('wsmid:Identify', [], { 'xmlns:wsmid': identity })])

/** A good reply: the first element of its body, absent after Delete. */
export interface Reply {
  readonly relatesTo: string | undefined
  /** What it says of itself in its header; recorded answers are told apart by it. */
  readonly action: string | undefined
  readonly resource: string | undefined
  readonly body: XmlElement | undefined
}

/** Takes a parsed answer apart. A SOAP fault, or XML that is no envelope, is a Problem. */
export function readReply(root: XmlElement): Result<Reply> {
  const body = root.ns === soap && root.local === 'Envelope' ? child(root, 'Body', soap) : undefined
  if (body === undefined)
    return fail('answer-garbled', { found: 'XML without a SOAP body', expected: 'a SOAP envelope' })
  const fault = readFault(root)
  if (fault !== undefined) return { ok: false, problem: fault.problem }
  const header = child(root, 'Header', soap)
  const told = (name: string) => header && childText(header, name)
  return ok({
    relatesTo: told('RelatesTo'),
    action: told('Action'),
    resource: told('ResourceURI'),
    body: body.children[0]
  })
}

const unprefixed = (name: string): string => name.slice(name.indexOf(':') + 1)

/** A SOAP fault: its codes without prefix, the firmware's own status when it tells one, and what it means to us. */
export interface Fault {
  readonly code: string
  readonly subcode: string
  /** The PT_STATUS of a failed Get, Put, Create, Delete or Pull. */
  readonly amtStatus: number | undefined
  readonly problem: Problem
}

/**
 * The fault an answer carries, if it carries one. The detail has the codes; the reason text is left out, because a
 * validation fault may quote the value it did not like.
 */
export function readFault(root: XmlElement): Fault | undefined {
  const body = child(root, 'Body', soap)
  const fault = body && child(body, 'Fault', soap)
  if (fault === undefined) return undefined
  const outer = child(fault, 'Code')
  const inner = outer && child(outer, 'Subcode')
  const code = safeName(outer && childText(outer, 'Value'))
  const subcode = inner ? safeName(childText(inner, 'Value')) : code
  const told = /AMT-STATUS[\s:=]*(\d{1,10})/.exec(textOf(fault))?.[1]
  const amtStatus = told === undefined ? undefined : Number(told)
  const detail = `SOAP fault ${code}/${subcode}${told === undefined ? '' : `, AMT-STATUS ${told}`}`
  return { code, subcode, amtStatus, problem: explainFault(subcode, amtStatus, detail) }
}

const safeName = (name = 'unknown'): string => (/^\w{1,40}$/.test(unprefixed(name)) ? unprefixed(name) : 'unknown')

const textOf = (element: XmlElement): string => element.text + element.children.map(textOf).join(' ')

/** What Enumerate and Pull bring back: items, and the context for the next Pull unless the sequence ended. */
export interface Batch {
  readonly items: readonly XmlElement[]
  readonly context: string | undefined
}

export function readBatch(body: XmlElement | undefined): Result<Batch> {
  if (body === undefined || !['EnumerateResponse', 'PullResponse'].includes(body.local)) {
    return fail('answer-garbled', { found: 'another body', expected: 'an enumeration' })
  }
  const ended = child(body, 'EndOfSequence') !== undefined
  const context = childText(body, 'EnumerationContext')
  if (!ended && (context === undefined || context === '')) {
    return fail('answer-garbled', { found: 'neither a context nor an end', expected: 'an enumeration' })
  }
  return ok({ items: child(body, 'Items')?.children ?? [], context: ended ? undefined : context })
}

/** The reference to what Create made (`ResourceCreated`). */
export const readCreated = (body: XmlElement | undefined): Result<Reference> =>
  body?.local === 'ResourceCreated'
    ? reference.read(body, 'ResourceCreated')
    : fail('answer-garbled', { found: 'another body', expected: 'ResourceCreated' })
