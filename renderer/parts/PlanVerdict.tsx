// Whether the plan fits, in words; what is left until its times; and what would make it fit, as buttons that do it.
import { Button, Checkbox, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CheckmarkCircleFilled, ErrorCircleFilled } from '@fluentui/react-icons'
import { useMemo } from 'react'
import type { Planning } from '../../shared/schedule/batch.ts'
import type { Plan } from '../../shared/schedule/plan.ts'
import { remedies } from '../../shared/schedule/remedies.ts'
import type { Schedule } from '../../shared/schedule/settings.ts'
import { limitTitles, verdictWords } from '../../shared/schedule/words.ts'
import { whenWords, zoneOffset } from '../words.ts'
import { Card } from './Card.tsx'
import { useTones } from './tones.tsx'
import { useNow } from './useNow.ts'

const useStyles = makeStyles({
  line: { display: 'flex', gap: '8px', alignItems: 'start', margin: 0, lineHeight: tokens.lineHeightBase300 },
  words: { fontWeight: tokens.fontWeightSemibold },
  icon: { fontSize: '20px', flexShrink: 0 },
  quiet: { margin: 0, color: tokens.colorNeutralForeground2, fontVariantNumeric: 'tabular-nums' },
  list: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'start',
    gap: '6px',
    margin: 0,
    padding: 0,
    listStyleType: 'none'
  },
  button: { textAlign: 'left', maxWidth: '100%' }
})

/** When it begins, and the deadline of what was exported already; told anew every second. */
function Countdowns({ schedule, plan }: { readonly schedule: Schedule; readonly plan: Plan }) {
  const styles = useStyles()
  const now = useNow(true)
  const [first] = plan.batches
  const { export: limit } = schedule
  if (first === undefined) return null
  const ends = limit !== null && limit.exportedAt !== null ? limit.exportedAt + limit.hours * 3_600_000 : undefined
  return (
    <p className={styles.quiet} data-countdown>
      {first.startsAt <= now + 1000 ? 'Begins with Start' : `Begins ${whenWords(first.startsAt, now)}`}
      {ends !== undefined &&
        `; the ${limitTitles.export} ${ends > now ? 'runs out' : 'ran out'} ${whenWords(ends, now)}`}
      .
    </p>
  )
}

interface PlanVerdictProps {
  readonly schedule: Schedule
  readonly computers: number
  readonly plan: Plan
  readonly planning: Planning
  onChange(schedule: Schedule, words: string): void
}

export function PlanVerdict({ schedule, computers, plan, planning, onChange }: PlanVerdictProps) {
  const styles = useStyles()
  const tones = useTones()
  const help = useMemo(
    () => (plan.fits ? [] : remedies(schedule, computers, planning)),
    [plan, schedule, computers, planning]
  )
  const Icon = plan.fits ? CheckmarkCircleFilled : ErrorCircleFilled
  return (
    <Card>
      <p className={styles.line} aria-live="polite" data-verdict={plan.fits ? 'fits' : 'short'}>
        <Icon className={mergeClasses(styles.icon, tones[plan.fits ? 'done' : 'person'])} aria-hidden />
        <span className={styles.words}>{verdictWords(plan, zoneOffset)}</span>
      </p>
      <Countdowns schedule={schedule} plan={plan} />
      {!plan.fits && (
        <>
          {help.length > 0 && (
            <ul className={styles.list} aria-label="What would make it fit">
              {help.map((remedy) => (
                <li key={remedy.key}>
                  <Button
                    size="small"
                    className={styles.button}
                    data-remedy={remedy.key}
                    onClick={() => onChange(remedy.schedule, verdictWords(remedy.plan, zoneOffset))}
                  >
                    {remedy.text}
                  </Button>
                </li>
              ))}
            </ul>
          )}
          {help.length === 0 && (
            <p className={styles.quiet}>No change of batches, hours or computers side by side alone makes it fit.</p>
          )}
          <Checkbox
            label="Start although it does not fit"
            checked={schedule.accepted}
            onChange={(_, data) => onChange({ ...schedule, accepted: data.checked === true }, '')}
          />
        </>
      )}
    </Card>
  )
}
