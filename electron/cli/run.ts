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
import type { Vaults } from '../vault.ts'
import { type ExitCode, exitCodes, exitOf } from './exit.ts'
import { endOf, follow, printEnds } from './follow.ts'
import { type CoreArguments, told, withCore } from './opened.ts'
import { powerWatched } from './power.ts'
import { type PrepareArguments, prepare, readFleet, secretsOf, tellKeychain } from './prepare.ts'
import { stayForWatches } from './watch.ts'
import { count, print, printJson, printProblem } from './words.ts'

export interface RunArguments extends PrepareArguments {
  readonly watch: Watching
  readonly collection: string
  /** Start without asking: for scripts. */
  readonly yes: boolean
}

/** Whether to stay while computers that are done are looked at again: a number of minutes sets how long that is. */
export type Watching = number | boolean | undefined

/** The draft, ready to be started; a Problem when something of it must be decided in the window first. */
async function complete(core: Core, draft: Draft, args: RunArguments, vaults: Vaults): Promise<Result<Draft>> {
  const secrets = await secretsOf(args, vaults)
  const prepared = secrets.ok ? await prepare(core, draft, args, secrets.value, true) : secrets
  if (!prepared.ok) return prepared
  const { running } = prepared.value
  const watched = typeof args.watch === 'number' && { running: { ...running, watchMinutes: args.watch } }
  const changed = core.drafting.change(draft.id, { collection: args.collection, ...watched })
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

/** Writes the report; undefined when the import is gone. */
async function report(core: Core, importId: string, folder: string): Promise<string | undefined> {
  const document = core.imports.document(importId, 'report')
  if (!document.ok) return undefined
  const file = join(folder, document.value.name)
  await writeFile(file, document.value.text)
  core.store.audit.append('report saved', { kind: 'report' }, { importId })
  return file
}

/**
 * Follows an import to its end, writes the report, stays while its computers are looked at again, and answers the exit code.
 * Nobody takes practice computers back, so there it stays only when asked.
 */
export async function seeThrough(
  core: Core,
  importId: string,
  practice: Practice | undefined,
  args: CoreArguments & { readonly watch: Watching }
): Promise<ExitCode> {
  await core.goOn()
  const view = await follow(core, importId, practice, args.json)
  const file = await report(core, importId, args.folder)
  const read = core.imports.jobs(importId)
  if (file === undefined || !read.ok) return exitCodes.person
  const ends = read.value.jobs.map((job) => endOf(job, practice))
  const asExpected = printEnds(ends, view, file, args.json)
  const stays = args.watch === undefined ? !view.practice : args.watch !== false
  if (stays && (await stayForWatches(core, importId, args.json)) > 0) {
    await report(core, importId, args.folder)
    return exitCodes.person
  }
  // Practice computers that end as their personality promises are what was asked for.
  return practice ? (asExpected ? exitCodes.done : exitCodes.person) : exitOf(core.imports.view(importId).totals)
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
    return powerWatched({ core, json: args.json }, args.practice, () => work(core, args, vaults))
  })
}
