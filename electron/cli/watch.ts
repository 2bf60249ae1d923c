// Stays while computers that are done are looked at again, and says which ones the old manager took back.
import type { Import } from '../../shared/contract/views.ts'
import type { Job } from '../../shared/job.ts'
import { ok, type Result } from '../../shared/problem.ts'
import { localTime } from '../../shared/schedule/words.ts'
import { systemOffset } from '../clock.ts'
import type { Core } from '../core.ts'
import { type ExitCode, exitCodes, exitOf } from './exit.ts'
import { importOf } from './named.ts'
import { type CoreArguments, told, withCore } from './opened.ts'
import { count, plain, print, printJson, problemLines } from './words.ts'

/** Most ends of a watch are told; one that work on its device ended is not (ms). */
const lookEvery = 1000

/** "3 computers are looked at again until Mon 23 Nov, 18:00"; undefined when none is. */
export function watchWords(core: Core, importId: string): string | undefined {
  const { watches } = core.store
  const until = watches.until(importId)
  if (until === undefined) return undefined
  const number = watches.count(importId)
  return `${count(number, 'computer')} that ${number === 1 ? 'is' : 'are'} done ${number === 1 ? 'is' : 'are'} looked at again until ${localTime(until, systemOffset)}.`
}

function tellTakenBack(job: Job, json: boolean): void {
  const { computer, problem } = job
  if (json) printJson({ event: 'taken back', name: computer.name, fqdn: computer.fqdn, guid: computer.guid, problem })
  else if (problem) print(plain(`${computer.name}: taken back`).concat('\n', problemLines(problem, '  ').join('\n')))
}

/** Stays until nobody of this import is looked at any more; answers how many were taken back meanwhile. */
export async function stayForWatches(core: Core, importId: string, json: boolean): Promise<number> {
  const words = watchWords(core, importId)
  if (words === undefined) return 0
  const { store } = core
  const isTakenBack = ({ problem }: Job): boolean => problem?.code === 'taken-back'
  const known = new Set(
    store.jobs
      .of(importId)
      .filter(isTakenBack)
      .map(({ id }) => id)
  )
  const before = known.size
  if (json)
    printJson({ event: 'watching', computers: store.watches.count(importId), until: store.watches.until(importId) })
  else print(`\n${words} Ctrl+C leaves; the next start of the window or of "watch" goes on with it.`)
  await new Promise<void>((resolve) => {
    const look = (): void => {
      for (const job of store.jobs.of(importId)) {
        if (!isTakenBack(job) || known.has(job.id)) continue
        known.add(job.id)
        tellTakenBack(job, json)
      }
      if (store.watches.count(importId) > 0) return
      clearInterval(timer)
      unhear()
      resolve()
    }
    const unhear = core.onImport((id) => {
      // Told from within a transaction: looked at when it is through.
      if (id === importId) queueMicrotask(look)
    })
    const timer = setInterval(look, lookEvery)
  })
  const takenBack = known.size - before
  if (json) printJson({ event: 'watched', takenBack })
  else
    print(takenBack === 0 ? 'None was taken back.' : `${count(takenBack, 'computer')} taken back by the old manager.`)
  return takenBack
}

/** The named import; else the newest with computers that are looked at, or the latest. */
function watchedImport(core: Core, name: string | undefined): Result<Import> {
  const watched = core.imports.all().find(({ id }) => core.store.watches.count(id) > 0)
  return name === undefined && watched ? ok(watched) : importOf(core, name)
}

/** `amt-migrate watch`: goes on looking where a run was left; begins no other work. */
export const watchImport = (args: CoreArguments & { readonly name: string | undefined }): Promise<ExitCode> =>
  withCore(args, { resting: true }, async (core) => {
    const found = watchedImport(core, args.name)
    if (!found.ok) return told(found.problem, args.json)
    const { id } = found.value
    await core.goOn()
    if (watchWords(core, id) === undefined) {
      if (args.json) printJson({ event: 'watched', takenBack: 0 })
      else print('No computer is looked at again at the moment.')
    } else if ((await stayForWatches(core, id, args.json)) > 0) return exitCodes.person
    return exitOf(core.imports.view(id).totals)
  })
