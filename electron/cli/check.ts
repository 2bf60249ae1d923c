// `amt-migrate check FILE`: the dry run in the terminal. Reads each computer as the take-over would, and changes nothing.
import { changeWords } from '../../shared/change.ts'
import { factWords } from '../../shared/checkWords.ts'
import { type Draft, missing } from '../../shared/draft.ts'
import { type Check, checkTitles, type Plan } from '../../shared/plan.ts'
import { fail, ok, type Result } from '../../shared/problem.ts'
import { asIfTyped } from '../../shared/profile/owed.ts'
import type { Core } from '../core.ts'
import type { Vaults } from '../vault.ts'
import { barFor, checkBar } from './bar.ts'
import { type ExitCode, exitCodes } from './exit.ts'
import { told, withCore } from './opened.ts'
import { type PrepareArguments, prepare, readFleet, secretsOf, tellKeychain } from './prepare.ts'
import { count, plain, print, printJson, problemLines } from './words.ts'

/** Results that come in are gathered for this long (ms): each look at them goes over the whole list. */
const gatherFor = 250

/** Whether the SMBIOS GUID was read and is that of the row. */
function identityOf({ state, facts }: Check): 'same' | 'differs' | 'not read' {
  if (state === 'unlike') return 'differs'
  return facts.guid === undefined ? 'not read' : 'same'
}

function printCheck(check: Check, json: boolean): void {
  const { name, state, problem, facts, clockOff, room, mac, differences } = check
  const identity = identityOf(check)
  if (json) {
    const reached = facts.endpoint !== undefined
    const { account = null } = facts
    const certificates = room?.certificates.held ?? null
    const read = { reached, account, identity, mac, clockOff, certificates, room, facts }
    printJson({ event: 'computer', name, state, problem, ...read, differences })
    return
  }
  const ready = differences.length === 0 ? 'nothing would change' : `${count(differences.length, 'change')}`
  print(plain(`${name.padEnd(16)}${checkTitles[state].padEnd(22)}${problem?.title ?? ready}`))
  const known = [factWords(check), identity === 'same' ? 'GUID as in the row' : ''].filter((text) => text !== '')
  if (known.length > 0) print(plain(`    ${known.join(', ')}`))
  for (const each of differences) print(plain(`    ${changeWords(each)}`))
  if (problem) print(problemLines(problem, '    ').slice(1).join('\n'))
}

/** Checks every computer of the draft and prints each as it is there. */
async function lookAtAll(core: Core, draftId: string, json: boolean): Promise<Result<Plan>> {
  const bar = barFor(json)
  const printed = new Set<number>()
  const changed = { heard: (): void => undefined }
  const unhear = core.onCheck((id) => id === draftId && changed.heard())
  try {
    const started = await core.checking.start(draftId)
    if (!started.ok) return started
    for (;;) {
      const news = new Promise<void>((resolve) => {
        changed.heard = resolve
      })
      const read = await core.checking.read(draftId, 0, Number.MAX_SAFE_INTEGER)
      if (!read.ok) return read
      const { plan, checks } = read.value
      bar.clear()
      for (const check of checks.filter(({ row }) => !printed.has(row))) {
        printed.add(check.row)
        printCheck(check, json)
      }
      if (!plan.running) return ok(plan)
      bar.draw(checkBar(plan))
      await news
      await new Promise((resolve) => setTimeout(resolve, gatherFor))
    }
  } finally {
    unhear()
  }
}

/** "Host name: 12 computers (a → b, …)" */
const changeLines = ({ changes }: Plan): string[] =>
  changes.map(({ setting, count: all, samples }) => {
    const shown = samples.map(({ text, count: same }) => (samples.length > 1 ? `${text} (${same})` : text))
    return `${setting}: ${count(all, 'computer')}: ${shown.join('; ')}`
  })

function printPlan(plan: Plan, gaps: readonly string[]): void {
  const part = (title: string, lines: readonly string[]): void => {
    if (lines.length > 0) print(['', title, ...lines.map((line) => plain(`  ${line}`))].join('\n'))
  }
  print('')
  print(`${plan.ready} of ${plan.total} computers are ready to be taken over.`)
  part('What would change:', changeLines(plan))
  if (plan.unchanged > 0) print(`  Nothing on ${count(plan.unchanged, 'computer')}.`)
  part(
    'What stands in the way:',
    plan.causes.map(
      ({ state, title, count: all, names, remedy }) =>
        `${checkTitles[state]}, ${title}: ${count(all, 'computer')} (${names.join(', ')}${all > names.length ? ', …' : ''}). ${remedy}`
    )
  )
  part('Worth knowing:', [
    ...plan.lacks.map(({ title, count: all, why }) => `${title}, not on ${count(all, 'computer')}. ${why}`),
    ...plan.notes.map(({ text, count: all }) => `${count(all, 'computer')} ${text}`)
  ])
  part('Missing before it can be started:', gaps)
  print('')
  print('Nothing was changed on any computer.')
}

/** What keeps the list from being started, beside the secrets that are asked for then. */
const gapsOf = (draft: Draft): string[] =>
  missing({ ...draft, profile: asIfTyped(draft.profile) }).map(({ text }) => text)

async function check(core: Core, draft: Draft, args: PrepareArguments, vaults: Vaults): Promise<Result<ExitCode>> {
  const { json } = args
  const secrets = await secretsOf(args, vaults)
  const prepared = secrets.ok ? await prepare(core, draft, args, secrets.value, false) : secrets
  const ready = prepared.ok ? await core.drafting.ready(draft.id) : prepared
  if (!ready.ok) return ready
  const { computers, source } = ready.value
  const gaps = gapsOf(ready.value.draft)
  if (computers.length === 0) return fail('not-ready', { values: { what: gaps.join(' ') }, where: source })
  if (json) printJson({ event: 'checking', source, computers: computers.length })
  else print(`${source}: ${count(computers.length, 'computer')} to look at; nothing is changed.`)
  const plan = await lookAtAll(core, draft.id, json)
  if (!plan.ok) return plan
  if (json) printJson({ event: 'summary', plan: plan.value, missing: gaps })
  else printPlan(plan.value, gaps)
  const { total, ready: good } = plan.value
  return ok(good === total && gaps.length === 0 ? exitCodes.done : exitCodes.person)
}

/** Exit code 0 only if every computer of the list was read and would go through. */
export async function runCheck(args: PrepareArguments): Promise<ExitCode> {
  const fleet = args.fleet === undefined ? undefined : await readFleet(args.fleet)
  if (fleet?.ok === false) return told(fleet.problem, args.json)
  const more = { resting: true, ...(fleet && { practice: fleet.value }) }
  return withCore(args, more, async (core, vaults, leaving) => {
    tellKeychain(vaults, args)
    const draft = await core.beginDraft(args.practice)
    if (!draft.ok) return told(draft.problem, args.json)
    const { id } = draft.value
    const discard = async (): Promise<void> => {
      await core.checking.stop(id)
      await core.drafting.discard(id)
    }
    leaving(discard)
    try {
      const ended = await check(core, draft.value, args, vaults)
      return ended.ok ? ended.value : told(ended.problem, args.json)
    } finally {
      await discard()
    }
  })
}
