// The scripts, as far as they can be checked without PowerShell: every value inside a literal, brackets that close, one operation.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ExportComputer } from '../../../electron/exports/computer.ts'
import { automaticScript, importScript } from '../../../electron/exports/powershell.ts'
import { isWritable, literal } from '../../../electron/exports/powershellText.ts'
import { value } from '../../bench.ts'

const computer = (name: string): ExportComputer => ({
  name,
  fqdn: `${name}.corp.example`,
  guid: '4c4c4544-0046-3000-8000-c7c04f000031',
  mac: '',
  address: '',
  amtVersion: '',
  tls: false,
  username: 'admin',
  adminPassword: 'Planted-Secret7!'
})
const choice = { siteServer: 'CM01', siteCode: 'ABC', collection: "Bob's PCs" }
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8')

/** Any of these ends a single-quoted string of PowerShell, unless it is followed by another one. */
const isQuote = (letter: string | undefined): boolean => letter !== undefined && /['\u2018-\u201b]/.test(letter)

interface Token {
  readonly kind: 'string' | 'comment' | 'code'
  readonly text: string
}

/** Cuts a script as PowerShell does, as far as these scripts go: comments, single-quoted strings, and the rest. */
function tokens(script: string): Token[] {
  const list: Token[] = []
  let code = ''
  const flush = (): void => {
    if (code !== '') list.push({ kind: 'code', text: code })
    code = ''
  }
  for (let at = 0; at < script.length; ) {
    if (script.startsWith('<#', at) || script[at] === '#') {
      const end = script.startsWith('<#', at) ? script.indexOf('#>', at) + 2 : script.indexOf('\n', at)
      flush()
      list.push({ kind: 'comment', text: script.slice(at, end) })
      at = end
    } else if (isQuote(script[at])) {
      flush()
      let inside = ''
      for (at++; ; at++) {
        if (at >= script.length) throw new Error('a string that never ends')
        if (isQuote(script[at]) && !isQuote(script[++at])) break
        inside += script[at]
      }
      list.push({ kind: 'string', text: inside })
    } else code += script[at++]
  }
  flush()
  return list
}

test('any text that a script may hold comes out of its literal as it went in', () => {
  const letters = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({
      unit: fc.constantFrom("'", '\u2018', '\u2019', '\u201a', '\u201b', '$', '(', '`', '"', '#', 'a', '\n')
    })
  )
  fc.assert(
    fc.property(letters, (raw) => {
      fc.pre(isWritable(raw))
      expect(tokens(`$a = ${literal(raw)};`)).toEqual([
        { kind: 'code', text: '$a = ' },
        { kind: 'string', text: raw },
        { kind: 'code', text: ';' }
      ])
    }),
    { numRuns: 500 }
  )
})

test.each(['a\nb', 'a\u0000', 'a\u2028b', '\u202egnp', '\ud800'])('%j is refused', (raw) => {
  expect(isWritable(raw)).toBe(false)
  expect(() => literal(raw)).toThrow(RangeError)
  expect(importScript([computer(raw)], choice)).toMatchObject({ ok: false, problem: { code: 'export-value-unfit' } })
  expect(importScript([computer('PC1')], { ...choice, collection: raw })).toMatchObject({ ok: false })
})

describe.each([
  ['import', importScript],
  ['automatic', automaticScript]
])('the script: %s', (_, write) => {
  const bad = "x'; Remove-Item C:\\ -Recurse; '"
  const script = text(value(write([computer('PC1'), computer(bad)], { ...choice, collection: bad })))
  const list = tokens(script.slice(1))
  const code = list.flatMap(({ kind, text: part }) => (kind === 'code' ? part : '')).join('')

  test('begins with a byte order mark, has Windows line ends, and StrictMode and WhatIf', () => {
    expect(script.startsWith('\ufeff')).toBe(true)
    expect(script.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(code).toContain('Set-StrictMode -Version 2.0')
    expect(code).toContain('SupportsShouldProcess = $true')
    expect(code).toContain('$PSCmdlet.ShouldProcess(')
  })

  test('holds values in literals only, expands nothing, and closes what it opens', () => {
    expect(code).not.toContain('Remove-Item')
    expect(list.filter(({ kind, text: part }) => kind === 'string' && part.includes(bad)).length).toBeGreaterThan(1)
    expect(code).not.toMatch(/["`]|Invoke-Expression|\biex\b|&\s*\(/)
    for (const [open, close] of ['()', '{}', '[]']) {
      const depth = [...code].reduce((sum, letter) => sum + (letter === open ? 1 : letter === close ? -1 : 0), 0)
      expect(depth, `${open}${close}`).toBe(0)
    }
  })

  test('has no password in it', () => {
    expect(script).not.toContain('Planted-Secret7!')
    expect(script).not.toContain(Buffer.from('Planted-Secret7!').toString('base64'))
    expect(code).not.toMatch(/MEBxPassword|AdminPassword/)
  })

  test('reads no variable that is never assigned', () => {
    const own = new Set(['_', 'true', 'null', 'PSVersionTable', 'PSCmdlet', 'ErrorActionPreference'])
    const heads = [...code.matchAll(/function [\w-]+\(([^)]*)\)/g)].map(([, head = '']) => head).join(' ')
    const assigned = new Set(
      [
        ...code.matchAll(/\$(\w+)\s*\+?=(?!=)/g),
        ...code.matchAll(/\$(\w+) in /g),
        // Parameters of the script and of its functions.
        ...code.matchAll(/\](\$(\w+))/g),
        ...heads.matchAll(/\$(\w+)/g)
      ].map((found) => (found[2] ?? found[1] ?? '').toLowerCase())
    )
    const read = [...code.matchAll(/\$(\w+)/g)].map(([, name = '']) => name)
    expect(read.filter((name) => !own.has(name) && !assigned.has(name.toLowerCase()))).toEqual([])
  })
})

test('the import is called by names that the site knows, and stops where out of band management is gone', () => {
  const script = text(value(importScript([computer('PC1')], choice)))
  for (const name of ['NetbiosName', 'FQDN', 'SMBIOSGUID', 'MACAddress', 'OverwriteExistingRecord', 'IsAMTMachine'])
    expect(script).toContain(name)
  expect(script).toContain("GetMethodParameters('ImportMachineEntry')")
  expect(script).toContain('$known -contains $name')
  expect(script).toContain('8412')
  expect(script).not.toMatch(/Invoke-WmiMethod/)
})

test('the other script sends one operation, and never those whose labels are swapped', () => {
  const script = text(value(automaticScript([computer('PC1')], choice)))
  expect(script).toContain('Opcode = 1024')
  expect(script.match(/\b(544|576|32|64|256)\b/g)?.filter((number) => number !== '32') ?? []).toEqual([])
})

test('without a site the scripts ask for it', () => {
  const script = text(value(importScript([computer('PC1')], { ...choice, siteServer: '', siteCode: '' })))
  expect(script).toContain('[Parameter(Mandatory = $true)][string]$SiteServer')
})
