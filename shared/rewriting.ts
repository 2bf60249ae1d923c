// How a list writes what the wizard keeps in its usual form, told apart so that many cells alike can be spoken of at once.
import type { OpenField } from './check.ts'

/** One way of writing. */
export interface Rewriting {
  /** Stable; equal ones of many rows have the same. */
  readonly id: string
  /** "GUID", "GUIDs" */
  readonly one: string
  readonly many: string
  /** How they are written, and how the wizard keeps them: “written with braces”, “without”. */
  readonly had: string
  readonly kept: string
}

interface Rule extends Pick<Rewriting, 'had' | 'kept'> {
  readonly id: string
  /** Whether the text of the file is written so; the first rule that says yes counts. */
  is(found: string, kept: string): boolean
}

const otherwise: Rule = {
  id: 'other',
  had: 'not written in the usual form',
  kept: 'in the usual form',
  is: () => true
}
const capitals: Rule = {
  id: 'capitals',
  had: 'written in capital letters',
  kept: 'in small ones',
  is: (found, kept) => found.toLowerCase() === kept
}

/** A space of any kind at either end: hard ones as well, which nobody sees. */
const spaces: Rule = {
  id: 'spaces',
  had: 'written with spaces around',
  kept: 'without',
  is: (found, kept) => found !== found.trim() && [found.trim(), found.trim().toLowerCase()].includes(kept)
}

const international: Rule = {
  id: 'international',
  had: 'written with letters that DNS has not',
  kept: 'in the form that DNS has',
  is: (found) => /[^\x20-\x7e]/.test(found)
}

const fieldWords: Readonly<Record<OpenField, readonly [string, string]>> = {
  name: ['name', 'names'],
  fqdn: ['FQDN', 'FQDNs'],
  guid: ['GUID', 'GUIDs'],
  mac: ['MAC address', 'MAC addresses'],
  address: ['address', 'addresses'],
  amtVersion: ['AMT version', 'AMT versions'],
  amtStatus: ['AMT status', 'AMT statuses']
}

const rules: Readonly<Record<OpenField, readonly Rule[]>> = {
  name: [],
  guid: [
    capitals,
    { id: 'braces', had: 'written with braces', kept: 'without', is: (found) => /[{}()]/.test(found) },
    {
      id: 'urn',
      had: 'written with a prefix',
      kept: 'without',
      is: (found) => /^(?:urn|uuid|guid)\b/i.test(found.trim())
    },
    { id: 'bare', had: 'written without dashes', kept: 'with dashes', is: (found) => /^\s*[0-9a-f]+\s*$/i.test(found) }
  ],
  mac: [
    capitals,
    { id: 'dashes', had: 'written with dashes', kept: 'with colons', is: (found) => /[-\u2010-\u2015]/.test(found) },
    { id: 'dots', had: 'written with dots', kept: 'with colons', is: (found) => found.includes('.') },
    {
      id: 'bare',
      had: 'written without colons',
      kept: 'with colons',
      is: (found) => /^\s*[0-9a-f]{12}\s*$/i.test(found)
    }
  ],
  fqdn: [
    {
      id: 'dot',
      had: 'written with a dot at the end',
      kept: 'without',
      is: (found, kept) => found.trim() === `${kept}.`
    },
    international
  ],
  address: [
    capitals,
    {
      id: 'port',
      had: 'written with the usual port',
      kept: 'without',
      is: (found, kept) => found.startsWith(`${kept}:`)
    },
    { id: 'brackets', had: 'written with brackets', kept: 'without', is: (found, kept) => found === `[${kept}]` },
    international
  ],
  amtVersion: [
    { id: 'words', had: 'written with words', kept: 'as numbers alone', is: (found) => /\p{L}/u.test(found) }
  ],
  amtStatus: [{ ...otherwise, had: 'written in other words', kept: 'in those of Configuration Manager' }]
}

/** How the file writes a text of which the wizard keeps another form; the same object for all texts written so. */
export function rewritingOf(field: OpenField, found: string, kept: string): Rewriting {
  const rule = [spaces, ...rules[field], otherwise].find(({ is }) => is(found, kept)) ?? otherwise
  const [one, many] = fieldWords[field]
  return { id: `${field}-${rule.id}`, one, many, had: rule.had, kept: rule.kept }
}

/** Title of a group that a person wants as the file has it. */
export const asFoundTitle = ({ one, many, had }: Rewriting, count: number): string =>
  count === 1
    ? `1 ${one} is shown as in the file, ${had}`
    : `${count.toLocaleString('en-US')} ${many} are shown as in the file, ${had}`

/** Title of a group: "12 GUIDs are written with braces; the wizard keeps them without". */
export function rewritingTitle({ one, many, had, kept }: Rewriting, count: number): string {
  return count === 1
    ? `1 ${one} is ${had}; the wizard keeps it ${kept}`
    : `${count.toLocaleString('en-US')} ${many} are ${had}; the wizard keeps them ${kept}`
}
