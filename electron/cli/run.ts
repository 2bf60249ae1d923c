// `amt-migrate run FILE --practice`: the whole job in the terminal; exit code 0 only if every computer ended as its personality says.
import { open, readFile, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Import } from '../../shared/contract.ts'
import { missing } from '../../shared/draft.ts'
import { type Job, openJobs, stepTitles } from '../../shared/job.ts'
import { fail, ok, type Result } from '../../shared/problem.ts'
import { stateTitles } from '../../shared/report.ts'
import { type Core, logOf, openCore } from '../core.ts'
import { readSource } from '../intake/source.ts'
import { outerPractice, type Practice } from '../practice.ts'
import { openVaults } from '../vault.ts'
import { count, duration, plain, print, printJson, printProblem, problemLines } from './words.ts'

export interface RunArguments {
  readonly file: string
  readonly practice: boolean
  readonly json: boolean
  readonly fleet: string | undefined
  readonly folder: string
  readonly version: string
}

/** How one computer ended, held against what its personality promised. */
interface End {
  readonly job: Job
  readonly expected: ReturnType<Practice['expected']>
  readonly asExpected: boolean
}

const ended = (job: Job): boolean => job.state === 'done' || job.state === 'person' || job.state === 'stopped'

function endOf(job: Job, practice: Practice): End {
  const expected = practice.expected(job.computer)
  const code = job.problem?.code
  const asExpected =
    expected !== undefined && expected.state === job.state && (expected.code === undefined || expected.code === code)
  return { job, expected, asExpected }
}

/** A practice import of the same list that was interrupted, or a new one from the file. */
async function begin(core: Core, args: RunArguments): Promise<Result<Import>> {
  const source = basename(args.file)
  const before = core.imports.all().find((each) => each.practice && each.source === source && each.state === 'running')
  if (before) return ok(before)
  const bytes = await readSource(args.file, { open, stat })
  if (!bytes.ok) return bytes
  const draft = await core.beginDraft(true)
  if (!draft.ok) return draft
  const given = await core.drafting.give(draft.value.id, source, bytes.value)
  const [gap] = given.ok ? missing(given.value) : []
  if (!given.ok || gap) {
    await core.drafting.discard(draft.value.id)
    return given.ok ? fail('not-ready', { values: { what: gap?.text ?? '' }, where: source }) : given
  }
  const ready = core.drafting.ready(draft.value.id)
  if (!ready.ok) return ready
  return core.imports.start(ready.value.draft, ready.value.computers, source)
}

function printJob(end: End, view: Import, json: boolean): void {
  const { job, expected } = end
  const { name, fqdn, guid } = job.computer
  const { totals, timeLeft } = view
  if (json) {
    printJson({
      event: 'job',
      name,
      fqdn,
      guid,
      state: job.state,
      step: job.step,
      problem: job.problem,
      facts: job.facts,
      expected,
      totals,
      timeLeft
    })
    return
  }
  const through = totals.all - openJobs(totals)
  const left =
    openJobs(totals) === 0 ? '' : timeLeft === null ? ', time left not known yet' : `, about ${duration(timeLeft)} left`
  const words = job.state === 'done' ? `${count(job.facts.changes?.length ?? 0, 'change')}` : (job.problem?.title ?? '')
  print(
    plain(`${name.padEnd(16)}${stateTitles[job.state].padEnd(16)}${words}`).padEnd(86) +
      `  ${through} of ${totals.all}${left}`
  )
}

/** Prints each computer as it ends, and resolves when none is open any more. */
async function follow(core: Core, importId: string, practice: Practice, json: boolean): Promise<Import> {
  const told = new Set<string>()
  return new Promise((resolve) => {
    const look = (): void => {
      const read = core.imports.jobs(importId)
      if (!read.ok) return
      for (const job of read.value.jobs) {
        if (!ended(job) || told.has(job.id)) continue
        told.add(job.id)
        printJob(endOf(job, practice), read.value.import, json)
      }
      if (read.value.import.state === 'running') return
      unhear()
      resolve(read.value.import)
    }
    const unhear = core.onImport((id) => {
      if (id === importId) look()
    })
    look()
  })
}

function summary(ends: readonly End[], view: Import, report: string, json: boolean): boolean {
  const unexpected = ends.filter((end) => !end.asExpected)
  if (json) {
    printJson({
      event: 'summary',
      totals: view.totals,
      asExpected: unexpected.length === 0,
      unexpected: unexpected.map(({ job }) => job.computer.name),
      report
    })
    return unexpected.length === 0
  }
  print('')
  print(
    `${view.totals.done} of ${view.totals.all} taken over and proved by a new login; ${view.totals.person} need a person.`
  )
  for (const { job, expected } of ends.filter(({ job }) => job.state !== 'done')) {
    print('')
    print(
      plain(
        `${job.computer.name}: ${stateTitles[job.state]}${job.step ? `, at "${stepTitles[job.step]}"` : ''}${expected ? ` (practice personality: ${expected.personality})` : ''}`
      )
    )
    if (job.problem) print(problemLines(job.problem, '  ').join('\n'))
  }
  print('')
  if (unexpected.length > 0) print(`Not as expected: ${unexpected.map(({ job }) => job.computer.name).join(', ')}`)
  else print('Every computer ended as its personality promised.')
  print(`Report: ${report}`)
  return unexpected.length === 0
}

async function work(core: Core, args: RunArguments): Promise<0 | 1> {
  const { json } = args
  const practice = await core.practice()
  const started = await begin(core, args)
  if (!started.ok) {
    printProblem(started.problem, json)
    return 1
  }
  const { id, totals, source } = started.value
  if (json) printJson({ event: 'started', importId: id, source, computers: totals.all })
  else print(`${source}: ${count(totals.all, 'computer')}, practice fleet: nothing real is touched.`)
  await core.goOn()
  const view = await follow(core, id, practice, json)
  const document = core.imports.document(id, 'report')
  const read = core.imports.jobs(id)
  if (!document.ok || !read.ok) return 1
  const report = join(args.folder, document.value.name)
  await writeFile(report, document.value.text)
  core.store.audit.append('report saved', { kind: 'report' }, { importId: id })
  const ends = read.value.jobs.map((job) => endOf(job, practice))
  return summary(ends, view, report, json) ? 0 : 1
}

async function readFleet(file: string): Promise<Result<Practice>> {
  try {
    return ok(outerPractice(await readFile(file, 'utf8')))
  } catch (error) {
    return fail('fleet-unreadable', { where: file, detail: error instanceof Error ? error.message : String(error) })
  }
}

export async function runImport(args: RunArguments): Promise<0 | 1> {
  if (!args.practice) {
    printProblem(fail('headless-practice-only').problem, args.json)
    return 1
  }
  const log = logOf(args.folder)
  const vaults = await openVaults('AMT Migration Wizard', log.secret)
  const fleet = args.fleet === undefined ? undefined : await readFleet(args.fleet)
  if (fleet?.ok === false) {
    printProblem(fleet.problem, args.json)
    return 1
  }
  const practice = fleet?.value
  const opened = openCore({
    folder: args.folder,
    vaults,
    log,
    version: args.version,
    runtime: `Node ${process.versions.node}`,
    ...(practice && { practice })
  })
  if (!opened.ok) {
    printProblem(opened.problem, args.json)
    return 1
  }
  if (!args.json) print(vaults.practice.words)
  else printJson({ event: 'keychain', kind: vaults.practice.kind, words: vaults.practice.words })
  const leave = (): void => void opened.value.close().then(() => process.exit(130))
  process.once('SIGINT', leave)
  process.once('SIGTERM', leave)
  try {
    return await work(opened.value, args)
  } finally {
    await opened.value.close()
  }
}
