// Two technicians on one site: a plan goes out in a pack, is run from two laptops, and what came of it is merged at home.
import { afterEach, describe, expect, test } from 'vitest'
import type { Job } from '../../shared/job.ts'
import type { Result } from '../../shared/problem.ts'
import { computer, heldSecrets, opens, value } from '../bench.ts'
import { closeSites, exchangeBoard, type Laptop, leaveOut, openSite, passphrase, type Site } from '../sites.ts'

afterEach(closeSites)

const computers = [0, 1, 2, 3].map((n) => computer(n))
const lock = { by: 'passphrase', passphrase } as const

const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.problem.code)

async function carry(to: Laptop, bytes: Uint8Array, secret: string | undefined = passphrase) {
  const { token } = value(await to.core.packs.open('site.amtpack', bytes))
  value(await to.core.packs.look(token, secret))
  return value(await to.core.packs.take(token, true))
}

/** A plan of four computers at home, on two other laptops: one does the first three, the other the last two. */
async function plannedSite(): Promise<{ site: Site; home: Laptop; ann: Laptop; ben: Laptop; planId: string }> {
  const site = await openSite(computers)
  const [home, ann, ben] = [site.laptop('Home'), site.laptop('Ann'), site.laptop('Ben')]
  const { id } = await home.plan(computers)
  const pack = value(await home.core.packs.save([id], true, lock))
  for (const laptop of [ann, ben]) await carry(laptop, pack.bytes)
  await leaveOut(ann.core, id, 3, 3)
  await leaveOut(ben.core, id, 0, 1)
  return { site, home, ann, ben, planId: id }
}

const giveBack = async (laptop: Laptop): Promise<Uint8Array> => {
  const ids = laptop.core.imports.all().map(({ id }) => id)
  return value(await laptop.core.packs.giveBack(ids, { by: 'sender' })).bytes
}

const currentOf = (laptop: Laptop, guid: string): string | undefined => {
  const found = laptop.core.store.secrets.of(guid).find(({ role }) => role === 'current')
  if (found === undefined) return undefined
  const [entry = '', place] = found.slot.split('#')
  const text = laptop.keychain.secrets.get(entry)
  return place === undefined ? text : (JSON.parse(text ?? '[]') as string[])[Number(place)]
}

const shown = (jobs: readonly Job[]) =>
  jobs.map(({ computer: { name }, state, problem }) => [name, state, problem?.code])

describe('two technicians', () => {
  test('halves that overlap in one computer which both changed: one conflict, nothing overwritten, in either order', async () => {
    const { site, home, ann, ben, planId } = await plannedSite()
    const twin = site.laptop('Home in the other order')
    // The twin has the same plan as a draft of its own.
    const copy = value(await home.core.packs.save([planId], true, lock))
    await carry(twin, copy.bytes)

    expect((await ann.run(planId)).map(({ state }) => state)).toEqual(['done', 'done', 'done'])
    // Its board was exchanged before Ben came by.
    exchangeBoard(site, computer(2))
    expect((await ben.run(planId)).map(({ state }) => state)).toEqual(['done', 'done'])

    const [fromAnn, fromBen] = [await giveBack(ann), await giveBack(ben)]
    const first = await carry(home, fromAnn, undefined)
    expect(first).toMatchObject({ kind: 'return', results: 3, news: 3, taken: 3, conflicts: 0 })
    expect(shown(home.jobs(planId))).toEqual([
      ['FIN-0231', 'done', undefined],
      [computers[1]?.name, 'done', undefined],
      [computers[2]?.name, 'done', undefined],
      [computers[3]?.name, 'stopped', 'not-returned']
    ])
    expect(await carry(home, fromBen, undefined)).toMatchObject({ news: 2, taken: 1, conflicts: 1 })
    expect(home.core.store.drafts.find(planId)).toBeUndefined()

    // Locked to the laptop the plan came from: nobody else can open it.
    expect(codeOf(await twin.core.packs.open('x', fromBen))).toBe('pack-for-another')
    const view = value(await home.core.packs.read())
    for (const laptop of [ben, ann]) {
      const ids = laptop.core.imports.all().map(({ id }) => id)
      await carry(twin, value(await laptop.core.packs.giveBack(ids, lock)).bytes)
    }
    const seen = ({ conflicts }: typeof view) =>
      conflicts.map(({ guid, sides }) => [guid, sides.map(({ secrets: _, ...side }) => side)])
    expect(seen(value(await twin.core.packs.read()))).toEqual(seen(view))
    expect(shown(twin.jobs(planId))).toEqual(shown(home.jobs(planId)))

    expect(view.conflicts).toHaveLength(1)
    const [conflict] = view.conflicts
    expect(conflict).toMatchObject({ computer: computers[2]?.name, source: 'site.csv' })
    expect(conflict?.sides.map(({ name, state }) => `${name}: ${state}`).sort()).toEqual(['Ann: done', 'Ben: done'])
    expect(shown(home.jobs(planId))[2]).toEqual([computers[2]?.name, 'person', 'results-differ'])

    // Again, and in the other order: nothing is new.
    const secrets = [...home.keychain.secrets].length
    expect(await carry(home, fromBen, undefined)).toMatchObject({ news: 0, taken: 0, conflicts: 1 })
    expect(await carry(home, fromAnn, undefined)).toMatchObject({ news: 0, taken: 0, conflicts: 1 })
    expect([...home.keychain.secrets]).toHaveLength(secrets)

    const bens = conflict?.sides.find(({ name }) => name === 'Ben')
    const decided = value(await home.core.packs.resolve(planId, conflict?.guid ?? '', bens?.origin ?? ''))
    expect(decided.conflicts).toEqual([])
    expect(shown(home.jobs(planId)).map(([, state]) => state)).toEqual(['done', 'done', 'done', 'done'])
    expect(home.core.imports.all()[0]?.state).toBe('finished')
    for (const { fqdn, uuid } of computers) {
      const device = site.fleet.find(fqdn)
      expect(device && opens(device, currentOf(home, uuid)), fqdn).toBe(true)
    }
    // Both passwords of the shared computer are still there.
    const sharedSlots = home.core.store.secrets.of(computers[2]?.uuid ?? '')
    expect(sharedSlots).toHaveLength(2)
    expect(home.core.store.audit.verify().holds).toBe(true)
    // A later merge does not ask again.
    expect(await carry(home, fromAnn, undefined)).toMatchObject({ news: 0, taken: 0, conflicts: 0 })
  }, 60_000)

  test('who could not log in does not stand against who took the computer over, and neither is lost', async () => {
    const { home, ann, ben, planId } = await plannedSite()
    await ann.run(planId)
    // Ann changed the password, so Ben's candidates are refused: he changed nothing.
    expect((await ben.run(planId)).map(({ state }) => state)).toEqual(['person', 'done'])
    await carry(home, await giveBack(ben), undefined)
    expect(home.jobs(planId).map(({ state }) => state)).toEqual(['stopped', 'stopped', 'person', 'done'])
    await carry(home, await giveBack(ann), undefined)
    expect(value(await home.core.packs.read()).conflicts).toEqual([])
    expect(home.jobs(planId).map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done'])
  }, 60_000)

  test('work done at home stands beside what comes back, and before and after come with it', async () => {
    const { site, home, ann, planId } = await plannedSite()
    await home.run(planId)
    for (const each of computers) exchangeBoard(site, each)
    await ann.run(planId)
    const before = home.jobs(planId)
    expect(await carry(home, await giveBack(ann), undefined)).toMatchObject({ news: 3, taken: 0, conflicts: 3 })
    const { conflicts } = value(await home.core.packs.read())
    const [one] = conflicts
    expect(one?.sides.map(({ mine }) => mine).sort()).toEqual([false, true])
    const [mine] = one?.sides.filter((side) => side.mine) ?? []
    const theirs = one?.sides.find((side) => !side.mine)
    expect(theirs?.facts.changes?.length).toBeGreaterThan(0)
    value(await home.core.packs.resolve(planId, one?.guid ?? '', mine?.origin ?? ''))
    const after = home.jobs(planId).find(({ computer: { guid } }) => guid === before[0]?.computer.guid)
    expect(after).toMatchObject({ state: 'done', problem: null, facts: before[0]?.facts })
    // Working on it again here settles the next one without a choice.
    const [, second] = conflicts
    const job = home.jobs(planId).find(({ computer: { name } }) => name === second?.computer)
    const importId = job?.importId ?? ''
    value(await home.core.imports.retry(importId, [job?.id ?? '']))
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (home.core.imports.view(importId).state !== 'running') resolve()
      }
      home.core.onImport(look)
      look()
    })
    expect(home.core.store.jobs.get(job?.id ?? '')?.state).toBe('done')
    expect(value(await home.core.packs.read()).conflicts).toHaveLength(1)
  }, 60_000)
})

describe('nothing half taken in', () => {
  test('opened twice it changes nothing; without secrets they have to be typed', async () => {
    const { site, home, ann, planId } = await plannedSite()
    const draft = value(ann.core.drafting.open(planId))
    const pack = value(await home.core.packs.save([planId], false, lock))
    expect(await carry(ann, pack.bytes)).toEqual({ kind: 'site', drafts: [], already: ['site.csv'], profiles: 0 })
    expect(value(ann.core.drafting.open(planId))).toEqual(draft)
    const other = site.laptop('Other')
    await carry(other, pack.bytes)
    expect(heldSecrets(other.keychain).filter((text) => computers.some(({ password }) => text === password))).toEqual(
      []
    )
    expect(value(await other.core.drafting.ready(planId)).computers[0]).not.toHaveProperty('adminPassword')
  }, 30_000)

  test('a keychain that fails half way leaves no draft, no secret and no trust behind', async () => {
    const { site, home, planId } = await plannedSite()
    const pack = value(await home.core.packs.save([planId], true, lock))
    const other = site.laptop('Other')
    const { token, signer } = value(await other.core.packs.open('x', pack.bytes))
    expect(signer.known).toBe(false)
    value(await other.core.packs.look(token, passphrase))
    const before = [...other.keychain.secrets.keys()]
    other.keychain.answer = (account, secret) => (account.includes('/rows/') ? 'something else' : secret)
    expect(codeOf(await other.core.packs.take(token, true))).toBe('keychain-failed')
    expect([...other.keychain.secrets.keys()]).toEqual(before)
    expect(other.core.store.drafts.all()).toEqual([])
    expect(other.core.store.drafts.entries(null)).toEqual([])
    expect(other.core.store.packs.signers()).toEqual([])
    other.keychain.answer = (_, secret) => secret
    expect(await other.core.packs.take(token, true)).toMatchObject({ ok: true })
  }, 30_000)

  test('an unknown signer is asked about once, a weak passphrase never taken', async () => {
    const { site, home, planId } = await plannedSite()
    const weak = { by: 'passphrase', passphrase: 'password1234' } as const
    expect(codeOf(await home.core.packs.save([planId], true, weak))).toBe('pack-passphrase-weak')
    const other = site.laptop('Other')
    const { address } = value(await other.core.packs.card())
    const pack = value(await home.core.packs.save([planId], true, { by: 'address', address }))
    const { token } = value(await other.core.packs.open('x', pack.bytes))
    value(await other.core.packs.look(token, undefined))
    expect(codeOf(await other.core.packs.take(token, false))).toBe('pack-signer-unknown')
    value(await other.core.packs.take(token, true))
    expect(value(await other.core.packs.open('x', pack.bytes)).signer.known).toBe(true)
    expect(codeOf(await home.core.packs.open('x', pack.bytes))).toBe('pack-for-another')
  }, 30_000)

  test('audit entries that were altered on the way are refused as a whole', async () => {
    const { home, ann, planId } = await plannedSite()
    await ann.run(planId)
    const db = ann.core.store
    const real = db.packs.ownHistory
    const altered = (ids: readonly string[]) =>
      real(ids).map((each, at) =>
        at === 5 && each.line !== null ? { ...each, line: { ...each.line, actor: 'nobody' } } : each
      )
    Object.assign(db.packs, { ownHistory: altered })
    const pack = await giveBack(ann)
    const { token } = value(await home.core.packs.open('x', pack))
    value(await home.core.packs.look(token, undefined))
    const secrets = [...home.keychain.secrets.keys()]
    expect(codeOf(await home.core.packs.take(token, true))).toBe('pack-history')
    expect(home.jobs(planId)).toEqual([])
    expect([...home.keychain.secrets.keys()]).toEqual(secrets)
  }, 30_000)
})
