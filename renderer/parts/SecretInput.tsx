// A password field that is never filled back: once kept it only says so, with a button to change it.
import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { KeyRegular } from '@fluentui/react-icons'
import { useState } from 'react'

const useStyles = makeStyles({
  kept: { display: 'flex', alignItems: 'center', gap: '10px', minHeight: '32px' },
  label: { marginBottom: '2px' },
  words: { display: 'flex', alignItems: 'center', gap: '6px', color: tokens.colorNeutralForeground2 },
  input: { fontFamily: tokens.fontFamilyMonospace }
})

interface SecretProps {
  readonly label: string
  readonly kept: boolean
  readonly hint?: string
  readonly message?: string | undefined
  readonly state?: 'error' | 'warning' | 'none'
  readonly required?: boolean
  /** Called with what was typed when the field is left; never with ''. */
  onKeep(value: string): void
}

export function SecretInput({ label, kept, hint, message, state = 'none', required = false, onKeep }: SecretProps) {
  const styles = useStyles()
  const [changing, setChanging] = useState(false)
  const [typed, setTyped] = useState('')
  const keep = (): void => {
    if (typed !== '') onKeep(typed)
    setTyped('')
    setChanging(false)
  }
  if (kept && !changing) {
    return (
      <div>
        <div className={styles.label}>{label}</div>
        <div className={styles.kept}>
          <span className={styles.words}>
            <KeyRegular aria-hidden /> kept in the keychain
          </span>
          <Button size="small" onClick={() => setChanging(true)} aria-label={`Change ${label}`}>
            Change
          </Button>
        </div>
        {message !== undefined && <div>{message}</div>}
      </div>
    )
  }
  return (
    <Field
      label={label}
      hint={hint ?? null}
      validationMessage={message ?? null}
      validationState={state}
      required={required}
    >
      <Input
        type="password"
        autoComplete="off"
        className={styles.input}
        value={typed}
        autoFocus={changing}
        onChange={(_, data) => setTyped(data.value)}
        onBlur={keep}
        onKeyDown={(event) => event.key === 'Enter' && keep()}
      />
    </Field>
  )
}
