// Site packs of a core: saved, opened, taken in, given back, and results that differ decided.
import type { PackContent, PackHead, PackLock, PacksView, PackTaken } from '../../shared/contract/packs.ts'
import { guidKey } from '../../shared/guid.ts'
import type { Job } from '../../shared/job.ts'
import { strengthOf } from '../../shared/passphrase.ts'
import { fail, ok, type Result } from '../../shared/problem.ts'
import type { Drafting } from '../drafting/drafting.ts'
import type { Store } from '../store/store.ts'
import type { Vault, Vaults } from '../vault.ts'
import { type Return, returnSchema, type Site, siteSchema } from './contents.ts'
import type { Cut } from './format.ts'
import { fromPacks, returnOf } from './giveBack.ts'
import { type Card, type InstallationKeys, installationOf, readAddress } from './installation.ts'
import { judge } from './judge.ts'
import { fingerprintOf } from './keys.ts'
import { type MergeTools, takeReturn } from './merge.ts'
import { judged } from './results.ts'
import { lookAt, type Opener, type Sealer, seal, unseal } from './seal.ts'
import { importOfPlan, noteOwn, showResults } from './show.ts'
import { isHere, planName, takeSite } from './take.ts'
import { siteOf } from './write.ts'

/** A file to be saved: what to call it, and its bytes. */
export interface PackFile {
  readonly name: string
  readonly bytes: Uint8Array
  readonly computers: number
  readonly secrets: number
}

export type ReturnLock = PackLock | { readonly by: 'sender' }

export interface Packs extends Pick<InstallationKeys, 'card' | 'rename' | 'renew'> {
  read(): Promise<Result<PacksView>>
  /** Problems: pack-passphrase-weak, pack-address, pack-empty, draft-gone, secret-gone, those of the keychain. */
  save(draftIds: readonly string[], secrets: boolean, lock: PackLock): Promise<Result<PackFile>>
  giveBack(importIds: readonly string[], lock: ReturnLock): Promise<Result<PackFile>>
  /** The file was saved: on record from now on. */
  saved(file: PackFile): void
  /** Proves the signature; the content is still closed. */
  open(name: string, bytes: Uint8Array): Promise<Result<PackHead>>
  look(token: string, passphrase: string | undefined): Promise<Result<PackContent>>
  /** Problem pack-signer-unknown unless the signer is known or `trust` says that the fingerprint was compared. */
  take(token: string, trust: boolean): Promise<Result<PackTaken>>
  putAway(token: string): void
  resolve(planId: string, guid: string, origin: string): Promise<Result<PacksView>>
}

export interface PacksOptions {
  readonly store: Store
  readonly vaults: Vaults
  readonly drafting: Drafting
  readonly now: () => number
  readonly newId: () => string
  readonly random: (count: number) => Uint8Array
  readonly actor: string
  readonly hostName: string
  readonly onJob: (job: Job) => void
  /** Imports have changed, and jobs may wait no longer. */
  readonly onImport: (importId: string) => void
  readonly wake: () => void
  /** log2 of scrypt's N; tests take less. */
  readonly cost?: number | undefined
}

interface OpenPack {
  readonly file: string
  readonly cut: Cut
  content?: { readonly kind: 'site'; readonly site: Site } | { readonly kind: 'return'; readonly back: Return }
}

/** Packs that may be open at the same time: each is held in memory. */
const mostOpen = 4

const day = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** The packs of a core. */
export function packsOf(options: PacksOptions): Packs {
  const { store, vaults, drafting, newId, now, random } = options
  const vaultOf = (practice: boolean): Vault => (practice ? vaults.practice : vaults.real)
  const keys = installationOf(options)
  const open = new Map<string, OpenPack>()
  /** What is known of files that were made and perhaps not saved. */
  const made = new WeakMap<PackFile, { readonly id: string; readonly kind: string; readonly lock: string }>()

  function openerOf(lock: PackLock): Result<{ opener: Opener; words: string }> {
    if (lock.by === 'passphrase') {
      const { passphrase } = lock
      return strengthOf(passphrase) === 'weak'
        ? fail('pack-passphrase-weak')
        : ok({ opener: { by: 'passphrase', passphrase }, words: 'a passphrase' })
    }
    const read = readAddress(lock.address)
    return read.ok ? ok({ opener: { by: 'key', box: read.value.box }, words: fingerprintOf(read.value) }) : read
  }

  async function file(
    kind: 'site' | 'return',
    content: Site | Return,
    computers: number,
    { opener, words }: { opener: Opener; words: string },
    sealer: Sealer
  ): Promise<Result<PackFile>> {
    const id = newId()
    const sealed = await seal({ kind, id, createdAt: now() }, content, {
      opener,
      sealer,
      random,
      cost: options.cost
    })
    if (!sealed.ok) return sealed
    const name = `${kind === 'site' ? 'site' : 'return'}-${day(now())}-${id.slice(0, 6)}.amtpack`
    const pack = { name, bytes: sealed.value, computers, secrets: content.secrets.length }
    made.set(pack, { id, kind, lock: words })
    return ok(pack)
  }

  /** Where the plans of these imports came from, when they all came from the same laptop. */
  function senderOf(importIds: readonly string[]): Result<{ opener: Opener; words: string }> {
    const signers = fromPacks(store)
      .filter(({ id }) => importIds.includes(id))
      .map(({ draftId }) => store.packs.origin(draftId ?? '')?.signer)
    const [first] = signers
    if (first === undefined) return fail('import-gone', { found: importIds[0] })
    if (signers.some((each) => each?.box !== first.box))
      return fail('pack-empty', { values: { why: 'These plans came from different laptops; save a pack for each.' } })
    return ok({ opener: { by: 'key', box: first.box }, words: fingerprintOf(first) })
  }

  function nameOf(origin: string, self: Pick<Sealer, 'key' | 'name'>): string {
    if (origin === self.key) return `${self.name} (this laptop)`
    return store.packs.signers().find(({ key }) => key === origin)?.name ?? 'another laptop'
  }

  const toolsWith = (self: Sealer): MergeTools => ({
    store,
    vaultOf,
    newId,
    now,
    actor: options.actor,
    self: self.key,
    nameOf: (origin) => nameOf(origin, self),
    onJob: options.onJob,
    ready: drafting.ready,
    started: drafting.started
  })

  const conflictsOf = (self: Sealer): PacksView['conflicts'] =>
    store.packs.plans().flatMap((planId) => {
      const kept = importOfPlan(store, planId)
      if (kept === undefined) return []
      const jobs = new Map(store.jobs.of(kept.id).map((job) => [guidKey(job.computer.guid), job]))
      const all = store.packs.results(planId)
      return [...new Set(all.map(({ guid }) => guid))].flatMap((guid) => {
        const verdict = judge(all.filter((each) => each.guid === guid).map(judged), store.packs.choice(planId, guid))
        const job = jobs.get(guid)
        if (verdict.kind !== 'conflict' || job?.state === 'working') return []
        const sides = verdict.sides.map(({ origin, body: { secrets, ...body } }) => ({
          ...body,
          origin,
          name: nameOf(origin, self),
          mine: origin === self.key,
          secrets: secrets.length
        }))
        return [
          {
            planId,
            importId: kept.id,
            source: kept.source,
            guid: job?.computer.guid ?? guid,
            computer: job?.computer.name ?? guid,
            sides
          }
        ]
      })
    })

  /** Own work since the last look may have settled what differed. */
  function catchUp(self: Sealer): void {
    store.together(() => {
      for (const planId of store.packs.plans()) {
        const kept = importOfPlan(store, planId)
        if (kept === undefined) continue
        noteOwn(kept, planId, toolsWith(self))
        showResults(planId, toolsWith(self))
      }
    })
  }

  async function read(): Promise<Result<PacksView>> {
    const self = await keys.sealer()
    const card: Result<Card> = self.ok ? await keys.card() : self
    if (self.ok) catchUp(self.value)
    return ok({
      installation: card.ok ? card.value : null,
      problem: card.ok ? null : card.problem,
      returns: fromPacks(store).map(({ id, source, draftId = '' }) => {
        const { all, done, person } = store.jobs.totals(id)
        const from = store.packs.origin(draftId)?.signer.name ?? ''
        return { importId: id, source, from, computers: all, ended: done + person }
      }),
      conflicts: self.ok ? conflictsOf(self.value) : []
    })
  }

  function contentOf(kind: 'site' | 'return', json: unknown): OpenPack['content'] {
    if (kind === 'site') {
      const read = siteSchema.safeParse(json)
      return read.success ? { kind, site: read.data } : undefined
    }
    const read = returnSchema.safeParse(json)
    return read.success ? { kind, back: read.data } : undefined
  }

  const isKnown = (key: string, self: Sealer): boolean =>
    key === self.key || store.packs.signers().some((signer) => signer.key === key)

  async function take(token: string, trust: boolean): Promise<Result<PackTaken>> {
    const pack = open.get(token)
    if (pack?.content === undefined) return fail('pack-gone')
    const self = await keys.sealer()
    if (!self.ok) return self
    const { id: packId, signer } = pack.cut.header
    if (!trust && !isKnown(signer.key, self.value))
      return fail('pack-signer-unknown', { found: `${signer.name}, ${fingerprintOf(signer)}` })
    // Taken once: an impatient second press finds it gone.
    open.delete(token)
    const { content } = pack
    const from = { packId, signer }
    if (content.kind === 'site') {
      const taken = await takeSite(content.site, from, { store, vaultOf, newId })
      if (!taken.ok) open.set(token, pack)
      return taken.ok ? ok({ kind: 'site', ...taken.value }) : taken
    }
    const taken = await takeReturn(content.back, from, toolsWith(self.value))
    if (!taken.ok) {
      open.set(token, pack)
      return taken
    }
    for (const { id } of taken.value.imports) options.onImport(id)
    options.wake()
    return ok({ kind: 'return', ...taken.value })
  }

  return {
    card: keys.card,
    rename: keys.rename,
    renew: keys.renew,
    read,
    async save(draftIds, withSecrets, lock) {
      const opener = openerOf(lock)
      if (!opener.ok) return opener
      const sealer = await keys.sealer()
      if (!sealer.ok) return sealer
      const site = await siteOf({ store, vaultOf }, draftIds, withSecrets)
      if (!site.ok) return site
      const computers = site.value.plans.reduce((sum, { rows }) => sum + rows.length, 0)
      return file('site', site.value, computers, opener.value, sealer.value)
    },
    async giveBack(importIds, lock) {
      const opener = lock.by === 'sender' ? senderOf(importIds) : openerOf(lock)
      if (!opener.ok) return opener
      const sealer = await keys.sealer()
      if (!sealer.ok) return sealer
      const back = await returnOf({ store, vaultOf }, importIds, sealer.value.key)
      return back.ok ? file('return', back.value, back.value.results.length, opener.value, sealer.value) : back
    },
    saved(pack) {
      const facts = made.get(pack)
      if (facts === undefined) throw new Error('a pack that was not made here')
      const { id, kind, lock } = facts
      const { computers, secrets } = pack
      store.audit.append('pack written', { pack: id, kind, computers, sealed: secrets, lock })
    },
    async open(name, bytes) {
      const self = await keys.sealer()
      if (!self.ok) return self
      const found = lookAt(bytes)
      if (!found.ok) return found
      const { kind, createdAt, signer, lock } = found.value.header
      if (lock.by === 'key' && lock.box !== self.value.box)
        return fail('pack-for-another', { expected: fingerprintOf(self.value) })
      const token = newId()
      const [oldest] = open.keys()
      if (open.size >= mostOpen && oldest !== undefined) open.delete(oldest)
      open.set(token, { file: name, cut: found.value })
      return ok({
        ...{ token, file: name, kind, createdAt, bytes: bytes.length, lock: lock.by },
        signer: {
          name: signer.name,
          fingerprint: fingerprintOf(signer),
          known: isKnown(signer.key, self.value)
        }
      })
    },
    async look(token, passphrase) {
      const pack = open.get(token)
      if (pack === undefined) return fail('pack-gone')
      const self = await keys.sealer()
      const json = self.ok ? await unseal(pack.cut, passphrase, self.value) : self
      if (!json.ok) return json
      const content = contentOf(pack.cut.header.kind, json.value)
      if (content === undefined) return fail('pack-unreadable')
      pack.content = content
      if (content.kind === 'site') {
        const { plans, profiles, secrets } = content.site
        return ok({
          plans: plans.map((plan) => ({
            ...{ id: plan.draft.id, name: planName(plan), practice: plan.draft.practice },
            ...{ computers: plan.rows.length, here: isHere(store, plan.draft.id) }
          })),
          ...{ profiles: profiles.length, secrets: secrets.length, results: 0, entries: 0 }
        })
      }
      const { plans, results, secrets, history } = content.back
      return ok({
        plans: plans.map(({ planId, plan }) => ({
          ...{ id: planId, name: plan.source, practice: plan.practice, here: isHere(store, planId) },
          computers: results.filter((result) => result.planId === planId).length
        })),
        ...{ profiles: 0, secrets: secrets.length, results: results.length, entries: history.length }
      })
    },
    take,
    putAway: (token) => void open.delete(token),
    async resolve(planId, guid, origin) {
      const self = await keys.sealer()
      if (!self.ok) return self
      const results = store.packs.results(planId).filter((each) => each.guid === guidKey(guid))
      if (!results.some((each) => each.origin === origin)) return fail('import-gone', { found: planId })
      store.together(() => {
        const over = Object.fromEntries(results.map((each) => [each.origin, each.rev]))
        store.packs.choose(planId, guid, { origin, over })
        const kept = importOfPlan(store, planId)
        if (kept === undefined) return
        store.audit.append(
          'result chosen',
          { from: nameOf(origin, self.value) },
          { importId: kept.id, computer: results[0]?.body.computer.name ?? '' }
        )
        showResults(planId, toolsWith(self.value))
      })
      const kept = importOfPlan(store, planId)
      if (kept) options.onImport(kept.id)
      return read()
    }
  }
}
