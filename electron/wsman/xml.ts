// Reads XML into a small bounded tree and writes XML that is escaped by construction.
import { SaxesParser } from 'saxes'
import { fail, ok, type Result } from '../../shared/problem.ts'
import { tame } from '../../shared/tame.ts'
import { readPlainXml } from './plainXml.ts'

/** One element as read. Namespaces are resolved; prefixes are gone, because AMT numbers them anew per answer. */
export interface XmlElement {
  readonly ns: string
  readonly local: string
  /** Keyed by local name, or by `{namespace}local` when the attribute is in a namespace. */
  readonly attrs: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  /** All character data directly inside this element, CDATA included; as it stood, but tamed. */
  readonly text: string
}

/** How much a reader is willing to take in. */
export interface XmlLimits {
  readonly bytes: number
  readonly depth: number
  /** Elements and attributes together. */
  readonly nodes: number
}

/** Well above the longest answer AMT is known to give (390 event records), well below what could hurt. */
export const xmlLimits: XmlLimits = { bytes: 8 * 1024 * 1024, depth: 64, nodes: 200_000 }

/** An element to be written. Values become text only here, so nothing can be forgotten to be escaped. */
export interface XmlOut {
  /** Qualified name (`a:Action`). Comes from code, never from data. */
  readonly name: string
  readonly attrs: Readonly<Record<string, string>>
  readonly content: string | readonly XmlOut[]
}

interface Growing extends XmlElement {
  readonly children: XmlElement[]
  text: string
}

interface Flaw {
  readonly where: string
  readonly what: string
  readonly big: boolean
}

// Fed in pieces, so that a document over a limit is dropped early instead of being parsed to its end.
const pieceLength = 64 * 1024

/**
 * Parses an answer. Only elements, attributes and text: a document type, an unknown entity, a second encoding
 * or a broken limit is a Problem (`answer-garbled`, `answer-too-big`) with line and column. The Problem never quotes
 * the document, since a faulty device might echo a secret.
 */
export function readXml(bytes: Uint8Array, limits: XmlLimits = xmlLimits): Result<XmlElement> {
  if (bytes.byteLength > limits.bytes) return fail('answer-too-big', { found: `${bytes.byteLength} bytes` })
  const source = decodeUtf8(bytes)
  if (source === undefined) return fail('answer-garbled', { found: 'bytes that are not UTF-8', expected: 'UTF-8 text' })
  const plain = readPlainXml(source, limits)
  return plain === undefined ? parseXml(source, limits) : ok(plain)
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}

/** The full parser: takes whatever XML 1.0 allows within the limits, and says where and why it does not. */
export function parseXml(source: string, limits: XmlLimits = xmlLimits): Result<XmlElement> {
  const parser = new SaxesParser({ xmlns: true, position: true, forceXMLVersion: true, defaultXMLVersion: '1.0' })
  const open: Growing[] = []
  let root: Growing | undefined
  let flaw: Flaw | undefined
  let nodes = 0
  const stop = (what: string, big = false) => {
    flaw ??= { where: `line ${parser.line}, column ${parser.column}`, what, big }
  }
  // The parser's own messages may carry a name from the document after the colon; that part stays here.
  parser.on('error', (error) => stop(error.message.replace(/^\d+:\d+: /, '').replace(/[:.].*$/s, '')))
  parser.on('doctype', () => stop('a document type declaration'))
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !/^(utf-8|us-ascii)$/i.test(encoding)) stop('an encoding other than UTF-8')
  })
  parser.on('opentag', (tag) => {
    if (flaw !== undefined) return
    const attributes = Object.values(tag.attributes)
    nodes += 1 + attributes.length
    if (nodes > limits.nodes) return stop(`more than ${limits.nodes} elements`, true)
    if (open.length >= limits.depth) return stop(`elements nested deeper than ${limits.depth}`, true)
    const attrs = new Map(attributes.map((a) => [a.uri === '' ? a.local : `{${a.uri}}${a.local}`, tame(a.value)]))
    const element: Growing = { ns: tag.uri, local: tag.local, attrs, children: [], text: '' }
    open.at(-1)?.children.push(element)
    root ??= element
    open.push(element)
  })
  const addText = (text: string) => {
    const element = open.at(-1)
    if (element !== undefined && flaw === undefined) element.text += tame(text)
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    open.pop()
  })
  for (let at = 0; at < source.length && flaw === undefined; at += pieceLength) {
    parser.write(source.slice(at, at + pieceLength))
  }
  if (flaw === undefined) parser.close()
  return verdict(root, flaw)
}

function verdict(root: XmlElement | undefined, flaw: Flaw | undefined): Result<XmlElement> {
  if (flaw !== undefined) {
    return fail(flaw.big ? 'answer-too-big' : 'answer-garbled', {
      where: flaw.where,
      found: flaw.what,
      expected: 'well-formed XML'
    })
  }
  return root === undefined ? fail('answer-garbled', { found: 'no XML element' }) : ok(root)
}

/** The first child with this local name (and namespace, when given). */
export const child = (element: XmlElement, local: string, ns?: string): XmlElement | undefined =>
  element.children.find((c) => c.local === local && (ns === undefined || c.ns === ns))

/** The text of a child without the white space around it; undefined when the child is absent. */
export const childText = (element: XmlElement, local: string): string | undefined => child(element, local)?.text.trim()

/** Describes an element to write: `el('a:To', '/wsman')`. */
export const el = (
  name: string,
  content: string | readonly XmlOut[] = [],
  attrs: Readonly<Record<string, string>> = {}
): XmlOut => ({ name, attrs, content })

// XML 1.0 section 2.2: all that is not a Char. Written with the u flag, a lone surrogate is one of them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is looked for.
const illegal = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]/u

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#xD;',
  '\n': '&#xA;',
  '\t': '&#x9;'
}
// A bare CR would come back as LF, and in attributes every white space as a blank (XML 1.0 sections 2.11, 3.3.3).
const escapeText = (text: string): string => text.replace(/[&<>\r]/g, (c) => escapes[c] ?? c)
const escapeAttr = (text: string): string => text.replace(/[&<>"\r\n\t]/g, (c) => escapes[c] ?? c)

/**
 * Writes a document with declaration, all on one line. Refuses (`value-unwritable`) what XML 1.0 cannot carry;
 * the Problem names the element, never the value.
 */
export function writeXml(root: XmlOut): Result<string> {
  const parts: string[] = ['<?xml version="1.0" encoding="utf-8"?>']
  const bad = writeElement(root, parts)
  return bad === undefined ? ok(parts.join('')) : fail('value-unwritable', { where: bad })
}

/** Appends one element; returns the name of the element whose value cannot be written. */
function writeElement(element: XmlOut, parts: string[]): string | undefined {
  parts.push('<', element.name)
  for (const [name, value] of Object.entries(element.attrs)) {
    if (illegal.test(value)) return `${element.name}, ${name}`
    parts.push(' ', name, '="', escapeAttr(value), '"')
  }
  if (element.content.length === 0) {
    parts.push('></', element.name, '>')
    return undefined
  }
  parts.push('>')
  if (typeof element.content === 'string') {
    if (illegal.test(element.content)) return element.name
    parts.push(escapeText(element.content))
  } else {
    for (const inner of element.content) {
      const bad = writeElement(inner, parts)
      if (bad !== undefined) return bad
    }
  }
  parts.push('</', element.name, '>')
  return undefined
}
