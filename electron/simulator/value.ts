// What a property of an instance can be: how it is read from a request, compared, and written into a reply.
import { child, childText, withAttribute, type Xml, type XmlElement, xml } from './xml.ts'

/** The role address every reply is addressed to, and every reference starts with. */
export const anonymous = 'http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous'

/** A reference to another instance (WS-Addressing endpoint reference). Associations are selected by references. */
export interface Reference {
  readonly resource: string
  readonly selectors: Readonly<Record<string, string | Reference>>
}

/** A point in time, which CIM nests: `<g:StartTime><h:Datetime>…`. */
export interface Moment {
  readonly datetime: string
}

/** A property value; a list stands as repeated elements. */
export type Value = string | readonly string[] | Reference | Moment

/** Properties in the order firmware writes them. */
export type Instance = Readonly<Record<string, Value>>

/** What a request gave for one element: text, a reference, a time, or an object of its own. */
export type Given = string | Reference | Moment | Fields
/** The elements of a request body by local name, in the order they came. */
export type Fields = ReadonlyMap<string, readonly Given[]>

/** Clients name the endpoint collection without its second blank; devices take that and report the right name. */
const readAs: Readonly<Record<string, string>> = {
  'TLSProtocolEndpointInstances Collection': 'TLSProtocolEndpoint Instances Collection'
}

function readReference(element: XmlElement): Reference {
  const parameters = child(element, 'ReferenceParameters')
  return { resource: childText(parameters, 'ResourceURI'), selectors: readSelectors(child(parameters, 'SelectorSet')) }
}

/** Reads a SelectorSet; a selector holds text, or an endpoint reference when it selects an association. */
export function readSelectors(set: XmlElement | undefined): Readonly<Record<string, string | Reference>> {
  const entries = (set?.children ?? []).map((each) => {
    const nested = child(each, 'EndpointReference')
    return [
      each.attributes.get('Name') ?? '',
      nested ? readReference(nested) : (readAs[each.text] ?? each.text)
    ] as const
  })
  return Object.fromEntries(entries)
}

function readGiven(element: XmlElement): Given {
  if (element.children.length === 0) return element.text
  if (child(element, 'ReferenceParameters')) return readReference(element)
  const nested = child(element, 'EndpointReference')
  if (nested) return readReference(nested)
  const datetime = child(element, 'Datetime')
  return datetime ? { datetime: datetime.text.trim() } : readFields(element)
}

/** Reads the children of an element; several of one name make a list. */
export function readFields(element: XmlElement | undefined): Fields {
  const fields = new Map<string, Given[]>()
  for (const each of element?.children ?? []) fields.set(each.name, [...(fields.get(each.name) ?? []), readGiven(each)])
  return fields
}

/** The texts given under a name. */
export const textsOf = (fields: Fields, name: string): readonly string[] =>
  (fields.get(name) ?? []).filter((each) => typeof each === 'string')

/** The first text given under a name; empty when there is none. */
export const textOf = (fields: Fields, name: string): string => textsOf(fields, name)[0] ?? ''

/** A whole number given under a name, `undefined` when it is missing or no number of 32 bits. */
export function numberOf(fields: Fields, name: string): number | undefined {
  const text = textOf(fields, name)
  return /^\d{1,10}$/.test(text) && Number(text) <= 0xffff_ffff ? Number(text) : undefined
}

export const isReference = (value: Given | Value | undefined): value is Reference =>
  typeof value === 'object' && 'selectors' in value

/** The first reference given under a name. */
export const referenceOf = (fields: Fields, name: string): Reference | undefined =>
  (fields.get(name) ?? []).find((each) => isReference(each))

/** The first object given under a name. */
export const partOf = (fields: Fields, name: string): Fields | undefined =>
  (fields.get(name) ?? []).find((each): each is Fields => each instanceof Map)

/** The InstanceID (or, in its absence, the Name) a reference leads to; empty when it has neither. */
export function targetOf(reference: Reference | undefined): string {
  const name = reference?.selectors.InstanceID ?? reference?.selectors.Name
  return typeof name === 'string' ? name : ''
}

const className = (resource: string): string => resource.slice(resource.lastIndexOf('/') + 1)

/** True when `wanted` selects `value`: equal text, or a reference of the same class whose selectors all agree. */
export function selects(wanted: string | Reference, value: Value | undefined): boolean {
  if (typeof wanted === 'string') return value === wanted
  return (
    isReference(value) &&
    className(wanted.resource) === className(value.resource) &&
    Object.entries(wanted.selectors).every(([name, each]) => selects(each, value.selectors[name]))
  )
}

const writeSelector = (name: string, value: string | Reference): Xml =>
  withAttribute(
    'c:Selector',
    ['Name', name],
    typeof value === 'string' ? value : writeReference('b:EndpointReference', value)
  )

/** A reference to an instance, as it stands inside a property. */
export function writeReference(name: string, { resource, selectors }: Reference): Xml {
  const set = xml('c:SelectorSet', ...Object.entries(selectors).map(([key, value]) => writeSelector(key, value)))
  return xml(name, xml('b:Address', anonymous), xml('b:ReferenceParameters', xml('c:ResourceURI', resource), set))
}

/** One property; `next` is the prefix of the namespace times are written in. */
export function writeValue(prefix: 'g' | 'h', name: string, value: Value): readonly Xml[] {
  const tag = `${prefix}:${name}`
  if (typeof value === 'string') return [xml(tag, value)]
  if (isReference(value)) return [writeReference(tag, value)]
  if ('datetime' in value) return [xml(tag, xml(`${prefix === 'g' ? 'h' : 'i'}:Datetime`, value.datetime))]
  return value.map((each) => xml(tag, each))
}

/** A whole instance as an element of its class. */
export const writeInstance = (prefix: 'g' | 'h', name: string, instance: Instance): Xml =>
  xml(`${prefix}:${name}`, ...Object.entries(instance).flatMap(([key, value]) => writeValue(prefix, key, value)))
