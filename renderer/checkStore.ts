// The dry run of the draft in front of the person: its sum, a page of its results, and what keeps both up to date.
import { create } from 'zustand'
import type { Check, Plan } from '../shared/plan.ts'
import { asked, onTell } from './bridge.ts'
import { useDraft } from './draftStore.ts'
import { useNotice } from './noticeStore.ts'

/** Results shown at a time. */
export const pageSize = 50

interface CheckState {
  readonly draftId: string
  readonly plan: Plan | null
  readonly checks: readonly Check[]
  /** First result shown, from 0. */
  readonly from: number
  /** Reads what is known of a draft. */
  open(draftId: string): Promise<void>
  show(from: number): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

let listening = false

export const useCheck = create<CheckState>()((set, get) => {
  async function read(): Promise<void> {
    const { draftId, from } = get()
    const answer = await asked('checks.read', { draftId, from, count: pageSize })
    if (answer === undefined || get().draftId !== draftId) return
    const before = get().plan
    set({ plan: answer.plan, checks: answer.checks })
    if (before?.running === true && !answer.plan.running)
      useNotice.getState().say(`Checked: ${answer.plan.ready} of ${answer.plan.total} ready.`)
  }
  return {
    draftId: '',
    plan: null,
    checks: [],
    from: 0,
    async open(draftId) {
      if (!listening) onTell('checks.changed', (body) => void (body.draftId === get().draftId && read()))
      listening = true
      if (get().draftId !== draftId) set({ draftId, plan: null, checks: [], from: 0 })
      await useDraft.getState().flush()
      await read()
    },
    async show(from) {
      set({ from })
      await read()
    },
    async start() {
      await useDraft.getState().flush()
      const plan = await asked('draft.check', { draftId: get().draftId })
      if (plan !== undefined) set({ plan, checks: [], from: 0 })
    },
    async stop() {
      const plan = await asked('draft.stopCheck', { draftId: get().draftId })
      if (plan !== undefined) set({ plan })
    }
  }
})
