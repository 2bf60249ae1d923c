// Progress: how far the import is, and every job as it moves; what needs a person stood on top when it was opened.
import { Button, makeStyles, Spinner } from '@fluentui/react-components'
import { ArrowSortRegular } from '@fluentui/react-icons'
import { useEffect, useRef } from 'react'
import type { Import } from '../../shared/contract/views.ts'
import { heldWords } from '../../shared/waiting.ts'
import { useJobs } from '../jobsStore.ts'
import { useNotice } from '../noticeStore.ts'
import { OutcomeChart } from '../parts/charts/OutcomeChart.tsx'
import { PaceChart } from '../parts/charts/PaceChart.tsx'
import { WindowChart } from '../parts/charts/WindowChart.tsx'
import { CauseStrip, FlowStrip } from '../parts/FlowStrip.tsx'
import { Fold } from '../parts/Fold.tsx'
import { JobTable } from '../parts/JobTable.tsx'
import { PaceButton } from '../parts/PaceDialog.tsx'
import { PlanStrip } from '../parts/PlanStrip.tsx'
import { Title } from '../parts/Title.tsx'
import { TotalsCard } from '../parts/TotalsCard.tsx'
import { counted, importWords } from '../words.ts'

const useStyles = makeStyles({
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'end',
    justifyContent: 'space-between',
    gap: '8px',
    flexShrink: 0
  }
})

/** Tells the screen reader when somebody is needed, and when nothing runs any more. */
function useAnnouncements(current: Import | null): void {
  const before = useRef<Import | null>(null)
  useEffect(() => {
    const { say } = useNotice.getState()
    const last = before.current
    before.current = current
    if (current === null || last === null || last.id !== current.id) return
    if (current.state !== last.state && current.state === 'finished') say(`Finished: ${importWords(current)}.`)
    else if (current.problem !== null && last.problem === null) say(current.problem.title)
    else if (heldWords(current) !== null && heldWords(current) !== heldWords(last)) say(heldWords(current) ?? '')
    else if (current.totals.person > last.totals.person) {
      say(`${counted(current.totals.person, 'computer needs', 'computers need')} you.`)
    }
  }, [current])
}

function Charts({ current }: { readonly current: Import }) {
  const held = useJobs((state) => state.jobs)
  // A list, not what runs over it once: a chart that counts down is drawn again by itself.
  const jobs = [...held.values()]
  return (
    <>
      {current.schedule !== undefined && <WindowChart jobs={jobs} schedule={current.schedule} />}
      <OutcomeChart jobs={jobs} outcome={current.outcome} />
      <PaceChart jobs={jobs} all={current.totals.all} />
    </>
  )
}

export function ProgressPage() {
  const styles = useStyles()
  const current = useJobs((state) => state.import)
  useAnnouncements(current)
  return (
    <>
      <div className={styles.head}>
        <Title>Progress</Title>
        {current !== null && (
          <div>
            <PaceButton current={current} />
            <Button appearance="subtle" icon={<ArrowSortRegular />} onClick={() => useJobs.getState().sort()}>
              Sort again
            </Button>
          </div>
        )}
      </div>
      {current === null ? (
        <Spinner label="Reading the jobs" />
      ) : (
        <>
          <TotalsCard current={current} />
          <FlowStrip current={current} />
          <CauseStrip current={current} />
          <PlanStrip current={current} />
          <Fold title="Charts">
            <Charts current={current} />
          </Fold>
          <JobTable importId={current.id} running={current.state === 'running'} schedule={current.schedule} />
        </>
      )}
    </>
  )
}
