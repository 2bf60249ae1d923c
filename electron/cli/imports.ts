// `amt-migrate status | retry | report`: what became of imports, another try, and the report again.
import { writeFile } from 'node:fs/promises'
import type { Computer } from '../../shared/computer.ts'
import type { Import } from '../../shared/contract/views.ts'
import type { Job } from '../../shared/job.ts'
import { outcomeWords, stateTitle } from '../../shared/outcome.ts'
import { fail, ok } from '../../shared/problem.ts'
import { isRetriedWithAll, leftOutOf } from '../../shared/retrying.ts'
import { localTime } from '../../shared/schedule/words.ts'
import { asleepWords, heldWords } from '../../shared/waiting.ts'
import { systemOffset } from '../clock.ts'
import type { Core } from '../core.ts'
import type { DocumentKind } from '../evidence/documents.ts'
import { type ExitCode, exitCodes, exitOf } from './exit.ts'
import { importOf } from './named.ts'
import { type CoreArguments, lookingCore, told, withCore } from './opened.ts'
import { powerWatched } from './power.ts'
import { seeThrough } from './run.ts'
import { watchWords } from './watch.ts'
import { count, plain, print, printJson } from './words.ts'

const states = { running: 'running', paused: 'paused', stopped: 'stopped', finished: 'finished' } as const

/** `watched`: who is looked at again, in words. */
function printImport(view: Import, watched: string | undefined): void {
  const { id, source, practice, state, totals, outcome } = view
  const parts = [
    `${totals.done} of ${totals.all} ${outcomeWords[outcome].headline}`,
    ...(totals.person > 0 ? [`${totals.person} need a person`] : []),
    ...(totals.later > 0 ? [`${totals.later} will be tried again`] : []),
    ...(totals.waiting + totals.working > 0 ? [`${totals.waiting + totals.working} to do`] : []),
    ...(totals.stopped > 0 ? [`${totals.stopped} stopped`] : [])
  ]
  print(
    plain(
      `${id.slice(0, 8)}  ${states[state].padEnd(9)} ${source}${practice ? ' (practice)' : ''}: ${parts.join(', ')}`
    )
  )
  for (const words of [heldWords(view), asleepWords(view), watched]) if (words) print(`          ${words}`)
}

/** All imports, or one with its computers. The exit code tells how the named (or latest) import stands. */
export const showStatus = (args: CoreArguments & { readonly name: string | undefined }): Promise<ExitCode> =>
  lookingCore(args, (core) => {
    const found = importOf(core, args.name)
    if (!found.ok) return told(found.problem, args.json)
    const { id, totals } = found.value
    const read = core.imports.jobs(id)
    if (!read.ok) return told(read.problem, args.json)
    if (args.json) {
      printJson(
        args.name === undefined ? { imports: core.imports.all() } : { import: found.value, jobs: read.value.jobs }
      )
    } else if (args.name === undefined) {
      for (const each of core.imports.all()) printImport(each, watchWords(core, each.id))
    } else {
      printImport(found.value, watchWords(core, id))
      for (const job of read.value.jobs) {
        const state = stateTitle(job.state, found.value.outcome)
        print(plain(`  ${job.computer.name.padEnd(16)}${state.padEnd(22)}${whyWords(job)}`))
      }
    }
    return exitOf(totals)
  })

const isNamed = ({ name, fqdn }: Pick<Computer, 'name' | 'fqdn'>, names: readonly string[] | undefined): boolean =>
  names === undefined || names.some((each) => [name, fqdn].some((own) => own.toLowerCase() === each.toLowerCase()))

/** "No answer, again at 14:05" */
const whyWords = ({ state, problem, dueAt }: Job): string =>
  [problem?.title ?? '', ...(state === 'later' && dueAt !== null ? [`again at ${localTime(dueAt, systemOffset)}`] : [])]
    .filter((text) => text !== '')
    .join(', ')

interface RetryArguments extends CoreArguments {
  readonly name: string | undefined
  readonly cause: string | undefined
  /** Names or FQDNs; all of them when absent. */
  readonly computers: readonly string[] | undefined
  /** Also tries more certificates than are believed to fit, where only that stands in the way. */
  readonly beyondPlaces: boolean
  readonly watch: boolean | undefined
}

/** Those that are meant. Who names a cause or computers means them; else those are left out, and told, that a try does not help. */
function meant(jobs: readonly Job[], { cause, computers, json }: RetryArguments): readonly Job[] {
  const open = jobs.filter(({ state }) => state === 'person' || state === 'stopped')
  if (cause !== undefined || computers !== undefined)
    return open
      .filter(({ problem }) => cause === undefined || problem?.code === cause)
      .filter(({ computer }) => isNamed(computer, computers))
  for (const { words, ...left } of leftOutOf(open)) {
    if (json) printJson({ event: 'left out', ...left, words })
    else print(words)
  }
  return open.filter(isRetriedWithAll)
}

async function tryAgain(
  core: Core,
  { id: importId, practice: isPractice }: Import,
  wanted: readonly Job[],
  args: RetryArguments
) {
  const isBeyond = ({ problem }: Job): boolean => args.beyondPlaces && problem?.code === 'store-believed-full'
  const beyond = wanted.filter(isBeyond).map(({ id }) => id)
  const simply = wanted.filter((job) => !isBeyond(job)).map(({ id }) => id)
  if (beyond.length > 0 && !args.json)
    print(`On ${count(beyond.length, 'computer')} more certificates are tried than are believed to fit.`)
  const tried = beyond.length > 0 ? await core.imports.tryBeyondPlaces(importId, beyond) : ok(null)
  const again = tried.ok ? await core.imports.retry(importId, simply) : tried
  if (!again.ok) return told(again.problem, args.json)
  const practice = isPractice ? await core.practice() : undefined
  return seeThrough(core, importId, practice, args)
}

/** Every computer that needs a person or was stopped gets another try; or only those with a problem of one code, or of these names. */
export const retryImport = (args: RetryArguments): Promise<ExitCode> =>
  withCore(args, {}, async (core) => {
    const found = importOf(core, args.name)
    const read = found.ok ? core.imports.jobs(found.value.id) : found
    if (!read.ok) return told(read.problem, args.json)
    const { import: view, jobs } = read.value
    const wanted = meant(jobs, args)
    if (!args.json) print(`${count(wanted.length, 'computer')} will be tried again.`)
    if (wanted.length === 0) return exitOf(view.totals)
    return powerWatched({ core, json: args.json }, view.practice, () => tryAgain(core, view, wanted, args))
  })

/** Writes the report, or the list of failed rows, into a file or to standard output. */
export const writeReport = (
  args: CoreArguments & {
    readonly name: string | undefined
    readonly kind: DocumentKind
    readonly out: string | undefined
  }
): Promise<ExitCode> =>
  lookingCore(args, async (core) => {
    const found = importOf(core, args.name)
    const document = found.ok ? core.imports.document(found.value.id, args.kind) : found
    if (!document.ok) return told(document.problem, args.json)
    const { name, text } = document.value
    if (args.out === undefined) {
      if (args.json) printJson({ event: 'report', kind: args.kind, name, text })
      else process.stdout.write(text)
      return exitCodes.done
    }
    try {
      await writeFile(args.out, text)
    } catch (error) {
      return told(
        fail('file-not-saved', { detail: error instanceof Error ? error.message : String(error) }).problem,
        args.json
      )
    }
    if (args.json) printJson({ event: 'saved', file: args.out })
    else print(`Saved as ${args.out}.`)
    return exitCodes.done
  })
