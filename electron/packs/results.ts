// How this laptop's own work on a computer is put as a result, for the way back and beside those of others.
import type { Computer } from '../../shared/computer.ts'
import type { Job } from '../../shared/job.ts'
import type { Store } from '../store/store.ts'
import type { ResultBody } from './contents.ts'
import type { Judged } from './judge.ts'

/** The computer without its own secrets: those are where the plan is. */
const bare = ({
  adminPassword: _admin,
  mebxPassword: _mebx,
  oneTimePassword: _once,
  ...computer
}: Computer): Computer => computer

const ends = {
  done: 'done',
  person: 'person',
  stopped: 'stopped',
  waiting: 'stopped',
  later: 'stopped',
  working: 'stopped'
} as const

/** A job as a result; its secrets by the slots they have here. */
export function resultOf(store: Store, job: Job): ResultBody {
  const { guid } = job.computer
  return {
    computer: bare(job.computer),
    state: ends[job.state],
    problem: job.problem,
    startedAt: job.startedAt,
    endedAt: job.endedAt,
    attempts: job.attempts,
    facts: job.facts,
    touched: job.state === 'done' || store.audit.intended(job.id),
    pin: store.secrets.pin(guid) ?? null,
    secrets: store.packs.secretsInUse(guid)
  }
}

/** Number of a job's result if this laptop has worked on it since it last showed another's; undefined when there is none. */
export function ownResult(store: Store, job: Job): number | undefined {
  const rev = store.packs.ownRev(job.id)
  if (rev === 0 || job.state === 'working') return undefined
  const shown = store.packs.shown(job.id)
  return shown === undefined || rev > shown.ownRev ? rev : undefined
}

/** What two results are compared by: how it ended, and which secrets are in use since. */
export const likenessOf = ({ state, secrets }: ResultBody): string =>
  JSON.stringify([
    state,
    secrets
      .filter(({ role }) => role === 'current')
      .map(({ purpose, slot }) => `${purpose} ${slot}`)
      .sort()
  ])

export const judged = <R extends { readonly origin: string; readonly rev: number; readonly body: ResultBody }>(
  result: R
): R & Judged => ({
  ...result,
  touched: result.body.touched,
  endedAt: result.body.endedAt,
  likeness: likenessOf(result.body)
})
