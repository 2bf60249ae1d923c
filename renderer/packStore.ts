// Site packs as the page knows them: this installation, what can be given back, results that differ, and the pack that is open.
import { create } from 'zustand'
import type { PackContent, PackHead, PacksView, PackTaken } from '../shared/contract/packs.ts'
import { ask, asked, onTell } from './bridge.ts'
import { useNotice } from './noticeStore.ts'
import { fetchSnapshot, usePlace } from './placeStore.ts'

interface PackState {
  readonly view: PacksView | null
  readonly head: PackHead | null
  readonly content: PackContent | null
  /** What the last pack brought. */
  readonly taken: PackTaken | null
  read(): Promise<void>
  /** The person chooses a file; its signature is proved, its content still closed. */
  choose(): Promise<void>
  /** Shows a pack that was chosen or handed over, in place of one that is open. */
  show(head: PackHead): Promise<void>
  look(passphrase?: string): Promise<void>
  take(trust: boolean): Promise<void>
  putAway(): Promise<void>
  resolve(planId: string, guid: string, origin: string): Promise<boolean>
}

export const usePacks = create<PackState>()((set, get) => ({
  view: null,
  head: null,
  content: null,
  taken: null,
  read: async () => {
    const view = await asked('packs.read', {})
    if (view !== undefined) set({ view })
  },
  choose: async () => {
    const head = await asked('pack.choose', {})
    if (head !== undefined && head !== null) await get().show(head)
  },
  show: async (head) => {
    set({ head, content: null, taken: null })
    // Nothing has to be typed for a pack that is locked to this laptop.
    if (head.lock === 'key') await get().look()
  },
  look: async (passphrase) => {
    const { head } = get()
    if (head === null) return
    const content = await asked('pack.look', { token: head.token, ...(passphrase !== undefined && { passphrase }) })
    if (content !== undefined) set({ content })
  },
  take: async (trust) => {
    const { head } = get()
    if (head === null) return
    const taken = await asked('pack.take', { token: head.token, trust })
    if (taken === undefined) return
    set({ taken, head: null, content: null })
    await Promise.all([get().read(), fetchSnapshot()])
  },
  putAway: async () => {
    const { head } = get()
    set({ head: null, content: null })
    if (head !== null) await asked('pack.putAway', { token: head.token })
  },
  resolve: async (planId, guid, origin) => {
    const view = await asked('pack.resolve', { planId, guid, origin })
    if (view !== undefined) set({ view })
    return view !== undefined
  }
}))

/** Opens what was handed to the program by a double click, where no dialog is open; a Problem is shown on the page of packs. */
async function takeHanded(): Promise<void> {
  const answer = await ask('pack.handed', {})
  if (answer.ok && answer.value === null) return
  useNotice.getState().dismiss()
  usePlace.getState().toPacks()
  await usePacks.getState().putAway()
  if (answer.ok && answer.value !== null) await usePacks.getState().show(answer.value)
  // A page takes problems of the page before away when it appears.
  else if (!answer.ok) setTimeout(() => useNotice.getState().show(answer.problem), 0)
}

/** Now, for what the program was started with, and whenever another start hands a file over; returns what ends it. */
export function watchHanded(): () => void {
  void takeHanded()
  return onTell('pack.handed', () => void takeHanded())
}
