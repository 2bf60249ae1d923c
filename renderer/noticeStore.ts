// What the person must be told on any page: the last problem, and sentences for the screen reader.
import { create } from 'zustand'
import type { Problem } from '../shared/problem.ts'

interface Notice {
  readonly problem: Problem | null
  /** Read out politely; never shown. */
  readonly spoken: string
  show(problem: Problem): void
  dismiss(): void
  say(words: string): void
}

export const useNotice = create<Notice>()((set) => ({
  problem: null,
  spoken: '',
  show: (problem) => set({ problem }),
  dismiss: () => set({ problem: null }),
  say: (spoken) => set({ spoken })
}))
