// Schedule: at once, in change windows or against an export deadline; whether it fits, and what would make it fit.
import { makeStyles } from '@fluentui/react-components'
import { useMemo } from 'react'
import { plan } from '../../shared/schedule/plan.ts'
import { presetOf, type Schedule, withPreset } from '../../shared/schedule/settings.ts'
import { verdictWords } from '../../shared/schedule/words.ts'
import { useCurrentDraft, useDraft } from '../draftStore.ts'
import { useNotice } from '../noticeStore.ts'
import { Card } from '../parts/Card.tsx'
import { ChangeWindows } from '../parts/ChangeWindows.tsx'
import { Choice } from '../parts/Choice.tsx'
import { Fold } from '../parts/Fold.tsx'
import { PlanTable } from '../parts/PlanTable.tsx'
import { PlanVerdict } from '../parts/PlanVerdict.tsx'
import { ExportLimit, ScheduleDetails } from '../parts/ScheduleLimits.tsx'
import { ScheduleTimeline } from '../parts/ScheduleTimeline.tsx'
import { Title } from '../parts/Title.tsx'
import { usePlanning } from '../planStore.ts'
import { zoneOffset } from '../words.ts'

const useStyles = makeStyles({
  details: { display: 'flex', flexDirection: 'column', gap: '16px', paddingTop: '8px' }
})

const presets = [
  { value: 'now', title: 'Start now', hint: 'All at once, as soon as Start is pressed' },
  { value: 'windows', title: 'In change windows', hint: 'Nothing is begun outside of them' },
  {
    value: 'deadline',
    title: 'Against an export deadline',
    hint: 'In batches that end before the utility’s time limit'
  }
] as const

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

export function SchedulePage() {
  const styles = useStyles()
  const { practice, counts, schedule } = useCurrentDraft()
  const planning = usePlanning(practice)
  const planned = useMemo(() => plan(schedule, counts.ready, planning), [schedule, counts.ready, planning])
  const put = (next: Schedule, words = ''): void => {
    useDraft.getState().change({ schedule: next })
    if (words !== '') useNotice.getState().say(words)
  }
  // What was accepted was another plan.
  const set = (part: Partial<Schedule>): void => put({ ...schedule, ...part, accepted: false })
  const preset = presetOf(schedule)
  const windows = (
    <ChangeWindows
      windows={schedule.changes}
      mayBeEmpty={preset !== 'windows'}
      today={new Date(planning.now + zoneOffset(planning.now) * 60_000).toISOString().slice(0, 10)}
      onChange={(changes) => set({ changes })}
    />
  )
  return (
    <>
      <Title
        intro={`When may the work be done, and which limits does it have to keep? Times are those of this computer (${zone}).`}
      >
        Schedule
      </Title>
      <Choice
        question="When shall it be done?"
        options={presets}
        value={preset}
        onChange={(value) => put(withPreset(schedule, value))}
      />
      {preset === 'windows' && <Card title="Change windows">{windows}</Card>}
      {preset === 'deadline' && (
        <Card title="Export">
          <ExportLimit schedule={schedule} now={planning.now} set={set} />
        </Card>
      )}
      <PlanVerdict schedule={schedule} computers={counts.ready} plan={planned} planning={planning} onChange={put} />
      {planned.batches.length > 0 && (
        <Card title="Timeline">
          <ScheduleTimeline plan={planned} now={planning.now} title={verdictWords(planned, zoneOffset)} />
        </Card>
      )}
      {planned.batches.length > 0 && (
        <Fold title="The timeline as a table">
          <PlanTable plan={planned} />
        </Fold>
      )}
      <Fold title="Details: hello windows, batches, margin and pace">
        <div className={styles.details}>
          <ScheduleDetails schedule={schedule} planning={planning} set={set} />
          {preset === 'deadline' && <Card title="Change windows">{windows}</Card>}
        </div>
      </Fold>
    </>
  )
}
