// Room in the certificate store: told by the check, refused before the first write, and made where the profile clears.
import { afterEach, describe, expect, test } from 'vitest'
import { publicKeyManagementService } from '../../electron/wsman/amt/publicKeyManagementService.ts'
import { openDevice } from '../../electron/wsman/client.ts'
import type { Job } from '../../shared/job.ts'
import type { Check } from '../../shared/plan.ts'
import { defaultProfile, type Profile } from '../../shared/profile.ts'
import { believedPlaces, roomWords } from '../../shared/room.ts'
import { type Bench, closeBenches, computer, endsOf, listOf, openBench, opens, value } from '../bench.ts'
import { madeCertificate, madeKey } from '../unit/simulator/keys.ts'

afterEach(closeBenches)

const pc = computer(0)
const key = await madeKey()
const site = await madeCertificate('Site Root', key)
const wantsRoot: Profile = {
  ...defaultProfile,
  roots: [{ name: 'Site Root', pem: site.pem, fingerprint: site.sha256 }]
}

/** Fills the store with roots of an old manager; answers how many the device took. */
async function fill(bench: Bench, most = 20): Promise<number> {
  const { host, port, tls, password } = bench.device(pc.fqdn)
  const device = openDevice({ endpoint: { host, port, tls }, credentials: { username: 'admin', password } })
  let taken = 0
  for (; taken < most; taken++) {
    const CertificateBlob = new Uint8Array(Buffer.from((await madeCertificate(`Old Root ${taken}`, key)).der, 'base64'))
    const added = await publicKeyManagementService.addTrustedRootCertificate(device, { CertificateBlob })
    if (!added.ok) break
  }
  device.close()
  Object.assign(bench.device(pc.fqdn).state(), { changes: {} })
  return taken
}

async function draftOf(bench: Bench, profile: Profile): Promise<string> {
  const { drafting } = bench.core
  const draft = drafting.begin(true, [])
  value(await drafting.give(draft.id, 'list.csv', Buffer.from(listOf([pc]))))
  value(drafting.change(draft.id, { profile }))
  return draft.id
}

async function checked(bench: Bench, draftId: string): Promise<Check | undefined> {
  const { checking } = bench.core
  let told = (): void => undefined
  const unhear = bench.core.onCheck((id) => id === draftId && told())
  value(await checking.start(draftId))
  for (;;) {
    const heard = new Promise<void>((resolve) => {
      told = resolve
    })
    const { plan, checks } = value(await checking.read(draftId, 0, 1))
    if (plan.running) await heard
    else {
      unhear()
      return checks[0]
    }
  }
}

async function run(bench: Bench, draftId: string): Promise<Job | undefined> {
  const ready = value(await bench.core.drafting.ready(draftId))
  const { id } = value(await bench.core.imports.start(ready.draft, ready.computers, ready.source))
  return (await bench.finished(id))[0]
}

const subjects = (bench: Bench): readonly string[] =>
  (bench.device(pc.fqdn).state().stored.AMT_PublicKeyCertificate ?? []).map(({ Subject }) => String(Subject))

describe.each([
  ['9.1.45.3000', 4],
  ['15.0.23.1706', 8]
] as const)('AMT %s', (amtVersion, places) => {
  test('full of roots: told with names in the check, and the run writes nothing at all', async () => {
    const bench = await openBench({ computers: [{ ...pc, amtVersion }] })
    expect(await fill(bench)).toBe(places)
    const draftId = await draftOf(bench, wantsRoot)
    const check = await checked(bench, draftId)
    expect(check).toMatchObject({ state: 'other', problem: { code: 'store-full' } })
    expect(check?.problem?.remedy).toContain('Old Root 3')
    expect(check?.room?.roots).toEqual({ held: places, most: places, told: true, needed: 1 })
    const words = check?.room ? roomWords(check.room) : ''
    expect(words).toContain('(believed, not told by this firmware), 1 needed')
    expect(words).toContain(`0 of ${places} places for trusted roots free (told by the firmware), 1 needed`)
    const job = await run(bench, draftId)
    expect(endsOf(job ? [job] : [])).toEqual(['person: store-full'])
    expect(bench.device(pc.fqdn).state().changes).toEqual({})
  })

  test('with clearing the unused ones go first, and there is room', async () => {
    const bench = await openBench({ computers: [{ ...pc, amtVersion }] })
    await fill(bench)
    const draftId = await draftOf(bench, { ...wantsRoot, cleanUp: 'clear' })
    expect(await checked(bench, draftId)).toMatchObject({ state: 'ready', room: { removable: { length: places } } })
    const job = await run(bench, draftId)
    expect(endsOf(job ? [job] : [])).toEqual(['done'])
    expect(subjects(bench).filter((each) => !each.includes('BENCH'))).toEqual(['CN=Site Root'])
    const change = job?.facts.changes?.find(({ setting }) => setting === 'Unused certificates')
    expect(change?.from).toContain('Old Root 0')
    expect(change?.proved).toBe(true)
  })
})

test('where the firmware does not tell, the number is believed, and a full store is refused all the same', async () => {
  const bench = await openBench({ computers: [{ ...pc, amtVersion: '15.0.23.1706' }] })
  bench.device(pc.fqdn).setFaults({ unreachable: ['AMT_PublicKeyManagementCapabilities'] })
  await fill(bench, 3)
  const draftId = await draftOf(bench, wantsRoot)
  const check = await checked(bench, draftId)
  expect(check).toMatchObject({ state: 'ready', room: { roots: { held: 3, most: null, told: false, needed: 1 } } })
  const { stored } = bench.device(pc.fqdn).state()
  const rows = stored.AMT_PublicKeyCertificate ?? []
  const many = Array.from({ length: 16 }, (_, n) => ({
    ...rows[0],
    InstanceID: `Intel(r) AMT Certificate: Handle: ${n}`
  }))
  Object.assign(bench.device(pc.fqdn).state(), { stored: { ...stored, AMT_PublicKeyCertificate: many } })
  const job = await run(bench, draftId)
  expect(endsOf(job ? [job] : [])).toEqual(['person: store-believed-full'])
  expect(job?.problem?.found).toContain('0 of 16 places for certificates free (believed, not told by this firmware)')
  expect(bench.device(pc.fqdn).state().changes).toEqual({})
})

/** A device with so many places, which does not tell them, and holds as many certificates as are believed to fit. */
async function holdsBelieved(places: number): Promise<Bench> {
  const bench = await openBench({ computers: [{ ...pc, amtVersion: '15.0.23.1706' }] })
  bench.device(pc.fqdn).setFaults({ unreachable: ['AMT_PublicKeyManagementCapabilities'], places })
  const own = subjects(bench).length
  expect(await fill(bench, believedPlaces.certificates - own)).toBe(believedPlaces.certificates - own)
  return bench
}

const second = await madeCertificate('Second Site Root', key)
const wantsTwo: Profile = {
  ...wantsRoot,
  roots: [...wantsRoot.roots, { name: 'Second Site Root', pem: second.pem, fingerprint: second.sha256 }]
}

/** Refused by belief, then tried on request. */
async function triedBeyond(bench: Bench, profile: Profile): Promise<Job> {
  const refused = await run(bench, await draftOf(bench, profile))
  expect(endsOf(refused ? [refused] : [])).toEqual(['person: store-believed-full'])
  expect(refused?.problem?.remedy).toContain('Try it anyway')
  expect(bench.device(pc.fqdn).state().changes).toEqual({})
  const { id = '', importId = '' } = refused ?? {}
  value(await bench.core.imports.tryBeyondPlaces(importId, [id]))
  const [job] = await bench.finished(importId)
  if (!job) throw new Error('no job')
  return job
}

describe('more than is believed to fit, on request', () => {
  const allowed = (bench: Bench) =>
    bench.core.store.audit.read({ before: null, count: 50, search: 'more places allowed' }).entries

  test('a store that has the places takes them, and the choice is on record', async () => {
    const bench = await holdsBelieved(30)
    const job = await triedBeyond(bench, wantsTwo)
    expect(endsOf([job])).toEqual(['done'])
    expect(subjects(bench)).toEqual(expect.arrayContaining(['CN=Site Root', 'CN=Second Site Root']))
    expect(job.facts.beyondPlaces).toBe(true)
    expect(allowed(bench)).toMatchObject([
      {
        computer: pc.name,
        jobId: job.id,
        body: { room: expect.stringContaining('0 of 16 places for certificates free') }
      }
    ])
    expect(allowed(bench)[0]?.actor).not.toBe('')
  })

  test('a device that refuses in the middle: told as that, nothing lost, and a retry asks again first', async () => {
    const bench = await holdsBelieved(believedPlaces.certificates + 1)
    const job = await triedBeyond(bench, wantsTwo)
    expect(job).toMatchObject({ state: 'person', step: 'trustedRoots', problem: { code: 'store-took-no-more' } })
    expect(job.problem?.meaning).toContain('tried on request')
    expect(job.problem?.detail).toContain('MAX_LIMIT_REACHED')
    expect(subjects(bench)).toContain('CN=Site Root')
    expect(subjects(bench)).not.toContain('CN=Second Site Root')
    expect(opens(bench.device(pc.fqdn), pc.password)).toBe(true)
    value(await bench.core.imports.retry(job.importId, [job.id]))
    expect(endsOf(await bench.finished(job.importId))).toEqual(['person: store-believed-full'])
    expect(allowed(bench)).toHaveLength(1)
  })

  test('where the firmware itself tells that it is full, the choice changes nothing', async () => {
    const bench = await openBench({ computers: [{ ...pc, amtVersion: '15.0.23.1706' }] })
    await fill(bench)
    const job = await run(bench, await draftOf(bench, wantsRoot))
    const { id = '', importId = '' } = job ?? {}
    value(await bench.core.imports.tryBeyondPlaces(importId, null))
    expect(bench.core.store.jobs.get(id)).toMatchObject({ state: 'person', problem: { code: 'store-full' } })
    expect(allowed(bench)).toEqual([])
  })
})

test('fewer places than believed: the device refuses in the middle, and says itself that it is full', async () => {
  const bench = await openBench({ computers: [{ ...pc, amtVersion: '15.0.23.1706' }] })
  const taken = subjects(bench).length
  bench.device(pc.fqdn).setFaults({ unreachable: ['AMT_PublicKeyManagementCapabilities'], places: taken + 1 })
  const job = await run(bench, await draftOf(bench, wantsTwo))
  expect(job).toMatchObject({ state: 'person', step: 'trustedRoots', problem: { code: 'amt-refused' } })
  expect(job?.problem?.detail).toContain('MAX_LIMIT_REACHED')
  expect(opens(bench.device(pc.fqdn), pc.password)).toBe(true)
})
