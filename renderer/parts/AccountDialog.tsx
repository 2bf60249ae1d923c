// Adds or edits one account; its password goes to the keychain and is never shown again.
import { Button, Field, Input, makeStyles } from '@fluentui/react-components'
import { useState } from 'react'
import { passwordRule } from '../../shared/password.ts'
import type { Account } from '../../shared/profile.ts'
import { Modal } from './Modal.tsx'

const useStyles = makeStyles({ fields: { display: 'flex', flexDirection: 'column', gap: '12px' } })

/** What was typed; a password of '' leaves the one that is kept. */
export interface Entered {
  readonly username: string
  readonly description: string
  readonly password: string
}

interface AccountDialogProps {
  /** Undefined for a new one. */
  readonly account: Account | undefined
  /** A new account of an import that runs is of no use without its password. */
  readonly passwordNeeded?: boolean
  onDone(entered: Entered): void
  onCancel(): void
}

export function AccountDialog({ account, passwordNeeded = false, onDone, onCancel }: AccountDialogProps) {
  const styles = useStyles()
  const [username, setUsername] = useState(account?.username ?? 'admin')
  const [description, setDescription] = useState(account?.description ?? '')
  const [password, setPassword] = useState('')
  const kept = account?.slot !== undefined
  const lacks = password === '' ? [] : passwordRule(password)
  const complete = username.trim() !== '' && (password !== '' || !passwordNeeded)
  const done = (): void => onDone({ username: username.trim(), description: description.trim(), password })
  return (
    <Modal
      title={account === undefined ? 'Add account' : `Edit ${account.username}`}
      onCancel={onCancel}
      onSubmit={() => complete && done()}
      actions={
        <>
          <Button type="button" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" appearance="primary" disabled={!complete}>
            {account === undefined ? 'Add' : 'Keep'}
          </Button>
        </>
      }
    >
      <div className={styles.fields}>
        <Field label="User name" required>
          <Input value={username} maxLength={32} spellCheck={false} onChange={(_, data) => setUsername(data.value)} />
        </Field>
        <Field
          label="Password"
          required={passwordNeeded}
          hint={
            kept
              ? 'Kept in the keychain. Leave this empty to keep it as it is.'
              : 'Goes to the keychain and is never shown again.'
          }
          validationState={lacks.length > 0 ? 'warning' : 'none'}
          validationMessage={
            lacks.length > 0 ? `Unusual for AMT, which wants ${lacks.join(', ')}. It is tried as typed.` : null
          }
        >
          <Input
            type="password"
            autoComplete="off"
            autoFocus
            maxLength={256}
            value={password}
            onChange={(_, data) => setPassword(data.value)}
          />
        </Field>
        <Field label="Description">
          <Input value={description} maxLength={200} onChange={(_, data) => setDescription(data.value)} />
        </Field>
      </div>
    </Modal>
  )
}
