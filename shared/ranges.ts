// The part of a network that is to be searched, as a person types it: read, checked and counted before anything is sent.
import { isIpv4, isIpv6, readAddress } from './address.ts'

/** Addresses from one to another (both included), as numbers; or a single IPv6 address or a name, as text. */
type Piece = { readonly from: number; readonly to: number } | { readonly host: string }

/** What one part of the text is wrong with, or what was made of it. */
export interface RangeWord {
  /** The part as it was typed. */
  readonly text: string
  readonly why: string
}

/** A text that can be searched. */
export interface Ranges {
  readonly pieces: readonly Piece[]
  /** Different addresses and names. */
  readonly count: number
  /** Addresses that are on the internet, not in a private network. */
  readonly outside: number
  /** What was left out or read otherwise than typed. */
  readonly notes: readonly RangeWord[]
}

export type RangesRead =
  | { readonly ok: true; readonly value: Ranges }
  | { readonly ok: false; readonly why: readonly RangeWord[] }

/** A /16. At 50 a second it takes 22 minutes. */
export const mostAddresses = 65_536
/** Longest text. */
export const longestRanges = 20_000

type PieceRead = { readonly piece: Piece; readonly note?: string } | { readonly why: string }

const numberOf = (address: string): number =>
  address.split('.').reduce((number, part) => number * 256 + Number(part), 0)

/** The IPv4 address of a number, 0 to 2^32 - 1. */
export const ipv4Of = (number: number): string =>
  [24, 16, 8, 0].map((bits) => Math.floor(number / 2 ** bits) % 256).join('.')

/** Networks that nobody routes on the internet, and those of documents (RFC 1918, 3927, 5737, 6598), as from and to. */
const inside: readonly (readonly [number, number])[] = [
  ['10.0.0.0', '10.255.255.255'],
  ['100.64.0.0', '100.127.255.255'],
  ['127.0.0.0', '127.255.255.255'],
  ['169.254.0.0', '169.254.255.255'],
  ['172.16.0.0', '172.31.255.255'],
  ['192.0.2.0', '192.0.2.255'],
  ['192.168.0.0', '192.168.255.255'],
  ['198.51.100.0', '198.51.100.255'],
  ['203.0.113.0', '203.0.113.255']
].map(([from = '', to = '']) => [numberOf(from), numberOf(to)])

const insideCount = (from: number, to: number): number =>
  inside.reduce((sum, [first, last]) => sum + Math.max(0, Math.min(to, last) - Math.max(from, first) + 1), 0)

/** Addresses below belong to "this network", those from the end on to groups and to nobody (RFC 1122, 5771). */
const [lowest, highest] = [numberOf('1.0.0.0'), numberOf('223.255.255.255')]

function span(from: number, to: number, note?: string): PieceRead {
  if (to < from) return { why: 'it ends before it begins' }
  if (from < lowest || to > highest) return { why: 'it holds addresses that belong to no single computer' }
  if (to - from >= mostAddresses) return { why: tooMany(to - from + 1) }
  return { piece: { from, to }, ...(note !== undefined && { note }) }
}

const tooMany = (count: number): string =>
  `it has ${count.toLocaleString('en')} addresses, ${mostAddresses.toLocaleString('en')} are the most for one search; search one part after the other`

const wrongAddress = (text: string): string => {
  const read = readAddress(text)
  return read.ok ? `“${text}” is no IPv4 address` : `“${text}”: ${read.why}`
}

function readNetwork(address: string, length: string): PieceRead {
  if (address.includes(':')) return { why: 'an IPv6 network has more addresses than can be asked; type single ones' }
  if (!isIpv4(address)) return { why: wrongAddress(address) }
  if (!/^(?:\d|[12]\d|3[0-2])$/.test(length)) return { why: 'after the stroke stands a number from 0 to 32' }
  const size = 2 ** (32 - Number(length))
  const first = Math.floor(numberOf(address) / size) * size
  const last = first + size - 1
  const moved = first === numberOf(address) ? '' : `read as ${ipv4Of(first)}/${length}; `
  // RFC 3021: a network of two has no address of its own, and one of one is a computer.
  if (size <= 2) return span(first, last, moved === '' ? undefined : moved.slice(0, -2))
  const ends = `${ipv4Of(first)} (the network) and ${ipv4Of(last)} (all of it) are left out`
  return span(first + 1, last - 1, `${moved}${ends}`)
}

function readSpan(first: string, last: string): PieceRead {
  if (first.includes(':') || last.includes(':')) return { why: 'IPv6 addresses have to be typed one by one' }
  if (!isIpv4(first)) return { why: wrongAddress(first) }
  const short = /^\d{1,3}$/.test(last)
  if (short && (Number(last) > 255 || String(Number(last)) !== last))
    return { why: `“${last}”: 255 is the highest number` }
  const end = short ? `${first.slice(0, first.lastIndexOf('.'))}.${last}` : last
  return isIpv4(end) ? span(numberOf(first), numberOf(end)) : { why: wrongAddress(end) }
}

function readPiece(text: string): PieceRead {
  const [, network, length] = /^([^/]*)\/([^/]*)$/.exec(text) ?? []
  if (network !== undefined && length !== undefined) return readNetwork(network, length)
  if (isIpv4(text)) return span(numberOf(text), numberOf(text))
  // Names have hyphens, too; a span begins with a number and a point.
  const [, first, last] = /^([\d.]+|[\da-f:]*:[\da-f:]*)-([\da-f.:]+)$/i.exec(text) ?? []
  if (first !== undefined && last !== undefined) return readSpan(first, last)
  if (/^[\d.]*[x*][\d.x*]*$/i.test(text)) return { why: 'write a network as 10.0.0.0/24 or 10.0.0.1-254' }
  const read = readAddress(text)
  if (!read.ok) return { why: read.why }
  if (/:\d+$/.test(read.value) && !isIpv6(read.value)) return { why: 'the ports are always those of AMT; leave it out' }
  return { piece: { host: read.value } }
}

const isSpan = (piece: Piece): piece is Extract<Piece, { from: number }> => 'from' in piece

/** Spans in order and none twice, then names and IPv6 addresses, none twice. */
function tidied(pieces: readonly Piece[]): readonly Piece[] {
  const spans: { from: number; to: number }[] = []
  for (const { from, to } of pieces.filter(isSpan).sort((a, b) => a.from - b.from)) {
    const last = spans.at(-1)
    if (last !== undefined && from <= last.to + 1) last.to = Math.max(last.to, to)
    else spans.push({ from, to })
  }
  const hosts = new Set(pieces.flatMap((piece) => (isSpan(piece) ? [] : [piece.host])))
  return [...spans, ...[...hosts].map((host) => ({ host }))]
}

const sizeOf = (piece: Piece): number => (isSpan(piece) ? piece.to - piece.from + 1 : 1)
const outsideOf = (piece: Piece): number => {
  if (isSpan(piece)) return sizeOf(piece) - insideCount(piece.from, piece.to)
  // fc00::/7 is private, fe80::/10 is this cable, ::1 this computer; what a name leads to is known when it is asked for.
  return isIpv6(piece.host.replace(/%.*/, '')) && !/^(?:f[cd]|fe[89ab]|::1$)/i.test(piece.host) ? 1 : 0
}

/**
 * Reads `10.0.0.7`, `10.0.0.1-10.0.0.99`, `10.0.0.1-99`, `10.0.0.0/24`, `fd00::7` and names, separated by commas, semicolons,
 * blanks or line ends. Wrong in one part it is wrong as a whole: a typing mistake must not become another search.
 */
export function readRanges(text: string): RangesRead {
  const parts = text
    .slice(0, longestRanges)
    // "10.0.0.1 - 10.0.0.9" is one part.
    .replace(/\s*[-–]\s*(?=[\da-f])/gi, '-')
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
  if (parts.length === 0)
    return { ok: false, why: [{ text: '', why: 'Type a range, like 10.0.0.0/24 or 10.0.0.1-99.' }] }
  const read = parts.map((part) => ({ text: part, ...readPiece(part) }))
  const why = read.flatMap((each) => ('why' in each ? [{ text: each.text, why: each.why }] : []))
  if (why.length > 0) return { ok: false, why }
  const pieces = tidied(read.flatMap((each) => ('piece' in each ? [each.piece] : [])))
  const count = pieces.reduce((sum, piece) => sum + sizeOf(piece), 0)
  if (count > mostAddresses) return { ok: false, why: [{ text: 'all of it', why: tooMany(count) }] }
  const notes = read.flatMap((each) =>
    'note' in each && each.note !== undefined ? [{ text: each.text, why: each.note }] : []
  )
  return {
    ok: true,
    value: { pieces, count, outside: pieces.reduce((sum, piece) => sum + outsideOf(piece), 0), notes }
  }
}

/** Every address and name, one after the other. */
export function* addressesOf({ pieces }: Ranges): Generator<string> {
  for (const piece of pieces) {
    if (!isSpan(piece)) yield piece.host
    else for (let number = piece.from; number <= piece.to; number++) yield ipv4Of(number)
  }
}
