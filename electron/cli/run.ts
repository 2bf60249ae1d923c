// `amt-migrate run FILE`: the whole job in the terminal, on the practice fleet or on real computers.
import { randomUUID } from 'node:crypto'
import { open, readFile, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Import } from '../../shared/contract/views.ts'
import { type Draft, missing } from '../../shared/draft.ts'
import { fail, ok, type Result } from '../../shared/problem.ts'
import type { Core } from '../core.ts'
import { readSource } from '../intake/source.ts'
import { outerPractice, type Practice } from '../practice.ts'
import { unguardedWords } from '../provision/ground.ts'
import type { Asking } from './ask.ts'
import { type ExitCode, exitCodes, exitOf } from './exit.ts'
import { endOf, follow, printEnds } from './follow.ts'
import { type CoreArguments, told, withCore } from './opened.ts'
import { count, print, printJson } from './words.ts'

export interface RunArguments extends CoreArguments {
  readonly file: string
  readonly practice: boolean
  readonly fleet: string | undefined
  /** User names of the Provisioning and Discovery Accounts, in the order they are tried; each password is asked for. */
  readonly accounts: readonly string[]
  readonly collection: string
  /** Start without asking: for scripts. */
  readonly yes: boolean
  readonly asking: Asking
}

/** Asks for each account's password; it goes to the keychain and nowhere else. */
async function accountsOf(core: Core, draft: Draft, args: RunArguments): Promise<Result<Draft['accounts']>> {
  const accounts: Draft['accounts'] = []
  for (const username of args.accounts) {
    const password = await args.asking.ask(`Password of the account ${username}`)
    if (password === undefined || password === '') return fail('answer-missing', { where: username })
    const kept = await core.drafting.keepSecret(draft.id, 'account', password)
    if (!kept.ok) return kept
    accounts.push({ id: randomUUID(), username, description: '', slot: kept.value.slot })
  }
  return ok(accounts)
}

/** The draft of a list, with accounts; a Problem when something of it must be decided in the window first. */
async function prepare(core: Core, draft: Draft, args: RunArguments): Promise<Result<Draft>> {
  const source = basename(args.file)
  const bytes = await readSource(args.file, { open, stat })
  if (!bytes.ok) return bytes
  const given = await core.drafting.give(draft.id, source, bytes.value)
  if (!given.ok) return given
  const accounts = args.practice ? ok(draft.accounts) : await accountsOf(core, draft, args)
  if (!accounts.ok) return accounts
  const changed = core.drafting.change(draft.id, { accounts: accounts.value, collection: args.collection })
  if (!changed.ok) return changed
  const [gap] = missing(changed.value)
  return gap ? fail('not-ready', { values: { what: gap.text }, where: source }) : changed
}

async function agreed(args: RunArguments, computers: number): Promise<boolean> {
  if (args.practice || args.yes) return true
  const answer = await args.asking.ask(
    `${count(computers, 'computer')} will get a new admin password and be taken over. Type yes to start`
  )
  return answer?.trim().toLowerCase() === 'yes'
}

/** An import of the same list that was interrupted, or a new one from the file. */
async function begin(core: Core, args: RunArguments): Promise<Result<Import>> {
  const source = basename(args.file)
  const before = core.imports
    .all()
    .find((each) => each.practice === args.practice && each.source === source && each.state === 'running')
  if (before) return ok(before)
  const draft = await core.beginDraft(args.practice)
  if (!draft.ok) return draft
  const prepared = await prepare(core, draft.value, args)
  const ready = prepared.ok ? await core.drafting.ready(draft.value.id) : prepared
  const go = ready.ok && (await agreed(args, ready.value.computers.length))
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

async function work(core: Core, args: RunArguments): Promise<ExitCode> {
  const { json } = args
  const practice = args.practice ? await core.practice() : undefined
  const started = await begin(core, args)
  if (!started.ok) return told(started.problem, json)
  const { id, totals, source } = started.value
  if (json) printJson({ event: 'started', importId: id, source, computers: totals.all })
  else if (practice) print(`${source}: ${count(totals.all, 'computer')}, practice fleet: nothing real is touched.`)
  else print(`${source}: ${count(totals.all, 'computer')}.`)
  return seeThrough(core, id, practice, args)
}

async function readFleet(file: string): Promise<Result<Practice>> {
  try {
    return ok(outerPractice(await readFile(file, 'utf8')))
  } catch (error) {
    return fail('fleet-unreadable', { where: file, detail: error instanceof Error ? error.message : String(error) })
  }
}

export async function runImport(args: RunArguments): Promise<ExitCode> {
  const fleet = args.fleet === undefined ? undefined : await readFleet(args.fleet)
  if (fleet?.ok === false) return told(fleet.problem, args.json)
  return withCore(args, fleet ? { practice: fleet.value } : {}, async (core, vaults) => {
    const { kind, words } = args.practice ? vaults.practice : vaults.real
    if (args.json) printJson({ event: 'keychain', kind, words })
    else print(`${words}\n${unguardedWords}`)
    return work(core, args)
  })
}
