// What a person gives for a method's inputs and for selectors, typed or as JSON, as typed values.
import { fail, ok, type Result } from '../../shared/problem.ts'
import { resourceUri } from '../wsman/envelope.ts'
import { isSecretName } from '../wsman/redact.ts'
import { type Inside, type Property, readShape, type Selectors, type Shape, type Values } from '../wsman/schema.ts'
import type { XmlElement } from '../wsman/xml.ts'

/** A value as JSON has it. In place of a secret, `null` stands for one that is asked for. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [name: string]: Json
}

/** `NAME=VALUE` taken apart; undefined without a name. */
export function pair(text: string): readonly [string, string] | undefined {
  const at = text.indexOf('=')
  return at < 1 ? undefined : [text.slice(0, at), text.slice(at + 1)]
}

/** `KEY=VALUE` texts as selectors. */
export const selectorsOf = (pairs: readonly (readonly [string, string])[]): Selectors | undefined =>
  pairs.length === 0 ? undefined : Object.fromEntries(pairs)

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** One JSON object; undefined when the text is none. */
export function parseObject(text: string): JsonObject | undefined {
  try {
    const value: Json = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

const propertyOf = (shape: Shape, name: string): Property<unknown> | undefined =>
  Object.hasOwn(shape, name) ? shape[name] : undefined

/** Typed pairs by name, several of one name as a list. An instance is typed as a JSON object, a reference may be. */
export function typedInputs(
  method: string,
  shape: Shape,
  pairs: readonly (readonly [string, string])[]
): Result<JsonObject> {
  const inputs = new Map<string, readonly Json[]>()
  for (const [name, text] of pairs) {
    const inside = propertyOf(shape, name)?.inside
    const isJson = inside !== undefined && (inside !== 'reference' || text.trimStart().startsWith('{'))
    const value = isJson ? parseObject(text) : text
    if (value === undefined) return refused(method, name, 'one JSON object')
    inputs.set(name, [...(inputs.get(name) ?? []), value])
  }
  return ok(Object.fromEntries(inputs))
}

/** Where a secret is given in clear; undefined when there is none. */
export function secretIn(value: Json, where = ''): string | undefined {
  if (Array.isArray(value)) return first(value, (each) => secretIn(each, where))
  if (!isObject(value)) return undefined
  return first(Object.entries(value), ([name, inner]) => {
    const path = where === '' ? name : `${where}.${name}`
    if (isSecretName(name)) return [inner].flat().every((each) => each === null) ? undefined : path
    return secretIn(inner, path)
  })
}

function first<T>(items: readonly T[], find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}

type Ask = (what: string) => Promise<string | undefined>

/** The inputs with their secrets asked for: those of the method that are not given, and every `null` inside an instance. */
export async function withSecrets(inputs: JsonObject, shape: Shape, ask: Ask): Promise<JsonObject> {
  const wanted = Object.keys(shape).filter((name) => isSecretName(name) && !Object.hasOwn(inputs, name))
  const open = { ...inputs, ...Object.fromEntries(wanted.map((name) => [name, null])) }
  return answered(open, '', ask)
}

async function answered(given: JsonObject, where: string, ask: Ask): Promise<JsonObject> {
  const found: [string, Json][] = []
  for (const [name, value] of Object.entries(given)) {
    const path = `${where}${name}`
    const isAsked = isSecretName(name) && [value].flat().every((each) => each === null)
    const filled = isAsked ? await ask(path) : await inner(value, path, ask)
    // No answer, or an empty one: as if it were not there.
    if (filled !== undefined && !(isAsked && filled === '')) found.push([name, filled])
  }
  return Object.fromEntries(found)
}

async function inner(value: Json, path: string, ask: Ask): Promise<Json> {
  if (isObject(value)) return answered(value, `${path}.`, ask)
  if (!Array.isArray(value)) return value
  const all: Json[] = []
  for (const each of value) all.push(await inner(each, path, ask))
  return all
}

const refused = (method: string, where: string, expected: string) =>
  fail('input-refused', { where, expected, values: { method } })

/** Typed inputs of a method, or `input-refused` naming the one that does not fit; values are never quoted. */
export function inputsOf<S extends Shape>(method: string, shape: S, inputs: JsonObject): Result<Values<S>> {
  const element = instance(method, '', shape, inputs)
  if (!element.ok) return refused(method, element.problem.where ?? method, element.problem.expected ?? 'another value')
  const read = readShape(shape, element.value)
  if (read.ok) return ok(read.value)
  return refused(method, read.problem.where ?? method, read.problem.expected ?? 'another value')
}

const leaf = (local: string, text: string, name?: string): XmlElement => ({
  ns: '',
  local,
  attrs: new Map(name === undefined ? [] : [['Name', name]]),
  children: [],
  text
})
const branch = (local: string, children: readonly XmlElement[]): XmlElement => ({ ...leaf(local, ''), children })

/** The element an instance would be: only names of its shape, each content as the shape has it. */
function instance(local: string, where: string, shape: Shape, given: JsonObject): Result<XmlElement> {
  const children: XmlElement[] = []
  for (const [name, value] of Object.entries(given)) {
    const property = propertyOf(shape, name)
    const path = `${where}${name}`
    if (property === undefined) return misfit(path, Object.keys(shape).join(', ') || 'no input at all')
    for (const each of [value].flat()) {
      const element = content(name, path, property.inside, each)
      if (!element.ok) return element
      children.push(element.value)
    }
  }
  return ok(branch(local, children))
}

const misfit = (where: string, expected: string) => fail('input-refused', { where, expected })

function content(name: string, path: string, inside: Inside | undefined, given: Json): Result<XmlElement> {
  if (inside === 'reference') {
    const children = isObject(given) ? jsonReference(given) : typedReference(given)
    return children
      ? ok(branch(name, children))
      : misfit(path, 'CLASS?KEY=VALUE, or an object of resource and selectors')
  }
  if (inside !== undefined) {
    return isObject(given) ? instance(name, `${path}.`, inside, given) : misfit(path, 'one JSON object')
  }
  if (typeof given === 'object') return misfit(path, 'a text, a number, true or false')
  return ok(leaf(name, String(given)))
}

const inReference = (resource: string, selectors: readonly XmlElement[]) => [
  branch('ReferenceParameters', [leaf('ResourceURI', resource), branch('SelectorSet', selectors)])
]

/** `CLASS?KEY=VALUE&KEY=VALUE`. */
function typedReference(given: Json): readonly XmlElement[] | undefined {
  const [, className, query = ''] = /^((?:AMT|IPS|CIM)_\w+)\?(.*)$/s.exec(String(given)) ?? []
  if (className === undefined) return undefined
  const selectors = [...new URLSearchParams(query)].map(([key, value]) => leaf('Selector', value, key))
  return inReference(resourceUri(className), selectors)
}

/** A reference as `get --json` prints it; a selector may be a reference itself. */
function jsonReference({ resource, selectors = {}, ...others }: JsonObject): readonly XmlElement[] | undefined {
  if (typeof resource !== 'string' || !isObject(selectors) || Object.keys(others).length > 0) return undefined
  const elements: XmlElement[] = []
  for (const [key, value] of Object.entries(selectors)) {
    const children = isObject(value) ? jsonReference(value) : undefined
    if (children !== undefined) {
      elements.push({ ...leaf('Selector', '', key), children: [branch('EndpointReference', children)] })
    } else if (typeof value === 'string') elements.push(leaf('Selector', value, key))
    else return undefined
  }
  return inReference(resource, elements)
}
