// The completion report as one HTML file: what was done, what was not and why, what next; escaped, without scripts, without secrets.
import type { Chain } from './audit.ts'
import { changeWords, standing } from './change.ts'
import { outcomeParts, paceOf } from './chart.ts'
import { checklistFor, phaseTitles, routesInPlay, type Ticks } from './checklist.ts'
import { type DeviceLog, deviceRecordWords } from './deviceLog.ts'
import type { Job, Totals } from './job.ts'
import { type Outcome, outcomeWords, stateTitle } from './outcome.ts'
import { barsSvg, paceSvg } from './reportChart.ts'
import { stepTitles } from './steps.ts'
import { type Answers, preventedWords, type Route, type RouteCounts, routesWords, routeTitles } from './strategy.ts'

export interface ReportFacts {
  readonly source: string
  readonly practice: boolean
  readonly actor: string
  readonly startedAt: number
  readonly writtenAt: number
  readonly collection: string
  readonly route: Route | null
  readonly answers: Answers
  readonly routes: RouteCounts
  readonly checklist: Ticks
  readonly outcome: Outcome
  /** The wanted configuration in sentences. */
  readonly profile: readonly string[]
  /** The plan it followed, in sentences. */
  readonly schedule?: readonly string[]
  /** How it ran, in sentences: pace, canary, how long it looked after its computers. */
  readonly running: readonly string[]
  /** Where the passwords are, in a sentence. */
  readonly secrets: string
  readonly version: string
  readonly jobs: readonly Job[]
  readonly totals: Totals
  readonly chain: Chain
  /** The key that signs the audit log, as words; null while there is none. */
  readonly installation: string | null
  /** SHA-256 of the certificates that devices showed, by job. */
  readonly certificates: ReadonlyMap<string, string>
  /** What devices logged themselves, by job. */
  readonly deviceLogs: ReadonlyMap<string, DeviceLog>
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;'
}
const text = (value: string): string => value.replace(/[&<>"']/g, (c) => entities[c] ?? c)
const time = (at: number | null): string =>
  at === null ? '' : `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`

const style = `body{font:14px/1.5 "Segoe UI",system-ui,sans-serif;color:#242424;max-width:70rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;margin-bottom:.2rem}h2{font-size:1.15rem;margin-top:2rem}table{border-collapse:collapse;width:100%;table-layout:fixed}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid #d1d1d1;overflow-wrap:anywhere}th{background:#f5f5f5}
td ul{margin:0;padding-left:1.1em}code{font-family:Consolas,ui-monospace,monospace;font-size:.92em;overflow-wrap:anywhere}
.practice{background:#fff4ce;padding:.5rem .8rem;border:1px solid #f2c661;box-sizing:border-box}small{color:#616161}
.chart{max-width:100%;height:auto;font:13px "Segoe UI",system-ui,sans-serif;fill:#242424}
@page{size:A4 landscape;margin:14mm 12mm 16mm}
@media print{body{margin:0 1px;max-width:none;padding:0;font-size:10.5px}h1{margin-top:0}h2{margin-top:1.2rem}h3{margin:.6rem 0 .3rem}.chart{width:540px}thead{display:table-header-group}tr,.chart,li{break-inside:avoid}
h1,h2,h3{break-after:avoid}th{background:#f5f5f5!important;print-color-adjust:exact}.practice{print-color-adjust:exact}}`

const item = (content: string): string => `<li>${text(content)}</li>`

function doneRow(job: Job, certificates: ReportFacts['certificates']): string {
  const { computer, facts } = job
  const pin = certificates.get(job.id)
  const changes = standing(facts.changes)
    .map((change) => item(changeWords(change)))
    .join('')
  const lacks = (facts.lacks ?? [])
    .map(({ step, why }) => item(`${stepTitles[step]}, not on this computer: ${why}`))
    .join('')
  return `<tr><td>${text(computer.name)}<br><small>${text(computer.fqdn)}</small></td><td><code>${text(facts.guid ?? computer.guid)}</code></td><td>${text(
    facts.amtVersion ?? ''
  )}<br><small>${text(facts.endpoint ?? '')}${facts.tls ? `, ${text(facts.protocol ?? 'TLS')}` : ''}${pin === undefined ? '' : `<br>Certificate <code>${text(pin)}</code>`}</small></td><td>${text(facts.account ?? '')}</td><td><ul>${
    changes || item('Nothing had to be changed')
  }${lacks}</ul></td><td>${text(time(job.endedAt))}</td></tr>`
}

function openRow(job: Job, outcome: Outcome): string {
  const { computer, problem, step, state } = job
  const why = problem
    ? `<b>${text(problem.title)}</b><br>${text(problem.meaning)}${problem.found ? `<br>Found: <code>${text(problem.found)}</code>` : ''}${
        problem.expected ? `<br>Expected: <code>${text(problem.expected)}</code>` : ''
      }<br>${text(problem.remedy)}`
    : ''
  return `<tr><td>${text(computer.name)}<br><small>${text(computer.fqdn)}</small></td><td>${text(stateTitle(state, outcome))}</td><td>${
    step ? text(stepTitles[step]) : ''
  }</td><td>${why}</td></tr>`
}

/** `widths` in percent, one for each head. */
const table = (heads: readonly string[], widths: readonly number[], rows: readonly string[]): string =>
  `<table><colgroup>${widths.map((width) => `<col style="width:${width}%">`).join('')}</colgroup><thead><tr>${heads.map((head) => `<th scope="col">${text(head)}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`

/** Every step of the checklist: done by whom and when, or still open. */
function checklistTable({ route, answers, routes, checklist }: ReportFacts): string {
  const items = checklistFor(routesInPlay(route, routes), answers)
  if (items.length === 0) return '<p>The route was not decided, so there is none.</p>'
  const rows = items.map(({ id, phase, text: what, why, who }) => {
    const tick = checklist[id]
    const done = tick === undefined ? 'Open' : `<b>Done</b><br>${text(tick.by ?? '')}<br>${text(time(tick.at))}`
    return `<tr><td>${text(phaseTitles[phase])}</td><td>${text(what)}<br><small>${text(why)}</small></td><td>${text(who)}</td><td>${done}</td></tr>`
  })
  return table(['Part', 'Step, and why', 'Whose work', 'Done by, at'], [14, 54, 14, 18], rows)
}

/** The computers that still carry the mark, and what it means; nothing when there are none. */
function preventedPart(jobs: readonly Job[]): string {
  const names = jobs.filter(({ computer }) => computer.automaticPrevented).map(({ computer }) => computer.name)
  if (names.length === 0) return ''
  return `<h2>Automatic in-band provisioning prevented (${names.length})</h2><p>${text(preventedWords)}</p><p><code>${text(names.join(', '))}</code></p>`
}

const shownRecords = 5

/** The newest records of each device; all that were read are in the JSON. */
function deviceLogPart({ jobs, deviceLogs }: ReportFacts): string {
  const rows = jobs.flatMap(({ id, computer }) => {
    const log = deviceLogs.get(id)
    if (!log) return []
    const records = log.records.slice(-shownRecords).reverse()
    const list = records.map((record) =>
      item(
        `${time(record.at)}: ${deviceRecordWords(record)}${record.who === '' ? '' : `, by ${record.who}`}${record.from === '' ? '' : ` from ${record.from}`}`
      )
    )
    const rest = log.total - records.length
    if (rest > 0) list.push(item(`${rest} older ${rest === 1 ? 'record' : 'records'}`))
    return [
      `<tr><td>${text(computer.name)}</td><td>${list.length === 0 ? 'It is empty.' : `<ul>${list.join('')}</ul>`}</td></tr>`
    ]
  })
  if (rows.length === 0) return ''
  return `<h2>What the devices logged themselves</h2><p>The newest records of the firmware’s own audit log, by the clock of the device, read when its work was done.</p>${table(['Computer', 'Records, the newest first'], [20, 80], rows)}`
}

function chartsPart({ jobs, outcome, totals }: ReportFacts): string {
  const points = paceOf(jobs)
  const pace = points ? `<h3>Computers done over time</h3>${paceSvg(points, totals.all, text)}` : ''
  return `<h2>At a glance</h2><h3>Outcome by cause</h3>${barsSvg(outcomeParts(jobs, outcome), totals.all, text)}${pace}`
}

/** The key and how far it vouches; nothing before there was one. */
function signedWords({ installation, chain }: ReportFacts): string {
  if (installation === null) return '<p>The audit log is not signed yet.</p>'
  const upTo = chain.signedTo === null || chain.signedTo === 0 ? '' : ` Signed up to entry ${chain.signedTo}.`
  return `<p>Key of this installation: <code>${text(installation)}</code>.${upTo} Compare these words, and the last entry, with what the verifier of an exported audit log says.</p>`
}

/** Writes the report. Every text from a file or a device is escaped here and nowhere else. */
export function reportHtml(facts: ReportFacts): string {
  const done = facts.jobs.filter((job) => job.state === 'done')
  const rest = facts.jobs.filter((job) => job.state !== 'done')
  const words = outcomeWords[facts.outcome]
  const head = [
    `Source: ${facts.source}`,
    `Started ${time(facts.startedAt)} by ${facts.actor}; this report was written ${time(facts.writtenAt)}`,
    ...(facts.collection ? [`Target collection: ${facts.collection}`] : []),
    ...(facts.route ? [`Migration strategy: ${routeTitles[facts.route]}`] : []),
    ...(routesWords(facts.routes) ? [`By route: ${routesWords(facts.routes)}`] : []),
    ...facts.profile,
    ...(facts.schedule ?? []),
    ...facts.running
  ]
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${words.report}: ${text(
    facts.source
  )}</title><style>${style}</style></head><body>
<h1>${words.report}</h1><p>${facts.totals.done} of ${facts.totals.all} ${words.claim}</p>
${facts.practice ? '<p class="practice">Practice fleet: these are pretend devices. No real computer was touched.</p>' : ''}
<ul>${head.map(item).join('')}</ul>
${chartsPart(facts)}
<h2>${words.done} (${done.length})</h2>${
    done.length === 0
      ? '<p>None.</p>'
      : table(
          [
            'Computer',
            'GUID read from the device',
            'AMT',
            'Account that fitted',
            'What was changed',
            facts.outcome === 'removed' ? 'Told at' : 'Proved at'
          ],
          [16, 19, 20, 12, 23, 10],
          done.map((job) => doneRow(job, facts.certificates))
        )
  }
<h2>${words.notDone} (${rest.length})</h2>${
    rest.length === 0
      ? '<p>None.</p>'
      : table(
          ['Computer', 'State', 'Step', 'Why, and what to do'],
          [20, 12, 16, 52],
          rest.map((job) => openRow(job, facts.outcome))
        )
  }
${preventedPart(facts.jobs)}<h2>Checklist</h2>${checklistTable(facts)}
${deviceLogPart(facts)}
<h2>Evidence</h2><p>${text(facts.chain.why)} Last entry: <code>${text(facts.chain.head)}</code></p>
${signedWords(facts)}
<p><small>${text(facts.secrets)} AMT Migration Wizard ${text(facts.version)}</small></p>
</body></html>
`
}
