// XML for the practice device: a small bounded reader and a writer that can not forget to escape.
import { SaxesParser } from 'saxes'

const maxDepth = 32
const maxElements = 10_000

/** One element as read; names are local names, text is this element's own text. */
export interface XmlElement {
  readonly name: string
  readonly namespace: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  readonly text: string
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

/** The trimmed text of the first child with this local name; empty when there is none. */
export const childText = (element: XmlElement | undefined, name: string): string =>
  child(element, name)?.text.trim() ?? ''

/** A finished piece of XML. Only this file makes one, so text can not slip in unescaped. */
export interface Xml {
  readonly markup: string
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
/** Text as it may stand between tags or quotes. */
export const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => entities[character] ?? '')

const joined = (content: readonly (Xml | string)[]): string =>
  content.map((each) => (typeof each === 'string' ? escaped(each) : each.markup)).join('')

/** An element with content; strings are text and get escaped. `name` must come from a table, never from a request. */
export const xml = (name: string, ...content: readonly (Xml | string)[]): Xml => ({
  markup: `<${name}>${joined(content)}</${name}>`
})

/** An element with one attribute. */
export const withAttribute = (
  name: string,
  [attribute, value]: readonly [string, string],
  ...content: readonly (Xml | string)[]
): Xml => ({ markup: `<${name} ${attribute}="${escaped(value)}">${joined(content)}</${name}>` })
