// The limits and numbers of a schedule: the export utility's time, hello windows, batches, margin and pace.
import { Checkbox, Field, Input, makeStyles, Radio, RadioGroup, Select, tokens } from '@fluentui/react-components'
import type { Planning } from '../../shared/schedule/batch.ts'
import { helloHours, helloKinds, mostHelloHours, mostParallel, type Schedule } from '../../shared/schedule/settings.ts'
import { helloWords, paceWords } from '../../shared/schedule/words.ts'
import { zoneOffset } from '../words.ts'
import { NumberField } from './NumberField.tsx'

const useStyles = makeStyles({
  fields: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(190px, 1fr))',
    gap: '12px 16px',
    alignItems: 'start'
  },
  wide: { gridColumn: 'span 2', '@media (max-width: 640px)': { gridColumn: 'auto' } },
  row: { columnGap: '8px', flexWrap: 'wrap' },
  line: { margin: 0, gridColumn: '1 / -1', lineHeight: tokens.lineHeightBase300 }
})

interface LimitProps {
  readonly schedule: Schedule
  set(part: Partial<Schedule>): void
}

/** ms since 1970 ↔ what a local date and time field holds. */
const localText = (at: number): string => new Date(at + zoneOffset(at) * 60_000).toISOString().slice(0, 16)

/** The export utility's time limit, and whether the export has been run already. */
export function ExportLimit({ schedule, now, set }: LimitProps & { readonly now: number }) {
  const styles = useStyles()
  const { export: limit } = schedule
  if (limit === null) return null
  return (
    <div className={styles.fields}>
      <NumberField
        label="Time limit of the export utility"
        hint="From its documentation; it counts from the export."
        unit="hours"
        value={limit.hours}
        min={0.25}
        max={2000}
        onChange={(hours) => hours !== null && set({ export: { ...limit, hours } })}
      />
      <Field label="The export" className={styles.wide}>
        <RadioGroup
          className={styles.row}
          value={limit.exportedAt === null ? 'batches' : 'once'}
          onChange={(_, data) => set({ export: { ...limit, exportedAt: data.value === 'once' ? now : null } })}
        >
          <Radio value="batches" label="is run for each batch when its turn comes" />
          <Radio value="once" label="was run already, for all of them" />
        </RadioGroup>
      </Field>
      {limit.exportedAt !== null && (
        <Field label="It was run">
          <Input
            type="datetime-local"
            value={localText(limit.exportedAt)}
            onChange={(_, data) => {
              const at = new Date(data.value).getTime()
              if (Number.isFinite(at)) set({ export: { ...limit, exportedAt: at } })
            }}
          />
        </Field>
      )}
    </div>
  )
}

function HelloLimit({ schedule, set }: LimitProps) {
  const { hello } = schedule
  const kind = helloKinds.find((each) => each === hello?.kind)
  return (
    <>
      <Checkbox
        label="Their hello windows have to be kept"
        checked={hello !== null}
        onChange={(_, data) =>
          set({ hello: data.checked === true ? { kind: 'again', hours: { ...helloHours } } : null })
        }
      />
      {hello !== null && kind !== undefined && (
        <>
          <Field label="AMT on them was">
            <Select
              value={kind}
              onChange={(_, data) => {
                const chosen = helloKinds.find((each) => each === data.value)
                if (chosen !== undefined) set({ hello: { ...hello, kind: chosen } })
              }}
            >
              {helloKinds.map((each) => (
                <option key={each} value={each}>
                  {helloWords[each]}
                </option>
              ))}
            </Select>
          </Field>
          <NumberField
            label="Length of that window"
            hint={`Documented: ${helloHours[kind]} hours, from the export or removal on.`}
            unit="hours"
            value={hello.hours[kind]}
            min={0}
            max={mostHelloHours}
            onChange={(hours) =>
              hours !== null && set({ hello: { ...hello, hours: { ...hello.hours, [kind]: hours } } })
            }
          />
        </>
      )}
    </>
  )
}

/** What has a sensible value without anybody looking at it. */
export function ScheduleDetails({ schedule, planning, set }: LimitProps & { readonly planning: Planning }) {
  const styles = useStyles()
  return (
    <div className={styles.fields}>
      <HelloLimit schedule={schedule} set={set} />
      <NumberField
        label="Computers in a batch"
        value={schedule.size}
        empty="as many as fit"
        min={1}
        max={100_000}
        whole
        onChange={(size) => set({ size })}
      />
      <NumberField
        label="Side by side"
        value={schedule.parallel}
        empty={`${planning.parallel}, as usual`}
        min={1}
        max={mostParallel}
        whole
        onChange={(parallel) => set({ parallel })}
      />
      <NumberField
        label="Margin"
        hint="Of a batch’s worst case, kept free before every limit."
        unit="%"
        value={Math.round(schedule.margin * 100)}
        min={0}
        max={200}
        whole
        onChange={(percent) => percent !== null && set({ margin: percent / 100 })}
      />
      {schedule.export !== null && (
        <>
          <NumberField
            label="One export takes"
            unit="minutes"
            value={schedule.exportMinutes}
            min={0}
            max={1440}
            onChange={(exportMinutes) => exportMinutes !== null && set({ exportMinutes })}
          />
          <NumberField
            label="One import takes"
            unit="minutes"
            value={schedule.importMinutes}
            min={0}
            max={1440}
            onChange={(importMinutes) => importMinutes !== null && set({ importMinutes })}
          />
        </>
      )}
      <p className={styles.line} data-pace>
        Time for one computer: {paceWords(planning.pace)}.
      </p>
    </div>
  )
}
