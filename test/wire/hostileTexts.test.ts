// A lying device says hostile texts wherever firmware says a name; none of them becomes markup, a formula, a path, a line break
// or an order to a terminal, in anything the wizard shows, writes or hands on.

import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { unzipSync } from 'fflate'
import { afterEach, expect, test } from 'vitest'
import type { DocumentKind } from '../../electron/evidence/documents.ts'
import { decodeRecord } from '../../electron/provision/deviceLog.ts'
import { openDevice } from '../../electron/wsman/client.ts'
import { exportTargets, usualChoice } from '../../shared/exporting.ts'
import type { Job } from '../../shared/job.ts'
import { type Bench, closeBenches, computer, openBench, value } from '../bench.ts'
import { here } from '../unit/cli/here.ts'

/** What is said, by what it would like to become. The mark in the middle tells that it was heard at all. */
const texts: Readonly<Record<string, string>> = {
  markup: `<img src=x onerror="alert('m4rk')">`,
  formula: `=cmd|'/c m4rk'!A0`,
  plus: '+m4rk-1+1',
  path: '../../../../m4rk',
  lines: 'm4rk\r\n{"what":"forged"}\r\nforged',
  turned: '\u202em4rk gpj.exe\u2066',
  separators: 'm4rk\u2028forged\u0085forged',
  huge: `m4rk${'A'.repeat(65_536)}`,
  escape: '\u001b[2Jm4rk\u0007',
  nothing: 'm4rk\u0000m4rk'
}
/** XML has no way to say two of these, and no firmware says the third: the whole answer must be refused. */
const refused: ReadonlySet<string> = new Set(['escape', 'nothing', 'huge'])

/** Elements in which firmware says free text; names by which instances are chosen stay what they are. */
const free = ['HostName', 'DomainName']
/** Where each lie makes an answer that fits no type: what was found there is quoted to the person. */
const typed = ['SharedFQDN', 'NetworkInterfaceEnabled']

const inXml = (text: string): string => text.replace(/[&<>"\r\n]/g, (c) => `&#${c.charCodeAt(0)};`)

const servers: Server[] = []
afterEach(async () => {
  await closeBenches()
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of message) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

/** Stands before a practice device and puts the text into what it answers, until its names are set; answers its own port. */
async function liar(port: number, text: string, said: readonly string[]): Promise<number> {
  const lies = new RegExp(`(<(?:\\w+:)?(${said.join('|')})(?: [^>]*)?>)[^<]*(</)`, 'g')
  let lying = true
  const server = createServer((question, answer) => {
    void (async () => {
      const sent = await bodyOf(question)
      const { method, url, headers } = question
      // What was set is read back and must be so: from then on it tells the truth.
      if (sent.includes('/transfer/Put<') && sent.includes('AMT_GeneralSettings')) lying = false
      const onward = request({ host: '127.0.0.1', port, method, path: url, headers }, (heard) => {
        void bodyOf(heard).then((bytes) => {
          const text8 = bytes.toString('utf8')
          const body = Buffer.from(
            lying ? text8.replace(lies, (_, from, _name, to) => `${from}${inXml(text)}${to}`) : text8
          )
          const { 'transfer-encoding': _chunked, ...kept } = heard.headers
          answer.writeHead(heard.statusCode ?? 500, { ...kept, 'content-length': body.length })
          answer.end(body)
        })
      })
      onward.on('error', () => question.socket.destroy())
      onward.end(sent)
    })()
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const kinds = Object.keys(texts)
const computers = kinds.map((_, n) => computer(n))

/** An import of one lying device a text, come to its end. */
async function lied(
  said: readonly string[]
): Promise<{ bench: Bench; importId: string; jobs: ReadonlyMap<string, Job> }> {
  const through = new Map<number, number>()
  const bench = await openBench({
    computers,
    openDevice: ({ endpoint, ...rest }) =>
      openDevice({ ...rest, endpoint: { ...endpoint, port: through.get(endpoint.port) ?? endpoint.port } })
  })
  for (const [n, kind] of kinds.entries()) {
    const { port } = bench.device(computers[n]?.fqdn ?? '')
    through.set(port, await liar(port, texts[kind] ?? '', said))
  }
  const { id } = await bench.begin()
  const jobs = await bench.finished(id)
  const byKind = new Map(
    kinds.flatMap((kind, n) => {
      const job = jobs.find(({ computer: { fqdn } }) => fqdn === computers[n]?.fqdn)
      return job ? [[kind, job] as const] : []
    })
  )
  return { bench, importId: id, jobs: byKind }
}

/** What must stand nowhere: control characters but tab and line ends, line separators, turns of the direction of writing. */
const unruly = /[^\t\n\r\P{Cc}]|[\p{Zl}\p{Zp}\p{Bidi_Control}]/u

test.each([
  ['as names', free, 'done'],
  ['as numbers', typed, 'person']
] as const)('what a device says stays a text, everywhere: %s', { timeout: 60_000 }, async (_, said, state) => {
  const { bench, importId, jobs } = await lied(said)
  const { core, folder } = bench
  // At the door: what is kept, and with it what the page is told.
  for (const [kind, job] of jobs) {
    const kept = JSON.stringify(job)
    expect(kept, kind).not.toMatch(unruly)
    expect(kept.length, kind).toBeLessThan(20_000)
    if (said === free) expect(kept.includes('m4rk'), kind).toBe(!refused.has(kind))
    expect(job.state, kind).toBe(said === free && refused.has(kind) ? 'person' : state)
  }
  const document = (kind: DocumentKind): string => value(core.imports.document(importId, kind)).text
  const html = document('report')
  expect(html).toContain('m4rk')
  expect(html).not.toMatch(/<img|onerror="/)
  expect(html).not.toMatch(unruly)
  const cellsOf = (text: string): string[] => parse(text, { bom: true, relax_column_count: true }).flat() as string[]
  for (const text of [document('csv'), document('failedRows')]) {
    const cells = cellsOf(text)
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([])
    expect(cells.filter((cell) => unruly.test(cell))).toEqual([])
    expect(cells.filter((cell) => cell === 'forged')).toEqual([])
  }
  // What was found instead of a number is in the full report; what was before a change also in the list.
  expect(document('csv').includes('m4rk')).toBe(said === free)
  expect(JSON.stringify(JSON.parse(document('json')))).not.toMatch(unruly)
  for (const to of exportTargets) {
    const file = await core.exporting.file(importId, { ...usualChoice(to, ''), which: 'all' })
    const text = Buffer.from(value(file).bytes).toString('utf8')
    expect(text.replaceAll('\r\n', '\n').replace(/^\ufeff/, ''), to).not.toMatch(unruly)
    expect(value(file).name, to).toMatch(/^[\w.-]+$/)
  }

  // The log, the audit log, and the bundle of both: a line stays a line.
  for (const text of Object.values(texts)) core.log.write('a device said', { text })
  const log = readFileSync(join(folder, 'logs/diagnostic.log'), 'utf8')
  expect(
    log
      .trim()
      .split('\n')
      .filter((line) => JSON.parse(line).what === 'a device said')
  ).toHaveLength(kinds.length)
  expect(log).not.toMatch(unruly)
  const exported = value(await core.auditing.export())
  for (const line of exported.text.trim().split('\n')) expect(JSON.parse(line).what).not.toBe('forged')
  expect(exported.text).not.toMatch(unruly)
  const bundle = unzipSync(value(await core.supportBundle()).bytes)
  expect(Object.keys(bundle).filter((name) => !/^(logs\/)?\w[\w.-]*$/.test(name))).toEqual([])
  for (const [name, bytes] of Object.entries(bundle))
    expect(Buffer.from(bytes).toString('utf8'), name).not.toMatch(unruly)

  // Nothing was written under a name of the device's choice.
  const names = readdirSync(folder, { recursive: true }).map(String)
  expect(names.filter((name) => /m4rk|forged|\.\./.test(name))).toEqual([])

  for (const args of [
    ['status'],
    ['status', importId],
    ['report', '--format', 'csv'],
    ['report', '--json'],
    ['audit', 'verify']
  ]) {
    const { out, err } = await here(...args, '--data', folder)
    expect((out + err).replaceAll('\r\n', '\n').replace(/^\ufeff/, ''), args.join(' ')).not.toMatch(unruly)
  }
})

test('nor does what stands in its own log', () => {
  const who = Buffer.from('\u001b[2J\u202em4rk\r\n')
  const from = Buffer.from('10.0.0.1\u2028')
  const record = Buffer.concat([
    Buffer.from([0, 16, 0, 1, 0, who.length]),
    who,
    Buffer.from([0, 0, 0, 9, 0, from.length]),
    from,
    Buffer.from([0])
  ])
  expect(decodeRecord(record)).toMatchObject({ who: '\ufffd[2J\ufffdm4rk\r\n', from: '10.0.0.1\ufffd' })
})
