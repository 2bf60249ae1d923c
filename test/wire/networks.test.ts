// Wi-Fi profiles and 802.1X on the cable: set once, brought up to date, taken out; their secrets never in files.
import { createHash, X509Certificate } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { standing } from '../../shared/change.ts'
import type { Job } from '../../shared/job.ts'
import { defaultProfile, type Profile, type WifiNetwork } from '../../shared/profile.ts'
import { type Bench, closeBenches, computer, endsOf, filesWith, listOf, openBench, value } from '../bench.ts'
import { madeCertificate, madeKey } from '../unit/simulator/keys.ts'

afterEach(closeBenches)

const pc = computer(0)
const keepAll: Profile = { ...defaultProfile, password: { kind: 'keep' }, names: 'keep', clock: false }

type Fill = (keep: (purpose: string, secret: string) => Promise<string>) => Promise<Profile> | Profile

async function run(bench: Bench, fill: Fill): Promise<Job> {
  const { drafting, imports } = bench.core
  const draft = drafting.begin(true, [])
  value(await drafting.give(draft.id, 'list.csv', Buffer.from(listOf([pc]))))
  const keep = async (purpose: string, secret: string) =>
    value(await drafting.keepSecret(draft.id, purpose, secret)).slot
  value(drafting.change(draft.id, { profile: await fill(keep) }))
  const ready = value(await drafting.ready(draft.id))
  const { id } = value(await imports.start(ready.draft, ready.computers, ready.source))
  const [job] = await bench.finished(id)
  if (!job) throw new Error('no job')
  return job
}

const titles = (job: Job): readonly string[] => standing(job.facts.changes).map(({ setting }) => setting)
const rows = (bench: Bench, name: string) => bench.device(pc.fqdn).state().stored[name] ?? []
const phrase = 'a passphrase of the bench'

const wifi =
  (kind: 'add' | 'replace', networks: readonly Omit<WifiNetwork, 'id'>[], secret = phrase): Fill =>
  async (keep) => ({
    ...keepAll,
    wifi: {
      kind,
      list: await Promise.all(
        networks.map(async (each) => ({ ...each, id: each.ssid, slot: await keep('wifi', secret) }))
      )
    }
  })

describe.each(['9.1.45.3000', '11.8.50.3425', '15.0.23.1706', '19.0.0.1835'])('AMT %s', (amtVersion) => {
  const opened = () => openBench({ computers: [{ ...pc, amtVersion }] })

  test('Wi-Fi: added, the port on, nothing a second time; another passphrase is written; the rest goes with “only these”', async () => {
    const bench = await opened()
    const both = [
      { ssid: 'site', security: 'wpa2' },
      { ssid: 'guests', security: 'wpa' }
    ] as const
    const job = await run(bench, wifi('add', both))
    expect(endsOf([job])).toEqual(['done'])
    expect(titles(job)).toEqual(['Wi-Fi profile site', 'Wi-Fi profile guests', 'Wi-Fi of AMT'])
    const held = () => rows(bench, 'CIM_WiFiEndpointSettings').map(({ SSID, Priority }) => [SSID, Priority])
    expect(held()).toEqual([
      ['site', '1'],
      ['guests', '2']
    ])
    expect(rows(bench, 'CIM_WiFiPort')[0]?.EnabledState).toBe('32769')
    const { changes } = bench.device(pc.fqdn).state()
    expect((await run(bench, wifi('add', both))).facts.changes).toBeUndefined()
    expect(bench.device(pc.fqdn).state().changes).toEqual(changes)
    expect(titles(await run(bench, wifi('replace', [both[0]], `${phrase} 2`)))).toEqual([
      'Wi-Fi profile site',
      'Wi-Fi profile guests'
    ])
    expect(held()).toEqual([['site', '1']])
    expect(filesWith(bench.folder, [phrase])).toEqual([])
  })

  test('802.1X by name and password, with the root of its server; nothing a second time; then off', async () => {
    const bench = await opened()
    const { pem } = await madeCertificate('Site Root', await madeKey())
    const fingerprint = createHash('sha256').update(new X509Certificate(pem).raw).digest('hex')
    const settings = {
      method: 'peap' as const,
      username: 'amt',
      domain: 'corp',
      serverName: 'radius.corp.example',
      root: fingerprint
    }
    const wired: Fill = async (keep) => ({
      ...keepAll,
      roots: [{ name: 'Site Root', pem, fingerprint }],
      wired8021x: { kind: 'on', settings: { ...settings, slot: await keep('wired', 'Bench-Wired1!') } }
    })
    const job = await run(bench, wired)
    expect(endsOf([job])).toEqual(['done'])
    expect(titles(job)).toContain('802.1X on the cable')
    const newer = rows(bench, 'IPS_IEEE8021xSettings')[0]
    const [now] = newer ? [newer] : rows(bench, 'AMT_8021XProfile')
    expect(now).toMatchObject({
      Enabled: newer ? '2' : 'true',
      Username: 'amt',
      ServerCertificateName: 'radius.corp.example'
    })
    const { changes } = bench.device(pc.fqdn).state()
    expect((await run(bench, wired)).facts.changes).toBeUndefined()
    expect(bench.device(pc.fqdn).state().changes).toEqual(changes)
    const off = await run(bench, () => ({ ...keepAll, wired8021x: { kind: 'off', settings: null } }))
    expect(titles(off)).toEqual(['802.1X on the cable'])
    expect(filesWith(bench.folder, ['Bench-Wired1!'])).toEqual([])
  })
})

test('a device without Wi-Fi is told so, and needs a person only where it is a must', async () => {
  const bench = await openBench()
  bench.device(pc.fqdn).setFaults({ unreachable: ['CIM_WiFiEndpointSettings', 'CIM_WiFiPort'] })
  const fill = wifi('add', [{ ssid: 'site', security: 'wpa2' }])
  const job = await run(bench, fill)
  expect(endsOf([job])).toEqual(['done'])
  expect(job.facts.lacks?.map(({ step }) => step)).toEqual(['wifi'])
  const must = await run(bench, async (keep) => ({ ...(await fill(keep)), must: ['wifi'] }))
  expect(endsOf([must])).toEqual(['person: class-missing'])
})
