// The plan as a table: what the timeline draws, in times that can be read out and copied.
import { makeStyles, tokens } from '@fluentui/react-components'
import type { Plan } from '../../shared/schedule/plan.ts'
import { limitTitles, localTime } from '../../shared/schedule/words.ts'
import { clockTime, number, zoneOffset } from '../words.ts'
import { PlainTable } from './PlainTable.tsx'

const useStyles = makeStyles({
  frame: {
    overflow: 'auto',
    maxHeight: '320px',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` }
  },
  cell: { whiteSpace: 'nowrap' }
})

/** The day only where it is another one than the batch begins on. */
function at(time: number, begins: number): string {
  const sameDay = new Date(time).toDateString() === new Date(begins).toDateString()
  return sameDay ? clockTime(time) : localTime(time, zoneOffset)
}

export function PlanTable({ plan }: { readonly plan: Plan }) {
  const styles = useStyles()
  const leads = plan.batches.some(({ startsAt, workAt }) => workAt > startsAt)
  const heads = [
    'Batch',
    'Computers',
    'Fits',
    'Begins',
    ...(leads ? ['Import'] : []),
    'Work',
    'Expected end',
    'If all are slow',
    'With margin',
    'Limit'
  ]
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={styles.frame} tabIndex={0} aria-label="Batches">
      <PlainTable
        heads={heads}
        cell={styles.cell}
        rows={plan.batches.map((batch) => {
          const { deadline } = batch
          const time = (each: number): string => at(each, batch.startsAt)
          return [
            String(batch.number),
            number(batch.computers),
            batch.fits ? 'yes' : 'no',
            localTime(batch.startsAt, zoneOffset),
            ...(leads ? [time(batch.importAt)] : []),
            time(batch.workAt),
            time(batch.expectedEnd),
            time(batch.worstEnd),
            time(batch.heldUntil),
            deadline === null ? 'none' : `${time(deadline.at)} (${limitTitles[deadline.limit]})`
          ]
        })}
      />
    </section>
  )
}
