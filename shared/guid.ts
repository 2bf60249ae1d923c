// SMBIOS GUIDs as text: reading the many ways they are written, and the two byte orders they come in.
import { fromBase64 } from './base64.ts'

/** What stands for "there is none", "never set" (SMBIOS 7.2.1), and what boards of many makers share. */
const zeros = '00000000-0000-0000-0000-000000000000'
const ones = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
const placeholder = '03000200-0400-0500-0006-000700080009'

const canonical = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const anyCase = /^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$/

/** Whether the text is a GUID in the one form the wizard keeps: 8-4-4-4-12, lower case. */
export const isGuid = (text: string): boolean => canonical.test(text)

const grouped = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** A GUID however written (braces, no dashes, upper case, spaces, `urn:uuid:`) in the wizard's form; null when it is none. */
export function readGuid(text: string): string | null {
  if (canonical.test(text)) return text
  if (anyCase.test(text)) return text.toLowerCase()
  const hex = bareGuid(text).toLowerCase()
  return /^[0-9a-f]{32}$/.test(hex) ? grouped(hex) : null
}

/** Only the part that should be hexadecimal digits. Word processors turn dashes into longer ones (U+2010 to U+2015). */
export const bareGuid = (text: string): string =>
  text
    .trim()
    .replace(/^(?:urn:)?(?:uuid|guid):/i, '')
    .replace(/[\s{}()\-\u2010-\u2015\u2212]/g, '')

const count = (hex: string): string => (hex.length === 1 ? '1 hex digit' : `${hex.length} hex digits`)

/** Why a text is not a GUID, in words: "31 hex digits, 1 is missing", "“O” at place 30 is no hex digit". */
export function whyNotGuid(text: string): string {
  const hex = bareGuid(text)
  if (base64Guid(text) !== null) return 'Base64 of 16 bytes'
  const strange = /[^0-9a-f]/iu.exec(hex)
  // The place is that in the text as it stands, so that it can be pointed at.
  if (strange !== null) return `“${strange[0]}” at place ${text.indexOf(strange[0]) + 1} is no hex digit`
  const more = hex.length - 32
  if (more > 0) return `${count(hex)}, ${more} too many`
  return `${count(hex)}, ${-more} ${more === -1 ? 'is' : 'are'} missing`
}

/** What a well-formed GUID is worth: `set`, or why it identifies nothing. */
export function guidWorth(guid: string): 'set' | 'not-set' | 'placeholder' {
  if (guid === zeros || guid === ones) return 'not-set'
  return guid === placeholder || guid === swappedPlaceholder ? 'placeholder' : 'set'
}

/** Turns the first three groups of a GUID in the form 8-4-4-4-12; written out, as each row of a list comes by here. */
function turned(guid: string): string {
  const byte = (at: number): string => guid.slice(at, at + 2)
  return `${byte(6)}${byte(4)}${byte(2)}${byte(0)}-${byte(11)}${byte(9)}-${byte(16)}${byte(14)}${guid.slice(18)}`
}

/** The same 16 bytes read in the other byte order: the first three groups turn around (SMBIOS before and since 2.6). */
export const swapGuid = (guid: string): string => (anyCase.test(guid) ? turned(guid) : guid)

const swappedPlaceholder = swapGuid(placeholder)

/** One text for both byte orders of a GUID, so that a computer is found again whichever list it comes from. */
export function guidKey(guid: string): string {
  const text = guid.toLowerCase()
  if (!isGuid(text)) return text
  const swapped = turned(text)
  return swapped < text ? swapped : text
}

/** How two GUIDs relate: equal, equal when the byte order of one is turned, or not at all. Case does not matter. */
export function sameGuid(a: string, b: string): 'same' | 'swapped' | 'different' {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()]
  if (left === right) return 'same'
  return left === swapGuid(right) ? 'swapped' : 'different'
}

/**
 * Whether a GUID in the wizard's form was surely written down in raw byte order. Dell's GUIDs begin with the bytes of
 * “DELL”, which Windows and Configuration Manager print as 4c4c4544. Other makers leave no such sign.
 */
export const isRawOrder = (guid: string): boolean => guid.startsWith('44454c4c-')

/** The text of 16 raw bytes in SMBIOS order (first three groups little-endian), as AMT and the BIOS table hold them. */
export function guidFromBytes(raw: Uint8Array): string {
  if (raw.length !== 16) throw new RangeError(`a GUID has 16 bytes, not ${raw.length}`)
  return swapGuid(grouped(Array.from(raw, (byte) => byte.toString(16).padStart(2, '0')).join('')))
}

/** The GUID that Base64 of 16 raw bytes stands for, as directory exports write `netbootGUID`; null when it is none. */
export function base64Guid(text: string): string | null {
  if (!/^[A-Za-z0-9+/]{21}[AQgw]==$/.test(text)) return null
  const bytes = fromBase64(text)
  return bytes === null ? null : guidFromBytes(Uint8Array.from(bytes))
}
