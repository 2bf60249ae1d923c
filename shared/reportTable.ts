// The report for programs: rows for a list, and JSON with everything there is. No secret is in what they are made from.

import { changeWords, standing } from './change.ts'
import { outcomeParts, paceOf } from './chart.ts'
import { checklistFor, routesInPlay } from './checklist.ts'
import { deviceRecordWords } from './deviceLog.ts'
import type { Job } from './job.ts'
import { stateTitle } from './outcome.ts'
import type { ReportFacts } from './report.ts'
import { stepTitles } from './steps.ts'

const time = (at: number | null): string => (at === null ? '' : new Date(at).toISOString())

const heads = [
  ...['Computer', 'FQDN', 'SMBIOS GUID', 'State', 'Step', 'AMT version', 'Reached at', 'TLS', 'Certificate SHA-256'],
  ...['Account that fitted', 'What was changed', 'Not on this computer', 'Problem', 'Meaning', 'What to do'],
  ...['Attempts', 'Begun', 'Ended', 'Written by version']
] as const

function cells(job: Job, { outcome, certificates, version }: ReportFacts): readonly string[] {
  const { computer, facts, problem, step } = job
  return [
    ...[computer.name, computer.fqdn, facts.guid ?? computer.guid, stateTitle(job.state, outcome)],
    job.state === 'done' || step === null ? '' : stepTitles[step],
    ...[facts.amtVersion ?? '', facts.endpoint ?? '', facts.tls === true ? (facts.protocol ?? 'yes') : ''],
    ...[certificates.get(job.id) ?? '', facts.account ?? ''],
    standing(facts.changes).map(changeWords).join('; '),
    (facts.lacks ?? []).map((lack) => `${stepTitles[lack.step]}: ${lack.why}`).join('; '),
    ...[problem?.title ?? '', problem?.meaning ?? '', problem?.remedy ?? ''],
    ...[String(job.attempts), time(job.startedAt), time(job.endedAt), version]
  ]
}

/** A line of titles and one for each computer. */
export const reportRows = (facts: ReportFacts): readonly (readonly string[])[] => [
  heads,
  ...facts.jobs.map((job) => cells(job, facts))
]

function jobJson(job: Job, { certificates, deviceLogs }: ReportFacts): unknown {
  const { name, fqdn, guid, mac, automaticPrevented } = job.computer
  const { changes = [], ...found } = job.facts
  const log = deviceLogs.get(job.id)
  return {
    computer: { name, fqdn, guid, mac, automaticPrevented },
    state: job.state,
    step: job.step,
    attempts: job.attempts,
    begunAt: time(job.startedAt),
    endedAt: time(job.endedAt),
    ...found,
    certificate: certificates.get(job.id) ?? null,
    changes: changes.map(({ step, setting, from, to, proved, undoneAt }) => ({
      step,
      setting,
      before: from,
      after: to,
      proved,
      undoneAt: undoneAt === undefined ? null : time(undoneAt)
    })),
    problem: job.problem,
    deviceLog: log
      ? { ...log, records: log.records.map((each) => ({ ...each, at: time(each.at), words: deviceRecordWords(each) })) }
      : null
  }
}

/** `amt-report 1`: times in ISO 8601, UTC. */
export function reportJson(facts: ReportFacts): string {
  const { jobs, chain, installation, startedAt, writtenAt, checklist, route, routes, answers } = facts
  const { deviceLogs: _logs, certificates: _certificates, profile, schedule, ...head } = facts
  const items = checklistFor(routesInPlay(route, routes), answers)
  const report = {
    format: 'amt-report 1',
    ...head,
    startedAt: time(startedAt),
    writtenAt: time(writtenAt),
    profile,
    schedule: schedule ?? [],
    checklist: items.map(({ id, text, who }) => {
      const tick = checklist[id]
      return { id, text, who, doneBy: tick?.by ?? null, doneAt: tick ? time(tick.at) : null }
    }),
    outcomes: outcomeParts(jobs, facts.outcome),
    pace: (paceOf(jobs) ?? []).map(({ at, done }) => ({ at: time(at), done })),
    jobs: jobs.map((job) => jobJson(job, facts)),
    evidence: { ...chain, installation }
  }
  return `${JSON.stringify(report, null, 2)}\n`
}
