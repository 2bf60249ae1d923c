// What a person types for a method's inputs and for selectors, as typed values.
import { fail, ok, type Result } from '../../shared/problem.ts'
import { resourceUri } from '../wsman/envelope.ts'
import { readShape, type Selectors, type Shape, type Values } from '../wsman/schema.ts'
import type { XmlElement } from '../wsman/xml.ts'

/** `NAME=VALUE` taken apart; undefined without a name. */
export function pair(text: string): readonly [string, string] | undefined {
  const at = text.indexOf('=')
  return at < 1 ? undefined : [text.slice(0, at), text.slice(at + 1)]
}

/** `KEY=VALUE` texts as selectors. */
export const selectorsOf = (pairs: readonly (readonly [string, string])[]): Selectors | undefined =>
  pairs.length === 0 ? undefined : Object.fromEntries(pairs)

const leaf = (local: string, text: string, name?: string): XmlElement => ({
  ns: '',
  local,
  attrs: new Map(name === undefined ? [] : [['Name', name]]),
  children: [],
  text
})
const branch = (local: string, children: readonly XmlElement[]): XmlElement => ({ ...leaf(local, ''), children })

const typedReference = /^((?:AMT|IPS|CIM)_\w+)\?(.*)$/s

/** `CLASS?KEY=VALUE&KEY=VALUE` is a reference; all else is text. */
function element(name: string, text: string): XmlElement {
  const [, className, query = ''] = typedReference.exec(text) ?? []
  if (className === undefined) return leaf(name, text)
  const selectors = [...new URLSearchParams(query)].map(([key, value]) => leaf('Selector', value, key))
  const resource = leaf('ResourceURI', resourceUri(className))
  return branch(name, [branch('ReferenceParameters', [resource, branch('SelectorSet', selectors)])])
}

/** Typed inputs of a method, or `input-refused` naming the one that does not fit; values are never quoted. */
export function inputsOf<S extends Shape>(
  method: string,
  shape: S,
  pairs: readonly (readonly [string, string])[]
): Result<Values<S>> {
  const refused = (where: string, expected: string) => fail('input-refused', { where, expected, values: { method } })
  const stranger = pairs.find(([name]) => !Object.hasOwn(shape, name))
  if (stranger) return refused(stranger[0], Object.keys(shape).join(', ') || 'no input at all')
  const read = readShape(
    shape,
    branch(
      method,
      pairs.map(([name, text]) => element(name, text))
    )
  )
  if (read.ok) return ok(read.value)
  return refused(read.problem.where ?? method, read.problem.expected ?? 'another value')
}
