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

// References, the end of a CDATA section, line ends to be changed, forbidden characters, and those the full parser tames.
const notPlain = /[&\r\ufffe\uffff\p{Zl}\p{Zp}\p{Bidi_Control}]|[^\t\n\P{Cc}]|\]\]>/u
const declaration = '<?xml version="1.0" encoding="UTF-8"?>'
const simpleName = /^(?:([A-Za-z_][\w.-]*):)?([A-Za-z_][\w.-]*)$/
const onlySpace = /^[\t\n ]*$/
// A tab or line end inside a value would have to become a blank.
const attribute =
  / +([A-Za-z_][\w.-]*)(?::([A-Za-z_][\w.-]*))?="([^"<&\ufffe\uffff\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]*)"/uy
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
export function readPlainXml(text: string, limits: XmlLimits): XmlElement | undefined {
  // The elements that are open, from the root down, with their names as written and the namespaces inside them.
  const elements: Open[] = []
  const written: Name[] = []
  const scopes: Spaces[] = []
  let root: Open | undefined
  let inside: Open | undefined
  let spaces = noSpaces
  let last: Name | undefined
  let nodes = 0
  for (let from = text.startsWith(declaration) ? declaration.length : 0; ; ) {
    const at = text.indexOf('<', from)
    if (at !== from) {
      const characters = text.slice(from, at === -1 ? text.length : at)
      if (notPlain.test(characters) || (inside === undefined && !onlySpace.test(characters))) return undefined
      if (inside !== undefined) inside.text += characters
    }
    if (at === -1) return inside === undefined ? root : undefined
    if (text.charCodeAt(at + 1) === slash) {
      const name = written.pop()
      if (name === undefined || !isEnd(text, at, name)) return undefined
      from = at + name.written.length + 3
      elements.pop()
      scopes.pop()
      inside = elements.at(-1)
      spaces = scopes.at(-1) ?? noSpaces
      continue
    }
    if (inside === undefined && root !== undefined) return undefined
    // Firmware writes the same elements in the same order: most often this one is what followed the last one before.
    let name = last?.next
    let end = at + 1 + (name?.written.length ?? 0)
    let empty = false
    let brought: Brought | undefined
    if (name === undefined || text.charCodeAt(end) !== closing || !text.startsWith(name.written, at + 1)) {
      end = text.indexOf('>', at)
      if (end === -1) return undefined
      empty = text.charCodeAt(end - 1) === slash
      const tag = text.slice(at + 1, empty ? end - 1 : end)
      const blank = tag.indexOf(' ')
      if (blank !== -1) {
        brought = attributesOf(tag, blank, spaces)
        if (brought === undefined) return undefined
      }
      name = nameOf(blank === -1 ? tag : tag.slice(0, blank))
      if (name === undefined) return undefined
      if (last !== undefined && name.written.length <= longestName) last.next = name
    }
    last = name
    const scope = brought?.spaces ?? spaces
    const element = bound(name, scope, brought?.attrs ?? noAttrs)
    nodes += 1 + (brought?.attrs.size ?? 0)
    if (element === undefined || nodes > limits.nodes || elements.length >= limits.depth) return undefined
    if (inside === undefined) root = element
    else if (inside.children === noChildren) inside.children = [element]
    else (inside.children as XmlElement[]).push(element)
    from = end + 1
    if (empty) continue
    // Most elements hold text and nothing else, and are over with it.
    const close = text.indexOf('<', from)
    if (close !== -1 && text.charCodeAt(close + 1) === slash && isEnd(text, close, name)) {
      const characters = text.slice(from, close)
      if (notPlain.test(characters)) return undefined
      element.text = characters
      from = close + name.written.length + 3
      continue
    }
    elements.push(element)
    written.push(name)
    scopes.push(scope)
    inside = element
    spaces = scope
  }
}

/** Whether the end tag of this name stands here. */
const isEnd = (text: string, at: number, { written }: Name): boolean =>
  text.charCodeAt(at + written.length + 2) === closing && text.startsWith(written, at + 2)

/** The element a name means; `undefined` when its prefix is not bound. */
function bound({ prefix, local }: Name, spaces: Spaces, attrs: ReadonlyMap<string, string>): Open | undefined {
  const ns = spaces.get(prefix) ?? (prefix === '' ? '' : undefined)
  return ns === undefined ? undefined : { ns, local, attrs, children: noChildren, text: '' }
}

interface Name {
  readonly written: string
  readonly prefix: string
  readonly local: string
  /** The name that followed this one last time. */
  next: Name | undefined
}

// Firmware uses the same few hundred names over and over; each is taken apart once.
const names = new Map<string, Name>()
const mostNames = 4_096
const longestName = 64

/** A copy: a piece of a string would keep the whole document in memory. */
const copyOf = (piece: string): string => Buffer.from(piece).toString()

/** A name taken apart; `undefined` when it is no simple one. */
function nameOf(piece: string): Name | undefined {
  const known = names.get(piece)
  if (known !== undefined) return known
  const written = copyOf(piece)
  const match = simpleName.exec(written)
  if (match === null) return undefined
  const [, prefix = '', local = ''] = match
  const name = { written, prefix, local, next: undefined }
  if (names.size >= mostNames) names.clear()
  if (written.length <= longestName) names.set(written, name)
  return name
}

// Firmware begins all its answers with the same hundreds of characters, so the last start tags are kept.
const tags = new Map<string, { readonly outer: Spaces; readonly brought: Brought }>()
const mostTags = 64

function attributesOf(tag: string, from: number, outer: Spaces): Brought | undefined {
  const known = tags.get(tag)
  if (known?.outer === outer) return known.brought
  const own = copyOf(tag)
  const brought = readAttributes(own, from, outer)
  if (tags.size >= mostTags) tags.clear()
  if (brought !== undefined && tag.length < 4096) tags.set(own, { outer, brought })
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
