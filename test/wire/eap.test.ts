// 802.1X by certificate and by the other methods, on the cable and in Wi-Fi: made once, read back, never doubled, refused whole.
import { createHash, X509Certificate } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { openDevice } from '../../electron/wsman/client.ts'
import { standing } from '../../shared/change.ts'
import type { Job } from '../../shared/job.ts'
import { fail } from '../../shared/problem.ts'
import { defaultProfile, type Eap, type Profile } from '../../shared/profile.ts'
import {
  type Bench,
  type BenchOptions,
  closeBenches,
  computer,
  endsOf,
  filesWith,
  listOf,
  openBench,
  value
} from '../bench.ts'
import { siteAuthority } from '../siteAuthority.ts'
import { madeCertificate, madeKey } from '../unit/simulator/keys.ts'

afterEach(closeBenches)

const pc = computer(0)
const secret = 'Bench-Radius1!'
const { pem, sha256: root } = await madeCertificate('Radius Root', await madeKey())
const radius: Omit<Eap, 'method'> = { username: '', domain: '', serverName: 'radius.corp.example', root }
const keepAll: Profile = {
  ...defaultProfile,
  password: { kind: 'keep' },
  names: 'keep',
  roots: [{ name: 'Radius Root', pem, fingerprint: root }]
}
type Keep = () => Promise<string>
type Fill = (keep: Keep) => Promise<Profile> | Profile

async function begin(bench: Bench, fill: Fill, list = listOf([pc])): Promise<string> {
  const { drafting, imports } = bench.core
  const draft = drafting.begin(true, [])
  value(await drafting.give(draft.id, 'list.csv', Buffer.from(list)))
  const keep = async () => value(await drafting.keepSecret(draft.id, 'wired', secret)).slot
  value(drafting.change(draft.id, { profile: await fill(keep) }))
  const ready = value(await drafting.ready(draft.id))
  return value(await imports.start(ready.draft, ready.computers, ready.source)).id
}

async function run(bench: Bench, fill: Fill): Promise<Job> {
  const [job] = await bench.finished(await begin(bench, fill))
  if (!job) throw new Error('no job')
  return job
}

const titles = (job: Job): readonly string[] => standing(job.facts.changes).map(({ setting }) => setting)
const rows = (bench: Bench, name: string) => bench.device(pc.fqdn).state().stored[name] ?? []
const wiredOf = (bench: Bench) => rows(bench, 'IPS_IEEE8021xSettings')[0] ?? rows(bench, 'AMT_8021XProfile')[0]

/** Everything by certificate: the cable and a Wi-Fi network. */
const byCertificate: Profile = {
  ...keepAll,
  names: 'fqdn',
  wired8021x: { kind: 'on', settings: { ...radius, method: 'tls' } },
  wifi: { kind: 'add', list: [{ id: 'o', ssid: 'office', security: 'wpa2', eap: { ...radius, method: 'tls' } }] }
}

/** The certificate that is over a key of the device, and how many there are. */
function ownOf(bench: Bench): { readonly own: X509Certificate; readonly id: string; readonly count: number } {
  const all = rows(bench, 'AMT_PublicKeyCertificate').filter(
    ({ TrustedRootCertficate, ReadOnlyCertificate }) =>
      TrustedRootCertficate !== 'true' && ReadOnlyCertificate !== 'true'
  )
  const der = Buffer.from(String(all[0]?.X509Certificate), 'base64')
  return { own: new X509Certificate(der), id: String(all[0]?.InstanceID), count: all.length }
}

describe.each(['9.1.45.3000', '15.0.23.1706', '19.0.0.1835'])('AMT %s', (amtVersion) => {
  const opened = (more: Partial<BenchOptions> = {}) => openBench({ computers: [{ ...pc, amtVersion }], ...more })

  test('EAP-TLS: one key and one certificate for cable and Wi-Fi, nothing a second time', async () => {
    const bench = await opened()
    const job = await run(bench, () => byCertificate)
    expect(endsOf([job])).toEqual(['done'])
    for (const title of ['Certificate for 802.1X', '802.1X on the cable', 'Wi-Fi profile office'])
      expect(titles(job)).toContain(title)
    const { own, id, count } = ownOf(bench)
    expect([count, bench.device(pc.fqdn).state().keys.length]).toEqual([1, 1])
    expect(own.checkHost(pc.fqdn)).toBeDefined()
    expect(own.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'])
    expect(wiredOf(bench)).toMatchObject({ AuthenticationProtocol: '0', Username: pc.fqdn.toLowerCase() })
    expect(rows(bench, 'CIM_WiFiEndpointSettings')).toMatchObject([{ SSID: 'office', AuthenticationMethod: '7' }])
    expect(rows(bench, 'CIM_IEEE8021xSettings')).toMatchObject([{ AuthenticationProtocol: '0' }])
    const contexts = rows(bench, 'CIM_CredentialContext')
    expect(JSON.stringify(contexts)).toContain(id)
    expect(contexts).toHaveLength(2)
    const { changes } = bench.device(pc.fqdn).state()
    expect((await run(bench, () => byCertificate)).facts.changes).toBeUndefined()
    expect(bench.device(pc.fqdn).state().changes).toEqual(changes)
    // A passphrase in place of it takes its 802.1X out.
    const phrase: Fill = async (keep) => ({
      ...keepAll,
      wifi: { kind: 'replace', list: [{ id: 'o', ssid: 'office', security: 'wpa2', slot: await keep() }] }
    })
    expect(endsOf([await run(bench, phrase)])).toEqual(['done'])
    expect([rows(bench, 'CIM_IEEE8021xSettings'), rows(bench, 'CIM_CredentialContext')]).toEqual([[], []])
  })

  test.each([
    ['ttls', '1'],
    ['gtc', '3']
  ] as const)('%s by name and password, on both; another user is written', async (method, number) => {
    const bench = await opened()
    const as =
      (username: string): Fill =>
      async (keep) => {
        const eap: Eap = { ...radius, method, username, domain: 'corp', slot: await keep() }
        return {
          ...keepAll,
          wired8021x: { kind: 'on', settings: eap },
          wifi: { kind: 'add', list: [{ id: 'o', ssid: 'office', security: 'wpa', eap }] }
        }
      }
    const job = await run(bench, as('amt'))
    expect(endsOf([job])).toEqual(['done'])
    expect(wiredOf(bench)).toMatchObject({ AuthenticationProtocol: number, Username: 'amt', Domain: 'corp' })
    expect(rows(bench, 'CIM_IEEE8021xSettings')).toMatchObject([{ AuthenticationProtocol: number, Username: 'amt' }])
    expect(rows(bench, 'CIM_WiFiEndpointSettings')).toMatchObject([{ AuthenticationMethod: '5' }])
    const { changes } = bench.device(pc.fqdn).state()
    expect((await run(bench, as('amt'))).facts.changes).toBeUndefined()
    expect(bench.device(pc.fqdn).state().changes).toEqual(changes)
    expect(titles(await run(bench, as('other')))).toEqual(['User for 802.1X', 'Wi-Fi profile office'])
    expect(rows(bench, 'CIM_IEEE8021xSettings')).toMatchObject([{ Username: 'other' }])
    expect(filesWith(bench.folder, [secret])).toEqual([])
  })
})

test('with TLS it is one certificate for both; from TLS alone to both a new one is made, and the old one can be cleared', async () => {
  const bench = await openBench({ computers: [{ ...pc, amtVersion: '15.0.23.1706' }] })
  const tls: Profile = { ...keepAll, names: 'fqdn', tls: { kind: 'on', mutual: false, plain: true, by: 'own' } }
  expect(endsOf([await run(bench, () => tls)])).toEqual(['done'])
  expect(ownOf(bench).own.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1'])
  const both: Profile = {
    ...byCertificate,
    tls: tls.tls,
    cleanUp: 'clear',
    password: { kind: 'random' }
  }
  expect(endsOf([await run(bench, () => both)])).toEqual(['done'])
  const { own, count } = ownOf(bench)
  expect([count, own.keyUsage?.length, bench.device(pc.fqdn).state().keys.length]).toEqual([1, 2, 1])
})

test.each(['AddCertificate', 'SetCertificates', 'AddWiFiSettings', 'CommitChanges'])(
  'the answer to %s lost: nothing is doubled',
  async (method) => {
    let lost = false
    const bench = await openBench({
      computers: [{ ...pc, amtVersion: '15.0.23.1706' }],
      openDevice(options) {
        const device = openDevice(options)
        return {
          ...device,
          async invoke(target, asked, content) {
            const answer = await device.invoke(target, asked, content)
            if (asked !== method || lost) return answer
            lost = true
            return fail('answer-cut')
          }
        }
      }
    })
    expect(endsOf([await run(bench, () => byCertificate)])).toEqual(['done'])
    expect(lost).toBe(true)
    expect([ownOf(bench).count, bench.device(pc.fqdn).state().keys.length]).toEqual([1, 1])
    expect(rows(bench, 'CIM_WiFiEndpointSettings')).toHaveLength(1)
    expect(rows(bench, 'CIM_IEEE8021xSettings')).toHaveLength(1)
    expect(rows(bench, 'CIM_CredentialContext')).toHaveLength(2)
  }
)

test('by signing requests: one that is not for clients is refused in words, one that is ends the work', async () => {
  const bench = await openBench({ computers: [{ ...pc, amtVersion: '15.0.23.1706' }] })
  const site = await siteAuthority('Site Root')
  const asked: Profile = { ...byCertificate, clientCertificates: 'requests' }
  const id = await begin(bench, () => asked)
  expect(endsOf(await bench.finished(id))).toEqual(['person: certificate-unsigned'])
  const { text } = value(bench.core.signing.requests(id))
  value(await bench.core.signing.take(id, Buffer.from(await site.sign(text, undefined, ['1.3.6.1.5.5.7.3.1']))))
  const [told] = await bench.finished(id)
  expect(told?.problem).toMatchObject({ code: 'certificate-unreadable' })
  expect(told?.problem?.meaning).toContain('not for clients')
  value(await bench.core.imports.retry(id, [told?.id ?? '']))
  expect(endsOf(await bench.finished(id))).toEqual(['person: certificate-unsigned'])
  value(await bench.core.signing.take(id, Buffer.from(await site.sign(value(bench.core.signing.requests(id)).text))))
  expect(endsOf(await bench.finished(id))).toEqual(['done'])
  expect(ownOf(bench).own.issuer).toBe('CN=Site Root')
  expect(createHash('sha256').update(ownOf(bench).own.raw).digest('hex')).toBe(
    bench.core.store.certificates.issued(pc.uuid)[0]
  )
})
