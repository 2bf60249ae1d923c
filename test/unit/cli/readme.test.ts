// Every command that the "Command line" of README.md and COMMANDS.md names is run here as it stands there; a new one fails until it is.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../../../electron/clock.ts'
import { type Fleet, startFleet } from '../../../electron/simulator/fleet.ts'
import { sampleCsv } from '../../../electron/simulator/practice.ts'
import { computer } from '../../bench.ts'
import { here, type Told } from './here.ts'
import { program } from './program.ts'

const project = join(import.meta.dirname, '../../..')
const folder = mkdtempSync(join(tmpdir(), 'amt-readme-'))
const file = (name: string): string => join(folder, name)

const soap = 'http://www.w3.org/2003/05/soap-envelope'
const service = 'http://intel.com/wbem/wscim/1/amt-schema/1/AMT_SetupAndConfigurationService'
const answer = `<a:Envelope xmlns:a="${soap}" xmlns:g="${service}"><a:Body><g:GetUuid_OUTPUT><g:UUID>RExFTEYAMBCAAMfATwAAMQ==</g:UUID><g:ReturnValue>0</g:ReturnValue></g:GetUuid_OUTPUT></a:Body></a:Envelope>`

/** Command lines of a part of a document, without what is said about them. */
function commandsIn(document: string, part: string): string[] {
  const text = readFileSync(join(project, document), 'utf8').split(`## ${part}\n`)[1]?.split('\n## ')[0] ?? ''
  const lines = text.replace(/ \\\n\s+/g, ' ').split('\n')
  return lines.filter((line) => /^ {4}np[xm] /.test(line)).map((line) => (line.trim().split(/ {2,}/)[0] ?? '').trim())
}

const listed = [...new Set(['README.md', 'COMMANDS.md'].flatMap((document) => commandsIn(document, 'Command line')))]
const pc = computer(0)
let fleet: Fleet
beforeAll(async () => {
  fleet = await startFleet({ computers: [pc], clock: systemClock, random: (n) => new Uint8Array(randomBytes(n)) })
  const [titles = '', first = '', , , , fifth = ''] = sampleCsv.split('\r\n')
  // The sample's own thirty take half a minute, and other tests take them.
  writeFileSync(file('sample.csv'), [titles, first, fifth].join('\r\n'))
  writeFileSync(file('answer.xml'), answer)
})
afterAll(async () => {
  await fleet.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Runs a program with a line for its standard input; `until` ends one that would go on for ever. */
function start(
  args: readonly string[],
  input: string,
  until?: RegExp
): Promise<Pick<Told, 'out'> & { code: number | null }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...args], { stdio: ['pipe', 'pipe', 'ignore'] })
    let out = ''
    child.stdout.on('data', (text) => {
      out += text
      if (until?.test(out)) child.kill()
    })
    child.on('close', (code) => resolve({ code, out }))
    child.stdin.end(input)
  })
}

interface Way {
  /** Changes the words of the line: files, hosts. */
  readonly turn?: (words: string[]) => string[]
  /** For its standard input. */
  readonly input?: string
  readonly says: RegExp
}

/** What stands in for the files of the line, and a data folder of its own. */
const inFolder = (words: string[]): string[] => [
  ...words.map((word) => (/[.](?:csv|html)$/.test(word) ? file(word.replace('resources/', '')) : word)),
  ...['--data', file('data')]
]
const atHost = (words: string[]): string[] => {
  const device = fleet.find(pc.fqdn)
  return words.flatMap((word) =>
    word === 'HOST' ? [device?.host ?? '', '--port', `${device?.port}`, '--no-tls'] : [word]
  )
}
const password = `${pc.password}\n`

/** How each is run, by its beginning, in this order; the first that fits. */
const ways: readonly (readonly [string, Way])[] = [
  ['plan', { turn: inFolder, says: /2 computers of 2 can be taken over/ }],
  ['check resources', { turn: inFolder, says: /2 of 2 computers are ready/ }],
  ['run resources', { turn: inFolder, says: /Every computer ended as its personality promised/ }],
  ['status', { turn: inFolder, says: /2 of 2 taken over/ }],
  ['retry', { turn: inFolder, says: /0 computers will be tried again/ }],
  ['report', { turn: inFolder, says: /Saved as/ }],
  ['import', { turn: inFolder, says: /"total":2/ }],
  ['audit verify', { turn: inFolder, says: /The chain holds/ }],
  ['audit others', { turn: inFolder, says: /No entries of another laptop/ }],
  ['store recover', { turn: inFolder, says: /The data in this folder is sound/ }],
  [
    'wsman decode',
    { turn: (words) => words.map((word) => (word === 'FILE' ? file('answer.xml') : word)), says: /"answer.xml"/ }
  ],
  ['wsman identify', { turn: atHost, says: /port: \d+/ }],
  ['wsman get', { turn: atHost, input: password, says: /"AMT_GeneralSettings"/ }],
  ['wsman enumerate', { turn: atHost, input: password, says: /InstanceID/ }],
  ['wsman invoke HOST AMT_Setup', { turn: atHost, input: password, says: /UUID/ }],
  ['wsman invoke HOST AMT_WiFi', { turn: atHost, input: `${password}a passphrase\n`, says: /ReturnValue/ }]
]

/** What needs the keychain, a network or a port of its own: other files run these, as these words of them show. */
const elsewhere: readonly (readonly [string, string, RegExp])[] = [
  ['check LIST --account admin', 'real', /'check', ...lists/],
  ['run LIST --account admin', 'real', /'--account', 'admin'/],
  ['run LIST --profile', 'real', /'run', ...lists, '--yes', '--secrets-fd', '3'/],
  ['watch', 'watch', /'watch'/],
  ['secret keep', 'real', /'secret', 'keep', 'account:admin'/],
  ['secret forget', 'real', /'secret', 'forget', 'account:admin'/],
  ['discover', 'findAndExport', /typed\('discover', .*'--out', list\)/],
  ['export', 'findAndExport', /typed\('export', '--to', 'configmgr', '--out'/],
  ['listen', 'listen', /'listen', '--data'/],
  ['setup certificate', 'setUp', /cli\('setup', 'certificate', file/],
  ['setup psk generate', 'setUp', /cli\('setup', 'psk', 'generate', '2'/],
  ['setup usb-key', 'setUp', /'setup', 'usb-key', file, '--computers', '2'/],
  ['pack save', 'packs', /'save', /],
  ['audit export', 'evidence', /'audit', 'export', '--out', at\('log.jsonl'\), '--with-verifier'/],
  ['audit archive', 'evidence', /'audit', 'archive', '--before'/],
  ['store show', 'removal', /'store', 'show', '--json'/],
  ['store remove', 'removal', /'store', 'remove', '--yes'/],
  ['update', 'removal', /here\('update', file/],
  ['secret export', 'evidence', /'secret', 'export', '--out'/],
  ['secret open', 'evidence', /'secret', 'open', at/],
  ['support', 'evidence', /'support', at\('support.zip'\)/]
]

const ours = listed
  .filter((line) => line.startsWith('npx amt-migrate '))
  .map((line) => line.slice('npx amt-migrate '.length))

test('each command of the documents is run by a test', () => {
  const textOf = (name: string): string => readFileSync(join(import.meta.dirname, `${name}.test.ts`), 'utf8')
  const known = [
    ...ways.map(([begins]) => begins),
    ...elsewhere.filter(([, name, shows]) => shows.test(textOf(name))).map(([begins]) => begins)
  ]
  expect(listed.length).toBeGreaterThan(15)
  expect(ours.filter((line) => !known.some((begins) => line.startsWith(begins)))).toEqual([])
  expect(listed.filter((line) => line.startsWith('npm'))).toEqual(['npm run simulate -- --devices 5 --json'])
})

test('each does what is said of it, and ends with 0', { timeout: 60_000 }, async () => {
  for (const [begins, { turn, input, says }] of ways) {
    const lines = ours.filter((line) => line.startsWith(begins))
    expect(lines, begins).not.toEqual([])
    for (const line of lines) {
      const words = wordsOf(line)
      const args = turn?.(words) ?? words
      const { code, out } = await (input === undefined ? here(...args) : start([program, ...args], input))
      expect(out, line).toMatch(says)
      expect(code, `${line}\n${out}`).toBe(0)
    }
  }
  const five = /(?:.*"host".*\n){5}/
  const { out } = await start([join(project, 'electron/simulator/main.ts'), '--devices', '5', '--json'], '', five)
  expect(out).toMatch(five)
})

/** A line taken apart as a shell does it: blanks part words, but not within quotation marks. */
function wordsOf(line: string): string[] {
  return (line.match(/(?:'[^']*'|[^\s'])+/g) ?? []).map((word) => word.replaceAll("'", ''))
}
