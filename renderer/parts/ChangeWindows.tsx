// The change windows: on which days or which date, from when to when; added, changed and taken away.
import { Button, Field, Input, makeStyles, ToggleButton } from '@fluentui/react-components'
import { AddRegular, DeleteRegular } from '@fluentui/react-icons'
import { type ChangeWindow, changeWindowSchema } from '../../shared/schedule/settings.ts'
import { windowWords } from '../../shared/schedule/words.ts'

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: '10px' },
  window: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'end',
    gap: '8px 12px',
    border: 'none',
    margin: 0,
    padding: 0,
    minWidth: 0
  },
  days: { display: 'flex', flexWrap: 'wrap', gap: '4px' },
  day: { minWidth: '48px' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px' }
})

const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

/** With the day put on or taken away; at least one stays. */
function toggled(days: readonly number[], day: number): number[] {
  const without = days.filter((each) => each !== day)
  if (without.length === days.length) return [...days, day].sort((a, b) => a - b)
  return without.length === 0 ? [...days] : without
}

interface WindowProps {
  readonly window: ChangeWindow
  /** The last one stays as long as there have to be some. */
  readonly removable: boolean
  onChange(window: ChangeWindow): void
  onRemove(): void
}

function Window({ window, removable, onChange, onRemove }: WindowProps) {
  const styles = useStyles()
  const words = windowWords(window)
  // A time or date half typed is not handed on.
  const set = (part: object): void => {
    const read = changeWindowSchema.safeParse({ ...window, ...part })
    if (read.success) onChange(read.data)
  }
  return (
    <fieldset className={styles.window} aria-label={`Change window ${words}`} data-window={words}>
      {window.on === 'days' ? (
        <div className={styles.days}>
          {dayNames.map((name, index) => (
            <ToggleButton
              key={name}
              size="small"
              className={styles.day}
              appearance={window.days.includes(index + 1) ? 'primary' : 'secondary'}
              checked={window.days.includes(index + 1)}
              aria-label={name}
              onClick={() => set({ days: toggled(window.days, index + 1) })}
            >
              {name.slice(0, 3)}
            </ToggleButton>
          ))}
        </div>
      ) : (
        <Field label="Date">
          <Input type="date" value={window.date} onChange={(_, data) => set({ date: data.value })} />
        </Field>
      )}
      <Field label="From">
        <Input type="time" value={window.from} onChange={(_, data) => set({ from: data.value })} />
      </Field>
      <Field label={window.to <= window.from ? 'To (next day)' : 'To'}>
        <Input type="time" value={window.to} onChange={(_, data) => set({ to: data.value })} />
      </Field>
      {removable && (
        <Button icon={<DeleteRegular />} appearance="subtle" aria-label={`Remove ${words}`} onClick={onRemove} />
      )}
    </fieldset>
  )
}

interface ChangeWindowsProps {
  readonly windows: readonly ChangeWindow[]
  /** Whether there may be none. */
  readonly mayBeEmpty: boolean
  readonly today: string
  onChange(windows: ChangeWindow[]): void
}

export function ChangeWindows({ windows, mayBeEmpty, today, onChange }: ChangeWindowsProps) {
  const styles = useStyles()
  const full = windows.length >= 20
  return (
    <div className={styles.list}>
      {windows.map((window, index) => (
        <Window
          // biome-ignore lint/suspicious/noArrayIndexKey: windows have no other identity, and may be alike
          key={index}
          window={window}
          removable={mayBeEmpty || windows.length > 1}
          onChange={(changed) => onChange(windows.map((each, at) => (at === index ? changed : each)))}
          onRemove={() => onChange(windows.filter((_, at) => at !== index))}
        />
      ))}
      <div className={styles.buttons}>
        <Button
          size="small"
          icon={<AddRegular />}
          disabled={full}
          onClick={() => onChange([...windows, { on: 'days', days: [1, 2, 3, 4, 5], from: '18:00', to: '06:00' }])}
        >
          Add weekdays
        </Button>
        <Button
          size="small"
          icon={<AddRegular />}
          disabled={full}
          onClick={() => onChange([...windows, { on: 'date', date: today, from: '20:00', to: '04:00' }])}
        >
          Add a date
        </Button>
      </div>
    </div>
  )
}
