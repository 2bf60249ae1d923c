// What computers are set up with, as the page last read it; one for real computers and one for practice.
import { create } from 'zustand'
import type { Means } from '../shared/setUp.ts'
import { asked } from './bridge.ts'

interface SetUpState {
  readonly means: { readonly [kind in 'real' | 'practice']?: Means }
  take(practice: boolean, means: Means | null | undefined): void
  read(practice: boolean): Promise<void>
}

export const kindOf = (practice: boolean): 'real' | 'practice' => (practice ? 'practice' : 'real')

export const useSetUp = create<SetUpState>()((set, get) => ({
  means: {},
  take(practice, means) {
    if (means) set((state) => ({ means: { ...state.means, [kindOf(practice)]: means } }))
  },
  async read(practice) {
    get().take(practice, await asked('setUp.read', { practice }))
  }
}))
