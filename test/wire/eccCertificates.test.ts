// Certificates over ECC P-384: what AMT 22 wants is made, signed and shown in a real handshake; what it refuses never begins.
import { randomBytes, X509Certificate } from 'node:crypto'
import { connect } from 'node:tls'
import { afterEach, expect, test } from 'vitest'
import { systemClock } from '../../electron/clock.ts'
import { authorityOf } from '../../electron/setup/authority.ts'
import { keyKindUnder, signatureHash } from '../../electron/setup/request.ts'
import { vaultOf } from '../../electron/vault.ts'
import { type Device, openDevice } from '../../electron/wsman/client.ts'
import { standing } from '../../shared/change.ts'
import type { Job } from '../../shared/job.ts'
import { defaultProfile, type Profile } from '../../shared/profile.ts'
import { type Bench, closeBenches, computer, endsOf, listOf, openBench, value } from '../bench.ts'
import { siteAuthority } from '../siteAuthority.ts'

afterEach(closeBenches)

const pc = computer(0)
const on: Profile = { ...defaultProfile, tls: { kind: 'on', mutual: false, plain: false, by: 'own' } }
const mutual: Profile = { ...on, tls: { kind: 'on', mutual: true, plain: false, by: 'own' } }
const again: Partial<Profile> = { password: { kind: 'keep' } }
const opened = (amtVersion: string): Promise<Bench> => openBench({ computers: [{ ...pc, amtVersion }] })

/** One more import of the computer, on the device as it is. */
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

const state = (bench: Bench) => bench.device(pc.fqdn).state()
const toOf = (job: Job, wanted: string): string | undefined =>
  standing(job.facts.changes).find(({ setting }) => setting === wanted)?.to

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

test('AMT 22 gets a certificate over its own P-384 key, shows it, and a second run writes nothing', async () => {
  const bench = await opened('22.0.0.1100')
  const job = await run(bench, on)
  expect(endsOf([job])).toEqual(['done'])
  expect(toOf(job, 'Certificate of the device')).toBe(`${pc.fqdn} over ECC P-384, signed by this wizard`)
  const shown = await shownBy(bench)
  const root = new X509Certificate(bench.core.store.certificates.authority(true, 'ecc')?.root.certificate ?? '')
  expect(shown.verify(root.publicKey)).toBe(true)
  expect(shown.publicKey.asymmetricKeyDetails?.namedCurve).toBe('secp384r1')
  expect([signatureHash(shown.toString()), signatureHash(root.toString())]).toEqual(['SHA-384', 'SHA-384'])
  expect(bench.core.store.certificates.authority(true)).toBeUndefined()
  expect(state(bench).keys).toHaveLength(1)

  const { changes } = state(bench)
  const second = await run(bench, { ...on, ...again })
  expect(endsOf([second])).toEqual(['done'])
  expect(second.facts.changes).toBeUndefined()
  expect(state(bench).changes).toEqual(changes)
})

test('mutual TLS with AMT 22: the wizard proves itself over P-384, over RSA nobody is let in, and the next run comes in too', async () => {
  const bench = await opened('22.0.0.1100')
  // Devices of both kinds: there is an authority over RSA as well, and its certificate is not the one shown here.
  const authority = authorityOf({
    store: bench.core.store,
    vault: vaultOf(bench.keychain, { kind: 'keychain', words: '' }),
    practice: true,
    clock: systemClock,
    random: (count) => new Uint8Array(randomBytes(count))
  })
  value(await authority.root('rsa'))
  expect(endsOf([await run(bench, { ...mutual, cleanUp: 'clear' })])).toEqual(['done'])
  expect(state(bench).mutual).toEqual([])
  const device = bench.device(pc.fqdn)
  const asks = async (kind: 'rsa' | 'ecc'): Promise<boolean> => {
    const client = value(await authority.client(kind))
    const endpoint = { host: device.host, port: device.port, tls: true }
    const stranger: Device = openDevice({ endpoint, tls: { client }, retries: 0 })
    const { ok } = await stranger.identify()
    stranger.close()
    return ok
  }
  expect([await asks('rsa'), await asks('ecc')]).toEqual([false, true])
  const second = await run(bench, { ...mutual, ...again })
  expect(endsOf([second])).toEqual(['done'])
  expect(second.facts.changes).toBeUndefined()
})

test.each([
  ['rsa', '22.0.0.1100', 'AMT 22.0.0.1100 takes none'],
  ['ecc', '16.1.25.2124', 'makes RSA 2048 keys only']
] as const)(
  '%s keys on AMT %s are refused in words before the first write, in the dry run as well',
  async (keys, amtVersion, words) => {
    const bench = await opened(amtVersion)
    const { changes } = state(bench)
    const { drafting, checking } = bench.core
    const draft = drafting.begin(true, [])
    value(await drafting.give(draft.id, 'list.csv', Buffer.from(listOf([pc]))))
    value(drafting.change(draft.id, { profile: { ...on, keys } }))
    value(await checking.start(draft.id))
    const [check] = await looked(bench, draft.id)
    expect(check?.problem).toMatchObject({ code: 'key-refused', meaning: expect.stringContaining(words) })

    const job = await run(bench, { ...on, keys })
    expect(endsOf([job])).toEqual(['person: key-refused'])
    expect(state(bench).changes).toEqual(changes)
  }
)

test('AMT 21 has both: RSA by the firmware version, and P-384 where the profile wants it', async () => {
  const bench = await opened('21.0.0.1200')
  expect(toOf(await run(bench, on), 'Certificate of the device')).toContain('over RSA 2048')
  expect(keyKindUnder((await shownBy(bench)).raw)).toBe('rsa')
  const job = await run(bench, { ...on, ...again, keys: 'ecc' })
  expect(endsOf([job])).toEqual(['done'])
  expect(keyKindUnder((await shownBy(bench)).raw)).toBe('ecc')
})

test('a certificate of another authority signed with SHA-256 is not given to AMT 22; one with SHA-384 is', async () => {
  const bench = await opened('22.0.0.1100')
  const profile: Profile = { ...on, tls: { kind: 'on', mutual: false, plain: false, by: 'requests' } }
  const job = await run(bench, profile)
  expect(endsOf([job])).toEqual(['person: certificate-unsigned'])
  const { signing, imports } = bench.core
  const sign = async (hash: 'SHA-256' | 'SHA-384'): Promise<readonly string[]> => {
    const { text } = value(signing.requests(job.importId))
    value(await signing.take(job.importId, Buffer.from(await (await siteAuthority('Site CA', hash)).sign(text))))
    return endsOf(await bench.finished(job.importId))
  }
  expect(await sign('SHA-256')).toEqual(['person: certificate-unreadable'])
  value(await imports.retry(job.importId, null))
  expect(endsOf(await bench.finished(job.importId))).toEqual(['person: certificate-unsigned'])
  expect(await sign('SHA-384')).toEqual(['done'])
  expect((await shownBy(bench)).issuer).toBe('CN=Site CA')
})

/** What the dry run of a draft found, when it is through. */
async function looked(bench: Bench, draftId: string) {
  for (;;) {
    const { plan, checks } = value(await bench.core.checking.read(draftId, 0, 10))
    if (!plan.running) return checks
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
