// `amt-migrate plan FILE`: what "run" would do with a list, from the list alone; no device, no keychain, nothing written.
import { missing, newDraft } from '../../shared/draft.ts'
import type { Row } from '../../shared/grid.ts'
import { ok } from '../../shared/problem.ts'
import { asIfTyped, owedSecrets } from '../../shared/profile/owed.ts'
import { findings, onlyRemoves } from '../../shared/profile/rules.ts'
import { profileSentences } from '../../shared/profile/sentences.ts'
import type { Profile } from '../../shared/profile.ts'
import { decided, runningSentences } from '../../shared/running.ts'
import type { Planning } from '../../shared/schedule/batch.ts'
import { assumedPace, paceOf } from '../../shared/schedule/pace.ts'
import { type Plan, plan } from '../../shared/schedule/plan.ts'
import { paceWords, scheduleSentences, span } from '../../shared/schedule/words.ts'
import { routesWords, routeTitles } from '../../shared/strategy.ts'
import { systemClock, systemOffset } from '../clock.ts'
import type { Looked } from '../drafting/looking.ts'
import { practicePace, realPace } from '../provision/attempt.ts'
import type { Store } from '../store/store.ts'
import { lookBeside, toldOf } from './import.ts'
import type { ListArguments } from './prepare.ts'
import { profileOf } from './profile.ts'
import { accountSecret, accountWords } from './secrets.ts'
import { count, plain, print, printJson, printProblem, problemLines } from './words.ts'

interface PlannedRow {
  readonly line: number
  readonly name: string
  readonly fqdn: string
  readonly guid: string
  /** It would become a job. */
  readonly ready: boolean
  /** null while what is known decides none, or rules all out. */
  readonly route: string | null
  readonly reasons: readonly string[]
  readonly issues: Row['issues']
}

/** Everything that is known before anybody is asked. */
interface Planned {
  readonly file: string
  readonly practice: boolean
  readonly counts: Looked['counts']
  readonly routes: Looked['routes']
  readonly rows: readonly PlannedRow[]
  /** What every computer becomes, and what is worth knowing about it. */
  readonly profile: readonly string[]
  readonly advice: readonly string[]
  readonly schedule: readonly string[]
  readonly running: readonly string[]
  /** What "run" asks for, by the names under which it is handed over. */
  readonly secrets: readonly { readonly name: string; readonly what: string }[]
  /** What keeps it from being started, beside the secrets. */
  readonly missing: readonly string[]
  /** The profile only takes the provisioning away. */
  readonly removes: boolean
}

const rowOf = ({ line, values, leftOut, advice, issues }: Row): PlannedRow => ({
  line,
  name: values.name,
  fqdn: values.fqdn,
  guid: values.guid,
  ready: !leftOut && !issues.some(({ severity }) => severity === 'blocker'),
  route: advice.route,
  reasons: advice.reasons,
  issues
})

function groundOf(store: Store | undefined, practice: boolean): Planning {
  const kind = practice ? 'practice' : 'real'
  return {
    now: systemClock.now(),
    pace: paceOf(store?.jobs.times(practice) ?? [], assumedPace[kind]),
    parallel: { practice: practicePace, real: realPace }[kind].parallel,
    offset: systemOffset
  }
}

/** How long the work takes, in a sentence; none without computers. */
function lengthWords({ batches, parallel, pace }: Plan, now: number): string[] {
  const last = batches.at(-1)
  if (last === undefined) return []
  const [expected, worst] = [span(last.expectedEnd - now), span(last.worstEnd - now)]
  return [`About ${expected} with ${parallel} side by side, ${worst} if all are slow: ${paceWords(pace)}.`]
}

function planned(args: ListArguments, profile: Profile, looked: Looked, store: Store | undefined): Planned {
  const { practice } = args
  const { counts, routes, source, rows } = looked
  const ground = groundOf(store, practice)
  const draft = {
    ...newDraft('plan', practice, ground.now),
    ...{ counts, routes, source: { ...source, earlier: [], atHand: true }, profile: asIfTyped(profile) }
  }
  const whole = plan(draft.schedule, counts.ready, ground)
  const accounts = practice ? [] : args.accounts
  return {
    file: source.name,
    practice,
    counts,
    routes,
    rows: rows.map(rowOf),
    profile: profileSentences(profile),
    advice: findings(profile)
      .filter(({ severity }) => severity === 'advice')
      .map(({ text }) => text),
    schedule: [...scheduleSentences(draft.schedule, whole, ground.offset), ...lengthWords(whole, ground.now)],
    running: runningSentences(decided(draft.running, practice, counts.ready)),
    secrets: [
      ...accounts.map((username) => ({ name: accountSecret(username), what: accountWords(username) })),
      ...owedSecrets(profile).map(({ name, what }) => ({ name, what }))
    ],
    missing: missing(draft, ground).map(({ text }) => text),
    removes: onlyRemoves(profile)
  }
}

const titleOf = (route: string | null): string =>
  route === null ? 'route not decided' : (routeTitles[route as keyof typeof routeTitles] ?? route)

const list = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => plain(`  ${line}`))]

function printRows(rows: readonly PlannedRow[]): void {
  for (const { name, fqdn, guid, ready, route, issues } of rows) {
    const state = ready ? titleOf(route) : 'not ready'
    print(plain(`  ${name.padEnd(16)}${fqdn.padEnd(34)}${guid.padEnd(38)}${state}`))
    for (const { severity, problem } of issues)
      if (severity === 'blocker') print(problemLines(problem, '      ').join('\n'))
  }
}

function printWords({ file, practice, counts, routes, rows, removes, ...rest }: Planned): void {
  const fleet = practice ? ', practice fleet' : ''
  print(plain(`${file}: ${count(counts.ready, 'computer')} of ${counts.total} can be taken over${fleet}.`))
  if (routesWords(routes) !== '') print(`By route: ${routesWords(routes)}.`)
  print('')
  printRows(rows)
  const lines = [
    ...list(removes ? 'What would be taken off them:' : 'What they would become:', rest.profile),
    ...list('Worth knowing:', rest.advice),
    ...list('When:', rest.schedule),
    ...list('How it would run:', rest.running),
    ...list(
      'Asked for, or handed over as lines NAME=VALUE:',
      rest.secrets.map(({ name, what }) => `${name.padEnd(24)}${what}`)
    ),
    ...list('Missing before it can be started:', rest.missing)
  ]
  for (const line of lines) print(line)
  if (rest.missing.length === 0) print('\nNo device was touched. "check" reads each of them, "run" takes them over.')
}

/** Exit code 0 only if "run" could start as soon as its secrets are there. */
export async function showPlan(args: ListArguments): Promise<0 | 1> {
  const found = await lookBeside(args.file, args.folder, async (looked, store) => {
    const profile = await profileOf(args.profile, store?.profiles.all() ?? [])
    if (!profile.ok) return ok(profile)
    return ok(ok(planned(args, profile.value, looked, store)))
  })
  if (!found.ok) return toldOf(args.file, found.problem, args.json)
  const told = found.value
  if (!told.ok) {
    // What is wrong with the profile is not said of the list.
    printProblem(told.problem, args.json)
    return 1
  }
  if (args.json) printJson(told.value)
  else printWords(told.value)
  return told.value.missing.length === 0 ? 0 : 1
}
