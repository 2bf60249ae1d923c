// What the charts show, as numbers: outcome by cause and pace over time; drawn by the page and by the report.
import type { Job } from './job.ts'
import { type Outcome, outcomeWords } from './outcome.ts'

export type PartTone = 'done' | 'person' | 'later' | 'open'

/** One bar: how many computers came to this. */
export interface Part {
  readonly label: string
  readonly count: number
  readonly tone: PartTone
}

const most = 8

function labelOf({ state, problem }: Job, outcome: Outcome): Pick<Part, 'label' | 'tone'> {
  if (state === 'done') return { label: outcomeWords[outcome].done, tone: 'done' }
  if (state === 'person') return { label: problem?.title ?? 'Needs a person', tone: 'person' }
  if (state === 'later') return { label: `Will be tried again: ${problem?.title ?? 'no answer'}`, tone: 'later' }
  return state === 'stopped' ? { label: 'Stopped', tone: 'open' } : { label: 'Not begun, or in work', tone: 'open' }
}

/** Outcomes and causes: what is done first, then by number; the rare ones together in the last. */
export function outcomeParts(jobs: Iterable<Job>, outcome: Outcome): readonly Part[] {
  const parts = new Map<string, Part>()
  for (const job of jobs) {
    const found = labelOf(job, outcome)
    const known = parts.get(found.label)
    parts.set(found.label, { ...found, count: (known?.count ?? 0) + 1 })
  }
  const rank = ({ tone, count }: Part): number => (tone === 'done' ? Number.POSITIVE_INFINITY : count)
  const sorted = [...parts.values()].sort((a, b) => rank(b) - rank(a) || a.label.localeCompare(b.label))
  if (sorted.length <= most) return sorted
  const rare = sorted.slice(most - 1)
  const count = rare.reduce((sum, part) => sum + part.count, 0)
  return [...sorted.slice(0, most - 1), { label: `${rare.length} other causes`, count, tone: 'person' }]
}

/** How many computers were done at a time (ms since 1970). */
export interface PacePoint {
  readonly at: number
  readonly done: number
}

const steps = 24

/** Done computers over time, in at most 24 equal steps from the first that was begun; undefined until two are done. */
export function paceOf(jobs: Iterable<Job>): readonly PacePoint[] | undefined {
  const ended: number[] = []
  let from = Number.POSITIVE_INFINITY
  for (const { state, startedAt, endedAt } of jobs) {
    if (state !== 'done' || endedAt === null) continue
    ended.push(endedAt)
    from = Math.min(from, startedAt ?? endedAt)
  }
  ended.sort((a, b) => a - b)
  const to = ended.at(-1)
  if (to === undefined || ended.length < 2 || to <= from) return undefined
  const count = Math.min(steps, ended.length)
  return Array.from({ length: count + 1 }, (_, step) => {
    const at = from + ((to - from) * step) / count
    return { at, done: step === count ? ended.length : ended.filter((end) => end <= at).length }
  })
}
