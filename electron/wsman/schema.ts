// Reads and writes WS-MAN properties by declared type, never by guessing from what the text looks like.
import { fail, ok, type Result } from '../../shared/problem.ts'
import { isSecretName, struckOut } from './redact.ts'
import { child, el, type XmlElement, type XmlOut } from './xml.ts'

/** The type of one element's content, in both directions. `where` names the property in a Problem. */
export interface Type<T> {
  read(element: XmlElement, where: string): Result<T>
  write(value: T): string | readonly XmlOut[]
  /** How a value stands in JSON, where it is not itself. */
  show?(value: T): unknown
  /** Namespace declarations the content needs. */
  readonly attrs?: Readonly<Record<string, string>>
  /** What stands inside where it is not text: a reference, or the properties of an instance. */
  readonly inside?: Inside
}

/** Content that is more than text. */
export type Inside = 'reference' | Shape

/** A type with how often the property may appear: once, perhaps, or many times. */
export interface Property<T> {
  read(found: readonly XmlElement[], where: string): Result<T>
  write(value: T): readonly (string | readonly XmlOut[])[]
  show(value: T): unknown
  readonly attrs?: Readonly<Record<string, string>> | undefined
  readonly inside?: Inside | undefined
}

/** Properties by their exact WS-MAN names, Intel's spelling included, in the order they are written. */
export type Shape = Readonly<Record<string, Property<unknown>>>

/** The TypeScript type of a shape's values. */
export type Values<S extends Shape> = {
  readonly [K in keyof S]: S[K] extends Property<infer T> ? T : never
}

type Omissible<T> = undefined extends T ? true : T extends readonly unknown[] ? true : false

/** Values as a caller gives them: what is optional, and a list that would be empty, may be left out. */
export type Given<S extends Shape> = {
  readonly [K in keyof S as Omissible<Values<S>[K]> extends true ? never : K]: Values<S>[K]
} & { readonly [K in keyof S as Omissible<Values<S>[K]> extends true ? K : never]?: Values<S>[K] }

// The text is only quoted when it is short and of a kind that never holds a secret (numbers, booleans, dates).
const wrong = (where: string, found: string, expected: string) => {
  const secret = isSecretName(where.slice(where.lastIndexOf('.') + 1))
  return fail('answer-garbled', { where, found: secret ? struckOut : found.slice(0, 40), expected })
}

/** Names and addresses of firmware have some hundred characters at most; what is longer wants to be in the way. */
const longestText = 4096

/** Text exactly as sent; digits stay text, and an empty text is not an absent one. */
export const string: Type<string> = {
  read: ({ text }, where) =>
    text.length <= longestText
      ? ok(text)
      : fail('answer-garbled', { where, found: `${text.length} characters`, expected: `at most ${longestText}` }),
  write: (value) => value
}

/** `true`, `false`, and the `1` and `0` XML Schema allows too. */
export const boolean: Type<boolean> = {
  read: (element, where) => {
    const text = element.text.trim()
    if (text === 'true' || text === '1') return ok(true)
    if (text === 'false' || text === '0') return ok(false)
    return wrong(where, text, 'true or false')
  },
  write: String
}

/** A whole number that JavaScript holds exactly; all of AMT's 8 to 32 bit properties are. */
export const integer: Type<number> = {
  read: (element, where) => {
    const text = element.text.trim()
    const value = Number(text)
    return /^[+-]?\d+$/.test(text) && Number.isSafeInteger(value) ? ok(value) : wrong(where, text, 'a whole number')
  },
  write: String
}

const base64Form = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** Base64 text as bytes; white space inside is skipped, anything else that is not base64 is a Problem. */
export const bytes: Type<Uint8Array> = {
  read: (element, where) => {
    const text = element.text.replace(/\s+/g, '')
    return base64Form.test(text)
      ? ok(new Uint8Array(Buffer.from(text, 'base64')))
      : fail('answer-garbled', { where, found: 'text that is not base64', expected: 'base64' })
  },
  write: (value) => Buffer.from(value).toString('base64'),
  show: (value) => Buffer.from(value).toString('base64')
}

const commonNs = 'http://schemas.dmtf.org/wbem/wscim/1/common'
const inZone = (value: number): string => new Date(value).toISOString().replace(/\.\d{3}Z$/, 'Z')
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?$/

/** A point in time as milliseconds since 1970 UTC. AMT nests it: `<StartTime><Datetime>…`; without a zone it is UTC. */
export const datetime: Type<number> = {
  read: (element, where) => {
    const text = (child(element, 'Datetime') ?? element).text.trim()
    const zoned = /(?:Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`
    const value = Date.parse(zoned)
    return instant.test(text) && !Number.isNaN(value) ? ok(value) : wrong(where, text, 'a date and time')
  },
  write: (value) => [el('p:Datetime', inZone(value), { 'xmlns:p': commonNs })],
  show: inZone
}

const span = /^P(?:(\d{1,8})D)?(?:T(?:(\d{1,8})H)?(?:(\d{1,8})M)?(?:(?:\d{1,8})(?:\.\d+)?S)?)?$/

/** A length of time in whole minutes. AMT nests it: `<Interval><Interval>P1DT2H3M`; a bare 0 means none. */
export const interval: Type<number> = {
  read: (element, where) => {
    const text = (child(element, 'Interval') ?? element).text.trim()
    const [, days = '0', hours = '0', minutes = '0'] = span.exec(text === '0' ? 'PT0M' : text) ?? [undefined, '-1']
    const value = (Number(days) * 24 + Number(hours)) * 60 + Number(minutes)
    return value < 0 ? wrong(where, text, 'a length of time') : ok(value)
  },
  write: (value) => {
    const hours = Math.floor(value / 60)
    const text = `P${Math.floor(hours / 24)}DT${hours % 24}H${value % 60}M`
    return [el('p:Interval', text, { 'xmlns:p': commonNs })]
  }
}

/** What picks an instance: texts, or references where the key of a class is itself a reference. */
export interface Selectors {
  readonly [name: string]: string | Reference
}

/** Which instance is meant: the class URI and its selectors (the useful part of an endpoint reference). */
export interface Reference {
  readonly resource: string
  readonly selectors: Selectors
}

/** An endpoint reference as property or argument (DSP0226 5.1). The address is `/wsman`, as other clients send it. */
export const reference: Type<Reference> = {
  read: (element, where) => {
    const parameters = child(element, 'ReferenceParameters')
    const resource = parameters && child(parameters, 'ResourceURI')?.text.trim()
    if (parameters === undefined || resource === undefined) return wrong(where, 'no ResourceURI', 'a reference')
    const selectors: Record<string, string | Reference> = Object.create(null)
    for (const selector of child(parameters, 'SelectorSet')?.children ?? []) {
      const inner = child(selector, 'EndpointReference')
      const value = inner === undefined ? ok(selector.text) : reference.read(inner, where)
      if (!value.ok) return value
      selectors[selector.attrs.get('Name') ?? ''] = value.value
    }
    return ok({ resource, selectors: { ...selectors } })
  },
  write: ({ resource, selectors }) => [
    el('a:Address', '/wsman'),
    el('a:ReferenceParameters', [el('w:ResourceURI', resource), ...selectorSet(selectors)])
  ],
  inside: 'reference'
}

/** The SelectorSet element of an envelope or a reference; none when there is nothing to select. */
export const selectorSet = (selectors: Selectors): readonly XmlOut[] => {
  const entries = Object.entries(selectors)
  if (entries.length === 0) return []
  const written = (value: string | Reference) =>
    typeof value === 'string' ? value : [el('a:EndpointReference', reference.write(value))]
  return [
    el(
      'w:SelectorSet',
      entries.map(([name, value]) => el('w:Selector', written(value), { Name: name }))
    )
  ]
}

/** An instance of another class as an argument; its properties are in that class's namespace. */
export const embedded = <S extends Shape>(resource: string, shape: S): Type<Given<S>> => ({
  read: (element) => readShape(shape, element) as Result<Given<S>>,
  write: (values) => writeShape(shape, values, 'q'),
  show: (values) => showShape(shape, values),
  attrs: { 'xmlns:q': resource },
  inside: shape
})

const nil = ({ attrs }: XmlElement): boolean =>
  attrs.size > 0 && ['true', '1'].includes(attrs.get('{http://www.w3.org/2001/XMLSchema-instance}nil') ?? '')

const present = (found: readonly XmlElement[]): readonly XmlElement[] => {
  for (const element of found) if (nil(element)) return found.filter((each) => !nil(each))
  return found
}

/** Must be there exactly once. */
export const required = <T>(type: Type<T>): Property<T> => ({
  read: (found, where) => {
    const values = present(found)
    const [first] = values
    if (first === undefined) return wrong(where, 'nothing', 'one value')
    return values.length === 1 ? type.read(first, where) : wrong(where, `${values.length} values`, 'one value')
  },
  write: (value) => [type.write(value)],
  show: (value) => (type.show ? type.show(value) : value),
  attrs: type.attrs,
  inside: type.inside
})

/** May be absent (or nil), which reads as `undefined`; present and empty is a value. */
export const optional = <T>(type: Type<T>): Property<T | undefined> => ({
  read: (found, where) => {
    const values = present(found)
    const [first] = values
    if (first === undefined) return ok(undefined)
    return values.length === 1 ? type.read(first, where) : wrong(where, `${values.length} values`, 'one value')
  },
  write: (value) => (value === undefined ? [] : [type.write(value)]),
  show: (value) => (value === undefined || !type.show ? value : type.show(value)),
  attrs: type.attrs,
  inside: type.inside
})

/** Repeated elements; one element is an array of one, none an empty array. */
export const list = <T>(type: Type<T>): Property<readonly T[]> => ({
  read: (found, where) => {
    const values: T[] = []
    for (const element of present(found)) {
      const value = type.read(element, where)
      if (!value.ok) return value
      values.push(value.value)
    }
    return ok(values)
  },
  write: (values) => values.map((value) => type.write(value)),
  show: (values) => values.map((value) => (type.show ? type.show(value) : value)),
  attrs: type.attrs,
  inside: type.inside
})

const none: readonly XmlElement[] = []

interface Entry {
  readonly place: number
  readonly name: string
  readonly where: string
  readonly property: Property<unknown>
}

/** A shape taken apart, for elements of one name. */
interface Plan {
  readonly local: string
  readonly entries: readonly Entry[]
  readonly places: ReadonlyMap<string, number>
}

// Made once: the same shapes read every answer, most of them under one name.
const plans = new WeakMap<Shape, Plan>()

function planOf(shape: Shape, local: string): Plan {
  const known = plans.get(shape)
  if (known?.local === local) return known
  const taken = Object.entries(shape)
  const entries = taken.map(([name, property], place) => ({ place, name, where: `${local}.${name}`, property }))
  const plan = { local, entries, places: new Map(entries.map(({ name, place }) => [name, place])) }
  plans.set(shape, plan)
  return plan
}

/** Reads all properties of a shape; unknown ones are left alone, since newer firmware adds some. */
export function readShape<S extends Shape>(shape: S, element: XmlElement): Result<Values<S>> {
  const { entries, places } = planOf(shape, element.local)
  const found: (XmlElement[] | undefined)[] = new Array(entries.length)
  for (const inner of element.children) {
    const place = places.get(inner.local)
    if (place === undefined) continue
    const same = found[place]
    if (same === undefined) found[place] = [inner]
    else same.push(inner)
  }
  const values: Record<string, unknown> = {}
  for (const { place, name, where, property } of entries) {
    const value = property.read(found[place] ?? none, where)
    if (!value.ok) return value
    values[name] = value.value
  }
  return ok(values as Values<S>)
}

/** Writes the given values as elements with a prefix (`r:HostName`), in the order of the shape. */
export function writeShape<S extends Shape>(
  shape: S,
  values: Partial<Values<S>> | Given<S>,
  prefix = 'r'
): readonly XmlOut[] {
  const given: Readonly<Record<string, unknown>> = values
  return Object.entries(shape).flatMap(([name, property]) =>
    Object.hasOwn(given, name)
      ? property.write(given[name]).map((content) => el(`${prefix}:${name}`, content, property.attrs))
      : []
  )
}

/** Values for JSON: bytes as base64, times in ISO 8601; what is absent stays absent. */
export function showShape<S extends Shape>(
  shape: S,
  values: Partial<Values<S>> | Given<S>
): Readonly<Record<string, unknown>> {
  const given: Readonly<Record<string, unknown>> = values
  const there = Object.entries(shape).filter(([name]) => given[name] !== undefined)
  return Object.fromEntries(there.map(([name, property]) => [name, property.show(given[name])]))
}
