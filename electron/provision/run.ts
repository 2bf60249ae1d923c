// Walks one job through the steps: ask the device, make it so, ask again; every write has its intent on disk first.
import type { Job } from '../../shared/job.ts'
import { ok, type Problem, problem, type Result } from '../../shared/problem.ts'
import type { ImportPlan } from '../store/jobs.ts'
import type { Attempt, Step, Tools } from './attempt.ts'

/** How an attempt ended. `yield` means it was asked to stop between two steps. */
export type Verdict =
  | { readonly kind: 'done' }
  | { readonly kind: 'later'; readonly problem: Problem }
  | { readonly kind: 'person'; readonly problem: Problem }
  | { readonly kind: 'yield' }

export interface RunOptions {
  readonly tools: Tools
  readonly plan: ImportPlan
  readonly job: Job
  readonly steps: readonly Step[]
  /** Aborts what is in flight. */
  readonly signal: AbortSignal
  /** Asked between steps: leave the rest for later? */
  readonly shouldYield: () => boolean
  /** Hears of each step begun and each fact found. */
  readonly onChange: (job: Job) => void
  /** Turns a thrown bug into a Problem with a number that is also in the log. */
  readonly onBug: (error: unknown) => Problem
}

const about = ({ job }: Attempt) => ({ importId: job.importId, jobId: job.id, computer: job.computer.name })

async function makeSo(step: Step, attempt: Attempt): Promise<Result<null>> {
  const { audit } = attempt.tools.store
  const what = step.writes ? step.what(attempt) : ''
  if (step.writes) audit.append('change intended', { step: step.name, what }, about(attempt))
  const made = await step.makeSo(attempt)
  if (!made.ok) return made
  const now = await step.isDone(attempt)
  if (!now.ok) return now
  if (!now.value) return { ok: false, problem: problem('not-as-wanted', { where: step.name, expected: what }) }
  if (step.writes) {
    attempt.facts = { ...attempt.facts, changes: [...(attempt.facts.changes ?? []), what] }
    audit.append('change made', { step: step.name, what }, about(attempt))
  }
  return ok(null)
}

async function walk(attempt: Attempt, options: RunOptions): Promise<Verdict> {
  const { store } = attempt.tools
  for (const step of options.steps) {
    if (options.shouldYield() || options.signal.aborted) return { kind: 'yield' }
    options.onChange(store.jobs.change(attempt.job.id, { step: step.name, facts: attempt.facts }))
    const before = await step.isDone(attempt)
    const result = !before.ok || before.value ? before : await makeSo(step, attempt)
    if (!result.ok) {
      if (options.signal.aborted) return { kind: 'yield' }
      const { retry } = result.problem
      return { kind: retry === 'now' || retry === 'later' ? 'later' : 'person', problem: result.problem }
    }
  }
  return { kind: 'done' }
}

/** One attempt at one job. The job's row holds the step and the facts when it returns; the state is the queue's to move. */
export async function runJob(options: RunOptions): Promise<Verdict> {
  const { tools, plan, job, signal } = options
  // What earlier attempts changed stays told, what they found out about the device is asked anew.
  const changes = job.facts.changes
  const attempt: Attempt = { tools, plan, job, signal, found: {}, facts: changes ? { changes } : {} }
  try {
    return await walk(attempt, options)
  } catch (error) {
    return { kind: 'person', problem: options.onBug(error) }
  } finally {
    attempt.found.device?.close()
    options.onChange(tools.store.jobs.change(job.id, { facts: attempt.facts }))
  }
}
