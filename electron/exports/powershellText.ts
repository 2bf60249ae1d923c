// Values as PowerShell source: single-quoted strings in which nothing is expanded, and a refusal of what they cannot hold.
import { ok, type Result } from '../../shared/problem.ts'
import { type ExportComputer, unfit } from './computer.ts'

// PowerShell takes the typographic single quotes U+2018 to U+201B for the straight one.
const quotes = /['\u2018-\u201b]/g
// Control and format characters, and line ends of Unicode: a string must not look other than it is.
const refused = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

/** Whether a text can stand in a script. */
export const isWritable = (text: string): boolean => !refused.test(text) && text.isWellFormed()

/** A text as a literal; a doubled quote is one of its characters (about_Quoting_Rules). Only for what `isWritable`. */
export function literal(text: string): string {
  if (!isWritable(text)) throw new RangeError('a text that no script can hold')
  return `'${text.replace(quotes, '$&$&')}'`
}

/** The computers as an array of hash tables, one a line. Problem: export-value-unfit. */
export function computerTable(computers: readonly ExportComputer[]): Result<string> {
  const lines: string[] = []
  for (const computer of computers) {
    const { name, fqdn, guid, mac } = computer
    const cells = { Name: name, Fqdn: fqdn, Guid: guid.toUpperCase(), Mac: mac.toUpperCase() }
    for (const [what, text] of Object.entries(cells)) if (!isWritable(text)) return unfit(computer, what, text)
    const pairs = Object.entries(cells).map(([key, text]) => `${key} = ${literal(text)}`)
    lines.push(`    @{ ${pairs.join('; ')} }`)
  }
  return ok(`@(\n${lines.join('\n')}\n)`)
}

/** A parameter of the script with what was chosen as its default; without a choice the script asks. */
export const parameter = (name: string, chosen: string): string =>
  chosen === '' ? `    [Parameter(Mandatory = $true)][string]$${name}` : `    [string]$${name} = ${literal(chosen)}`

/** A script as Windows PowerShell reads it: with byte order mark, or it takes it for the code page of the country. */
export const scriptBytes = (text: string): Uint8Array => Buffer.from(`\ufeff${text.replace(/\r?\n/g, '\r\n')}`, 'utf8')
