// Every TLS profile and every proof of identity, with OpenSSL here and with the BoringSSL of the Electron that is set up.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TlsOptions } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { madeCertificate, madeKey } from '../unit/simulator/keys.ts'
import { type Authority, root } from './tlsPki.ts'
import { type Case, probe } from './tlsProbe.ts'
import { challenge, type Peer, soapAnswer, startPeer } from './wsmanPeer.ts'

const electron = process.env.AMT_ELECTRON ?? ''
if (electron === '')
  console.log('AMT_ELECTRON is not set: TLS is tested with OpenSSL alone, not with Electron’s BoringSSL.')

const folder = mkdtempSync(join(tmpdir(), 'tls-'))
const peers: Peer[] = []
const closing: Server[] = []
afterAll(async () => {
  for (const peer of peers) await peer.close()
  for (const peer of closing) peer.close()
  rmSync(folder, { recursive: true, force: true })
})

const pid = '4444-4444'
const pps = '0000-1111-2222-3333-4444-5555-6666-7777'
const pskOf = (identity: string) => (identity === '44444444' ? Buffer.from(pps.replaceAll('-', '')) : null)
const old = (version: 'TLSv1' | 'TLSv1.1', suites = 'AES128-SHA:AES256-SHA'): TlsOptions => ({
  minVersion: version,
  maxVersion: version,
  ciphers: `${suites}@SECLEVEL=0`
})
const suite = (ciphers: string): TlsOptions => ({ maxVersion: 'TLSv1.2', ciphers })

/** Cases by name, with what they must come to in any runtime. */
const table = new Map<string, { readonly given: Case; readonly expected: RegExp }>()
async function server(tls: TlsOptions, answersWithoutLogin = false): Promise<number> {
  const peer = await startPeer((_, __, socket) => {
    if (answersWithoutLogin) socket.write(soapAnswer('<i/>'))
    else socket.end(challenge())
  }, tls)
  peers.push(peer)
  return peer.port
}

// Node's server looks at a certificate after the handshake and cuts the line; what firmware does instead is below.
const notLetIn = /^(?:client-certificate-refused|tls-failed|answer-cut)/

/** A server that answers every ClientHello with one fatal alert (RFC 8446 section 6), as firmware does. */
async function alerting(description: number): Promise<number> {
  const peer = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => socket.end(Buffer.from([0x15, 3, 1, 0, 2, 2, description])))
  })
  await new Promise<void>((resolve) => peer.listen(0, '127.0.0.1', resolve))
  closing.push(peer)
  return (peer.address() as AddressInfo).port
}

/** A PKCS #12 file with AES, made by the openssl program. */
function toPfx({ cert, key }: Authority): string | undefined {
  const pem = join(folder, 'client.pem')
  writeFileSync(pem, `${key}${cert}`, { mode: 0o600 })
  const made = spawnSync('openssl', ['pkcs12', '-export', '-in', pem, '-passout', 'pass:practice'])
  return made.status === 0 ? made.stdout.toString('base64') : undefined
}

beforeAll(async () => {
  const ours = await root('Practice Root')
  const theirs = await root('Other Root')
  const device = await ours.issue({ name: 'pc-1.practice.example' })
  const late = await ours.issue({ name: 'pc-1.practice.example', ends: new Date('2021-01-01') })
  const console_ = await ours.issue({ name: 'console.practice.example' })
  const stranger = await theirs.issue({ name: 'console.practice.example' })
  const between = await ours.issue({ name: 'Practice Issuing', authority: true })
  const setup = await between.issue({
    name: 'setup.practice.example',
    purposes: ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2', '2.16.840.1.113741.1.2.3']
  })
  const own = { key: device.key, cert: device.cert }
  const pin = device.fingerprint
  const add = (name: string, given: Case, expected: RegExp) => table.set(name, { given, expected })

  add('TLS 1.3', { port: await server(own), pin, tls: {} }, /^ok TLSv1\.3 TLS_/)
  for (const cipher of ['AES128-SHA', 'AES256-SHA', 'AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256']) {
    const port = await server({ ...own, ...suite(cipher) })
    add(`TLS 1.2 with ${cipher}`, { port, pin, tls: {} }, new RegExp(`^ok TLSv1\\.2 ${cipher}$`))
  }
  const key = await madeKey('ecc')
  const { pem, sha256 } = await madeCertificate('pc-1.practice.example', key)
  const overP384 = { key, cert: pem }
  add('TLS 1.3 over P-384', { port: await server(overP384), pin: sha256, tls: {} }, /^ok TLSv1\.3 TLS_/)
  const ecdsa = await server({ ...overP384, ...suite('ECDHE-ECDSA-AES256-GCM-SHA384') })
  add('TLS 1.2 over P-384', { port: ecdsa, pin: sha256, tls: {} }, /^ok TLSv1\.2 ECDHE-ECDSA-AES256-GCM-SHA384$/)
  const tls11 = await server({ ...own, ...old('TLSv1.1') })
  const tls10 = await server({ ...own, ...old('TLSv1') })
  add('TLS 1.1 without permission', { port: tls11, tls: {} }, /^tls-too-old TLS 1\.1, AES\d+-SHA/)
  add('TLS 1.1 with permission', { port: tls11, pin, tls: { allowTls: '1.1' } }, /^ok TLSv1\.1 AES\d+-SHA$/)
  add('TLS 1.0 without permission', { port: tls10, tls: {} }, /^tls-too-old TLS 1\.0, AES\d+-SHA/)
  add('TLS 1.0 with permission for 1.1', { port: tls10, tls: { allowTls: '1.1' } }, /^tls-too-old TLS 1\.0/)
  add('TLS 1.0 with permission', { port: tls10, pin, tls: { allowTls: '1.0' } }, /^ok TLSv1 AES\d+-SHA$/)
  add(
    'a permission does not lower a newer device',
    { port: await server(own), tls: { allowTls: '1.0' } },
    /^ok TLSv1\.3/
  )
  add('another pin', { port: tls11, pin: 'ab'.repeat(32), tls: { allowTls: '1.1' } }, /^certificate-changed/)

  const psk = {
    pskCallback: (_: unknown, identity: string) => pskOf(identity),
    ciphers: 'PSK-AES128-CBC-SHA:PSK-AES256-CBC-SHA'
  }
  const pskNew = await server({ ...psk, maxVersion: 'TLSv1.2' })
  const pskOld = await server({ ...psk, ...old('TLSv1', psk.ciphers) })
  add('TLS-PSK', { port: pskNew, tls: { psk: { pid, pps } } }, /^ok TLSv1\.2 PSK-AES128-CBC-SHA$/)
  add(
    'TLS-PSK on TLS 1.0',
    { port: pskOld, tls: { psk: { pid, pps }, allowTls: '1.0' } },
    /^ok TLSv1 PSK-AES128-CBC-SHA$/
  )
  add('TLS-PSK with another PID', { port: pskNew, tls: { psk: { pid: '9999-9999', pps } } }, /^psk-refused/)
  add('TLS-PSK with another PPS', { port: pskNew, tls: { psk: { pid, pps: pps.replace('7', '8') } } }, /^psk-refused/)

  const asks = { ...own, ca: ours.cert, requestCert: true, rejectUnauthorized: true }
  const mutual12 = await server({ ...asks, maxVersion: 'TLSv1.2' })
  const mutual13 = await server(asks)
  const client = { cert: console_.cert, key: console_.key }
  add('mutual TLS 1.2', { port: mutual12, pin, tls: { client } }, /^ok TLSv1\.2/)
  add('mutual TLS 1.3', { port: mutual13, pin, tls: { client } }, /^ok TLSv1\.3/)
  const foreign = { cert: stranger.cert, key: stranger.key }
  add('mutual TLS with a stranger', { port: mutual12, pin, tls: { client: foreign } }, notLetIn)
  add(
    'a key that does not fit',
    { port: mutual12, tls: { client: { cert: console_.cert, key: setup.key } } },
    /^client-certificate-unreadable/
  )
  const pfx = toPfx(console_)
  if (pfx === undefined) console.log('The openssl program is not here: PKCS #12 files are not tested.')
  else {
    add('mutual TLS with PFX', { port: mutual12, pin, tls: {}, pfx }, /^ok TLSv1\.2/)
    add('a PFX that is none', { port: mutual12, tls: {}, pfx: 'AAAA' }, /^client-certificate-unreadable/)
  }
  const chain = { cert: `${setup.cert}${between.cert}`, key: setup.key }
  const unprovisioned = await server(asks, true)
  add('TLS-PKI with its chain', { port: unprovisioned, pin, tls: { client: chain } }, /^ok TLSv1\.3 .* without login$/)
  const alone = { cert: setup.cert, key: setup.key }
  add('TLS-PKI without its chain', { port: mutual12, pin, tls: { client: alone } }, notLetIn)

  const alerts = {
    bad: 42,
    unsupported: 43,
    revoked: 44,
    expired: 45,
    unknown: 46,
    'of an unknown root': 48,
    missing: 116
  }
  for (const [what, description] of Object.entries(alerts)) {
    add(`an alert: certificate ${what}`, { port: await alerting(description), tls: {} }, /^client-certificate-refused/)
  }
  add('an alert: PSK identity', { port: await alerting(115), tls: { psk: { pid, pps } } }, /^psk-refused/)
  add('an alert: nothing in common', { port: await alerting(40), tls: { allowTls: '1.0' } }, /^tls-failed/)

  const named = await server(own)
  const certificateName = 'pc-1.practice.example'
  add('own authority', { port: named, tls: { ca: ours.cert, certificateName } }, /^ok TLSv1\.3/)
  add(
    'own authority, other name',
    { port: named, tls: { ca: ours.cert, certificateName: 'pc-2.practice.example' } },
    /^certificate-untrusted/
  )
  add('another authority', { port: named, tls: { ca: theirs.cert, certificateName } }, /^certificate-untrusted/)
  const expired = await server({ key: late.key, cert: late.cert })
  add('own authority, expired', { port: expired, tls: { ca: ours.cert, certificateName } }, /^certificate-expired/)
})

const wrong = (outcomes: readonly string[]) =>
  [...table].flatMap(([name, { expected }], at) => {
    const outcome = outcomes[at] ?? 'nothing'
    return expected.test(outcome) ? [] : [`${name}: ${outcome}`]
  })

describe('TLS', () => {
  it('does all that with OpenSSL', async () => {
    const outcomes: string[] = []
    for (const { given } of table.values()) outcomes.push(await probe(given))
    expect(wrong(outcomes)).toEqual([])
    expect(outcomes.length).toBeGreaterThan(35)
  })

  it.skipIf(electron === '')('does all that with BoringSSL', async () => {
    const program = join(folder, 'probe.mjs')
    await build({
      entryPoints: [fileURLToPath(new URL('./tlsProbeProgram.ts', import.meta.url))],
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20.18',
      outfile: program,
      logLevel: 'warning'
    })
    expect(readFileSync(program, 'utf8').length).toBeGreaterThan(1_000)
    const child = spawn(electron, [program], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } })
    let told = ''
    let complaint = ''
    child.stdout.on('data', (part) => {
      told += String(part)
    })
    child.stderr.on('data', (part) => {
      complaint += String(part)
    })
    child.stdin.end(JSON.stringify([...table.values()].map(({ given }) => given)))
    const code = await new Promise((resolve) => child.on('close', resolve))
    expect([code, complaint]).toEqual([0, ''])
    const { openssl, outcomes } = JSON.parse(told) as { openssl: string; outcomes: readonly string[] }
    expect(openssl).toBe('0.0.0')
    expect(wrong(outcomes)).toEqual([])
  })
})
