// Reads XML as firmware writes it (tags, attributes, text, nothing else) in one pass; all other XML is the full parser's.
import type { XmlElement, XmlLimits } from './xml.ts'

interface Open extends XmlElement {
  children: XmlElement[] | typeof noChildren
  text: string
}

/** Namespaces in force, by prefix; the empty prefix is the default one. */
type Spaces = ReadonlyMap<string, string>

/** What the attributes of a start tag bring. */
interface Brought {
  readonly attrs: ReadonlyMap<string, string>
  readonly spaces: Spaces
}

// References, the end of a CDATA section, line ends to be changed, forbidden characters.
// biome-ignore lint/suspicious/noControlCharactersInRegex: text with one of these is not plain.
const notPlain = /[&\r\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\]\]>/
const declaration = '<?xml version="1.0" encoding="UTF-8"?>'
const simpleName = /^(?:([A-Za-z_][\w.-]*):)?([A-Za-z_][\w.-]*)$/
const onlySpace = /^[\t\n ]*$/
// A tab or line end inside a value would have to become a blank.
// biome-ignore lint/suspicious/noControlCharactersInRegex: a value with one of these is not plain.
const attribute = / +([A-Za-z_][\w.-]*)(?::([A-Za-z_][\w.-]*))?="([^"<&\u0000-\u001f\ufffe\uffff]*)"/y
const xmlns = 'http://www.w3.org/2000/xmlns/'
const reserved = [xmlns, 'http://www.w3.org/XML/1998/namespace', '']
const slash = 0x2f
const closing = 0x3e

const noAttrs: ReadonlyMap<string, string> = new Map()
const noChildren: readonly never[] = []
const noSpaces: Spaces = new Map()

/**
 * The tree of a plain, well-formed document within the limits: the very tree that the full parser makes of it.
 * `undefined` means only "not for this reader", never that the document is bad: the full parser has the last word.
 */
export function readPlainXml(source: string, limits: XmlLimits): XmlElement | undefined {
  const begin = source.startsWith(declaration) ? declaration.length : 0
  const text = begin === 0 ? source : source.slice(begin)
  // The elements that are open, from the root down, with their names as written and the namespaces inside them.
  const elements: Open[] = []
  const written: string[] = []
  const scopes: Spaces[] = []
  let root: Open | undefined
  let inside: Open | undefined
  let spaces = noSpaces
  let nodes = 0
  for (let from = 0; ; ) {
    const at = text.indexOf('<', from)
    if (at !== from) {
      const characters = text.slice(from, at === -1 ? text.length : at)
      if (notPlain.test(characters) || (inside === undefined && !onlySpace.test(characters))) return undefined
      if (inside !== undefined) inside.text += characters
    }
    if (at === -1) return inside === undefined ? root : undefined
    if (text.charCodeAt(at + 1) === slash) {
      const name = written.pop()
      if (name === undefined || !text.startsWith(name, at + 2)) return undefined
      from = at + name.length + 3
      if (text.charCodeAt(from - 1) !== closing) return undefined
      elements.pop()
      scopes.pop()
      inside = elements.at(-1)
      spaces = scopes.at(-1) ?? noSpaces
      continue
    }
    const end = text.indexOf('>', at)
    if (end === -1 || (inside === undefined && root !== undefined)) return undefined
    from = end + 1
    const empty = text.charCodeAt(end - 1) === slash
    const tag = text.slice(at + 1, empty ? end - 1 : end)
    const blank = tag.indexOf(' ')
    const brought =
      blank === -1 ? undefined : inside === undefined ? rootAttributes(tag, blank) : readAttributes(tag, blank, spaces)
    if (blank !== -1 && brought === undefined) return undefined
    const name = blank === -1 ? tag : tag.slice(0, blank)
    const scope = brought?.spaces ?? spaces
    const element = bound(name, scope, brought?.attrs ?? noAttrs)
    nodes += 1 + (brought?.attrs.size ?? 0)
    if (element === undefined || nodes > limits.nodes || elements.length >= limits.depth) return undefined
    if (inside === undefined) root = element
    else if (inside.children === noChildren) inside.children = [element]
    else (inside.children as XmlElement[]).push(element)
    if (empty) continue
    elements.push(element)
    written.push(name)
    scopes.push(scope)
    inside = element
    spaces = scope
  }
}

/** The element a name means; `undefined` when it is no simple name or its prefix is not bound. */
function bound(name: string, spaces: Spaces, attrs: ReadonlyMap<string, string>): Open | undefined {
  const parts = names.get(name) ?? takeApart(name)
  if (parts === undefined) return undefined
  const ns = spaces.get(parts.prefix) ?? (parts.prefix === '' ? '' : undefined)
  return ns === undefined ? undefined : { ns, local: parts.local, attrs, children: noChildren, text: '' }
}

interface Name {
  readonly prefix: string
  readonly local: string
}

// Firmware uses the same few hundred names over and over; each is taken apart once.
const names = new Map<string, Name>()
const mostNames = 4_096

function takeApart(name: string): Name | undefined {
  const match = simpleName.exec(name)
  if (match === null) return undefined
  const [, prefix = '', local = ''] = match
  if (names.size >= mostNames) names.clear()
  if (name.length <= 64) names.set(name, { prefix, local })
  return { prefix, local }
}

// Firmware begins all answers about a class with the same hundreds of characters, so the last ones are kept.
let lastRoot: { readonly tag: string; readonly brought: Brought } | undefined

function rootAttributes(tag: string, from: number): Brought | undefined {
  if (lastRoot?.tag === tag) return lastRoot.brought
  const brought = readAttributes(tag, from, noSpaces)
  if (brought !== undefined && tag.length < 4096) lastRoot = { tag, brought }
  return brought
}

/** Reads attributes from the first blank on; `undefined` when they are anything but names and quoted values, all bound. */
function readAttributes(tag: string, from: number, outer: Spaces): Brought | undefined {
  const found: (readonly [prefix: string, local: string, value: string])[] = []
  const own: [prefix: string, ns: string][] = []
  let end = from
  attribute.lastIndex = from
  for (let match = attribute.exec(tag); match !== null; match = attribute.exec(tag)) {
    const [, first = '', second, value = ''] = match
    found.push(second === undefined ? ['', first, value] : [first, second, value])
    if (first === 'xmlns') own.push([second ?? '', value])
    end = attribute.lastIndex
  }
  if (!onlySpace.test(tag.slice(end))) return undefined
  // The full parser takes blanks off a namespace.
  if (own.some(([prefix, ns]) => prefix.startsWith('xml') || reserved.includes(ns) || ns.trim() !== ns))
    return undefined
  const spaces: Spaces = own.length === 0 ? outer : new Map([...outer, ...own])
  const attrs = new Map<string, string>()
  for (const [prefix, local, value] of found) {
    const isDeclaration = prefix === 'xmlns' || (prefix === '' && local === 'xmlns')
    const ns = isDeclaration ? xmlns : prefix === '' ? '' : spaces.get(prefix)
    const key = ns === '' ? local : `{${ns}}${local}`
    // Unbound, or given twice.
    if (ns === undefined || attrs.has(key)) return undefined
    attrs.set(key, value)
  }
  return { attrs, spaces }
}
