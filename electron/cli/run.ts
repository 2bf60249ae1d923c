// `amt-migrate run FILE`: the whole job in the terminal, on the practice fleet or on real computers.
import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Import } from '../../shared/contract/views.ts'
import { type Draft, missing } from '../../shared/draft.ts'
import { fail, ok, type Result } from '../../shared/problem.ts'
import { onlyRemoves } from '../../shared/profile/rules.ts'
import type { Profile } from '../../shared/profile.ts'
import type { Core } from '../core.ts'
import type { Ready } from '../drafting/drafting.ts'
import type { Practice } from '../practice.ts'
import { unguardedWords } from '../provision/ground.ts'
import type { Vaults } from '../vault.ts'
import { type ExitCode, exitCodes, exitOf } from './exit.ts'
import { endOf, follow, printEnds } from './follow.ts'
import { type CoreArguments, told, withCore } from './opened.ts'
import { type PrepareArguments, prepare, readFleet, secretsOf, tellKeychain } from './prepare.ts'
import { count, print, printJson, printProblem } from './words.ts'

export interface RunArguments extends PrepareArguments {
  readonly collection: string
  /** Start without asking: for scripts. */
  readonly yes: boolean
}

/** The draft, ready to be started; a Problem when something of it must be decided in the window first. */
async function complete(core: Core, draft: Draft, args: RunArguments, vaults: Vaults): Promise<Result<Draft>> {
  const secrets = await secretsOf(args, vaults)
  const prepared = secrets.ok ? await prepare(core, draft, args, secrets.value, true) : secrets
  if (!prepared.ok) return prepared
  const changed = core.drafting.change(draft.id, { collection: args.collection })
  if (!changed.ok) return changed
  const [gap] = missing(changed.value)
  return gap ? fail('not-ready', { values: { what: gap.text }, where: basename(args.file) }) : changed
}

/** What Start does to that many computers, as a question. */
function question(profile: Profile, computers: number): string {
  const removed = 'lose their provisioning'
  const taken = profile.password.kind === 'keep' ? 'be taken over' : 'get a new admin password and be taken over'
  return `${count(computers, 'computer')} will ${onlyRemoves(profile) ? removed : taken}. Type yes to start`
}

async function agreed(args: RunArguments, { draft, computers }: Ready): Promise<boolean> {
  if (args.practice || args.yes) return true
  const answer = await args.sources.terminal?.ask(question(draft.profile, computers.length))
  return answer?.trim().toLowerCase() === 'yes'
}

/** An import of the same list that was interrupted. */
const interrupted = (core: Core, { file, practice }: RunArguments): Import | undefined =>
  core.imports
    .all()
    .find((each) => each.practice === practice && each.source === basename(file) && each.state === 'running')

/** A new import from the file. */
async function begin(core: Core, args: RunArguments, vaults: Vaults): Promise<Result<Import>> {
  const source = basename(args.file)
  const draft = await core.beginDraft(args.practice)
  if (!draft.ok) return draft
  const prepared = await complete(core, draft.value, args, vaults)
  const ready = prepared.ok ? await core.drafting.ready(draft.value.id) : prepared
  const go = ready.ok && (await agreed(args, ready.value))
  if (!ready.ok || !go) {
    await core.drafting.discard(draft.value.id)
    return ready.ok ? fail('not-agreed') : ready
  }
  const started = await core.imports.start(ready.value.draft, ready.value.computers, source, ready.value.allowed)
  if (started.ok) await core.drafting.started(draft.value.id)
  return started
}

/** Follows an import to its end, writes the report, and answers the exit code. */
export async function seeThrough(
  core: Core,
  importId: string,
  practice: Practice | undefined,
  args: CoreArguments
): Promise<ExitCode> {
  await core.goOn()
  const view = await follow(core, importId, practice, args.json)
  const document = core.imports.document(importId, 'report')
  const read = core.imports.jobs(importId)
  if (!document.ok || !read.ok) return exitCodes.person
  const report = join(args.folder, document.value.name)
  await writeFile(report, document.value.text)
  core.store.audit.append('report saved', { kind: 'report' }, { importId })
  const ends = read.value.jobs.map((job) => endOf(job, practice))
  const asExpected = printEnds(ends, view, report, args.json)
  // Practice computers that end as their personality promises are what was asked for.
  return practice ? (asExpected ? exitCodes.done : exitCodes.person) : exitOf(view.totals)
}

/** Computers that wait for their hello are heard only while somebody listens. */
function tellListening(core: Core, { flow }: Import, json: boolean): void {
  if (flow.awaited === 0) return
  const { on, port, problem } = core.hello.status()
  if (problem) printProblem(problem, json)
  else if (on && json) printJson({ event: 'listening', port })
  else if (on)
    print(`${count(flow.awaited, 'computer')} must call first. Listening for hello messages on port ${port}.`)
}

async function work(core: Core, args: RunArguments, vaults: Vaults): Promise<ExitCode> {
  const { json } = args
  const practice = args.practice ? await core.practice() : undefined
  const before = interrupted(core, args)
  const started = before ? ok(before) : await begin(core, args, vaults)
  if (!started.ok) return told(started.problem, json)
  const { id, totals, source } = started.value
  if (json)
    printJson({ event: 'started', importId: id, source, computers: totals.all, interrupted: before !== undefined })
  else {
    const fleet = practice ? ', practice fleet: nothing real is touched.' : '.'
    print(`${source}: ${count(totals.all, 'computer')}${fleet}`)
    if (before) print('It was interrupted and goes on as it was started, with the accounts and the profile of then.')
  }
  tellListening(core, started.value, json)
  return seeThrough(core, id, practice, args)
}

export async function runImport(args: RunArguments): Promise<ExitCode> {
  const fleet = args.fleet === undefined ? undefined : await readFleet(args.fleet)
  if (fleet?.ok === false) return told(fleet.problem, args.json)
  return withCore(args, fleet ? { practice: fleet.value } : {}, async (core, vaults) => {
    tellKeychain(vaults, args)
    if (!args.json) print(unguardedWords)
    return work(core, args, vaults)
  })
}
