// Finds the account that fits: candidates in order, few tries, spaced, counted across restarts, never near the lock-out.

import { fail, ok, type Result } from '../../../shared/problem.ts'
import { maxTries } from '../../../shared/profile.ts'
import { setupAndConfigurationService } from '../../wsman/amt/setupAndConfigurationService.ts'
import type { Device } from '../../wsman/client.ts'
import type { Attempt, Login, Step } from '../attempt.ts'
import { reachOptions } from './reach.ts'

/** The slot of the new password of a job: the same name on every attempt, so a restart finds what was escrowed. */
export const newPasswordSlot = (jobId: string): string => `job/${jobId}/new-admin`

interface Candidate {
  readonly slot: string
  readonly username: string
  readonly origin: string
}

/** Slots in the order they are worth trying; an escrowed password first, because it may have been sent already. */
function candidates({ tools, job, plan }: Attempt): Candidate[] {
  const known = tools.store.secrets.of(job.computer.guid)
  const list = [
    ...known
      .filter(({ role }) => role === 'pending')
      .map((s) => ({ ...s, origin: 'the new password in the keychain' })),
    ...known.filter(({ role }) => role === 'current').map((s) => ({ ...s, origin: 'the password in the keychain' })),
    ...(job.computer.adminPassword
      ? [{ slot: job.computer.adminPassword, username: 'admin', origin: 'the password of the row' }]
      : []),
    ...plan.accounts.flatMap(({ slot, username, description }) =>
      slot === undefined ? [] : [{ slot, username, origin: `account ${description || username}` }]
    ),
    ...tools.store.jobs
      .earlierPasswords(job.computer.guid, plan.practice)
      .map((slot) => ({ slot, username: 'admin', origin: 'the password of an earlier list' })),
    ...known.filter(({ role }) => role === 'former').map((s) => ({ ...s, origin: 'a former password in the keychain' }))
  ]
  return list.map(({ slot, username, origin }) => ({ slot, username, origin }))
}

/** Candidates with their passwords, each password once, those refused least often first, then what fitted last. */
async function readCandidates(attempt: Attempt): Promise<Result<Login[]>> {
  const { secrets } = attempt.tools.store
  const { guid } = attempt.job.computer
  const refusals = secrets.refusals(guid)
  const lastFitted = secrets.lastFitted(guid)
  const pending = new Set(secrets.of(guid).flatMap(({ slot, role }) => (role === 'pending' ? slot : [])))
  const logins: Login[] = []
  for (const candidate of candidates(attempt)) {
    const found = await attempt.tools.vault.find(candidate.slot)
    if (!found.ok) return found
    const password = found.value
    if (password === undefined) continue
    const same = logins.some((l) => l.password === password && l.username === candidate.username)
    if (!same) logins.push({ ...candidate, password })
  }
  const count = ({ slot }: Login): number => refusals.get(slot) ?? 0
  // What a check found to fit is tried before the others; an escrowed one may have been sent and comes before both.
  const place = ({ slot }: Login): number => (pending.has(slot) ? 0 : slot === lastFitted ? 1 : 2)
  return ok(logins.sort((a, b) => count(a) - count(b) || place(a) - place(b)))
}

const about = ({ job }: Attempt) => ({ importId: job.importId, jobId: job.id, computer: job.computer.name })

/** Refused in a row without a quiet hour between: AMT forgets only after such an hour, and locks at ten (wsman.md 1). */
const longestStreak = 6
const quiet = 3_600_000

/** The earliest time (ms since 1970) at which this device may be tried again. */
function nextTry({ tools, job }: Attempt): number {
  const { store, clock, pace } = tools
  const times = store.secrets.failedTries(job.computer.guid, 0).map(({ at }) => at)
  const all = [...times, clock.now()]
  const restarts = all.findLastIndex((at, index) => at - (all[index - 1] ?? Number.NEGATIVE_INFINITY) >= quiet)
  const streak = times.slice(restarts)
  const spaced = (streak.at(-1) ?? 0) + pace.betweenTries
  const windowed = (streak.at(-maxTries) ?? 0) + pace.tryWindow
  const rested = streak.length < longestStreak ? 0 : (streak.at(-1) ?? 0) + quiet
  return Math.max(spaced, windowed, rested)
}

const clockTime = (at: number): string => new Date(at).toTimeString().slice(0, 5)

/**
 * Logs in once with the given account: the try is on disk before it is sent, and its end after. The device stays open.
 * Anything but a refusal (cable, garbage) is a Problem of its own and says nothing about the password.
 */
export async function tryLogin(attempt: Attempt, login: Login): Promise<Result<Device>> {
  const { tools, job, found } = attempt
  const { store } = tools
  if (!found.endpoint) throw new Error('login before reach')
  let tryId: number | undefined
  const options = await reachOptions(attempt)
  if (!options.ok) return options
  const device = tools.openDevice({
    ...options.value,
    endpoint: found.endpoint,
    credentials: { username: login.username, password: login.password },
    random: tools.random,
    onTry: () => {
      tryId ??= store.secrets.beginTry(job.computer.guid, login.slot)
    }
  })
  const answer = await setupAndConfigurationService.get(device)
  const refused = !answer.ok && answer.problem.code === 'login-refused'
  if (answer.ok || refused) {
    store.together(() => {
      if (tryId !== undefined) store.secrets.endTry(tryId, answer.ok)
      const tries = store.secrets.failedTries(job.computer.guid, 0).length
      store.audit.append('login tried', { account: login.origin, fitted: answer.ok, tries }, about(attempt))
    })
  }
  if (answer.ok) return ok(device)
  device.close()
  return answer
}

/** Tries the candidates within the budget of this device. */
export async function findLogin(attempt: Attempt): Promise<Result<null>> {
  const { tools, job } = attempt
  const { store, clock, pace } = tools
  const read = await readCandidates(attempt)
  if (!read.ok) return read
  if (read.value.length === 0) return fail('no-candidate')
  const { guid } = job.computer
  let tried = 0
  for (const login of read.value) {
    const pause = nextTry(attempt) - clock.now()
    if (pause > pace.betweenTries) break
    if (pause > 0) await clock.sleep(pause, attempt.signal)
    if (attempt.signal.aborted) return fail('stopped')
    const device = await tryLogin(attempt, login)
    if (device.ok) {
      attempt.found.device = device.value
      attempt.found.login = login
      attempt.facts = { ...attempt.facts, account: login.origin }
      return ok(null)
    }
    if (device.problem.code !== 'login-refused') return device
    tried += 1
  }
  const next = clockTime(Math.max(nextTry(attempt), clock.now()))
  if (tried === 0) {
    // Earlier tries may have been cut off without an answer, so nothing is said about their passwords.
    const earlier = store.secrets.failedTries(guid, clock.now() - pace.tryWindow).length
    return fail('tries-used-up', { values: { earlier, next }, where: attempt.facts.endpoint })
  }
  return fail('no-account-fits', {
    values: { tried, next },
    where: attempt.facts.endpoint,
    found: `${tried} of ${read.value.length} known passwords tried now, all refused`,
    expected: 'one that the device accepts'
  })
}

export const login: Step = {
  name: 'login',
  writes: false,
  what: () => '',
  isDone: async ({ found }) => ok(found.device !== undefined),
  makeSo: findLogin
}
