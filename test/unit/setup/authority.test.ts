// The own authority: made once, its keys only in the keychain in pieces that fit, and a lost one not replaced in silence.
import { generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../../electron/clock.ts'
import { authorityOf } from '../../../electron/setup/authority.ts'
import { certificatesIn, rootsIn } from '../../../electron/setup/certificateFile.ts'
import { keyKindUnder, signatureHash, signedRequest, unsignedRequest } from '../../../electron/setup/request.ts'
import { openStore, type Store } from '../../../electron/store/store.ts'
import { vaultOf } from '../../../electron/vault.ts'
import { type BenchKeychain, benchKeychain, filesWith, value } from '../../bench.ts'
import { madeCertificate, madeKey } from '../simulator/keys.ts'

let folder: string
let store: Store
let keychain: BenchKeychain

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'amt-authority-'))
  store = value(openStore({ folder, actor: 'tester', now: Date.now }))
  keychain = benchKeychain()
})

afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const random = (count: number) => new Uint8Array(randomBytes(count))
const authority = (practice: boolean) =>
  authorityOf({
    store,
    vault: vaultOf(keychain, { kind: 'keychain', words: '' }),
    practice,
    clock: systemClock,
    random
  })
const publicKey = (): Uint8Array =>
  new Uint8Array(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'pkcs1', format: 'der' }))

const eccKey = (): Uint8Array =>
  generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).publicKey.export({ type: 'spki', format: 'der' })

test('two that need it at once get the same; what it signs says for whom and for what', async () => {
  const own = authority(false)
  expect(own.known('rsa')).toBeUndefined()
  expect(value(await own.client('rsa'))).toBeUndefined()
  const [first, second] = await Promise.all([own.root('rsa'), own.root('rsa')])
  expect(value(first)).toBe(value(second))
  const root = new X509Certificate(value(first))
  const certificate = new X509Certificate(value(await own.issue('fin-1.corp.example', publicKey())))
  expect(certificate.verify(root.publicKey)).toBe(true)
  expect(certificate.checkIssued(root)).toBe(true)
  expect(certificate.subjectAltName).toBe('DNS:fin-1.corp.example')
  expect(certificate.ca).toBe(false)
  const client = value(await own.client('rsa'))
  expect(client && 'cert' in client && client.cert.match(/BEGIN CERTIFICATE/g)).toHaveLength(2)
  expect(value(await authority(true).root('rsa'))).not.toBe(value(first))
})

test('each kind of key has an authority of its own, and what AMT 22 is shown is P-384 and SHA-384 throughout', async () => {
  const own = authority(false)
  const root = new X509Certificate(value(await own.root('ecc')))
  const issued = value(await own.issue('fin-1.corp.example', eccKey()))
  const client = value(await own.client('ecc'))
  const console = client && 'cert' in client ? client.cert : ''
  for (const pem of [root.toString(), issued, console]) {
    expect(keyKindUnder(pem)).toBe('ecc')
    expect(signatureHash(pem)).toBe('SHA-384')
    expect(new X509Certificate(pem).verify(root.publicKey)).toBe(true)
  }
  expect(own.known('rsa')).toBeUndefined()
  expect(value(await own.root('rsa'))).not.toBe(root.toString())
  expect(own.known('ecc')).toBe(value(await own.root('ecc')))
  const otherCurve = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).publicKey
  const refused = await own.issue('fin-1.corp.example', otherCurve.export({ type: 'spki', format: 'der' }))
  expect(refused.ok ? '' : refused.problem.code).toBe('request-garbled')
})

test('no piece of a key is longer than one keychain entry, and none is in a file', async () => {
  value(await authority(false).root('rsa'))
  const pieces = [...keychain.secrets.values()]
  expect(pieces).toHaveLength(4)
  for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(1100)
  const texts = pieces.flatMap((piece) => JSON.parse(piece) as string[])
  expect(filesWith(folder, texts)).toEqual([])
})

test('a lost key of the real one is told; practice begins anew', async () => {
  const [real, practice] = [authority(false), authority(true)]
  value(await real.root('rsa'))
  const before = value(await practice.root('rsa'))
  keychain.secrets.clear()
  const lost = await real.issue('fin-1.corp.example', publicKey())
  expect(lost.ok ? '' : lost.problem.code).toBe('secret-gone')
  expect(value(await practice.root('rsa'))).not.toBe(before)
})

test('a request signed by another key, or garbage, is not taken for the device’s', async () => {
  const garbled = await signedRequest(unsignedRequest('fin-1.corp.example', publicKey()), publicKey())
  expect(garbled.ok ? '' : garbled.problem.code).toBe('request-garbled')
  const unsigned = publicKey()
  const bare = await signedRequest(unsignedRequest('fin-1.corp.example', unsigned), unsigned)
  expect(bare.ok ? '' : bare.problem.code).toBe('request-garbled')
})

test('files of certificates: PEM with several, DER with one; a leaf alone is no root, and text is nothing', async () => {
  const key = await madeKey()
  const root = await madeCertificate('Site Root', key)
  const leaf = await madeCertificate('leaf', await madeKey(), { issuer: { name: 'Site Root', key } })
  expect(value(certificatesIn(Buffer.from(`${leaf.pem}\n${root.pem}`)))).toHaveLength(2)
  const authorityFile = value(await authority(false).root('rsa'))
  expect(value(rootsIn(Buffer.from(authorityFile)))[0]?.name).toMatch(/^AMT Migration Wizard/)
  expect(value(rootsIn(new X509Certificate(authorityFile).raw))).toHaveLength(1)
  for (const bytes of [Buffer.from(leaf.pem), Buffer.from('no certificate'), Buffer.from([])]) {
    const read = rootsIn(bytes)
    expect(read.ok ? '' : read.problem.code).toBe('certificate-unreadable')
  }
})
