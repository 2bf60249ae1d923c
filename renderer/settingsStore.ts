// Updates and what is kept here, as the settings page shows them; read anew while an update is on its way.
import { create } from 'zustand'
import type { Accepted, Kept, UpdatesView } from '../shared/contract/settings.ts'
import type { Problem } from '../shared/problem.ts'
import { ask, asked } from './bridge.ts'
import { useNotice } from './noticeStore.ts'

interface SettingsState {
  readonly updates: UpdatesView | null
  readonly kept: Kept | null
  /** What an update file turned out to be. */
  readonly checked: { readonly version: string; readonly words: string } | null
  /** The file that was chosen is not newer; a person may want it all the same. */
  readonly older: Problem | null
  /** The server was asked, and has nothing newer. */
  readonly latest: boolean
  read(): Promise<void>
  set(address: string): Promise<void>
  check(): Promise<void>
  fetch(): Promise<void>
  install(): Promise<void>
  file(again: boolean): Promise<void>
  remove(accepted: Accepted): Promise<Problem | undefined>
}

/** How often it is looked at how far a download is (ms). */
const lookEvery = 500

export const useSettings = create<SettingsState>()((set, get) => {
  /** Does one step, showing how far it is meanwhile; what was on its way before is read anew also when the step fails. */
  async function step(work: Promise<UpdatesView | undefined>): Promise<UpdatesView | undefined> {
    const timer = setInterval(() => void readUpdates(), lookEvery)
    const updates = await work.finally(() => clearInterval(timer))
    await readUpdates()
    return updates
  }
  async function readUpdates(): Promise<void> {
    const answer = await ask('updates.read', {})
    if (answer.ok) set({ updates: answer.value })
  }
  const begin = (): void => {
    useNotice.getState().dismiss()
    set({ checked: null, older: null, latest: false })
  }
  return {
    updates: null,
    kept: null,
    checked: null,
    older: null,
    latest: false,
    read: async () => {
      begin()
      const [updates, kept] = await Promise.all([asked('updates.read', {}), asked('data.read', {})])
      set({ updates: updates ?? null, kept: kept ?? null })
    },
    set: async (address) => {
      begin()
      await step(asked('updates.set', { address }))
    },
    check: async () => {
      begin()
      const looked = await step(asked('updates.check', {}))
      set({ latest: looked?.state === 'idle' })
    },
    fetch: async () => {
      begin()
      await step(asked('updates.fetch', {}))
    },
    install: async () => {
      begin()
      await asked('updates.install', {})
    },
    file: async (again) => {
      begin()
      const answer = await ask('updates.file', { again })
      if (answer.ok) set({ checked: answer.value })
      else if (answer.problem.code === 'update-not-newer') set({ older: answer.problem })
      else useNotice.getState().show(answer.problem)
    },
    remove: async (accepted) => {
      const answer = await ask('data.remove', { word: 'remove', accepted })
      if (answer.ok) return undefined
      if (get().kept !== null) void get().read()
      return answer.problem
    }
  }
})
