// Reads one field of one computer: the text in the form the wizard keeps, and what is wrong with it.
import { readAddress } from './address.ts'
import { type Checked, type Field, fieldTitles, type SecretField, type Severity } from './computer.ts'
import { guidWorth, readGuid, whyNotGuid } from './guid.ts'
import { type ProblemCode, type ProblemFacts, problem } from './problem.ts'

/** The fields whose text may be shown and is kept in the row. */
export type OpenField = Exclude<Field, SecretField>

/** Longest text that any field may have. */
export const longestCell = 255

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

const label = /^[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_-]{0,61}[\p{L}\p{M}\p{N}_])?$/u
const plainLabel = /^[A-Za-z0-9-]*$/

function name(text: string): Checked {
  if (text === '') return but('', 'blocker', 'name-missing', { expected: 'a name like PC7' })
  // A name with dots is odd; each part still has to be one that DNS and Windows know.
  if (!text.split('.').every((part) => label.test(part)) || text.length > 63) {
    return but(text, 'blocker', 'name-malformed', { found: text, expected: 'a name like PC7' })
  }
  if (!plainLabel.test(text)) {
    return but(text, 'warning', 'name-unusual', { found: text, expected: 'letters a-z, digits and dashes' })
  }
  // The NetBIOS limit is general knowledge, not in the documents of the wizard: it only warns (configmgr.md 1.6).
  if (text.length > 15) {
    return but(text, 'warning', 'name-long', {
      found: `${text} (${text.length} characters)`,
      expected: '15 characters at most'
    })
  }
  return fine(text)
}

function fqdn(text: string): Checked {
  const expected = 'a name like pc7.contoso.com'
  if (text === '') return but('', 'blocker', 'fqdn-missing', { expected })
  const value = text.replace(/\.$/, '')
  const labels = value.split('.')
  const numeric = /^[0-9]+$/.test(labels.at(-1) ?? '')
  if (labels.length < 2 || numeric || value.length > 253 || !labels.every((part) => label.test(part))) {
    const found = value.length > 60 ? `${value.slice(0, 30)}… (${value.length} characters)` : text
    return but(text, 'blocker', 'fqdn-malformed', { found, expected })
  }
  if (!labels.every((part) => plainLabel.test(part)))
    return but(value, 'warning', 'fqdn-unusual', { found: value, expected })
  return value === text ? fine(value) : rewritten(text, value)
}

const rewritten = (text: string, value: string): Checked =>
  but(value, 'note', 'cell-rewritten', { found: text, expected: value })

function guid(text: string): Checked {
  const expected = '32 hexadecimal digits, like 4c4c4544-0042-3510-8051-b4c04f4a3153'
  if (text === '') return but('', 'blocker', 'guid-missing', { expected })
  const value = readGuid(text)
  if (value === null) {
    return but(text, 'blocker', 'guid-malformed', { found: `${shortened(text, 36)} (${whyNotGuid(text)})`, expected })
  }
  const worth = guidWorth(value)
  if (worth !== 'set') return but(value, 'blocker', `guid-${worth}`, { found: value, expected: 'a GUID of its own' })
  return value === text.toLowerCase() ? fine(value) : rewritten(text, value)
}

function mac(text: string): Checked {
  if (text === '') return fine('')
  const hex = text.replace(/[\s:.-]/g, '').toLowerCase()
  if (!/^[0-9a-f]{12}$/.test(hex)) {
    const why = /[^0-9a-f]/u.test(hex) ? 'not hexadecimal' : `${hex.length} hexadecimal digits`
    const expected = '12 hexadecimal digits, like 00:1e:4f:aa:10:32'
    return but(text, 'blocker', 'mac-malformed', { found: `${shortened(text, 36)} (${why})`, expected })
  }
  const value = hex.replace(/..(?!$)/g, '$&:')
  // Group addresses (lowest bit of the first byte set) are let through: Microsoft's own example line has one.
  if (/^(?:0+|f+)$/.test(hex)) {
    return but('', 'warning', 'mac-not-set', { found: text, expected: 'the address of the wired network card' })
  }
  return value === text.toLowerCase() ? fine(value) : rewritten(text, value)
}

function address(text: string): Checked {
  if (text === '') return fine('')
  const read = readAddress(text)
  if (!read.ok)
    return but(text, 'blocker', 'address-malformed', {
      found: `${shortened(text, 36)} (${read.why})`,
      expected: 'like 10.0.0.7, pc7.contoso.com or [fd00::7]:16992'
    })
  return fine(read.value)
}

function amtVersion(text: string): Checked {
  const value = text.replace(/^(?:(?:intel )?amt )?v?\s*/i, '')
  if (value === '' || /^[0-9]{1,2}(?:\.[0-9]{1,5}){0,3}$/.test(value)) return fine(value)
  return but(text, 'warning', 'version-malformed', { found: text, expected: 'like 11.8.50' })
}

const judges: Readonly<Record<OpenField, Judge>> = { name, fqdn, guid, mac, address, amtVersion }

function judged(field: OpenField, raw: string): Checked {
  const text = raw.trim()
  if (text.length > longestCell) {
    // Enough to recognise and repair it; a cell of megabytes is not carried around.
    const found = `${shortened(text, 36)} (${text.length} characters)`
    return but(text.slice(0, 1000), 'blocker', 'cell-too-long', { found, values: { most: longestCell } })
  }
  if (/\p{Cc}/u.test(text)) return but(text, 'blocker', 'cell-control', { found: text, expected: 'text on one line' })
  if (/^[=+\-@]/.test(text)) return but(text, 'blocker', 'cell-formula', { found: text, expected: 'the value itself' })
  return judges[field](text)
}

/**
 * Normalises and checks one field. The value is what the wizard keeps ('' = not given), also when it is wrong: then it is
 * the text as found, without spaces around. Checking a checked value again changes nothing.
 */
export function checkField(field: OpenField, text: string): Checked {
  const checked = judged(field, text)
  if (checked.problem === undefined) return checked
  const { found } = checked.problem
  const where = fieldTitles[field]
  return { ...checked, problem: { ...checked.problem, where, ...(found !== undefined && { found: shortened(found) }) } }
}

/** What only shows when the fields of a computer are seen together. */
export function checkTogether(
  values: Readonly<Pick<Record<Field, string>, 'name' | 'fqdn'>>
): readonly (Required<Pick<Checked, 'severity' | 'problem'>> & { readonly field: OpenField })[] {
  const host = (values.fqdn.split('.')[0] ?? '').toLowerCase()
  const short = values.name.toLowerCase()
  // A name of 15 characters may be the NetBIOS form of a longer host name.
  if (host === '' || short === '' || host === short || (short.length === 15 && host.startsWith(short))) return []
  const facts = {
    where: fieldTitles.name,
    found: shortened(`${values.name}, but ${values.fqdn}`),
    expected: shortened(`an FQDN that begins with ${values.name}.`)
  }
  return [{ field: 'name', severity: 'warning', problem: problem('name-differs', facts) }]
}
