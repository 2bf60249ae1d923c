// Confirmation: what was done, what was not and why, what comes next, and the files to take along.
import { Button, Link, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import {
  CheckmarkCircleFilled,
  DocumentRegular,
  HistoryRegular,
  PersonAlertRegular,
  TableRegular
} from '@fluentui/react-icons'
import { useState } from 'react'
import { standing } from '../../shared/change.ts'
import { routesInPlay } from '../../shared/checklist.ts'
import type { Import } from '../../shared/contract/views.ts'
import type { Job } from '../../shared/job.ts'
import { outcomeWords } from '../../shared/outcome.ts'
import type { Problem } from '../../shared/problem.ts'
import type { Route } from '../../shared/strategy.ts'
import { asked } from '../bridge.ts'
import { takeImport, useJobs } from '../jobsStore.ts'
import { useNotice } from '../noticeStore.ts'
import { AutomaticCard } from '../parts/AutomaticCard.tsx'
import { Card } from '../parts/Card.tsx'
import { Checklist } from '../parts/Checklist.tsx'
import { OutcomeChart } from '../parts/charts/OutcomeChart.tsx'
import { PaceChart } from '../parts/charts/PaceChart.tsx'
import { ExportCard } from '../parts/ExportCard.tsx'
import { ExportPasswords } from '../parts/ExportPasswords.tsx'
import { FormerPasswords } from '../parts/FormerPasswords.tsx'
import { Title } from '../parts/Title.tsx'
import { useTones } from '../parts/tones.tsx'
import { usePlace } from '../placeStore.ts'
import { counted, number } from '../words.ts'

const useStyles = makeStyles({
  head: { display: 'flex', gap: '12px', alignItems: 'flex-start' },
  icon: { fontSize: '28px', flexShrink: 0 },
  big: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold
  },
  line: { margin: '2px 0 0', lineHeight: tokens.lineHeightBase300, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
  list: {
    margin: 0,
    paddingLeft: '20px',
    lineHeight: tokens.lineHeightBase300,
    display: 'flex',
    flexDirection: 'column',
    gap: '6px'
  },
  names: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' }
})

/** Jobs that were not taken over, together with those that share their reason; the largest group first. */
function groupsOf(
  jobs: Iterable<Job>
): readonly { title: string; problem: Problem | null; names: readonly string[] }[] {
  const groups = new Map<string, { title: string; problem: Problem | null; names: string[] }>()
  for (const { state, problem, computer } of jobs) {
    if (state === 'done') continue
    const title =
      state === 'stopped' || problem === null ? 'Stopped before it was its turn, or still open' : problem.title
    const group = groups.get(title) ?? { title, problem: state === 'stopped' ? null : problem, names: [] }
    group.names.push(computer.name)
    groups.set(title, group)
  }
  return [...groups.values()].sort((a, b) => b.names.length - a.names.length)
}

/** What comes next on each route ("Decide How to Migrate from an AMT-Based Management Solution"). */
const nextWords: Readonly<Record<Route, string>> = {
  'in-band':
    'Enable automatic provisioning on the collection and install the Configuration Manager client; it then provisions these computers in-band.',
  'with-export':
    'Import the exported file into Configuration Manager within the export utility’s time limit. In-band provisioning stays off for these computers until you choose Enable automatic provisioning on them.',
  'without-export':
    'Import name, FQDN and SMBIOS GUID of these computers into Configuration Manager, from the same file.'
}

function nextSteps({ collection, route }: Import): readonly string[] {
  return [
    route === null
      ? 'Import these computers into Configuration Manager on the route you chose under Migration Strategy.'
      : nextWords[route],
    collection === '' ? 'Put them into the collection they belong to.' : `Put them into the collection ${collection}.`,
    'Clear what the old manager left behind (certificates, accounts, directory objects) with its own tools.'
  ]
}

/** What is still to be done around the wizard; ticks go on after Start, each on record. */
function Steps({ current }: { readonly current: Import }) {
  const routes = routesInPlay(current.route, current.routes)
  if (routes.length === 0) return null
  const tick = async (item: string, done: boolean): Promise<void> =>
    takeImport(await asked('import.tick', { importId: current.id, item, done }))
  return (
    <Card title="Checklist">
      <Checklist
        routes={routes}
        answers={current.answers}
        ticks={current.checklist}
        onTick={(item, done) => void tick(item, done)}
      />
    </Card>
  )
}

const shownNames = 12

function NotDone({ jobs }: { readonly jobs: Iterable<Job> }) {
  const styles = useStyles()
  const groups = groupsOf(jobs)
  if (groups.length === 0) return null
  return (
    <Card title="What was not done, and why">
      <ul className={styles.list}>
        {groups.map(({ title, problem, names }) => (
          <li key={title} data-group={problem?.code ?? 'stopped'}>
            <strong>
              {title}: {counted(names.length, 'computer')}.
            </strong>{' '}
            {problem?.remedy}
            <div className={styles.names}>
              {names.slice(0, shownNames).join(', ')}
              {names.length > shownNames && ` and ${number(names.length - shownNames)} more`}
            </div>
          </li>
        ))}
      </ul>
      <div>
        <Link onClick={() => usePlace.getState().showPage('progress')}>Back to Progress, to retry them</Link>
      </div>
    </Card>
  )
}

function Files({ current }: { readonly current: Import }) {
  const styles = useStyles()
  const [saved, setSaved] = useState('')
  const save = async (kind: 'report' | 'failedRows'): Promise<void> => {
    const answer = await asked('report.save', { importId: current.id, kind })
    if (answer === undefined || answer === null) return
    setSaved(`Saved as ${answer.file}.`)
    useNotice.getState().say(`Saved as ${answer.file}.`)
  }
  const allDone = current.totals.done === current.totals.all
  return (
    <Card title="Take along">
      <div className={styles.buttons}>
        <Button icon={<DocumentRegular />} onClick={() => void save('report')}>
          Save report
        </Button>
        <Button icon={<TableRegular />} disabled={allDone} onClick={() => void save('failedRows')}>
          Save failed rows
        </Button>
        <ExportPasswords current={current} onSaved={setSaved} />
        <Button appearance="subtle" icon={<HistoryRegular />} onClick={() => usePlace.getState().toAudit()}>
          Audit log
        </Button>
        <span className={styles.quiet}>{saved}</span>
      </div>
      <p className={mergeClasses(styles.line, styles.quiet)}>
        The report holds no passwords; the name you give it decides its kind: web page (.html), PDF (.pdf), list (.csv)
        or JSON (.json). The failed rows are a file that can be imported again.
      </p>
    </Card>
  )
}

export function ConfirmationPage() {
  const styles = useStyles()
  const tones = useTones()
  const { import: current, jobs } = useJobs()
  if (current === null) return <Title>Confirmation</Title>
  const { totals } = current
  const allDone = totals.done === totals.all
  const changed = [...jobs.values()].reduce((sum, job) => sum + standing(job.facts.changes).length, 0)
  const Icon = allDone ? CheckmarkCircleFilled : PersonAlertRegular
  return (
    <>
      <Title intro={`${current.source}${current.practice ? ', on the practice fleet' : ''}`}>Confirmation</Title>
      <Card>
        <div className={styles.head}>
          <Icon className={mergeClasses(styles.icon, tones[allDone ? 'done' : 'person'])} aria-hidden />
          <div>
            <p className={styles.big} data-headline>
              {number(totals.done)} of {counted(totals.all, 'computer')} {outcomeWords[current.outcome].headline}
            </p>
            {totals.done > 0 && (
              <p className={styles.line}>
                {outcomeWords[current.outcome].proof} {counted(changed, 'setting')} changed in all; before, after and
                the way back are in the details of each computer under Progress.
              </p>
            )}
          </div>
        </div>
      </Card>
      <NotDone jobs={jobs.values()} />
      <Card title="At a glance">
        <OutcomeChart jobs={[...jobs.values()]} outcome={current.outcome} />
        <PaceChart jobs={[...jobs.values()]} all={totals.all} />
      </Card>
      <Card title="What comes next">
        <ul className={styles.list}>
          {nextSteps(current).map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </Card>
      <AutomaticCard current={current} />
      <Steps current={current} />
      <ExportCard current={current} />
      <FormerPasswords importId={current.id} />
      <Files current={current} />
    </>
  )
}
