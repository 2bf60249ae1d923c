// What a plan stands on in this window: the pace of the fleet as the core measured it, and a time that moves every half minute.
import { useEffect, useMemo } from 'react'
import { create } from 'zustand'
import type { AskOutput } from '../shared/contract.ts'
import type { Planning } from '../shared/schedule/batch.ts'
import { assumedPace } from '../shared/schedule/pace.ts'
import { asked } from './bridge.ts'
import { zoneOffset } from './words.ts'

type Measured = AskOutput<'pace.read'>

interface PlanState {
  readonly real: Measured
  readonly practice: Measured
  readonly now: number
  /** Reads the pace anew. */
  read(practice: boolean): Promise<void>
}

const unread = (kind: 'real' | 'practice'): Measured => ({ pace: assumedPace[kind], parallel: 8 })

const usePlanState = create<PlanState>()((set) => ({
  real: unread('real'),
  practice: unread('practice'),
  now: Date.now(),
  read: async (practice) => {
    const measured = await asked('pace.read', { practice })
    set({ now: Date.now(), ...(measured && { [practice ? 'practice' : 'real']: measured }) })
  }
}))

const moves = 30_000

/** The ground to plan on; the pace is read once for each place that plans. */
export function usePlanning(practice: boolean): Planning {
  const { pace, parallel } = usePlanState((state) => (practice ? state.practice : state.real))
  const now = usePlanState((state) => state.now)
  useEffect(() => {
    void usePlanState.getState().read(practice)
    const timer = setInterval(() => {
      // Several places plan at once; one of them is enough to move the time.
      if (Date.now() - usePlanState.getState().now >= moves - 1_000) usePlanState.setState({ now: Date.now() })
    }, moves)
    return () => clearInterval(timer)
  }, [practice])
  return useMemo(() => ({ now, pace, parallel, offset: zoneOffset }), [now, pace, parallel])
}
