// SMBIOS GUIDs as text: reading the many ways they are written, and the two byte orders they come in.

/** What stands for "there is none", "never set" (SMBIOS 7.2.1), and what boards of many makers share. */
const zeros = '00000000-0000-0000-0000-000000000000'
const ones = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
const placeholder = '03000200-0400-0500-0006-000700080009'

const canonical = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Whether the text is a GUID in the one form the wizard keeps: 8-4-4-4-12, lower case. */
export const isGuid = (text: string): boolean => canonical.test(text)

const grouped = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** A GUID however written (braces, no dashes, upper case, spaces, `urn:uuid:`) in the wizard's form; null when it is none. */
export function readGuid(text: string): string | null {
  const hex = bare(text).toLowerCase()
  return /^[0-9a-f]{32}$/.test(hex) ? grouped(hex) : null
}

/** Only the part that should be hexadecimal digits. */
const bare = (text: string): string =>
  text
    .trim()
    .replace(/^(urn:)?(uuid|guid):/i, '')
    .replace(/[\s{}()-]/g, '')

/** Why a text is not a GUID, in words: "31 hex digits", "“O” is no hex digit". */
export function whyNotGuid(text: string): string {
  const hex = bare(text)
  const strange = /[^0-9a-f]/iu.exec(hex)?.[0]
  if (strange !== undefined) return `“${strange}” is no hex digit`
  return hex.length === 1 ? '1 hex digit' : `${hex.length} hex digits`
}

/** What a well-formed GUID is worth: `set`, or why it identifies nothing. */
export function guidWorth(guid: string): 'set' | 'not-set' | 'placeholder' {
  if (guid === zeros || guid === ones) return 'not-set'
  return guid === placeholder || guid === swapGuid(placeholder) ? 'placeholder' : 'set'
}

const reversed = (hex: string): string => (hex.match(/../g) ?? []).reverse().join('')

/** The same 16 bytes read in the other byte order: the first three groups turn around (SMBIOS before and since 2.6). */
export function swapGuid(guid: string): string {
  const [a = '', b = '', c = '', ...rest] = guid.split('-')
  return [reversed(a), reversed(b), reversed(c), ...rest].join('-')
}

/** One text for both byte orders of a GUID, so that a computer is found again whichever list it comes from. */
export function guidKey(guid: string): string {
  const text = guid.toLowerCase()
  const swapped = swapGuid(text)
  return isGuid(text) && swapped < text ? swapped : text
}

/** How two GUIDs relate: equal, equal when the byte order of one is turned, or not at all. Case does not matter. */
export function sameGuid(a: string, b: string): 'same' | 'swapped' | 'different' {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()]
  if (left === right) return 'same'
  return left === swapGuid(right) ? 'swapped' : 'different'
}

/** The text of 16 raw bytes in SMBIOS order (first three groups little-endian), as AMT and the BIOS table hold them. */
export function guidFromBytes(raw: Uint8Array): string {
  if (raw.length !== 16) throw new RangeError(`a GUID has 16 bytes, not ${raw.length}`)
  return swapGuid(grouped(Array.from(raw, (byte) => byte.toString(16).padStart(2, '0')).join('')))
}
