// A number with its unit: what is not a number of the range is said at once, and only numbers of the range are handed on.
import { Field, Input } from '@fluentui/react-components'
import { useEffect, useState } from 'react'

interface NumberFieldProps {
  readonly label: string
  readonly hint?: string
  readonly unit?: string
  readonly value: number | null
  readonly min: number
  readonly max: number
  /** Only whole numbers. */
  readonly whole?: boolean
  /** May stay empty: null is handed on, and this is shown in its place. */
  readonly empty?: string
  onChange(value: number | null): void
}

export function NumberField({ label, hint, unit, value, min, max, whole, empty, onChange }: NumberFieldProps) {
  const shown = value === null ? '' : String(value)
  const [text, setText] = useState(shown)
  // Another way may have changed it, such as a suggestion that was pressed.
  useEffect(() => setText((before) => (Number(before) === value && before !== '' ? before : shown)), [value, shown])
  const read = (typed: string): number | null | undefined => {
    if (typed.trim() === '') return empty === undefined ? undefined : null
    const number = Number(typed.replace(',', '.'))
    const fits = Number.isFinite(number) && number >= min && number <= max && (!whole || Number.isInteger(number))
    return fits ? number : undefined
  }
  const wrong = read(text) === undefined
  return (
    <Field
      label={label}
      hint={hint ?? null}
      validationMessage={wrong ? `A ${whole ? 'whole ' : ''}number from ${min} to ${max}.` : null}
    >
      <Input
        inputMode="decimal"
        value={text}
        placeholder={empty ?? ''}
        contentAfter={unit ?? null}
        style={{ width: '100%', minWidth: 0 }}
        onChange={(_, data) => {
          setText(data.value)
          const number = read(data.value)
          if (number !== undefined && number !== value) onChange(number)
        }}
      />
    </Field>
  )
}
