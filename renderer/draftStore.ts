// The draft in front of the person: changed here at once, saved in the core a moment later, never losing the last change.
import { create } from 'zustand'
import type { Ask, AskInput, AskOutput } from '../shared/contract.ts'
import { type Draft, type DraftChange, type Page, pages } from '../shared/draft.ts'
import { ask, asked } from './bridge.ts'
import { useNotice } from './noticeStore.ts'

const quietFor = 300

interface DraftState {
  readonly draft: Draft | null
  /** Place of the farthest page seen so far, in `pages`. */
  readonly reached: number
  /** Puts another draft in front of the person. */
  open(draft: Draft): void
  /** Saves what is left and puts the draft away. */
  close(): Promise<void>
  /** Changes the draft here and saves it soon. */
  change(change: DraftChange): void
  goTo(page: Page): void
  /** Saves what has not been saved yet; resolves when the core has it. */
  flush(): Promise<void>
  /** Takes the core's draft over, keeping what is not saved yet. */
  take(draft: Draft): void
}

let unsaved: DraftChange = {}

/** The draft with a change put on; an absent part stays as it was. */
const changed = (draft: Draft, change: DraftChange): Draft => ({
  ...draft,
  page: change.page ?? draft.page,
  answers: change.answers ?? draft.answers,
  checklist: change.checklist ?? draft.checklist,
  accounts: change.accounts ?? draft.accounts,
  collection: change.collection ?? draft.collection,
  profile: change.profile ?? draft.profile,
  schedule: change.schedule ?? draft.schedule,
  running: change.running ?? draft.running
})
let timer: ReturnType<typeof setTimeout> | undefined
/** Saves run one after another, so that an older one never overtakes a newer one. */
let saving: Promise<void> = Promise.resolve()

async function save(draftId: string): Promise<void> {
  if (Object.keys(unsaved).length === 0) return
  const change = unsaved
  unsaved = {}
  const answer = await ask('draft.change', { draftId, change })
  if (answer.ok) return useDraft.getState().take(answer.value)
  unsaved = { ...change, ...unsaved }
  useNotice.getState().show(answer.problem)
}

export const useDraft = create<DraftState>()((set, get) => ({
  draft: null,
  reached: 0,
  open: (draft) => {
    unsaved = {}
    set({ draft, reached: pages.indexOf(draft.page) })
  },
  close: async () => {
    await get().flush()
    set({ draft: null, reached: 0 })
  },
  change: (change) => {
    const { draft, flush } = get()
    if (draft === null) return
    unsaved = { ...unsaved, ...change }
    set({ draft: changed(draft, change) })
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), quietFor)
  },
  goTo: (page) => {
    set({ reached: Math.max(get().reached, pages.indexOf(page)) })
    get().change({ page })
    void get().flush()
  },
  flush: () => {
    clearTimeout(timer)
    const { draft } = get()
    if (draft !== null) saving = saving.then(() => save(draft.id))
    return saving
  },
  take: (draft) => {
    if (get().draft?.id === draft.id) set({ draft: changed(draft, unsaved) })
  }
}))

/** The asks that answer with the draft as it then is. */
type DraftAsk = { [A in Ask]: Draft extends AskOutput<A> ? A : never }[Ask]

/** Saves what is left, asks, and takes the answered draft over; false when it was cancelled or refused. */
export async function askDraft<A extends DraftAsk>(name: A, input: AskInput<A>): Promise<boolean> {
  await useDraft.getState().flush()
  const draft: Draft | null | undefined = await asked(name, input)
  if (draft === undefined || draft === null) return false
  useDraft.getState().take(draft)
  return true
}

/** The draft on pages that exist only with one. */
export function useCurrentDraft(): Draft {
  const draft = useDraft((state) => state.draft)
  if (draft === null) throw new Error('This page needs a draft.')
  return draft
}

// The window may be closed at any time; what was typed last must not wait for the timer.
window.addEventListener('pagehide', () => void useDraft.getState().flush())
