// Where the person is: start page, audit log, deciding a draft, or watching an import; and the moves between them.
import { create } from 'zustand'
import type { Import, Snapshot } from '../shared/contract/views.ts'
import { type Draft, type Page, pagesFor } from '../shared/draft.ts'
import type { Job } from '../shared/job.ts'
import { asked, onTell } from './bridge.ts'
import { useDraft } from './draftStore.ts'
import { useJobs } from './jobsStore.ts'

export type Place =
  | { readonly at: 'start'; readonly savedDraft: boolean }
  | { readonly at: 'audit'; readonly from: Place }
  | { readonly at: 'packs'; readonly from: Place }
  | { readonly at: 'settings'; readonly from: Place }
  | { readonly at: 'explorer'; readonly from: Place; readonly importId: string; readonly job: Job }
  | { readonly at: 'outOfBand' }
  | { readonly at: 'draft' }
  | {
      readonly at: 'import'
      readonly import: Import
      readonly page: 'progress' | 'confirmation'
      /** Pages of the draft that became this import. */
      readonly pages: readonly Page[]
    }

interface PlaceState {
  readonly place: Place
  readonly snapshot: Snapshot | null
  toStart(): Promise<void>
  toAudit(): void
  /** To the hello listener and who calls. */
  toOutOfBand(): void
  toPacks(): void
  /** To updates, and what is kept on this computer. */
  toSettings(): void
  /** Into the device of a job, to read from it. */
  lookInto(importId: string, job: Job): void
  /** Back from the audit log or a device to where it was opened. */
  goBack(): void
  /** Reads drafts and imports anew. */
  refresh(): Promise<void>
  begin(practice: boolean): Promise<void>
  openDraft(draftId: string): Promise<void>
  openImport(found: Import, page: 'progress' | 'confirmation'): Promise<void>
  /** Turns the draft into an import and watches it. */
  start(draft: Draft): Promise<void>
  showPage(page: 'progress' | 'confirmation'): void
}

export const fetchSnapshot = async (): Promise<void> => {
  const snapshot = await asked('app.snapshot', {})
  if (snapshot !== undefined) usePlace.setState({ snapshot })
}

export const usePlace = create<PlaceState>()((set, get) => ({
  place: { at: 'start', savedDraft: false },
  snapshot: null,
  toStart: async () => {
    const savedDraft = useDraft.getState().draft !== null
    // The draft is put away only after the page that shows it.
    await useDraft.getState().flush()
    set({ place: { at: 'start', savedDraft } })
    useJobs.getState().close()
    await useDraft.getState().close()
    await fetchSnapshot()
  },
  toAudit: () => {
    const from = get().place
    if (from.at !== 'audit') set({ place: { at: 'audit', from } })
  },
  toOutOfBand: () => set({ place: { at: 'outOfBand' } }),
  toPacks: () => {
    const from = get().place
    if (from.at !== 'packs') set({ place: { at: 'packs', from } })
  },
  toSettings: () => {
    const from = get().place
    if (from.at !== 'settings') set({ place: { at: 'settings', from } })
  },
  lookInto: (importId, job) => set({ place: { at: 'explorer', from: get().place, importId, job } }),
  goBack: () => {
    const { place } = get()
    if (!('from' in place)) return
    if (place.from.at === 'start') void get().toStart()
    else set({ place: place.from })
  },
  refresh: fetchSnapshot,
  begin: async (practice) => {
    const draft = await asked('draft.begin', { practice })
    if (draft === undefined) return
    useDraft.getState().open(draft)
    set({ place: { at: 'draft' } })
  },
  openDraft: async (draftId) => {
    const draft = await asked('draft.open', { draftId })
    if (draft === undefined) return
    useDraft.getState().open(draft)
    set({ place: { at: 'draft' } })
  },
  openImport: async (found, page) => {
    set({ place: { at: 'import', import: found, page, pages: pagesFor({ source: null }) } })
    await useJobs.getState().open(found.id)
  },
  start: async (draft) => {
    await useDraft.getState().flush()
    const begun = await asked('import.start', { draftId: draft.id })
    if (begun === undefined) return
    set({
      place: { at: 'import', import: begun, page: 'progress', pages: pagesFor(draft) }
    })
    useDraft.setState({ draft: null, reached: 0 })
    await useJobs.getState().open(begun.id)
  },
  showPage: (page) => {
    const { place } = get()
    if (place.at === 'import') set({ place: { ...place, page } })
  }
}))

/** Fetches the snapshot and keeps its keychain and imports fresh; returns the function that ends it. */
export function watchCore(): () => void {
  void fetchSnapshot()
  const patch = (change: (snapshot: Snapshot) => Partial<Snapshot>): void => {
    const { snapshot } = usePlace.getState()
    if (snapshot !== null) usePlace.setState({ snapshot: { ...snapshot, ...change(snapshot) } })
  }
  const ends = [
    onTell('jobs.changed', (body) => {
      // Only the start page shows them live; elsewhere this would redraw for nothing.
      if (usePlace.getState().place.at !== 'start') return
      patch(({ imports }) => ({ imports: imports.map((one) => (one.id === body.import.id ? body.import : one)) }))
    })
  ]
  return () => {
    for (const end of ends) end()
  }
}
