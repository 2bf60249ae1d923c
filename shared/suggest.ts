// What could be meant by a cell that is wrong, said by rule: the likely text, why, and the words for many cells alike.
import { readAddress } from './address.ts'
import { checkField, type OpenField } from './check.ts'
import type { Field } from './computer.ts'
import { readDnsName } from './dns.ts'
import { bareGuid, base64Guid, isRawOrder, readGuid, swapGuid } from './guid.ts'
import { type SuggestionKind, suggestionWords } from './suggestionWords.ts'

/** A text that would be right, and why it is probably what was meant. */
export interface Suggestion {
  /** Stable; equal repairs of many rows have the same one. */
  readonly kind: SuggestionKind
  /** What the cell would hold, in the form the wizard keeps. */
  readonly text: string
  /** In words: "the letter O stands where only a zero can". */
  readonly why: string
  /** Other cells of the row that change along with it. */
  readonly also?: Readonly<Partial<Record<OpenField, string>>>
}

/** The texts of the row that the cell stands in. */
export type RowTexts = Readonly<Partial<Record<Field, string>>>

/** What is known beyond the row. */
export interface Surroundings {
  /** The domain that most computers of the list belong to. */
  readonly domain?: string | null
}

type Proposal = string | null | { readonly text: string; readonly also: Partial<Record<OpenField, string>> }

interface Rule {
  readonly kind: SuggestionKind
  /** null = every field. */
  readonly fields: readonly OpenField[] | null
  propose(text: string, row: RowTexts, around: Surroundings, field: OpenField): Proposal
}

const optional: readonly OpenField[] = ['mac', 'address', 'amtVersion', 'amtStatus']
const hexFields: readonly OpenField[] = ['guid', 'mac']
const nothing =
  /^(?:[-–—./?#]+|n\/?a|#n\/a|none|null|nil|unknown|unbekannt|keine?|leer|empty|inconnu|aucune?|ninguna?|nessuna?|brak)$/i

const firstPart = (name: string): string => name.split('.')[0] ?? ''
const domainOf = (name: string): string => name.split('.').slice(1).join('.')
const isFull = (text: string): boolean => {
  const severity = checkField('fqdn', text).severity
  return severity === undefined || severity === 'note'
}

/** The text with letters that are taken for digits when hexadecimal digits are copied by hand. */
const withDigits = (text: string): string => text.replace(/[oOＯ]/g, '0').replace(/[lIi|]/g, '1')

/** The one match of an expression in a text; null when there are several that differ, or none. */
function only(text: string, expression: RegExp): string | null {
  const found = new Set((text.match(expression) ?? []).map((one) => one.toLowerCase()))
  const [one] = found
  return found.size === 1 && one !== undefined ? one : null
}

const whole = (field: OpenField, text: string): string | null => {
  const checked = checkField(field, text)
  return checked.problem === undefined || checked.severity === 'note' ? checked.value : null
}

/** The rules, the surest first: the first whose text is right makes the suggestion. */
const rules: readonly Rule[] = [
  { kind: 'nothing', fields: optional, propose: (text) => (nothing.test(text) ? '' : null) },
  {
    kind: 'invisible',
    fields: null,
    propose: (text, _row, _around, field) => {
      // A line break between two names may part two values; in GUIDs and the like nothing else can be meant.
      if (/[\r\n\t]/.test(text) && !hexFields.includes(field)) return null
      return text.replace(/[\p{Cc}\p{Cf}]/gu, '')
    }
  },
  {
    kind: 'quotes',
    fields: null,
    propose: (text) => text.replace(/^=?["'‘’“”„`´]+|["'‘’“”`´]+$/g, '')
  },
  { kind: 'formula', fields: null, propose: (text) => text.replace(/^[=+\-@\s]+/, '') },
  { kind: 'remark', fields: null, propose: (text) => /^(.+?)\s*[([][^()[\]]*[)\]]$/.exec(text)?.[1] ?? null },
  { kind: 'punctuation', fields: null, propose: (text) => text.replace(/[\s,;.!]+$/, '').replace(/^[\s,;.!]+/, '') },

  { kind: 'guid-form', fields: ['guid'], propose: (text) => readGuid(text) },
  {
    kind: 'guid-letters',
    fields: ['guid'],
    propose: (text) => (bareGuid(text).length === 32 ? readGuid(withDigits(text)) : null)
  },
  {
    kind: 'guid-inside',
    fields: ['guid'],
    propose: (text) => only(text, /(?<![0-9a-f-])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![0-9a-f-])/gi)
  },
  {
    kind: 'guid-stray',
    fields: ['guid'],
    propose: (text) => {
      const hex = bareGuid(text)
      return hex.length === 33 ? readGuid(hex.replace(/[^0-9a-f]/i, '')) : null
    }
  },
  { kind: 'guid-base64', fields: ['guid'], propose: (text) => base64Guid(text) },
  {
    kind: 'guid-raw-order',
    fields: ['guid'],
    propose: (text) => {
      const guid = readGuid(text)
      return guid !== null && isRawOrder(guid) ? swapGuid(guid) : null
    }
  },

  {
    kind: 'mac-zero',
    fields: ['mac'],
    propose: (text) => (checkField('mac', text).problem?.code === 'mac-not-set' ? '' : null)
  },
  { kind: 'mac-form', fields: ['mac'], propose: (text) => whole('mac', text) },
  { kind: 'mac-letters', fields: ['mac'], propose: (text) => withDigits(text) },
  {
    kind: 'mac-eui64',
    fields: ['mac'],
    propose: (text) => {
      const hex = text.replace(/[\s:.-]/g, '')
      // RFC 4291 appendix A: the two bytes put into the middle of a MAC address to make 64 bits of it.
      return /^[0-9a-f]{6}fff[ef][0-9a-f]{6}$/i.test(hex) ? hex.slice(0, 6) + hex.slice(10) : null
    }
  },
  {
    kind: 'mac-several',
    fields: ['mac'],
    propose: (text) => text.split(/[;,|/]|\s{1,9}(?=[0-9a-f]{2}[:-])/i).find((one) => whole('mac', one)) ?? null
  },

  {
    kind: 'names-swapped',
    fields: ['fqdn'],
    propose: (text, { name = '' }) =>
      text !== '' && !text.includes('.') && isFull(name) && checkField('name', text).severity !== 'blocker'
        ? { text: name, also: { name: text } }
        : null
  },
  { kind: 'fqdn-form', fields: ['fqdn'], propose: (text) => whole('fqdn', text) },
  { kind: 'fqdn-url', fields: ['fqdn'], propose: (text) => /^[a-z]+:\/\/([^/:@]+)/i.exec(text)?.[1] ?? null },
  { kind: 'fqdn-port', fields: ['fqdn'], propose: (text) => /^(.+):\d{1,5}$/.exec(text)?.[1] ?? null },
  {
    kind: 'fqdn-dots',
    fields: ['fqdn'],
    propose: (text) => text.replace(/[\s,;.:。．]+/g, '.').replace(/^\.|\.$/g, '')
  },
  {
    kind: 'fqdn-from-name',
    fields: ['fqdn'],
    propose: (text, { name = '', address = '' }, { domain }) => {
      const host = text === '' || nothing.test(text) ? firstPart(name) : text
      if (host === '' || host.includes('.')) return null
      // Beside another name it is not certain which of the two is wrong.
      if (name !== '' && firstPart(name).toLowerCase() !== host.toLowerCase()) return null
      const candidates = [name, address, domain ? `${host}.${domain}` : '']
      return candidates.find((one) => isFull(one) && firstPart(one).toLowerCase() === host.toLowerCase()) ?? null
    }
  },

  {
    kind: 'name-from-fqdn',
    fields: ['name'],
    propose: (text, { fqdn = '' }) => ((text === '' || nothing.test(text)) && isFull(fqdn) ? firstPart(fqdn) : null)
  },
  {
    kind: 'name-host',
    fields: ['name'],
    // Beside an FQDN without domain the two cells are swapped: that is said there.
    propose: (text, { fqdn = '' }) =>
      domainOf(text) !== '' && isFull(text) && (fqdn === '' || isFull(fqdn)) ? firstPart(text) : null
  },
  { kind: 'name-domain', fields: ['name'], propose: (text) => /^(?:\\\\|[\w.-]+\\)([^\\]+)$/.exec(text)?.[1] ?? null },
  { kind: 'name-dollar', fields: ['name'], propose: (text) => (text.endsWith('$') ? text.slice(0, -1) : null) },

  { kind: 'address-form', fields: ['address'], propose: (text) => whole('address', text) },
  { kind: 'address-url', fields: ['address'], propose: (text) => /^[a-z]+:\/\/([^/@]+)/i.exec(text)?.[1] ?? null },
  {
    kind: 'address-mask',
    fields: ['address'],
    // Where the host bits are zero it is a network's own number, not a computer's.
    propose: (text) => /^(\d+\.\d+\.\d+\.(?!0\/)\d+)\/\d{1,2}$/.exec(text)?.[1] ?? null
  },
  {
    kind: 'address-zeros',
    fields: ['address'],
    propose: (text) => (/^\d{3}(?:\.\d{3}){3}$/.test(text) ? text.split('.').map(Number).join('.') : null)
  },
  {
    kind: 'address-dots',
    fields: ['address'],
    propose: (text) => (/^\d+(?:[\s,.]+\d+){3}$/.test(text) ? text.split(/[\s,.]+/).join('.') : null)
  },
  {
    kind: 'address-several',
    fields: ['address'],
    propose: (text) => {
      const all = text.split(/[\s,;|]+/).filter((one) => one !== '')
      return all.length > 1 && all.every((one) => readAddress(one).ok)
        ? (all.find((one) => checkField('address', one).problem === undefined) ?? null)
        : null
    }
  },

  { kind: 'version-form', fields: ['amtVersion'], propose: (text) => whole('amtVersion', text) },
  {
    kind: 'version-inside',
    fields: ['amtVersion'],
    propose: (text) => only(text, /(?<![\d.])[1-9]\d?\.\d{1,2}\.\d{1,3}(?:\.\d{1,5})?(?![\d.])/g)
  },
  { kind: 'status-form', fields: ['amtStatus'], propose: (text) => whole('amtStatus', text) }
]

const rulesOf = (field: OpenField): readonly Rule[] => rules.filter(({ fields }) => fields?.includes(field) ?? true)
const fieldRules: Readonly<Record<OpenField, readonly Rule[]>> = {
  name: rulesOf('name'),
  fqdn: rulesOf('fqdn'),
  guid: rulesOf('guid'),
  mac: rulesOf('mac'),
  address: rulesOf('address'),
  amtVersion: rulesOf('amtVersion'),
  amtStatus: rulesOf('amtStatus')
}

/** 0 = nothing to say, 3 = blocker. */
const weight = (field: OpenField, text: string): number => {
  const { severity } = checkField(field, text)
  return severity === undefined ? 0 : severity === 'note' ? 1 : severity === 'warning' ? 2 : 3
}

/** A proposal in the wizard's form, if it is better than what stands there; blank only where blank is allowed. */
function better(field: OpenField, text: string, before: number, proposed: string): string | null {
  const { value, severity } = checkField(field, proposed)
  if (severity === 'blocker' || value === text) return null
  if (severity === 'warning' && before < 3) return null
  // Taking characters away must leave something, unless the cell says that there is nothing.
  return value === '' && proposed !== '' ? null : value
}

/**
 * What could be meant by a cell that has a problem (a note counts: there it is the usual form); null when nothing is likely.
 * Pure. After it is applied the field has no blocker, no other field is worse, and the same kind is not suggested again.
 * `text` is the cell as it stands, `row` all texts of its row as they stand.
 */
export function suggest(
  field: OpenField,
  text: string,
  row: RowTexts = {},
  around: Surroundings = {}
): Suggestion | null {
  const before = weight(field, text)
  if (before === 0 && !(field === 'name' && text.includes('.'))) return null
  const trimmed = text.trim()
  if (trimmed.length > 255) return null
  for (const { kind, propose } of fieldRules[field]) {
    const proposal = propose(trimmed, row, around, field)
    if (proposal === null) continue
    const { text: proposed, also } = typeof proposal === 'string' ? { text: proposal, also: undefined } : proposal
    if (proposed === trimmed || (proposed === '' && kind !== 'nothing' && kind !== 'mac-zero')) continue
    const value = better(field, trimmed, before, proposed)
    if (value !== null)
      return { kind, text: value, why: suggestionWords[kind].why, ...(also !== undefined && { also }) }
  }
  return null
}

/**
 * The domain of most computers, for those that have none: at least three computers and four in five share it.
 * `fqdns` are texts as the wizard keeps them.
 */
export function commonDomain(fqdns: Iterable<string>): string | null {
  const seen = new Map<string, number>()
  let total = 0
  for (const fqdn of fqdns) {
    const dot = fqdn.indexOf('.')
    if (dot < 1) continue
    const domain = fqdn.slice(dot + 1).toLowerCase()
    seen.set(domain, (seen.get(domain) ?? 0) + 1)
    total++
  }
  const [domain, times] = [...seen].sort((a, b) => b[1] - a[1])[0] ?? ['', 0]
  return times >= 3 && times >= total * 0.8 && readDnsName(domain).ok && isFull(`pc.${domain}`) ? domain : null
}
