// The texts of an import that are handed on: its report in three forms, and the rows that failed, as a list that imports again.
import type { DeviceLog } from '../../shared/deviceLog.ts'
import { type Job, totalsOf } from '../../shared/job.ts'
import { outcomeOf } from '../../shared/outcome.ts'
import { profileSentences } from '../../shared/profile/sentences.ts'
import { type ReportFacts, reportHtml } from '../../shared/report.ts'
import { reportJson, reportRows } from '../../shared/reportTable.ts'
import { type Running, runningSentences } from '../../shared/running.ts'
import { failedRowsCsv } from '../intake/failedRows.ts'
import type { Delimiter } from '../intake/lines.ts'
import { listText } from '../intake/write.ts'
import type { Planner } from '../planning.ts'
import { fingerprintWords } from '../signature.ts'
import type { KeptImport } from '../store/importPlan.ts'
import type { Store } from '../store/store.ts'
import type { Vaults } from '../vault.ts'

/** `report` is the web page, and what a PDF is made from. */
export type DocumentKind = 'report' | 'csv' | 'json' | 'failedRows'

const writers = {
  report: { ending: 'html', write: reportHtml },
  csv: { ending: 'csv', write: (facts: ReportFacts, delimiter?: Delimiter) => listText(reportRows(facts), delimiter) },
  json: { ending: 'json', write: reportJson }
} as const

const day = (at: number): string => new Date(at).toISOString().slice(0, 10)

const reasonOf = (job: Job): string =>
  job.problem ? `${job.problem.title}. ${job.problem.remedy}` : 'The work on this computer was stopped before its end.'

export interface DocumentTools {
  readonly store: Store
  readonly vaults: Vaults
  readonly planner: Planner
  readonly now: () => number
  readonly version: string
}

function pinOf(store: Store, { id, computer }: Job): [string, string][] | undefined {
  const pin = store.secrets.pin(computer.guid)
  return pin === undefined ? undefined : [[id, pin]]
}

function logOfJob(store: Store, { id }: Job): [string, DeviceLog][] | undefined {
  const log = store.deviceLogs.of(id)
  return log && [[id, log]]
}

/** Text of a document, with the file name to offer; lists are in the given separator. */
export function documentOf(
  kept: KeptImport & { readonly running: Running },
  kind: DocumentKind,
  { store, vaults, planner, now, version }: DocumentTools,
  delimiter?: Delimiter
): { name: string; text: string } {
  const jobs = store.jobs.of(kept.id)
  const stem = `${day(now())}-${kept.id.slice(0, 6)}`
  if (kind === 'failedRows') {
    const rows = jobs
      .filter((job) => job.state !== 'done')
      .map((job) => ({ computer: job.computer, reason: reasonOf(job) }))
    return { name: `amt-failed-rows-${stem}.csv`, text: failedRowsCsv(rows, delimiter) }
  }
  const { source, practice, actor, startedAt, collection, profile, schedule } = kept
  const { route, answers, routes, checklist } = kept
  const installation = store.installation.key()
  const facts: ReportFacts = {
    source,
    practice,
    actor,
    startedAt,
    writtenAt: now(),
    collection,
    route,
    answers,
    routes,
    checklist,
    outcome: outcomeOf(profile),
    profile: profileSentences(profile),
    ...(schedule && { schedule: planner.words(schedule) }),
    running: runningSentences(kept.running),
    secrets: `${(practice ? vaults.practice : vaults.real).words} They are in no file, log or report.`,
    version,
    jobs,
    totals: totalsOf(jobs),
    chain: store.audit.verify(),
    installation: installation ? fingerprintWords(installation.publicKey) : null,
    certificates: new Map(jobs.flatMap((job) => pinOf(store, job) ?? [])),
    deviceLogs: new Map(jobs.flatMap((job) => logOfJob(store, job) ?? []))
  }
  const { ending, write } = writers[kind]
  return { name: `amt-take-over-report-${stem}.${ending}`, text: write(facts, delimiter) }
}
