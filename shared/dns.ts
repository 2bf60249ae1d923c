/// <reference path="./punycode.d.ts" />
// DNS names as text: which parts may stand in them, and international names in the form DNS knows them by.
import punycode from 'punycode/punycode.js'

/** A name as it stands in DNS, or why the text is none, in words. */
export type NameRead =
  | {
      readonly ok: true
      readonly value: string
      /** Letters outside a-z were turned into the form that DNS knows (RFC 5890 A-label, `xn--…`). */
      readonly international: boolean
      /** It holds an underscore, which DNS allows and host names do not. */
      readonly unusual: boolean
    }
  | { readonly ok: false; readonly why: string }

const no = (why: string): NameRead => ({ ok: false, why })
const plain = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/
const strange = /[^\p{L}\p{M}\p{N}_.-]/u
const longestLabel = 63
const longestName = 253

/** What a strange character is called, where its look alone does not tell. */
const signs: Readonly<Record<string, string>> = {
  ' ': 'a space',
  '\u00a0': 'a space',
  ',': 'a comma',
  ';': 'a semicolon',
  ':': 'a colon',
  '/': 'a slash',
  '\\': 'a backslash',
  '(': 'a bracket'
}

/** "a comma at place 5", "“!” at place 3" */
export function signAt(text: string, sign: string): string {
  return `${signs[sign] ?? `“${sign}”`} at place ${text.indexOf(sign) + 1}`
}

const short = (part: string): string => (part.length > 20 ? `${part.slice(0, 19)}…` : part)

/** The A-label of one part; lower case and composed first, as IDNA asks (RFC 5891 section 5.2). */
const toDns = (part: string): string =>
  /^[\x21-\x7e]*$/.test(part) ? part : punycode.toASCII(part.normalize('NFKC').toLowerCase())

/** Whether an A-label can be turned back: `xn--` alone, or with digits that mean nothing, cannot. */
function isSound(part: string): boolean {
  if (!/^xn--/i.test(part)) return true
  try {
    return /[^\x20-\x7e]/.test(punycode.toUnicode(part.toLowerCase()))
  } catch {
    return false
  }
}

function whyNotPart(part: string, stands: string): string | null {
  if (part === '') return 'an empty part beside a dot'
  if (stands.length > longestLabel) {
    const dns = stands === part ? '' : ' as it stands in DNS'
    return `the part “${short(part)}” has ${stands.length} characters${dns}, ${longestLabel} are allowed`
  }
  if (part.startsWith('-') || part.endsWith('-')) return `the part “${short(part)}” begins or ends with a dash`
  if (!isSound(stands)) return `“${short(part)}” is no international name`
  return null
}

/**
 * Reads a DNS name of one or more parts: letters of any script, digits, dashes, underscores. A dot at the end is dropped.
 * Lengths are judged on the form that DNS keeps (RFC 1035 section 2.3.4), not on what is seen.
 */
export function readDnsName(text: string): NameRead {
  if (text.length <= longestLabel && plain.test(text) && !text.includes('--')) {
    return { ok: true, value: text, international: false, unusual: false }
  }
  const bad = strange.exec(text)?.[0]
  if (bad !== undefined) return no(`${signAt(text, bad)} is not allowed`)
  const parts = text.replace(/\.$/, '').split('.')
  const stands = parts.map(toDns)
  for (const [at, part] of parts.entries()) {
    const why = whyNotPart(part, stands[at] ?? '')
    if (why !== null) return no(why)
  }
  const value = stands.join('.')
  if (value.length > longestName) return no(`${value.length} characters, ${longestName} are allowed`)
  // Some letters fall apart into signs when composed (a fraction brings a slash along).
  if (!/^[\w.-]+$/.test(value)) return no('a letter that DNS does not know')
  const international = stands.some((part, at) => part !== parts[at])
  return { ok: true, value, international, unusual: value.includes('_') }
}
