// A site pack becomes drafts here: secrets straight into the keychain, then everything else in one transaction or nothing.
import { secretFields } from '../../shared/computer.ts'
import { fail, ok, type Result } from '../../shared/problem.ts'
import { sheetOf } from '../drafting/sheet.ts'
import { type KeptRow, restored } from '../store/keptRow.ts'
import type { Store } from '../store/store.ts'
import { oneTurn } from '../turns.ts'
import { entriesOf, type Vault } from '../vault.ts'
import { type CarriedPlan, mapSlots, placeIn, type Site, slotsIn } from './contents.ts'
import type { Signer } from './format.ts'

export interface TakeTools {
  readonly store: Store
  readonly vaultOf: (practice: boolean) => Vault
  readonly newId: () => string
}

export interface TakenSite {
  readonly drafts: { readonly id: string; readonly name: string; readonly computers: number }[]
  /** Names of plans that are here already and stayed as they are. */
  readonly already: string[]
  readonly profiles: number
}

export const planName = ({ draft: { source } }: Pick<CarriedPlan, 'draft'>): string =>
  source === null ? 'Import without a list' : source.kind === 'file' ? source.name : 'Single computer'

/** Whether a draft or an import of this plan is here. */
export const isHere = (store: Store, planId: string): boolean =>
  store.drafts.find(planId) !== undefined || store.jobs.imports().some(({ draftId }) => draftId === planId)

/** Rows as they were written there; undefined when they make no sense here. */
function readRows({ rows }: CarriedPlan): KeptRow[] | undefined {
  const files = new Map<string, string>()
  try {
    return rows.map((text, at) => restored(at, text, files))
  } catch {
    return undefined
  }
}

interface Slots {
  readonly ofRows: ReadonlyMap<number, string>
  readonly typed: ReadonlyMap<number, string>
}

/** What was put into the keychain so far, so that it can be taken back. */
interface Kept {
  readonly draftId: string
  readonly vault: Vault
  readonly entries: string[]
}

const places = (names: readonly string[]): number[] => [
  ...new Set(names.map(placeIn).filter((place) => place !== undefined))
]

/** Secrets of one plan into the keychain; each entry is listed before it is written, so a kill leaves none that nobody knows. */
async function keepAll(
  plan: CarriedPlan,
  rows: readonly KeptRow[],
  secrets: readonly string[],
  tools: TakeTools,
  kept: Kept
): Promise<Result<Slots>> {
  const { store, newId } = tools
  const { id, practice } = plan.draft
  const typed = new Map<number, string>()
  const list = (entries: readonly string[]): void => {
    store.drafts.listEntries(id, entries, practice)
    kept.entries.push(...entries)
  }
  const slot = `draft/${id}/pack`
  for (const place of places(slotsIn(plan.draft))) {
    const secret = secrets[place]
    if (secret === undefined) return fail('pack-unreadable')
    const own = `${slot}/${newId()}`
    list([own])
    const done = await kept.vault.keep(own, secret)
    if (!done.ok) return done
    typed.set(place, own)
  }
  const ofRows = places(rows.flatMap(({ values }) => secretFields.map((field) => values[field])))
  const texts = ofRows.map((place) => secrets[place])
  if (texts.includes(undefined)) return fail('pack-unreadable')
  const all = texts.filter((text) => text !== undefined)
  if (all.length === 0) return ok({ ofRows: new Map(), typed })
  const name = `draft/${id}/rows/${newId()}`
  list(entriesOf(name, all))
  const done = await kept.vault.keepMany(name, all)
  if (!done.ok) return done
  return ok({ ofRows: new Map(ofRows.map((place, at) => [place, done.value[at] ?? ''])), typed })
}

function withSlots(row: KeptRow, slots: ReadonlyMap<number, string>): KeptRow {
  const values = { ...row.values }
  for (const field of secretFields) values[field] = slots.get(placeIn(values[field]) ?? -1) ?? ''
  return { ...row, values }
}

interface Ready {
  readonly plan: CarriedPlan
  readonly rows: readonly KeptRow[]
  readonly slots: Slots
  readonly draft: CarriedPlan['draft']
}

async function prepare(
  plan: CarriedPlan,
  secrets: readonly string[],
  tools: TakeTools,
  kept: Kept
): Promise<Result<Ready>> {
  const read = readRows(plan)
  if (read === undefined) return fail('pack-unreadable')
  const slots = await keepAll(plan, read, secrets, tools, kept)
  if (!slots.ok) return slots
  const rows = read.map((row) => withSlots(row, slots.value.ofRows))
  const sheet = await sheetOf(rows, oneTurn)
  if (sheet === null) throw new Error('one turn cannot be cancelled')
  const { source } = plan.draft
  const draft = {
    ...mapSlots(plan.draft, (name) => slots.value.typed.get(placeIn(name) ?? -1)),
    source: source?.kind === 'file' ? { ...source, atHand: false } : source,
    counts: sheet.counts(),
    undo: null,
    redo: null
  }
  return ok({ plan, rows, slots: slots.value, draft })
}

function putDraft({ draft, rows, slots }: Ready, { drafts }: Store): void {
  drafts.saveRows(draft.id, rows)
  drafts.save(draft)
  // Only entries of rows are listed for a draft that is there.
  drafts.dropEntries(draft.id, [...slots.typed.values()])
}

/** Takes the plans in that are not here yet. Problems: pack-unreadable, those of the keychain; then nothing is left behind. */
export async function takeSite(
  { plans, profiles, secrets }: Site,
  from: { readonly packId: string; readonly signer: Signer },
  tools: TakeTools
): Promise<Result<TakenSite>> {
  const { store, vaultOf } = tools
  const fresh = plans.filter(({ draft }) => !isHere(store, draft.id))
  const all: Kept[] = []
  const ready: Ready[] = []
  const takeBack = async (): Promise<void> => {
    for (const { draftId, vault, entries } of all) {
      await vault.forget(entries)
      store.drafts.dropEntries(draftId, entries)
    }
  }
  for (const plan of fresh) {
    const kept = { draftId: plan.draft.id, vault: vaultOf(plan.draft.practice), entries: [] }
    all.push(kept)
    const one = await prepare(plan, secrets, tools, kept)
    if (!one.ok) {
      await takeBack()
      return one
    }
    ready.push(one.value)
  }
  const added = store.together(() => {
    store.packs.trust(from.signer)
    for (const one of ready) {
      putDraft(one, store)
      store.packs.keepOrigin(one.draft.id, from)
    }
    const taken = profiles.filter((profile) => store.profiles.take(profile)).length
    store.audit.append('site pack opened', {
      pack: from.packId,
      signer: from.signer.name,
      drafts: ready.length,
      already: plans.length - ready.length
    })
    return taken
  })
  return ok({
    drafts: ready.map(({ plan, draft, rows }) => ({ id: draft.id, name: planName(plan), computers: rows.length })),
    already: plans.filter((plan) => !fresh.includes(plan)).map(planName),
    profiles: added
  })
}
