// The completion report as one HTML file: what was done, what was not and why, what next; escaped, without scripts, without secrets.
import type { Chain } from './audit.ts'
import { changeWords, standing } from './change.ts'
import { checklistFor, phaseTitles, routesInPlay, type Ticks } from './checklist.ts'
import type { Job, Totals } from './job.ts'
import { type Outcome, outcomeWords, stateTitle } from './outcome.ts'
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
  /** Where the passwords are, in a sentence. */
  readonly secrets: string
  readonly version: string
  readonly jobs: readonly Job[]
  readonly totals: Totals
  readonly chain: Chain
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
h1{font-size:1.6rem;margin-bottom:.2rem}h2{font-size:1.15rem;margin-top:2rem}table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid #d1d1d1}th{background:#f5f5f5}
code{font-family:Consolas,ui-monospace,monospace;font-size:.92em;overflow-wrap:anywhere}.practice{background:#fff4ce;padding:.5rem .8rem;border:1px solid #f2c661}
small{color:#616161}@media print{body{margin:0}}`

const item = (content: string): string => `<li>${text(content)}</li>`

function doneRow(job: Job): string {
  const { computer, facts } = job
  const changes = standing(facts.changes)
    .map((change) => item(changeWords(change)))
    .join('')
  const lacks = (facts.lacks ?? [])
    .map(({ step, why }) => item(`${stepTitles[step]}, not on this computer: ${why}`))
    .join('')
  return `<tr><td>${text(computer.name)}<br><small>${text(computer.fqdn)}</small></td><td><code>${text(facts.guid ?? computer.guid)}</code></td><td>${text(
    facts.amtVersion ?? ''
  )}<br><small>${text(facts.endpoint ?? '')}${facts.tls ? ', TLS' : ''}</small></td><td>${text(facts.account ?? '')}</td><td><ul>${
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

const table = (heads: readonly string[], rows: readonly string[]): string =>
  `<table><thead><tr>${heads.map((head) => `<th scope="col">${text(head)}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`

/** Every step of the checklist: done by whom and when, or still open. */
function checklistTable({ route, answers, routes, checklist }: ReportFacts): string {
  const items = checklistFor(routesInPlay(route, routes), answers)
  if (items.length === 0) return '<p>The route was not decided, so there is none.</p>'
  const rows = items.map(({ id, phase, text: what, why, who }) => {
    const tick = checklist[id]
    const done = tick === undefined ? 'Open' : `<b>Done</b><br>${text(tick.by ?? '')}<br>${text(time(tick.at))}`
    return `<tr><td>${text(phaseTitles[phase])}</td><td>${text(what)}<br><small>${text(why)}</small></td><td>${text(who)}</td><td>${done}</td></tr>`
  })
  return table(['Part', 'Step, and why', 'Whose work', 'Done by, at'], rows)
}

/** The computers that still carry the mark, and what it means; nothing when there are none. */
function preventedPart(jobs: readonly Job[]): string {
  const names = jobs.filter(({ computer }) => computer.automaticPrevented).map(({ computer }) => computer.name)
  if (names.length === 0) return ''
  return `<h2>Automatic in-band provisioning prevented (${names.length})</h2><p>${text(preventedWords)}</p><p><code>${text(names.join(', '))}</code></p>`
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
    ...(facts.schedule ?? [])
  ]
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${words.report}: ${text(
    facts.source
  )}</title><style>${style}</style></head><body>
<h1>${words.report}</h1><p>${facts.totals.done} of ${facts.totals.all} ${words.claim}</p>
${facts.practice ? '<p class="practice">Practice fleet: these are pretend devices. No real computer was touched.</p>' : ''}
<ul>${head.map(item).join('')}</ul>
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
          done.map(doneRow)
        )
  }
<h2>${words.notDone} (${rest.length})</h2>${
    rest.length === 0
      ? '<p>None.</p>'
      : table(
          ['Computer', 'State', 'Step', 'Why, and what to do'],
          rest.map((job) => openRow(job, facts.outcome))
        )
  }
${preventedPart(facts.jobs)}<h2>Checklist</h2>${checklistTable(facts)}
<h2>Evidence</h2><p>${text(facts.chain.why)} Last entry: <code>${text(facts.chain.head)}</code></p>
<p><small>${text(facts.secrets)} AMT Migration Wizard ${text(facts.version)}</small></p>
</body></html>
`
}
