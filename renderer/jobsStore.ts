// The jobs of the import being watched: a snapshot first, then numbered tells, drawn anew at most twice a second.
import { create } from 'zustand'
import type { Import } from '../shared/contract/views.ts'
import type { TellBody } from '../shared/contract.ts'
import type { Job, JobState } from '../shared/job.ts'
import { asked, onTell } from './bridge.ts'

const drawEvery = 500

interface JobsState {
  readonly import: Import | null
  readonly jobs: ReadonlyMap<string, Job>
  /** Job ids as listed: made when the import is opened, and again only when asked. */
  readonly order: readonly string[]
  /** The only state whose jobs are listed; null = all. */
  readonly only: JobState | null
  open(importId: string): Promise<void>
  close(): void
  sort(): void
  show(only: JobState | null): void
}

/** What needs a person first, what is done last. */
const places: Readonly<Record<JobState, number>> = { person: 0, working: 1, later: 2, waiting: 3, stopped: 4, done: 5 }

const sorted = (jobs: Iterable<Job>): string[] =>
  [...jobs].sort((a, b) => places[a.state] - places[b.state] || a.ordinal - b.ordinal).map((job) => job.id)

let watched = ''
let seq = 0
let changed = new Map<string, Job>()
let newest: Import | null = null
let drawTimer: ReturnType<typeof setTimeout> | undefined

function draw(): void {
  drawTimer = undefined
  const state = useJobs.getState()
  const known = changed.size === 0 ? state.jobs : new Map([...state.jobs, ...changed])
  const added = [...changed.keys()].filter((id) => !state.jobs.has(id))
  changed = new Map()
  useJobs.setState({
    import: newest,
    jobs: known,
    order: added.length === 0 ? state.order : [...state.order, ...added]
  })
}

const drawSoon = (): void => {
  drawTimer ??= setTimeout(draw, drawEvery)
}

/** Tells that came while a snapshot was on its way; they are heard after it. */
let held: TellBody<'jobs.changed'>[] | undefined

/** Reads everything anew, keeping the order already on the screen when asked to. */
async function refetch(importId: string, keepOrder: boolean): Promise<void> {
  held = []
  const answer = await asked('jobs.read', { importId })
  const since = held ?? []
  held = undefined
  if (answer === undefined || watched !== importId) return
  seq = answer.seq
  newest = answer.import
  changed = new Map()
  const jobs = new Map(answer.jobs.map((job) => [job.id, job]))
  const order = keepOrder ? useJobs.getState().order : sorted(answer.jobs)
  useJobs.setState({ import: answer.import, jobs, order })
  for (const body of since) hear(body)
}

function hear(body: TellBody<'jobs.changed'>): void {
  if (body.import.id !== watched) return
  if (held !== undefined) {
    held.push(body)
    return
  }
  if (body.seq <= seq) return
  if (body.seq > seq + 1) {
    void refetch(watched, true)
    return
  }
  seq = body.seq
  newest = body.import
  for (const job of body.jobs) changed.set(job.id, job)
  drawSoon()
}

let listening = false

export const useJobs = create<JobsState>()((set, get) => ({
  import: null,
  jobs: new Map(),
  order: [],
  only: null,
  open: async (importId) => {
    if (!listening) onTell('jobs.changed', hear)
    listening = true
    if (watched !== importId) set({ import: null, jobs: new Map(), order: [], only: null })
    watched = importId
    seq = 0
    await refetch(importId, false)
  },
  close: () => {
    watched = ''
    clearTimeout(drawTimer)
    drawTimer = undefined
    set({ import: null, jobs: new Map(), order: [], only: null })
  },
  sort: () => set({ order: sorted(get().jobs.values()) }),
  show: (only) => set({ only })
}))

/** Reads the watched jobs anew where a change of theirs is not told; what is on the screen keeps its order. */
export const rereadJobs = async (): Promise<void> => {
  if (watched !== '') await refetch(watched, true)
}

/** Takes over an import that an ask answered with, without waiting for its tell. */
export function takeImport(answer: Import | undefined): void {
  if (answer === undefined || answer.id !== watched) return
  newest = answer
  useJobs.setState({ import: answer })
}
