// The completion report: every text from a file or a device is escaped, both ends are told, nothing runs in it.
import { expect, test } from 'vitest'
import type { Change } from '../../../shared/change.ts'
import type { Job } from '../../../shared/job.ts'
import { totalsOf } from '../../../shared/job.ts'
import { problem } from '../../../shared/problem.ts'
import { type ReportFacts, reportHtml } from '../../../shared/report.ts'
import { noRoutes } from '../../../shared/strategy.ts'

const hostile = `<script>alert(1)</script><img src=x onerror="x">'"&`
const job = (change: Partial<Job>): Job => ({
  id: 'job',
  importId: 'import',
  ordinal: 1,
  computer: {
    name: 'PC',
    fqdn: 'pc.example',
    guid: 'guid',
    mac: '',
    address: '',
    amtVersion: '',
    amtStatus: '',
    automaticPrevented: false,
    adminPassword: 'draft/1/rows/0#0'
  },
  state: 'done',
  step: 'verify',
  attempts: 1,
  problem: null,
  dueAt: null,
  startedAt: 0,
  endedAt: 0,
  facts: {},
  ...change
})
const facts = (jobs: readonly Job[], change: Partial<ReportFacts> = {}): ReportFacts => ({
  source: 'list.csv',
  practice: false,
  actor: 'tester',
  startedAt: 0,
  writtenAt: 0,
  collection: '',
  route: 'without-export',
  answers: {},
  routes: noRoutes,
  checklist: {},
  outcome: 'takenOver',
  profile: ['One sentence.'],
  running: ['At most 8 at once.'],
  secrets: 'Passwords are kept in the keychain.',
  version: '1.0.0',
  jobs,
  totals: totalsOf(jobs),
  installation: null,
  certificates: new Map(),
  deviceLogs: new Map(),
  chain: { holds: true, entries: 1, brokenAt: null, head: 'abc', why: 'All follow.', startsAt: 1, signedTo: null },
  ...change
})

const changed = (setting: string, from: string, to: string): Change => ({
  step: 'clock',
  key: setting,
  setting,
  from,
  to,
  reversible: false,
  proved: true
})

test('hostile texts in every place are shown, not run', () => {
  const computer = {
    name: hostile,
    fqdn: hostile,
    guid: hostile,
    mac: '',
    address: '',
    amtVersion: '',
    amtStatus: '',
    automaticPrevented: false
  }
  const told = {
    guid: hostile,
    amtVersion: hostile,
    endpoint: hostile,
    account: hostile,
    changes: [changed(hostile, hostile, hostile)]
  }
  const found = problem('wrong-computer', { where: hostile, found: hostile, expected: hostile })
  const html = reportHtml(
    facts(
      [
        job({ computer, facts: told }),
        job({ computer, state: 'person', problem: { ...found, title: hostile, meaning: hostile, remedy: hostile } })
      ],
      {
        source: hostile,
        actor: hostile,
        collection: hostile,
        profile: [hostile],
        version: hostile,
        chain: { holds: false, entries: 1, brokenAt: 1, head: hostile, why: hostile, startsAt: 1, signedTo: null }
      }
    )
  )
  expect(html).not.toMatch(/<script|<img|onerror="x"/)
  expect(html.split('&lt;script&gt;').length).toBeGreaterThan(15)
  expect(html).toContain(`default-src 'none'`)
})

test('it tells both ends with their reasons, and no slot', () => {
  const html = reportHtml(
    facts([
      job({ facts: { changes: [changed('Clock', '7 s slow', 'right')], tls: true, endpoint: '10.0.0.7:16993' } }),
      job({ state: 'person', step: 'identity', problem: problem('wrong-computer', { found: 'a', expected: 'b' }) }),
      job({ state: 'stopped', step: null })
    ])
  )
  expect(html).toContain('1 of 3 computers taken over')
  expect(html).toContain('Clock: 7 s slow → right')
  expect(html).toContain('10.0.0.7:16993, TLS')
  expect(html).toContain('Another computer answers at this address')
  expect(html).toContain('Comparing its GUID with the row')
  expect(html).toContain('Stopped')
  expect(html).not.toContain('draft/')
  expect(html).not.toContain('Practice fleet')
})

test('the checklist is told with who and when, open steps too, and what is still prevented', () => {
  const marked = job({})
  const html = reportHtml(
    facts([marked, job({ computer: { ...marked.computer, name: 'FIN-7', automaticPrevented: true } })], {
      routes: { ...noRoutes, 'without-export': 380, none: 2 },
      checklist: { import: { at: Date.UTC(2026, 10, 23, 9, 5), by: 'r.weber' } }
    })
  )
  expect(html).toContain('By route: 380 without an export utility, 2 not possible')
  expect(html).toMatch(
    /imported into Configuration Manager, at once.*<b>Done<\/b><br>r\.weber<br>2026-11-23 09:05:00 UTC/
  )
  expect(html).toMatch(/AMT status of the computers in Configuration Manager is Provisioned.*<td>Open<\/td>/)
  expect(html).not.toContain('The export utility has written the file')
  expect(html).toContain('Automatic in-band provisioning prevented (1)')
  expect(html).toContain('<code>FIN-7</code>')
  expect(html).toContain('it changes nothing in Configuration Manager')
  expect(reportHtml(facts([marked]))).not.toContain('provisioning prevented')
})

test('it says when it was practice, and when nothing was done', () => {
  const html = reportHtml(facts([], { practice: true, route: null }))
  expect(html).toContain('No real computer was touched.')
  expect(html).toContain('0 of 0')
  expect(html.match(/<p>None\.<\/p>/g)).toHaveLength(2)
  expect(html).not.toContain('Migration strategy')
  expect(html).toContain('The route was not decided, so there is none.')
})

test('how it ran is told: pace, rate, canary', () => {
  const running = ['At most 8 at once, 2 begun in a second.', 'One computer first, then five, then the rest.']
  const html = reportHtml(facts([], { running }))
  for (const sentence of running) expect(html).toContain(`<li>${sentence}</li>`)
})
