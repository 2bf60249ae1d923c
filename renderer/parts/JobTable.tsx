// The jobs of an import, one row each; drawn only where in view once there are many.
// biome-ignore-all lint/a11y/useSemanticElements: rows that are drawn only in view cannot be table elements
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus stays on the frame, or on the buttons inside
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState } from 'react'
import type { Job } from '../../shared/job.ts'
import { beginsAt, type Followed } from '../../shared/schedule/followed.ts'
import { useJobs } from '../jobsStore.ts'
import { zoneOffset } from '../words.ts'
import { JobRow, jobTemplate } from './JobRow.tsx'
import { useTableStyles } from './tableStyles.ts'
import { useNow } from './useNow.ts'

const useStyles = makeStyles({
  head: {
    position: 'sticky',
    top: 0,
    zIndex: 1,
    display: 'grid',
    gridTemplateColumns: jobTemplate,
    minWidth: 'fit-content',
    columnGap: '16px',
    padding: '8px 12px',
    backgroundColor: tokens.colorNeutralBackground3,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    fontWeight: tokens.fontWeightSemibold,
    fontSize: tokens.fontSizeBase200
  },
  right: { textAlign: 'right' },
  body: { position: 'relative', minWidth: 'fit-content' },
  none: { padding: '12px', margin: 0, color: tokens.colorNeutralForeground2 }
})

/** Up to here all rows are drawn: searching and screen readers then find every one. */
const fewEnough = 200

/** When a job that waits goes on, as far as the plan says; undefined when nothing but its turn is waited for. */
function goesOn({ state, notBefore, dueAt }: Job, schedule: Followed | undefined, now: number): number | undefined {
  if (state === 'waiting') return beginsAt(schedule, notBefore, now, zoneOffset)
  if (state === 'later') return beginsAt(schedule, dueAt ?? undefined, now, zoneOffset) ?? dueAt ?? undefined
  return undefined
}

interface JobTableProps {
  readonly importId: string
  readonly running: boolean
  readonly schedule: Followed | undefined
}

export function JobTable({ importId, running, schedule }: JobTableProps) {
  const styles = useStyles()
  const tables = useTableStyles()
  const jobs = useJobs((state) => state.jobs)
  const all = useJobs((state) => state.order)
  const only = useJobs((state) => state.only)
  const order = useMemo(
    () => (only === null ? all : all.filter((id) => jobs.get(id)?.state === only)),
    [all, jobs, only]
  )
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const now = useNow(running)
  const frame = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: order.length,
    getScrollElement: () => frame.current,
    getItemKey: (index) => order[index] ?? index,
    estimateSize: () => 52,
    overscan: order.length <= fewEnough ? fewEnough : 10
  })
  const toggle = (id: string): void => {
    const next = new Set(open)
    if (!next.delete(id)) next.add(id)
    setOpen(next)
  }
  return (
    <div
      ref={frame}
      className={mergeClasses(tables.frame, tables.fills)}
      role="table"
      aria-label="Jobs"
      aria-rowcount={order.length + 1}
      aria-colcount={5}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
    >
      <div className={styles.head} role="row" aria-rowindex={1}>
        {['Computer', 'State', 'Step', 'Time', 'What you can do'].map((title) => (
          <span key={title} role="columnheader" className={title === 'Time' ? styles.right : ''}>
            {title}
          </span>
        ))}
      </div>
      {order.length === 0 && only !== null && <p className={styles.none}>No computer is in this state any more.</p>}
      <div className={styles.body} role="rowgroup" style={{ height: `${virtual.getTotalSize()}px` }}>
        {virtual.getVirtualItems().map((item) => {
          const job = jobs.get(order[item.index] ?? '')
          return job === undefined ? null : (
            <JobRow
              key={job.id}
              importId={importId}
              job={job}
              index={item.index}
              top={item.start}
              now={job.state === 'working' || job.state === 'later' || schedule !== undefined ? now : 0}
              goesOn={goesOn(job, schedule, now)}
              open={open.has(job.id)}
              measure={virtual.measureElement}
              onToggle={toggle}
            />
          )
        })}
      </div>
    </div>
  )
}
