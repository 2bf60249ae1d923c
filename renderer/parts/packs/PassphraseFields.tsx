// A passphrase typed twice, with what it is worth in words; it goes to the core once and is shown nowhere.
import { Field, Input } from '@fluentui/react-components'
import { strengthOf, strengthWords } from '../../../shared/passphrase.ts'
import { SameAgain } from '../SameAgain.tsx'

interface PassphraseProps {
  readonly first: string
  readonly second: string
  onChange(first: string, second: string): void
}

export const fits = (first: string, second: string): boolean => strengthOf(first) !== 'weak' && first === second

const looks = { weak: 'warning', fair: 'none', strong: 'success' } as const

export function PassphraseFields({ first, second, onChange }: PassphraseProps) {
  const strength = strengthOf(first)
  return (
    <>
      <Field
        label="Passphrase"
        required
        hint="Tell it by another way than the file goes. Without it nobody can open the pack, not even this laptop."
        validationState={first === '' ? 'none' : looks[strength]}
        validationMessage={first === '' ? null : strengthWords[strength]}
      >
        <Input
          type="password"
          autoComplete="new-password"
          value={first}
          onChange={(_, data) => onChange(data.value, second)}
        />
      </Field>
      <SameAgain first={first} value={second} onChange={(value) => onChange(first, value)} />
    </>
  )
}
