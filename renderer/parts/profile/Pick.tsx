// One line of a profile: what it is about, and a short list to choose from. The first choice is always to leave it.
import { makeStyles, Select, tokens } from '@fluentui/react-components'
import { useId } from 'react'
import type { Wish } from '../../../shared/profile.ts'

const useStyles = makeStyles({
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: '4px 12px',
    padding: '4px 0'
  },
  label: { flexGrow: 1, minWidth: '180px' },
  hint: { display: 'block', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  select: { minWidth: '220px' }
})

interface PickProps<T extends string> {
  readonly label: string
  readonly hint?: string
  readonly options: readonly (readonly [T, string])[]
  readonly value: T
  onChange(value: T): void
}

export function Pick<T extends string>({ label, hint, options, value, onChange }: PickProps<T>) {
  const styles = useStyles()
  const id = useId()
  return (
    <div className={styles.line}>
      <label htmlFor={id} className={styles.label}>
        {label}
        {hint !== undefined && <span className={styles.hint}>{hint}</span>}
      </label>
      <Select
        id={id}
        className={styles.select}
        value={value}
        onChange={(_, data) => {
          const chosen = options.find(([key]) => key === data.value)
          if (chosen) onChange(chosen[0])
        }}
      >
        {options.map(([key, title]) => (
          <option key={key} value={key}>
            {title}
          </option>
        ))}
      </Select>
    </div>
  )
}

const wishes: readonly (readonly [Wish, string])[] = [
  ['keep', 'Leave as it is'],
  ['on', 'On'],
  ['off', 'Off']
]

export function WishPick(props: {
  readonly label: string
  readonly hint?: string
  readonly value: Wish
  onChange(value: Wish): void
}) {
  return <Pick {...props} options={wishes} />
}
