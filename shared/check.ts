// Reads one field of one computer: the text in the form the wizard keeps, and what is wrong with it.
import { isIpv4, isSelfGiven, readAddress } from './address.ts'
import { type Checked, type Field, fieldTitles, type SecretField, type Severity } from './computer.ts'
import { readDnsName } from './dns.ts'
import { guidWorth, isRawOrder, readGuid, swapGuid, whyNotGuid } from './guid.ts'
import { type ProblemCode, type ProblemFacts, problem } from './problem.ts'
import { amtStatuses, readStatus } from './statusWords.ts'

/** The fields whose text may be shown and is kept in the row. */
export type OpenField = Exclude<Field, SecretField>

/** Longest text that any field may have. */
export const longestCell = 255

/** Longest text that a Problem tells of a cell: the cell, and what is wrong with it. */
const longestFound = 140

/** A found text as it may stand in a Problem: on one line, `most` characters at most. */
export function shortened(text: string, most = 60): string {
  const line = text.slice(0, 200).replace(/\p{Cc}+/gu, ' ')
  return line.length > most ? `${line.slice(0, most - 1)}…` : line
}

type Judge = (text: string) => Checked

/** Shorthand: this value, with this Problem. */
const but = (value: string, severity: Severity, code: ProblemCode, facts?: ProblemFacts): Checked => ({
  value,
  severity,
  problem: problem(code, facts)
})
const fine = (value: string): Checked => ({ value })

const rewritten = (text: string, value: string): Checked =>
  but(value, 'note', 'cell-rewritten', { found: text, expected: value })

/** What was found and why it is wrong, together no longer than a Problem shows. */
const because = (text: string, why: string): string => `${shortened(text, 36)} (${why})`

// The expressions below let through at a glance what most cells hold: a hundred thousand rows pass here.
const plainName = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,13}[A-Za-z0-9])?$/
const plainMac = /^[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}$/
const plainVersion = /^[1-9][0-9]?(?:\.(?:0|[1-9][0-9]{0,4})){1,3}$/

function name(text: string): Checked {
  if (plainName.test(text)) return fine(text)
  const expected = 'a name like PC7'
  if (text === '') return but('', 'blocker', 'name-missing', { expected })
  // A name with dots is odd; each part still has to be one that DNS and Windows know.
  const read = readDnsName(text)
  if (!read.ok) return but(text, 'blocker', 'name-malformed', { found: because(text, read.why), expected })
  if (text.endsWith('.') || text.length > 63) {
    const why = text.length > 63 ? `${text.length} characters, 63 are allowed` : 'a dot at the end'
    return but(text, 'blocker', 'name-malformed', { found: because(text, why), expected })
  }
  if (read.unusual || read.international || text.includes('.')) {
    return but(text, 'warning', 'name-unusual', { found: text, expected: 'letters a-z, digits and dashes' })
  }
  // The NetBIOS limit is general knowledge, not in the documents of the wizard: it only warns (configmgr.md 1.6).
  if (text.length > 15) {
    return but(text, 'warning', 'name-long', {
      found: because(text, `${text.length} characters`),
      expected: '15 characters at most'
    })
  }
  return fine(text)
}

function fqdn(text: string): Checked {
  const expected = 'a name like pc7.contoso.com'
  if (text === '') return but('', 'blocker', 'fqdn-missing', { expected })
  const read = readDnsName(text)
  const why = !read.ok ? read.why : whyNotFull(read.value)
  if (!read.ok || why !== null)
    return but(text, 'blocker', 'fqdn-malformed', { found: because(text, why ?? ''), expected })
  const { value } = read
  if (read.unusual) return but(value, 'warning', 'fqdn-unusual', { found: text, expected })
  if (read.international) return but(value, 'note', 'fqdn-international', { found: text, expected: shortened(value) })
  return value === text ? fine(value) : rewritten(text, value)
}

function whyNotFull(value: string): string | null {
  if (isIpv4(value)) return 'an IP address'
  const dot = value.lastIndexOf('.')
  if (dot < 0) return 'no domain behind the name'
  return /^[0-9]+$/.test(value.slice(dot + 1)) ? 'a domain does not end in a number' : null
}

function guid(text: string): Checked {
  const expected = '32 hexadecimal digits, like 4c4c4544-0042-3510-8051-b4c04f4a3153'
  if (text === '') return but('', 'blocker', 'guid-missing', { expected })
  const value = readGuid(text)
  if (value === null)
    return but(text, 'blocker', 'guid-malformed', { found: because(text, whyNotGuid(text)), expected })
  const worth = guidWorth(value)
  if (worth !== 'set') return but(value, 'blocker', `guid-${worth}`, { found: value, expected: 'a GUID of its own' })
  if (value !== text && value !== text.toLowerCase()) return rewritten(text, value)
  return isRawOrder(value)
    ? but(value, 'warning', 'guid-raw-order', { found: value, expected: swapGuid(value) })
    : fine(value)
}

function whyNotMac(text: string, hex: string): string {
  const strange = /[^0-9a-f]/u.exec(hex)?.[0]
  if (strange !== undefined) {
    const at = text.toLowerCase().indexOf(strange)
    return `“${text.slice(at, at + strange.length)}” at place ${at + 1} is no hex digit`
  }
  return hex.length === 16 ? 'EUI-64, 16 hex digits' : `${hex.length} hex ${hex.length === 1 ? 'digit' : 'digits'}`
}

function mac(text: string): Checked {
  if (text === '') return fine('')
  const hex = plainMac.test(text) ? '' : text.replace(/[\s:.\-\u2010-\u2015]/g, '').toLowerCase()
  if (hex !== '' && !/^[0-9a-f]{12}$/.test(hex)) {
    const expected = '12 hexadecimal digits, like 00:1e:4f:aa:10:32'
    return but(text, 'blocker', 'mac-malformed', { found: because(text, whyNotMac(text, hex)), expected })
  }
  const value = hex === '' ? text.toLowerCase() : hex.replace(/..(?!$)/g, '$&:')
  // Group addresses (lowest bit of the first byte set) are let through: Microsoft's own example line has one.
  if (value === '00:00:00:00:00:00' || value === 'ff:ff:ff:ff:ff:ff') {
    return but('', 'warning', 'mac-not-set', { found: text, expected: 'the address of the wired network card' })
  }
  return hex === '' ? fine(value) : rewritten(text, value)
}

function address(text: string): Checked {
  if (text === '') return fine('')
  const read = readAddress(text)
  if (!read.ok) {
    const expected = 'like 10.0.0.7, pc7.contoso.com or [fd00::7]:16992'
    return but(text, 'blocker', 'address-malformed', { found: because(text, read.why), expected })
  }
  const { value } = read
  if (isSelfGiven(value)) {
    return but(value, 'warning', 'address-self-given', { found: text, expected: 'an address in your network' })
  }
  return value === text || value === text.toLowerCase() ? fine(value) : rewritten(text, value)
}

/** `AMT 11.8.50`, `Intel(R) AMT v11.8.50-build 3425`, `11,8`: the numbers with dots; null when that is not all. */
function readVersion(text: string): string | null {
  const numbers = text
    .replace(/^(?:intel\s*(?:\(r\)|®)?\s*)?(?:amt|me|csme)?\s*(?:firmware|version)?\s*v?(?=\d)/i, '')
    .replace(/[\s,(-]*(?:build|bld\.?)\s*(\d+)\)?$/i, '.$1')
  const value = numbers.replace(/[,.](?=\d)/g, '.')
  return plainVersion.test(value) || /^[1-9][0-9]?$/.test(value) ? value : null
}

function amtVersion(text: string): Checked {
  if (text === '' || plainVersion.test(text)) return fine(text)
  const value = readVersion(text)
  if (value === null) return but(text, 'warning', 'version-malformed', { found: text, expected: 'like 11.8.50' })
  return value === text ? fine(value) : rewritten(text, value)
}

function amtStatus(text: string): Checked {
  if (text === '') return fine('')
  const value = readStatus(text)
  if (value === null) {
    return but(text, 'warning', 'status-unknown', { found: text, expected: `one of ${amtStatuses.join(', ')}` })
  }
  return value === text ? fine(value) : rewritten(text, value)
}

const judges: Readonly<Record<OpenField, Judge>> = { name, fqdn, guid, mac, address, amtVersion, amtStatus }

/** Texts that the first three tests below have nothing to say about. */
const harmless = /^(?:[!-*,.-<>?A-~][ -~]*)?$/
/** What is not seen: control characters, and those of no width (without the joiners that some scripts need). */
const invisible = /[\p{Cc}\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/u

function judged(field: OpenField, raw: string): Checked {
  const text = raw.trim()
  if (text.length > longestCell) {
    // Enough to recognise and repair it; a cell of megabytes is not carried around.
    const found = because(text, `${text.length} characters`)
    return but(text.slice(0, 1000), 'blocker', 'cell-too-long', { found, values: { most: longestCell } })
  }
  if (!harmless.test(text)) {
    if (invisible.test(text)) return but(text, 'blocker', 'cell-control', { found: text, expected: 'text on one line' })
    if (/^[=+\-@]/.test(text)) {
      return but(text, 'blocker', 'cell-formula', { found: text, expected: 'the value itself' })
    }
  }
  return judges[field](text)
}

/** A checked field kept as the text stands in the file: what the wizard reads it as is told in a note. */
function kept(checked: Checked, raw: string): Checked {
  if (checked.value === raw || checked.severity === 'blocker') return checked
  if (checked.severity === 'warning') return { ...checked, value: raw }
  return but(raw, 'note', 'cell-as-found', { found: raw, expected: shortened(checked.value) })
}

/**
 * Normalises and checks one field. The value is what the wizard keeps ('' = not given), also when it is wrong: then it is
 * the text as found, without spaces around. Checking a checked value again changes nothing. With `asFound` the value stays
 * the text as it stands in the file, judged all the same; what is made of it in the end is `checkField(field, value).value`.
 */
export function checkField(field: OpenField, text: string, asFound = false): Checked {
  const read = judged(field, text)
  const checked = asFound ? kept(read, text) : read
  if (checked.problem === undefined) return checked
  const { found } = checked.problem
  const where = fieldTitles[field]
  return {
    ...checked,
    problem: { ...checked.problem, where, ...(found !== undefined && { found: shortened(found, longestFound) }) }
  }
}

/** Whether the name is the first part of the FQDN. One of 15 characters may be the NetBIOS form of a longer host name. */
function belong(short: string, full: string): boolean {
  const dot = full.indexOf('.')
  const host = (dot < 0 ? full : full.slice(0, dot)).toLowerCase()
  const own = short.toLowerCase()
  if (host === '' || host === own || (own.length === 15 && host.startsWith(own))) return true
  if (!host.startsWith('xn--')) return false
  const read = readDnsName(short)
  return read.ok && read.value.toLowerCase() === host
}

/** What only shows when the fields of a computer are seen together. */
export function checkTogether(
  values: Readonly<Pick<Record<Field, string>, 'name' | 'fqdn'>>
): readonly (Required<Pick<Checked, 'severity' | 'problem'>> & { readonly field: OpenField })[] {
  const { name: short, fqdn: full } = values
  if (short === '' || full === '' || belong(short, full)) return []
  const facts = {
    where: fieldTitles.name,
    found: shortened(`${values.name}, but ${values.fqdn}`),
    expected: shortened(`an FQDN that begins with ${values.name}.`)
  }
  return [{ field: 'name', severity: 'warning', problem: problem('name-differs', facts) }]
}
