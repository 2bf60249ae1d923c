// The hello listener and who calls, as the Out of band page shows them: read anew whenever the core says that something changed.
import { create } from 'zustand'
import type { AskInput, AskOutput } from '../shared/contract.ts'
import { ask, asked, onTell } from './bridge.ts'
import { useNotice } from './noticeStore.ts'

interface HelloState {
  /** Undefined until it was read first. */
  readonly read: AskOutput<'hello.read'> | undefined
  readonly practice: boolean
  /** Those that are ignored are shown instead of those to decide on. */
  readonly ignored: boolean
  /** Ticked, by GUID. */
  readonly chosen: ReadonlySet<string>
  show(change: Partial<Pick<HelloState, 'practice' | 'ignored'>>): void
  choose(guids: readonly string[], on: boolean): void
  start(where: AskInput<'hello.start'>): Promise<void>
  stop(): Promise<void>
  ignore(guids: readonly string[], ignored: boolean): Promise<void>
}

async function fetchCallers(): Promise<void> {
  const { practice, ignored } = useHello.getState()
  const answer = await ask('hello.read', { practice, ignored })
  const now = useHello.getState()
  if (!answer.ok || now.practice !== practice || now.ignored !== ignored) return
  const there = new Set(answer.value.callers.map(({ guid }) => guid))
  useHello.setState({ read: answer.value, chosen: new Set([...now.chosen].filter((guid) => there.has(guid))) })
}

export const useHello = create<HelloState>()((set, get) => ({
  read: undefined,
  practice: false,
  ignored: false,
  chosen: new Set(),
  show: (change) => {
    set({ ...change, chosen: new Set() })
    void fetchCallers()
  },
  choose: (guids, on) => {
    const chosen = new Set(get().chosen)
    for (const guid of guids) {
      if (on) chosen.add(guid)
      else chosen.delete(guid)
    }
    set({ chosen })
  },
  start: async (where) => {
    await asked('hello.start', where)
    await fetchCallers()
  },
  stop: async () => {
    await asked('hello.stop', {})
    await fetchCallers()
  },
  ignore: async (guids, ignored) => {
    const done = await asked('hello.ignore', { guids: [...guids], practice: get().practice, ignored })
    if (done !== undefined) useNotice.getState().say(ignored ? 'Ignored.' : 'No longer ignored.')
    await fetchCallers()
  }
}))

/** Reads now and on every change; returns the function that ends it. The kind that is listened for is shown first. */
export function watchHello(): () => void {
  void ask('hello.read', { practice: false, ignored: false }).then((answer) => {
    if (answer.ok) useHello.getState().show({ practice: answer.value.listener.practice, ignored: false })
  })
  return onTell('hello.changed', () => void fetchCallers())
}
