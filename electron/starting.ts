// The act that turns a draft into jobs: everything that must be true before, and all of it in one transaction.
import { isItem, type Ticks } from '../shared/checklist.ts'
import type { Computer } from '../shared/computer.ts'
import { type Draft, missing } from '../shared/draft.ts'
import { fail, ok, type Result } from '../shared/problem.ts'
import { profileSentences } from '../shared/profile/sentences.ts'
import { decided, runningSentences } from '../shared/running.ts'
import { waitsForHello } from '../shared/setUp.ts'
import { advise } from '../shared/strategy.ts'
import { noteAllowed, noteTick } from './noting.ts'
import { awaitedProblem, helloUntil, type OutOfBand } from './outOfBand.ts'
import type { Planner } from './planning.ts'
import type { ImportPlan } from './store/importPlan.ts'
import type { Store } from './store/store.ts'
import type { Vaults } from './vault.ts'

export interface Starting {
  readonly store: Store
  readonly vaults: Vaults
  readonly now: () => number
  readonly planner: Planner
  readonly newId: () => string
  readonly actor: string
  readonly outOfBand: OutOfBand
  /** Listens for hellos where a job waits for one. */
  readonly listen: () => Promise<void>
  /** Whether there is anything to set computers of this kind up with. */
  readonly hasMeans: (practice: boolean) => boolean
  /** The practice fleet is running when this resolves; nothing to do for real imports. */
  readonly ready: (practice: boolean) => Promise<void>
}

/** Ticks made before Start, by whoever starts. */
const signed = (ticks: Ticks, by: string): Ticks =>
  Object.fromEntries(
    Object.entries(ticks)
      .filter(([item]) => isItem(item))
      .map(([item, { at }]) => [item, { at, by }])
  )

/** Answers what was started. Problems: not-ready, keychain-missing, provisioning-certificate-missing, draft-gone. */
export async function startImport(
  options: Starting,
  draft: Draft,
  computers: readonly Computer[],
  source: string,
  allowed: readonly string[] = []
): Promise<Result<ImportPlan>> {
  const { store, planner, now } = options
  const [first] = missing(draft, planner.ground(draft.practice))
  if (first) return fail('not-ready', { values: { what: first.text } })
  if (!draft.practice && options.vaults.real.kind === 'none') return fail('keychain-missing')
  const { route } = advise(draft.answers)
  const waiting = computers.some((computer) => waitsForHello(computer, route ?? null, draft.profile))
  if (waiting && !options.hasMeans(draft.practice)) return fail('provisioning-certificate-missing')
  await options.ready(draft.practice)
  // The practice fleet takes a moment to start, and an impatient second press must not become a second import.
  if (!store.drafts.all().some(({ id }) => id === draft.id)) return fail('draft-gone')
  const { schedule, begins } = planner.follow(draft, computers.length)
  const plan: ImportPlan = {
    id: options.newId(),
    draftId: draft.id,
    practice: draft.practice,
    source,
    collection: draft.collection,
    route: route ?? null,
    answers: draft.answers,
    routes: draft.routes,
    checklist: signed(draft.checklist, options.actor),
    profile: draft.profile,
    accounts: draft.accounts,
    startedAt: now(),
    actor: options.actor,
    ...(schedule && { schedule }),
    running: decided(draft.running, draft.practice, computers.length)
  }
  const until = helloUntil(plan, now())
  store.together(() => {
    store.jobs.create(
      plan,
      computers.map((computer, index) => ({
        id: options.newId(),
        computer,
        notBefore: begins[index],
        ...(waitsForHello(computer, plan.route, plan.profile) && {
          awaits: { until, problem: awaitedProblem(until) }
        })
      }))
    )
    store.audit.append(
      'import started',
      {
        computers: computers.length,
        source,
        route: route ?? 'not decided',
        practice: plan.practice,
        profile: profileSentences(plan.profile).join(' '),
        collection: plan.collection,
        ...(schedule && { schedule: schedule.words.join(' ') }),
        running: runningSentences(plan.running ?? draft.running).join(' ')
      },
      { importId: plan.id }
    )
    noteAllowed(store.audit, allowed, { importId: plan.id })
    for (const [item, { at }] of Object.entries(plan.checklist)) noteTick(store.audit, plan.id, item, at, true)
    store.drafts.remove(draft.id)
  })
  await options.listen()
  options.outOfBand.started(plan.id)
  return ok(plan)
}
