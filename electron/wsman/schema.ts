// Reads and writes WS-MAN properties by declared type, never by guessing from what the text looks like.
import { fail, ok, type Result } from '../../shared/problem.ts'
import { child, el, type XmlElement, type XmlOut } from './xml.ts'

/** The type of one element's content, in both directions. `where` names the property in a Problem. */
export interface Type<T> {
  read(element: XmlElement, where: string): Result<T>
  write(value: T): string | readonly XmlOut[]
}

/** A type with how often the property may appear: once, perhaps, or many times. */
export interface Property<T> {
  read(found: readonly XmlElement[], where: string): Result<T>
  write(value: T): readonly (string | readonly XmlOut[])[]
}

/** Properties by their exact WS-MAN names, Intel's spelling included, in the order they are written. */
export type Shape = Readonly<Record<string, Property<unknown>>>

/** The TypeScript type of a shape's values. */
export type Values<S extends Shape> = {
  readonly [K in keyof S]: S[K] extends Property<infer T> ? T : never
}

// The text is only quoted when it is short and of a kind that never holds a secret (numbers, booleans, dates).
const wrong = (where: string, found: string, expected: string) =>
  fail('answer-garbled', { where, found: found.slice(0, 40), expected })

/** Text exactly as sent; digits stay text, and an empty text is not an absent one. */
export const string: Type<string> = { read: (element) => ok(element.text), write: (value) => value }

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
  write: (value) => Buffer.from(value).toString('base64')
}

const commonNs = 'http://schemas.dmtf.org/wbem/wscim/1/common'
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?$/

/** A point in time as milliseconds since 1970 UTC. AMT nests it: `<StartTime><Datetime>…`; without a zone it is UTC. */
export const datetime: Type<number> = {
  read: (element, where) => {
    const text = (child(element, 'Datetime') ?? element).text.trim()
    const zoned = /(?:Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`
    const value = Date.parse(zoned)
    return instant.test(text) && !Number.isNaN(value) ? ok(value) : wrong(where, text, 'a date and time')
  },
  write: (value) => [el('p:Datetime', new Date(value).toISOString().replace(/\.\d{3}Z$/, 'Z'), { 'xmlns:p': commonNs })]
}

/** Which instance is meant: the class URI and its selectors (the useful part of an endpoint reference). */
export interface Reference {
  readonly resource: string
  readonly selectors: Readonly<Record<string, string>>
}

/** An endpoint reference as property or argument (DSP0226 5.1). The address is `/wsman`, as other clients send it. */
export const reference: Type<Reference> = {
  read: (element, where) => {
    const parameters = child(element, 'ReferenceParameters')
    const resource = parameters && child(parameters, 'ResourceURI')?.text.trim()
    if (parameters === undefined || resource === undefined) return wrong(where, 'no ResourceURI', 'a reference')
    const selectors = child(parameters, 'SelectorSet')?.children ?? []
    return ok({
      resource,
      selectors: Object.fromEntries(selectors.map((s) => [s.attrs.get('Name') ?? '', s.text]))
    })
  },
  write: ({ resource, selectors }) => [
    el('a:Address', '/wsman'),
    el('a:ReferenceParameters', [el('w:ResourceURI', resource), ...selectorSet(selectors)])
  ]
}

/** The SelectorSet element of an envelope or a reference; none when there is nothing to select. */
export const selectorSet = (selectors: Readonly<Record<string, string>>): readonly XmlOut[] => {
  const entries = Object.entries(selectors)
  if (entries.length === 0) return []
  return [
    el(
      'w:SelectorSet',
      entries.map(([name, value]) => el('w:Selector', value, { Name: name }))
    )
  ]
}

const nil = (element: XmlElement): boolean =>
  ['true', '1'].includes(element.attrs.get('{http://www.w3.org/2001/XMLSchema-instance}nil') ?? '')

const present = (found: readonly XmlElement[]): readonly XmlElement[] => found.filter((element) => !nil(element))

/** Must be there exactly once. */
export const required = <T>(type: Type<T>): Property<T> => ({
  read: (found, where) => {
    const [first, ...more] = present(found)
    if (first === undefined) return wrong(where, 'nothing', 'one value')
    return more.length === 0 ? type.read(first, where) : wrong(where, `${more.length + 1} values`, 'one value')
  },
  write: (value) => [type.write(value)]
})

/** May be absent (or nil), which reads as `undefined`; present and empty is a value. */
export const optional = <T>(type: Type<T>): Property<T | undefined> => ({
  read: (found, where) => (present(found).length === 0 ? ok(undefined) : required(type).read(found, where)),
  write: (value) => (value === undefined ? [] : [type.write(value)])
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
  write: (values) => values.map(type.write)
})

/** Reads all properties of a shape; unknown ones are left alone, since newer firmware adds some. */
export function readShape<S extends Shape>(shape: S, element: XmlElement): Result<Values<S>> {
  const values: Record<string, unknown> = {}
  for (const [name, property] of Object.entries(shape)) {
    const found = element.children.filter((c) => c.local === name)
    const value = property.read(found, `${element.local}.${name}`)
    if (!value.ok) return value
    values[name] = value.value
  }
  return ok(values as Values<S>)
}

/** Writes the given values as elements with a prefix (`r:HostName`), in the order of the shape. */
export function writeShape<S extends Shape>(shape: S, values: Partial<Values<S>>, prefix = 'r'): readonly XmlOut[] {
  return Object.entries(shape).flatMap(([name, property]) =>
    Object.hasOwn(values, name) ? property.write(values[name]).map((content) => el(`${prefix}:${name}`, content)) : []
  )
}
