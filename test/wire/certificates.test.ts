// TLS with certificates of the own authority, mutual TLS, trusted roots: what the devices hold and show afterwards.
import { createHash, X509Certificate } from 'node:crypto'
import { connect } from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import { type Device, openDevice } from '../../electron/wsman/client.ts'
import { standing } from '../../shared/change.ts'
import type { Job } from '../../shared/job.ts'
import { defaultProfile, type Profile } from '../../shared/profile.ts'
import { type Bench, closeBenches, computer, endsOf, filesWith, listOf, openBench, value } from '../bench.ts'
import { siteAuthority } from '../siteAuthority.ts'
import { madeCertificate, madeKey } from '../unit/simulator/keys.ts'

afterEach(closeBenches)

const pc = computer(0)
const on: Profile = { ...defaultProfile, tls: { kind: 'on', mutual: false, plain: false, by: 'own' } }
const mutual: Profile = { ...on, tls: { kind: 'on', mutual: true, plain: false, by: 'own' } }
const again: Partial<Profile> = { password: { kind: 'keep' } }

/** One more import of the computers, on devices as they are. */
async function run(bench: Bench, profile: Profile): Promise<Job> {
  const { drafting, imports } = bench.core
  const draft = drafting.begin(true, [])
  value(await drafting.give(draft.id, 'list.csv', Buffer.from(listOf([pc]))))
  value(drafting.change(draft.id, { profile }))
  const ready = value(await drafting.ready(draft.id))
  const { id } = value(await imports.start(ready.draft, ready.computers, ready.source))
  const [job] = await bench.finished(id)
  if (!job) throw new Error('no job')
  return job
}

const titles = (job: Job): readonly string[] => standing(job.facts.changes).map(({ setting }) => setting)
const rootOf = (bench: Bench): X509Certificate =>
  new X509Certificate(bench.core.store.certificates.authority(true)?.root.certificate ?? '')

/** The certificate that the device shows to anybody. */
function shownBy(bench: Bench): Promise<X509Certificate> {
  const { host, port } = bench.device(pc.fqdn)
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, rejectUnauthorized: false }, () => {
      const shown = socket.getPeerX509Certificate()
      socket.destroy()
      if (shown) resolve(shown)
      else reject(new Error('no certificate'))
    })
    socket.on('error', reject)
  })
}

describe.each(['12.0.45.1509', '15.0.23.1706', '16.1.25.2124', '19.0.0.1835'])('AMT %s', (amtVersion) => {
  const opened = () => openBench({ computers: [{ ...pc, amtVersion }] })

  test('TLS is turned on with a certificate over the device’s own key, and a second run writes nothing', async () => {
    const bench = await opened()
    const job = await run(bench, on)
    expect(endsOf([job])).toEqual(['done'])
    expect(job.facts).toMatchObject({ tls: true })
    expect(titles(job)).toContain('Certificate of the device')
    const shown = await shownBy(bench)
    expect(shown.verify(rootOf(bench).publicKey)).toBe(true)
    expect(shown.checkHost(pc.fqdn, { subject: 'never' })).toBe(pc.fqdn)
    expect(bench.core.store.secrets.pin(pc.uuid)).toBe(createHash('sha256').update(shown.raw).digest('hex'))
    const { keys, changes, plain, uncommitted } = bench.device(pc.fqdn).state()
    expect(keys).toHaveLength(1)
    expect({ plain, uncommitted }).toEqual({ plain: false, uncommitted: false })

    const second = await run(bench, { ...on, ...again })
    expect(endsOf([second])).toEqual(['done'])
    expect(second.facts.changes).toBeUndefined()
    expect(bench.device(pc.fqdn).state().changes).toEqual(changes)
    expect(filesWith(bench.folder, ['PRIVATE KEY'])).toEqual([])
  })

  test('mutual TLS: we are let in by our certificate, nobody without one, and clearing leaves what is in use', async () => {
    const bench = await opened()
    const job = await run(bench, { ...mutual, cleanUp: 'clear' })
    expect(endsOf([job])).toEqual(['done'])
    expect(titles(job)).toContain('Trusted root AMT Migration Wizard (its own)')
    const device = bench.device(pc.fqdn)
    expect(device.state().mutual).toEqual([])
    const stranger: Device = openDevice({ endpoint: { host: device.host, port: device.port, tls: true }, retries: 0 })
    expect((await stranger.identify()).ok).toBe(false)
    stranger.close()
    const { changes } = device.state()
    const second = await run(bench, { ...mutual, ...again })
    expect(endsOf([second])).toEqual(['done'])
    expect(second.facts.changes).toBeUndefined()
    expect(device.state().changes).toEqual(changes)
  })
})

test('AMT before 12 keeps its open port while nobody permitted old TLS, and is told so', async () => {
  const bench = await openBench({ computers: [{ ...pc, amtVersion: '11.8.50.3425' }] })
  const job = await run(bench, on)
  expect(endsOf([job])).toEqual(['done'])
  expect(job.facts.lacks?.map(({ step }) => step)).toEqual(['deviceCertificate', 'tls'])
  expect(bench.device(pc.fqdn).state()).toMatchObject({ plain: true, keys: [] })

  bench.core.store.secrets.allowTls(pc.uuid, '1.1')
  const permitted = await run(bench, { ...on, ...again })
  expect(endsOf([permitted])).toEqual(['done'])
  expect(permitted.facts).toMatchObject({ tls: true })
})

test('TLS turned off and cleared: what it showed goes with its key; kept on, both stay', async () => {
  const bench = await openBench({ computers: [{ ...pc, amtVersion: '15.0.23.1706' }] })
  expect(endsOf([await run(bench, { ...on, cleanUp: 'clear' })])).toEqual(['done'])
  const state = () => bench.device(pc.fqdn).state()
  expect(state().keys).toHaveLength(1)
  const off = await run(bench, { ...on, tls: { kind: 'off' }, cleanUp: 'clear' })
  expect(endsOf([off])).toEqual(['done'])
  expect(titles(off)).toEqual(expect.arrayContaining(['TLS', 'Unused certificates', 'Unused keys']))
  const { stored, keys, certificate } = state()
  expect({ keys, certificate }).toEqual({ keys: [], certificate: null })
  expect([stored.AMT_PublicKeyCertificate, stored.AMT_TLSCredentialContext]).toEqual([[], []])
})

test('a device busy with its keys is waited for', async () => {
  const bench = await openBench({ computers: [{ ...pc, amtVersion: '15.0.23.1706' }] })
  bench.device(pc.fqdn).setFaults({ keysBusy: 3 })
  expect(endsOf([await run(bench, on)])).toEqual(['done'])
  expect(bench.device(pc.fqdn).state().keys).toHaveLength(1)
})

test.each(['GenerateKeyPair', 'GeneratePKCS10RequestEx', 'AddCertificate', 'Create', 'Put', 'CommitChanges'])(
  'the answer to %s lost: nothing is doubled',
  async (method) => {
    const bench = await openBench({ computers: [{ ...pc, amtVersion: '15.0.23.1706' }] })
    let cut = 0
    const cutting = (options: Parameters<typeof openDevice>[0]): Device => {
      const device = openDevice(options)
      const once = async <T>(name: string, work: Promise<T>): Promise<T> => {
        const answer = await work
        if (name !== method || cut++ > 0) return answer
        return { ok: false, problem: { code: 'answer-cut', title: '', meaning: '', remedy: '', retry: 'later' } } as T
      }
      return {
        ...device,
        invoke: (target, name, content) => once(name, device.invoke(target, name, content)),
        create: (target, content) => once('Create', device.create(target, content)),
        put: (target, content) => once('Put', device.put(target, content))
      }
    }
    await bench.reopen({ openDevice: cutting })
    const job = await run(bench, on)
    expect(endsOf([job])).toEqual(['done'])
    expect(cut).toBeGreaterThan(0)
    const { keys, stored, failedLogins } = bench.device(pc.fqdn).state()
    expect(keys).toHaveLength(1)
    expect(
      (stored.AMT_PublicKeyCertificate ?? []).filter(({ ReadOnlyCertificate }) => ReadOnlyCertificate !== 'true')
    ).toHaveLength(1)
    expect(failedLogins).toBe(0)
    expect(bench.core.store.certificates.request(pc.uuid)).toBeUndefined()
  }
)

test('signing requests: the device waits for a person, goes on with the certificate brought in, and keeps one key', async () => {
  const bench = await openBench({ computers: [{ ...pc, amtVersion: '15.0.23.1706' }] })
  const requests: Profile = { ...on, tls: { kind: 'on', mutual: false, plain: false, by: 'requests' } }
  const job = await run(bench, requests)
  expect(endsOf([job])).toEqual(['person: certificate-unsigned'])
  expect(bench.device(pc.fqdn).state()).toMatchObject({ plain: true, certificate: null })
  const { signing, store, imports } = bench.core
  // Retrying all leaves it out: only the signature helps. By name it is tried, and waits again.
  value(await imports.retry(job.importId, null))
  expect(store.jobs.get(job.id)).toMatchObject({ state: 'person', attempts: job.attempts })
  value(await imports.retry(job.importId, [job.id]))
  expect(endsOf(await bench.finished(job.importId))).toEqual(['person: certificate-unsigned'])

  const { text } = value(signing.requests(job.importId))
  expect(text).toContain(pc.fqdn)
  const strangers = await madeCertificate('stranger', await madeKey())
  const refused = await signing.take(job.importId, Buffer.from(strangers.pem))
  expect(refused.ok ? '' : refused.problem.code).toBe('certificate-unreadable')

  const site = await siteAuthority('Site CA')
  const elsewhere = await site.sign(text, 'elsewhere.example')
  value(await signing.take(job.importId, Buffer.from(elsewhere)))
  expect(endsOf(await bench.finished(job.importId))).toEqual(['person: certificate-unreadable'])
  value(await imports.retry(job.importId, null))
  expect(endsOf(await bench.finished(job.importId))).toEqual(['person: certificate-unsigned'])

  value(await signing.take(job.importId, Buffer.from(await site.sign(text))))
  expect(endsOf(await bench.finished(job.importId))).toEqual(['done'])
  const shown = await shownBy(bench)
  expect(shown.issuer).toBe('CN=Site CA')
  expect(bench.device(pc.fqdn).state().keys).toHaveLength(1)
  expect(store.certificates.request(pc.uuid)).toBeUndefined()
  const again = await run(bench, { ...requests, password: { kind: 'keep' } })
  expect(again.facts.changes).toBeUndefined()
})

test('while a certificate is to be signed, what was made is told with its first values, can be put back, and is made again after', async () => {
  const bench = await openBench({ computers: [{ ...pc, amtVersion: '15.0.23.1706' }] })
  const device = bench.device(pc.fqdn)
  const settings = () => device.state().generalSettings
  const before = settings()
  const requests = { kind: 'on', mutual: false, plain: false, by: 'requests' } as const
  const job = await run(bench, { ...on, ping: 'off', tls: requests })
  const { importId: id } = job
  const { imports, signing, undo } = bench.core
  const told = () =>
    standing(bench.core.store.jobs.of(id)[0]?.facts.changes)
      .filter(({ step }) => step === 'names' || step === 'network')
      .map(({ setting, from, to }) => `${setting}: ${from} → ${to}`)
  const changed = [
    'Host name: unnamed → fin-0231',
    `Domain: ${before.DomainName} → corp.practice.example`,
    'Answers to pings: on → off'
  ]
  expect(endsOf([job])).toEqual(['person: certificate-unsigned'])
  expect(told()).toEqual(changed)
  value(await imports.retry(id, [job.id]))
  expect(endsOf(await bench.finished(id))).toEqual(['person: certificate-unsigned'])
  expect(told()).toEqual(changed)

  value(await undo(id, job.id))
  expect(settings()).toEqual(before)
  expect(device.state().uncommitted).toBe(false)
  expect(told()).toEqual([])

  const { text } = value(signing.requests(id))
  value(await signing.take(id, Buffer.from(await (await siteAuthority('Site CA')).sign(text))))
  expect(endsOf(await bench.finished(id))).toEqual(['done'])
  expect(settings()).toMatchObject({ HostName: 'fin-0231', PingResponseEnabled: 'false' })
  expect(told()).toEqual(changed)
  value(await undo(id, job.id))
  expect(settings()).toEqual(before)
})

test('trusted roots are added once, and one press takes them out again', async () => {
  const bench = await openBench()
  const { pem } = await madeCertificate('Site Root', await madeKey())
  const read = new X509Certificate(pem)
  const fingerprint = createHash('sha256').update(read.raw).digest('hex')
  const profile: Profile = { ...defaultProfile, roots: [{ name: 'Site Root', pem, fingerprint }], cleanUp: 'clear' }
  const job = await run(bench, profile)
  expect(endsOf([job])).toEqual(['done'])
  expect(titles(job)).toContain('Trusted root Site Root')
  const roots = () =>
    (bench.device(pc.fqdn).state().stored.AMT_PublicKeyCertificate ?? []).filter(
      ({ TrustedRootCertficate }) => TrustedRootCertficate === 'true'
    )
  expect(roots()).toHaveLength(1)
  const second = await run(bench, { ...profile, ...again, cleanUp: 'keep' })
  expect(second.facts.changes).toBeUndefined()
  value(await bench.core.undo(job.importId, job.id))
  expect(roots()).toHaveLength(0)
})
