// The list that Configuration Manager's own wizard imports: six columns, no titles, passwords in Base64 (configmgr.md 1.3).

import type { ExportChoice } from '../../shared/exporting.ts'
import { ok, type Result } from '../../shared/problem.ts'
import { type ExportComputer, unfit } from './computer.ts'

/** How the wizard reads quotes is not documented, so nothing is written that would need them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const risky = /[\u0000-\u001f\u007f",]/

const encoded = (text: string, encoding: ExportChoice['encoding']): Uint8Array => {
  if (encoding === 'UTF-16 LE') return Buffer.from(`\ufeff${text}`, 'utf16le')
  return Buffer.from(encoding === 'UTF-8' ? text : `\ufeff${text}`, 'utf8')
}

type Choice = Pick<ExportChoice, 'encoding' | 'passwordText'>

function lineOf(computer: ExportComputer, { passwordText }: Choice): Result<string> {
  const { name, fqdn, guid, mac, mebxPassword = '', adminPassword = '' } = computer
  const open = { name, FQDN: fqdn, 'SMBIOS GUID': guid.toUpperCase(), 'MAC address': mac.toUpperCase() }
  for (const [what, text] of Object.entries(open)) if (risky.test(text)) return unfit(computer, what, text)
  const base64 = (secret: string): string =>
    Buffer.from(secret, passwordText === 'UTF-8' ? 'utf8' : 'utf16le').toString('base64')
  const cells = [...Object.values(open), base64(mebxPassword), base64(adminPassword)]
  // Optional columns at the end are left away, those between keep their comma.
  while (cells.at(-1) === '') cells.pop()
  return ok(cells.join(','))
}

/** The bytes of the file; secrets are in it where the computers bring them. Problem: export-value-unfit. */
export function sixColumns(computers: readonly ExportComputer[], choice: Choice): Result<Uint8Array> {
  const lines: string[] = []
  for (const computer of computers) {
    const line = lineOf(computer, choice)
    if (!line.ok) return line
    lines.push(line.value)
  }
  return ok(encoded(lines.map((line) => `${line}\r\n`).join(''), choice.encoding))
}
