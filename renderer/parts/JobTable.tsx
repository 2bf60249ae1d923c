// The jobs of an import, one row each; drawn only where in view once there are many.
// biome-ignore-all lint/a11y/useSemanticElements: rows that are drawn only in view cannot be table elements
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus stays on the frame, or on the buttons inside
import { makeStyles, tokens } from '@fluentui/react-components'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import { useJobs } from '../jobsStore.ts'
import { JobRow, jobTemplate } from './JobRow.tsx'

const useStyles = makeStyles({
  frame: {
    flexGrow: 1,
    flexBasis: 0,
    minHeight: '220px',
    overflow: 'auto',
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` }
  },
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
  body: { position: 'relative', minWidth: 'fit-content' }
})

/** Up to here all rows are drawn: searching and screen readers then find every one. */
const fewEnough = 200

/** The time, told anew every second while something runs. */
function useNow(running: boolean): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    setNow(Date.now())
    if (!running) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [running])
  return now
}

export function JobTable({ importId, running }: { readonly importId: string; readonly running: boolean }) {
  const styles = useStyles()
  const jobs = useJobs((state) => state.jobs)
  const order = useJobs((state) => state.order)
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
      className={styles.frame}
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
              now={job.state === 'working' || job.state === 'later' ? now : 0}
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
