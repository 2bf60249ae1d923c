// A secret typed a second time, because nobody sees what was typed.
import { Field, Input } from '@fluentui/react-components'

export function SameAgain(props: {
  /** What was typed first. */
  readonly first: string
  readonly value: string
  onChange(value: string): void
}) {
  const { first, value, onChange } = props
  const differs = value !== '' && value !== first
  return (
    <Field
      label="The same again"
      required
      validationState={differs ? 'error' : 'none'}
      validationMessage={differs ? 'The two are not the same.' : null}
    >
      <Input type="password" autoComplete="new-password" value={value} onChange={(_, data) => onChange(data.value)} />
    </Field>
  )
}
