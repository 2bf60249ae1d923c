// Watches an import in the terminal: a line, or a line of JSON, for each computer as it ends.

import { standing } from '../../shared/change.ts'
import type { Import } from '../../shared/contract/views.ts'
import { type Job, openJobs } from '../../shared/job.ts'
import { outcomeWords, stateTitle } from '../../shared/outcome.ts'
import { stepTitles } from '../../shared/steps.ts'
import type { Core } from '../core.ts'
import type { Practice } from '../practice.ts'
import { barFor, importBar } from './bar.ts'
import { count, duration, plain, print, printJson, problemLines } from './words.ts'

/** How one computer ended; in practice held against what its personality promised. */
export interface End {
  readonly job: Job
  readonly expected: ReturnType<Practice['expected']>
  readonly asExpected: boolean
}

const ended = (job: Job): boolean => job.state === 'done' || job.state === 'person' || job.state === 'stopped'

/** Without a practice fleet only `done` is as expected. */
export function endOf(job: Job, practice: Practice | undefined): End {
  const expected = practice?.expected(job.computer)
  if (!practice) return { job, expected, asExpected: job.state === 'done' }
  const code = job.problem?.code
  const asExpected =
    expected !== undefined && expected.state === job.state && (expected.code === undefined || expected.code === code)
  return { job, expected, asExpected }
}

function printJob({ job, expected }: End, view: Import, json: boolean): void {
  const { name, fqdn, guid } = job.computer
  const { totals, timeLeft } = view
  const { state, step, problem, facts } = job
  if (json) {
    printJson({ event: 'job', name, fqdn, guid, state, step, problem, facts, expected, totals, timeLeft })
    return
  }
  const through = totals.all - openJobs(totals)
  const left =
    openJobs(totals) === 0 ? '' : timeLeft === null ? ', time left not known yet' : `, about ${duration(timeLeft)} left`
  const words = state === 'done' ? count(standing(facts.changes).length, 'change') : (problem?.title ?? '')
  print(
    plain(`${name.padEnd(16)}${stateTitle(state, view.outcome).padEnd(16)}${words}`).padEnd(86) +
      `  ${through} of ${totals.all}${left}`
  )
}

/** Prints each computer as it ends; resolves when the import runs no longer, or only computers that do not answer are left. */
export async function follow(
  core: Core,
  importId: string,
  practice: Practice | undefined,
  json: boolean
): Promise<Import> {
  const told = new Set<string>()
  const bar = barFor(json)
  return new Promise((resolve) => {
    const look = (): void => {
      const read = core.imports.jobs(importId)
      if (!read.ok) return
      bar.clear()
      for (const job of read.value.jobs) {
        if (!ended(job) || told.has(job.id)) continue
        told.add(job.id)
        printJob(endOf(job, practice), read.value.import, json)
      }
      const view = read.value.import
      // Who sleeps may do so for days: the window, or the next run, goes on looking for them.
      const allAsleep = practice === undefined && openJobs(view.totals) === view.flow.asleep
      if (view.state === 'running' && !allAsleep) {
        bar.draw(importBar(view.totals, view.timeLeft))
        return
      }
      unhear()
      resolve(view)
    }
    const unhear = core.onImport((id) => {
      if (id === importId) look()
    })
    look()
  })
}

/** What came of an import, in full for every computer that is not done; true when all is as expected. */
export function printEnds(ends: readonly End[], view: Import, report: string, json: boolean): boolean {
  const unexpected = ends.filter((end) => !end.asExpected)
  const asExpected = unexpected.length === 0
  if (json) {
    printJson({
      event: 'summary',
      totals: view.totals,
      asExpected,
      unexpected: unexpected.map(({ job }) => job.computer.name),
      report
    })
    return asExpected
  }
  print('')
  print(
    `${view.totals.done} of ${view.totals.all} ${outcomeWords[view.outcome].claim} ${view.totals.person} need a person.`
  )
  for (const { job, expected } of ends.filter(({ job }) => job.state !== 'done')) {
    const where = job.step ? `, at "${stepTitles[job.step]}"` : ''
    const practice = expected ? ` (practice personality: ${expected.personality})` : ''
    print('')
    print(plain(`${job.computer.name}: ${stateTitle(job.state, view.outcome)}${where}${practice}`))
    if (job.problem) print(problemLines(job.problem, '  ').join('\n'))
  }
  if (view.flow.asleep > 0) {
    print('')
    print(
      `${count(view.flow.asleep, 'computer')} did not answer and will be looked for by the next run, or by the window.`
    )
  }
  print('')
  if (view.practice && asExpected) print('Every computer ended as its personality promised.')
  if (!asExpected && view.practice) {
    print(`Not as expected: ${unexpected.map(({ job }) => job.computer.name).join(', ')}`)
  }
  print(`Report: ${report}`)
  return asExpected
}
