// Whether help is open, and whether the practice tour is shown.
import { create } from 'zustand'

interface HelpState {
  readonly open: boolean
  readonly tour: boolean
  show(open: boolean): void
  showTour(tour: boolean): void
}

export const useHelp = create<HelpState>()((set) => ({
  open: false,
  tour: true,
  show: (open) => set({ open }),
  showTour: (tour) => set({ tour })
}))
