// A return pack comes home: its audit entries proved, its new secrets into the keychain, its results beside those that are known.
import type { Computer } from '../../shared/computer.ts'
import { guidKey } from '../../shared/guid.ts'
import { fail, ok, problem, type Result } from '../../shared/problem.ts'
import { decided } from '../../shared/running.ts'
import { advise } from '../../shared/strategy.ts'
import type { Ready } from '../drafting/drafting.ts'
import type { ImportPlan } from '../store/importPlan.ts'
import { entriesOf, type Vault } from '../vault.ts'
import { type CarriedResult, mapSlots, placeIn, type Return } from './contents.ts'
import type { Signer } from './format.ts'
import { holds } from './history.ts'
import { fingerprintOf } from './keys.ts'
import { importOfPlan, noteOwn, type ShowTools, showResults } from './show.ts'

export interface MergeTools extends ShowTools {
  readonly vaultOf: (practice: boolean) => Vault
  readonly now: () => number
  readonly actor: string
  /** A draft of this plan that nobody has started yet. */
  readonly ready: (draftId: string) => Promise<Result<Ready>>
  /** The draft became an import. */
  readonly started: (draftId: string) => Promise<void>
}

export interface TakenReturn {
  readonly imports: { readonly id: string; readonly name: string }[]
  /** Results in the pack, how many of them are news, and what the jobs make of them. */
  readonly results: number
  readonly news: number
  readonly taken: number
  readonly conflicts: number
  readonly working: number
  readonly entries: number
}

/** Results with slots of this keychain in place of names in the pack, and the entries that are new in it. */
interface Kept {
  readonly results: readonly CarriedResult[]
  readonly listed: string
  readonly entries: readonly string[]
}

/**
 * Keeps the secrets of these results that this keychain does not have for the same computer yet: an equal one has the same
 * slot, so that equal results are seen to be equal.
 */
async function keepNew(
  planId: string,
  practice: boolean,
  results: readonly CarriedResult[],
  secrets: readonly string[],
  { store, vaultOf, newId }: MergeTools
): Promise<Result<Kept>> {
  const vault = vaultOf(practice)
  const slotsOf = new Map<string, Set<string>>()
  const know = (guid: string, slot: string): void => {
    slotsOf.set(guid, (slotsOf.get(guid) ?? new Set()).add(slot))
  }
  for (const { guid, body } of store.packs.results(planId)) for (const { slot } of body.secrets) know(guid, slot)
  for (const { body } of results) {
    const guid = guidKey(body.computer.guid)
    for (const { slot } of store.packs.secretsInUse(guid)) know(guid, slot)
  }
  const wanted = new Set(results.map(({ body }) => guidKey(body.computer.guid)))
  const known = [...slotsOf].filter(([guid]) => wanted.has(guid)).flatMap(([, slots]) => [...slots])
  const values = await vault.findMany([...new Set(known)])
  if (!values.ok) return values

  const own = (guid: string, secret: string): string | undefined =>
    [...(slotsOf.get(guid) ?? [])].find((slot) => values.value.get(slot) === secret)
  const news: string[] = []
  for (const { body } of results) {
    for (const { slot } of body.secrets) {
      const secret = secrets[placeIn(slot) ?? -1]
      if (secret === undefined) return fail('pack-unreadable')
      if (own(guidKey(body.computer.guid), secret) === undefined && !news.includes(secret)) news.push(secret)
    }
  }
  const listed = `return-${newId()}`
  const entries = entriesOf(listed, news)
  store.drafts.listEntries(listed, entries, practice)
  const kept = await vault.keepMany(listed, news)
  if (!kept.ok) {
    store.drafts.dropEntries(listed, entries)
    return kept
  }
  const slots = new Map(news.map((secret, at) => [secret, kept.value[at] ?? '']))
  return ok({
    listed,
    entries,
    results: results.map((result) => ({
      ...result,
      body: mapSlots(result.body, (name) => {
        const secret = secrets[placeIn(name) ?? -1] ?? ''
        return own(guidKey(result.body.computer.guid), secret) ?? slots.get(secret)
      })
    }))
  })
}

/** The import in which results of a draft are shown that was given away: nobody works on it here unless a person asks for it. */
function importOfDraft({ draft, source }: Ready, computers: number, { newId, now, actor }: MergeTools): ImportPlan {
  const { id, practice, collection, answers, routes, checklist, profile, accounts, running } = draft
  return {
    id: newId(),
    draftId: id,
    ...{ practice, source, collection, answers, routes, profile, accounts, actor },
    route: advise(answers).route ?? null,
    checklist: Object.fromEntries(Object.entries(checklist).map(([item, { at }]) => [item, { at, by: actor }])),
    startedAt: now(),
    running: decided(running, practice, computers)
  }
}

function create(plan: ImportPlan, computers: readonly Computer[], { store, newId }: MergeTools): void {
  const jobs = computers.map((computer) => ({ id: newId(), computer }))
  store.jobs.create(plan, jobs)
  store.jobs.setImportState(plan.id, 'stopped')
  const waits = problem('not-returned')
  for (const { id } of jobs) store.jobs.change(id, { state: 'stopped', problem: waits })
}

/** Takes a return pack in. Problems: pack-history, pack-unreadable, those of the keychain; then nothing is left behind. */
export async function takeReturn(
  content: Return,
  from: { readonly packId: string; readonly signer: Signer },
  tools: MergeTools
): Promise<Result<TakenReturn>> {
  const { store, vaultOf } = tools
  const { plans, history, secrets } = content
  if (!holds(history)) return fail('pack-history')
  const all: { planId: string; plan: ImportPlan; kept: Kept; ready: Ready | undefined }[] = []
  const takeBack = async (): Promise<void> => {
    for (const { kept, plan } of all) {
      await vaultOf(plan.practice).forget(kept.entries)
      store.drafts.dropEntries(kept.listed, kept.entries)
    }
  }
  for (const { planId, plan } of plans) {
    const known = new Map(
      store.packs
        .results(planId)
        .flatMap(({ guid, origin, rev }) => (origin === from.signer.key ? [[guid, rev] as const] : []))
    )
    const news = content.results.filter(
      ({ planId: of, rev, body }) => of === planId && rev > (known.get(guidKey(body.computer.guid)) ?? 0)
    )
    const ready = store.drafts.find(planId) === undefined ? undefined : await tools.ready(planId)
    const kept = ready?.ok === false ? ready : await keepNew(planId, plan.practice, news, secrets, tools)
    if (!kept.ok) {
      await takeBack()
      return kept
    }
    all.push({ planId, plan, kept: kept.value, ready: ready?.ok ? ready.value : undefined })
  }
  const merged = store.together(() => {
    if (!store.packs.addHistory(from.signer.key, history)) return undefined
    store.packs.trust(from.signer)
    const told = { news: 0, taken: 0, conflicts: 0, working: 0 }
    for (const { planId, plan, kept, ready } of all) {
      const there = importOfPlan(store, planId)
      if (there !== undefined) noteOwn(there, planId, tools)
      else if (ready !== undefined) {
        create(importOfDraft(ready, ready.computers.length, tools), ready.computers, tools)
        store.drafts.remove(planId)
      } else create({ ...plan, id: tools.newId(), draftId: planId, accounts: [] }, [], tools)
      for (const { rev, body } of kept.results) {
        const result = { guid: guidKey(body.computer.guid), origin: from.signer.key, rev, body }
        if (store.packs.addResult(planId, result)) told.news += 1
      }
      store.drafts.dropEntries(kept.listed, kept.entries)
      const shown = showResults(planId, tools)
      told.taken += shown.taken
      told.conflicts += shown.conflicts
      told.working += shown.working
    }
    store.audit.append('return pack merged', {
      pack: from.packId,
      signer: from.signer.name,
      fingerprint: fingerprintOf(from.signer),
      results: content.results.length,
      conflicts: told.conflicts,
      head: history.at(-1)?.hash ?? ''
    })
    return told
  })
  if (merged === undefined) {
    await takeBack()
    return fail('pack-history')
  }
  for (const { planId, ready } of all) if (ready !== undefined) await tools.started(planId)
  return ok({
    imports: plans.flatMap(({ planId, plan }) => {
      const kept = importOfPlan(store, planId)
      return kept ? [{ id: kept.id, name: plan.source }] : []
    }),
    results: content.results.length,
    entries: history.length,
    ...merged
  })
}
