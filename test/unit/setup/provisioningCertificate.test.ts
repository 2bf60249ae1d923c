// Provisioning certificates out of files: PFX of every age and PEM, in any order; what makes one unfit is said before any device is asked.
import { spawnSync } from 'node:child_process'
import { createPrivateKey, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import forge from 'node-forge'
import { beforeAll, describe, expect, test } from 'vitest'
import { described, pemOf, provisioningIn } from '../../../electron/setup/provisioningCertificate.ts'
import { type SetupPki, setupPki } from '../../../electron/simulator/certificate.ts'
import { suffixFits } from '../../../shared/setUp.ts'
import { value } from '../../bench.ts'
import { root } from '../../wire/tlsPki.ts'

let pki: SetupPki
beforeAll(async () => {
  pki = await setupPki('corp.example', Date.now, (count) => new Uint8Array(randomBytes(count)))
})

const text = (pem: string): Uint8Array => Buffer.from(pem)
const certificates = (): string[] => pki.chain.match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----/g) ?? []

function pfx(algorithm: '3des' | 'aes256', password: string): Uint8Array {
  const key = forge.pki.privateKeyFromPem(pki.key)
  const chain = certificates().map((pem) => forge.pki.certificateFromPem(pem))
  const made = forge.pkcs12.toPkcs12Asn1(key, chain, password, { algorithm })
  return Buffer.from(forge.asn1.toDer(made).getBytes(), 'binary')
}

describe('files', () => {
  test.each(['3des', 'aes256'] as const)(
    'PFX with %s opens with its password, and with no other',
    async (algorithm) => {
      const file = pfx(algorithm, 'Bench-Safe7!')
      const chain = value(await provisioningIn(file, 'Bench-Safe7!'))
      expect(pemOf(chain).key.replace(/\s/g, '')).toBe(pki.key.replace(/\s/g, ''))
      expect(chain.certificates).toHaveLength(2)
      expect(await provisioningIn(file, 'Bench-Other7!')).toMatchObject({
        problem: { code: 'provisioning-password-wrong' }
      })
    }
  )

  // What Windows has written for many years: certificates with RC2 of 40 bits, the key with 3DES or with RC2 too.
  test.each(['PBE-SHA1-3DES', 'PBE-SHA1-RC2-40'])('PFX with RC2, key with %s', async (keypbe) => {
    const password = 'Bench-Safe7!'
    const words = ['-certpbe', 'PBE-SHA1-RC2-40', '-keypbe', keypbe, '-passout', 'stdin']
    const folder = mkdtempSync(join(tmpdir(), 'amt-pfx-'))
    const pem = join(folder, 'setup.pem')
    writeFileSync(pem, `${pki.chain}${pki.key}`, { mode: 0o600 })
    const made = spawnSync('openssl', ['pkcs12', '-export', '-legacy', '-in', pem, ...words], {
      input: `${password}\n`
    })
    rmSync(folder, { recursive: true, force: true })
    if (made.status !== 0) {
      console.log('There is no openssl program with old ciphers here: a PFX with RC2 is not tested.')
      return
    }
    expect(made.stdout.includes(Buffer.from('2a864886f70d010c0106', 'hex'))).toBe(true)
    const chain = value(await provisioningIn(made.stdout, password))
    expect(pemOf(chain).key.replace(/\s/g, '')).toBe(pki.key.replace(/\s/g, ''))
    expect(chain.certificates).toHaveLength(2)
    expect(await provisioningIn(made.stdout, 'Bench-Other7!')).toMatchObject({
      problem: { code: 'provisioning-password-wrong' }
    })
  })

  test('PEM in the wrong order, with a stranger among them, is put in order', async () => {
    const stranger = await root('Stranger')
    const turned = [...certificates()].reverse().join('\n')
    const chain = value(await provisioningIn(text(`${stranger.cert}${turned}\n${pki.key}`), ''))
    expect(described(chain, Date.now())).toMatchObject({
      name: 'setup.corp.example',
      chain: ['setup.corp.example', 'Practice Provisioning Root'],
      key: 'RSA 2048'
    })
    expect(chain.unused).toBe(1)
  })

  test('an encrypted key needs its password', async () => {
    const key = createPrivateKey(pki.key)
    const pem = key.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'Bench-Safe7!' })
    expect((await provisioningIn(text(pki.chain + pem), 'Bench-Safe7!')).ok).toBe(true)
    expect(await provisioningIn(text(pki.chain + pem), '')).toMatchObject({
      problem: { code: 'provisioning-password-wrong' }
    })
  })

  test.each([
    ['nothing', () => 'hello', 'provisioning-file-unreadable'],
    ['no key', () => pki.chain, 'provisioning-file-unreadable'],
    ['no root', () => `${certificates()[0]}\n${pki.key}`, 'provisioning-unfit'],
    ['the root with the key of the leaf', () => `${certificates()[1]}\n${pki.key}`, 'provisioning-unfit']
  ])('%s is refused', async (_name, file, code) => {
    expect(await provisioningIn(text(file()), '')).toMatchObject({ ok: false, problem: { code } })
  })
})

describe('what is said of it', () => {
  const day = 86_400_000
  const severities = async (at: number): Promise<readonly string[]> =>
    described(value(await provisioningIn(text(pki.chain + pki.key), '')), at).findings.map(({ severity }) => severity)

  test('its end, thirty days before and after', async () => {
    expect(await severities(Date.now())).not.toContain('blocker')
    expect(await severities(Date.now() + 3630 * day)).toContain('warning')
    expect((await severities(Date.now() + 3651 * day))[0]).toBe('blocker')
    expect((await severities(Date.now() - 60 * day))[0]).toBe('blocker')
  })

  test('that it is not made for this', async () => {
    const authority = await root('Some Root')
    const leaf = await authority.issue({ name: 'setup.corp.example' })
    const chain = value(await provisioningIn(text(leaf.cert + authority.cert + leaf.key), ''))
    const [first] = described(chain, Date.now()).findings
    expect(first).toMatchObject({ severity: 'blocker' })
    expect(first?.text).toContain('2.16.840.1.113741.1.2.3')
    const made = await authority.issue({
      name: 'setup.corp.example',
      purposes: ['1.3.6.1.5.5.7.3.1', '2.16.840.1.113741.1.2.3']
    })
    const good = value(await provisioningIn(text(made.cert + authority.cert + made.key), ''))
    expect(described(good, Date.now()).findings.some(({ severity }) => severity === 'blocker')).toBe(false)
  })
})

test('the last two parts of a name are compared', () => {
  expect(suffixFits('setup.sales.contoso.com', 'marketing.contoso.com')).toBe(true)
  expect(suffixFits('setup.contoso.com', 'northwind.com')).toBe(false)
  expect(suffixFits('setup.contoso.com', '')).toBeUndefined()
})
