// Walks one job through the steps: ask the device, make it so, ask again; every write has its intent on disk first.
import { type Change, type Difference, noted, proved, standing } from '../../shared/change.ts'
import type { Facts, Job } from '../../shared/job.ts'
import { ok, type Problem, type ProblemCode, problem, type Result } from '../../shared/problem.ts'
import { onlyRemoves } from '../../shared/profile/rules.ts'
import type { StepName } from '../../shared/steps.ts'
import type { ImportPlan } from '../store/importPlan.ts'
import type { Attempt, Step, Tools } from './attempt.ts'
import { notKept } from './setting.ts'
import { refusedBeyond } from './steps/room.ts'

/** How an attempt ended. `yield` means it was asked to stop between two steps. */
export type Verdict =
  | { readonly kind: 'done' }
  | { readonly kind: 'later'; readonly problem: Problem }
  | { readonly kind: 'person'; readonly problem: Problem }
  | { readonly kind: 'yield' }

/** How changes are noted on the job: before they are sent, and once they were read back. */
export interface Notes {
  before(changes: readonly Change[], differences: readonly Difference[]): Change[]
  after(changes: readonly Change[], step: StepName): Change[]
}

/** What a take-over changes is noted with its before and after. */
export const takeOverNotes: Notes = { before: noted, after: proved }

export interface RunOptions {
  readonly tools: Tools
  readonly plan: ImportPlan
  readonly job: Job
  readonly steps: readonly Step[]
  readonly notes?: Notes
  /** What is known of the job already; only its changes, unless given. */
  readonly facts?: Facts
  /** Aborts what is in flight. */
  readonly signal: AbortSignal
  /** Asked between steps: leave the rest for later? */
  readonly shouldYield: () => boolean
  /** Hears of each step begun and each fact found. */
  readonly onChange: (job: Job) => void
  /** Looks at a device that is done, before it is left; what goes wrong there changes nothing. */
  readonly afterDone?: (attempt: Attempt) => Promise<void>
  /** Turns a thrown bug into a Problem with a number that is also in the log. */
  readonly onBug: (error: unknown) => Problem
}

const about = ({ job }: Attempt) => ({ importId: job.importId, jobId: job.id, computer: job.computer.name })

/** Notes the changes of the job; a job without any has no list. */
function note(attempt: Attempt, changes: readonly Change[]): void {
  if (changes.length > 0 || attempt.facts.changes) attempt.facts = { ...attempt.facts, changes: [...changes] }
}

async function makeSo(
  step: Step,
  attempt: Attempt,
  { notes = takeOverNotes, onChange }: RunOptions
): Promise<Result<null>> {
  const { store } = attempt.tools
  const what = step.what(attempt)
  if (step.writes) {
    note(attempt, notes.before(attempt.facts.changes ?? [], step.differences?.(attempt) ?? []))
    // What it was before is on disk with the intent: after a kill the device could no longer tell.
    store.together(() => {
      store.audit.append('change intended', { step: step.name, what }, about(attempt))
      store.jobs.note(attempt.job.id, attempt.facts, step.name)
    })
    onChange({ ...attempt.job, step: step.name, facts: attempt.facts })
  }
  const made = await step.makeSo(attempt)
  if (!made.ok) return made
  const now = await step.isDone(attempt)
  if (!now.ok) return now
  if (!now.value) return notKept(step, attempt)
  if (!step.writes) return ok(null)
  const changes = attempt.facts.changes ?? []
  if (attempt.facts.lacks?.some((lack) => lack.step === step.name)) {
    // It was tried, and the firmware does not permit it: told as a lack, not as a change.
    note(
      attempt,
      changes.filter((change) => change.step !== step.name || change.proved)
    )
    return ok(null)
  }
  note(attempt, notes.after(changes, step.name))
  store.together(() => {
    store.audit.append('change made', { step: step.name, what }, about(attempt))
    store.jobs.note(attempt.job.id, attempt.facts, step.name)
  })
  return ok(null)
}

/** Once a removal was sent, a device that does not answer or lets nobody in may just have done as it was told. */
const goneWords: readonly ProblemCode[] = [
  'device-silent',
  'device-refused',
  'no-account-fits',
  'not-provisioned',
  // Back in setup it speaks TLS, and to setup servers only.
  'tls-failed',
  'certificate-changed'
]

function told(attempt: Attempt, found: Problem): Problem {
  const { plan, job, tools } = attempt
  return onlyRemoves(plan.profile) && goneWords.includes(found.code) && tools.store.audit.intended(job.id)
    ? problem('removal-unproved', { detail: found.code })
    : refusedBeyond(attempt, found)
}

/** The device said that its provisioning is gone, and this was noted before a kill: no second look is possible, nor needed. */
const wasRemoved = ({ plan, facts }: Attempt, { code }: Problem): boolean =>
  onlyRemoves(plan.profile) &&
  goneWords.includes(code) &&
  standing(facts.changes).some(({ step }) => step === 'unprovision')

async function walk(attempt: Attempt, options: RunOptions): Promise<Verdict> {
  const { notes = takeOverNotes } = options
  for (const step of options.steps) {
    if (step.applies?.(attempt) === false) continue
    if (options.shouldYield() || options.signal.aborted) return { kind: 'yield' }
    attempt.step = step.name
    // Most settings are as they shall be: those are written down only with what is changed. The rest may take minutes.
    if (!step.writes) attempt.tools.store.jobs.note(attempt.job.id, attempt.facts, step.name)
    options.onChange({ ...attempt.job, step: step.name, facts: attempt.facts })
    const before = await step.isDone(attempt)
    // A change that was sent before a kill and is so now: this reading is its proof.
    if (before.ok && before.value && step.writes) note(attempt, notes.after(attempt.facts.changes ?? [], step.name))
    const result = !before.ok || before.value ? before : await makeSo(step, attempt, options)
    if (!result.ok) {
      if (options.signal.aborted) return { kind: 'yield' }
      if (wasRemoved(attempt, result.problem)) return { kind: 'done' }
      const problem = told(attempt, result.problem)
      const { retry } = problem
      return { kind: retry === 'now' || retry === 'later' ? 'later' : 'person', problem }
    }
  }
  return { kind: 'done' }
}

/** One attempt at one job. The job's row holds the step and the facts when it returns; the state is the queue's to move. */
export async function runJob(options: RunOptions): Promise<Verdict> {
  const { tools, plan, job, signal } = options
  // What earlier attempts changed stays told and what a person chose stays so; what they found out about the device is asked anew.
  const { changes, beyondPlaces } = job.facts
  const kept: Facts = { ...(changes && { changes }), ...(beyondPlaces && { beyondPlaces }) }
  const attempt: Attempt = { tools, plan, job, signal, found: {}, facts: options.facts ?? kept }
  try {
    const verdict = await walk(attempt, options)
    if (verdict.kind === 'done') await options.afterDone?.(attempt)
    return verdict
  } catch (error) {
    return { kind: 'person', problem: options.onBug(error) }
  } finally {
    attempt.found.device?.close()
    options.onChange(tools.store.jobs.change(job.id, { facts: attempt.facts, step: attempt.step ?? job.step }))
  }
}
