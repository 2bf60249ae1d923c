// The undo card of a job: what was changed and can be put back, in one go, as audited writes behind the same identity guard.
import { type Change, revertible } from '../shared/change.ts'
import type { Job, JobState } from '../shared/job.ts'
import { fail, ok, type Problem, type Result } from '../shared/problem.ts'
import type { Step, Tools } from './provision/attempt.ts'
import { type Notes, runJob } from './provision/run.ts'
import { stepOf, type Wanted } from './provision/setting.ts'
import { commit } from './provision/steps/commit.ts'
import { identity } from './provision/steps/identity.ts'
import { login } from './provision/steps/login.ts'
import { reach } from './provision/steps/reach.ts'
import { state } from './provision/steps/state.ts'
import { verify } from './provision/steps/verify.ts'
import { settings } from './provision/takeOver.ts'
import type { ImportPlan } from './store/importPlan.ts'
import type { Store } from './store/store.ts'

/** States in which the queue will not begin on the device by itself. */
const resting: readonly JobState[] = ['done', 'person', 'stopped']

/** The settings of these changes as steps that want what was there before, in the other order than they were made. */
function stepsBack(changes: readonly Change[]): readonly Step[] {
  return [...settings].reverse().flatMap((setting) => {
    const mine = changes.filter(({ step }) => step === setting.name)
    const wanted: Wanted = Object.fromEntries(mine.map(({ key, was }) => [key, was ?? null]))
    return mine.length === 0 ? [] : [stepOf(setting, async () => ok(wanted))]
  })
}

/**
 * Nothing is noted on the way: until the device committed and was read anew, all of it has to be looked at again by
 * whoever goes on after a kill.
 */
const notes: Notes = { before: (changes) => [...changes], after: (changes) => [...changes] }

/** Changes that were put back stay on the job, with the time. */
const putBack = (changes: readonly Change[], undoneAt: number): Change[] => {
  const open = new Set(revertible(changes))
  return changes.map((each) => (open.has(each) ? { ...each, undoneAt } : each))
}

interface UndoOptions {
  readonly tools: Tools
  readonly plan: ImportPlan
  readonly job: Job
  readonly signal: AbortSignal
  readonly onChange: (job: Job) => void
  readonly onBug: (error: unknown) => Problem
}

/**
 * Puts back what can be put back. Asked again after a kill or a Problem it goes on where it was: what is back already is
 * only read. Problems: device-in-use, nothing-to-undo, and whatever the take-over may meet.
 */
async function undo(options: UndoOptions): Promise<Result<null>> {
  const { tools, job } = options
  if (!resting.includes(job.state)) return fail('device-in-use')
  const changes = revertible(job.facts.changes ?? [])
  if (changes.length === 0) return fail('nothing-to-undo')
  const about = { importId: job.importId, jobId: job.id, computer: job.computer.name }
  tools.store.audit.append('undo asked', { changes: changes.length }, about)
  const back = stepsBack(changes)
  const verdict = await runJob({
    ...options,
    steps: [reach, login, identity, state, ...back, commit, verify(back)],
    notes,
    facts: job.facts,
    shouldYield: () => false
  })
  const found = verdict.kind === 'later' || verdict.kind === 'person' ? verdict.problem : null
  const { store } = tools
  const ended = store.together(() => {
    store.audit.append('undo ended', { verdict: verdict.kind, problem: found?.code ?? null }, about)
    const { facts } = store.jobs.get(job.id) ?? job
    if (verdict.kind !== 'done') return store.jobs.change(job.id, { step: job.step })
    return store.jobs.change(job.id, {
      step: job.step,
      facts: { ...facts, changes: putBack(facts.changes ?? [], tools.clock.now()) }
    })
  })
  options.onChange(ended)
  if (found) return { ok: false, problem: found }
  return verdict.kind === 'done' ? ok(null) : fail('stopped')
}

export interface Undoing {
  /** Answers when it is through. */
  undo(importId: string, jobId: string): Promise<Result<null>>
  /** Lets go of the devices at once; the next press goes on. */
  close(): Promise<void>
}

/** Undos over the jobs of a store, each alone on its device. */
export function undoingOf(options: {
  readonly store: Store
  readonly toolsFor: (plan: ImportPlan) => Tools
  /** The practice fleet is running when this resolves; nothing to do for real imports. */
  readonly ready: (practice: boolean) => Promise<void>
  /** GUIDs of devices that somebody other than the queue speaks to; the queue leaves them alone. */
  readonly held: Set<string>
  readonly onChange: (job: Job) => void
  readonly onEnd: () => void
  readonly onBug: (error: unknown) => Problem
}): Undoing {
  const { store, held } = options
  const closing = new AbortController()
  const running = new Set<Promise<unknown>>()

  async function alone(importId: string, jobId: string): Promise<Result<null>> {
    const plan = store.jobs.import(importId)
    const job = store.jobs.get(jobId)
    if (!plan || job?.importId !== importId) return fail('import-gone', { found: importId })
    await options.ready(plan.practice)
    const { guid } = job.computer
    if (held.has(guid) || store.jobs.isWorkedOn(guid)) return fail('device-in-use')
    held.add(guid)
    try {
      return await undo({ ...options, tools: options.toolsFor(plan), plan, job, signal: closing.signal })
    } finally {
      held.delete(guid)
      options.onEnd()
    }
  }

  return {
    undo(importId, jobId) {
      const work = alone(importId, jobId)
      running.add(work)
      return work.finally(() => running.delete(work))
    },
    async close() {
      closing.abort()
      await Promise.allSettled(running)
    }
  }
}
