// Adds or edits one account; its password goes to the keychain and is never shown again.
import { Button, Field, Input, makeStyles } from '@fluentui/react-components'
import { useState } from 'react'
import { passwordRule } from '../../shared/password.ts'
import type { Account } from '../../shared/profile.ts'
import { asked } from '../bridge.ts'
import { Modal } from './Modal.tsx'

const useStyles = makeStyles({ fields: { display: 'flex', flexDirection: 'column', gap: '12px' } })

interface AccountDialogProps {
  readonly draftId: string
  /** Undefined for a new one. */
  readonly account: Account | undefined
  /** Ids already in the list. */
  readonly taken: readonly string[]
  onDone(account: Account): void
  onCancel(): void
}

/** The first free "account-n". */
function freeId(taken: readonly string[]): string {
  let n = taken.length + 1
  while (taken.includes(`account-${n}`)) n += 1
  return `account-${n}`
}

export function AccountDialog({ draftId, account, taken, onDone, onCancel }: AccountDialogProps) {
  const styles = useStyles()
  const [username, setUsername] = useState(account?.username ?? 'admin')
  const [description, setDescription] = useState(account?.description ?? '')
  const [password, setPassword] = useState('')
  const kept = account?.slot !== undefined
  const lacks = password === '' ? [] : passwordRule(password)
  const keep = async (): Promise<void> => {
    const secret =
      password === '' ? undefined : await asked('secret.keep', { draftId, purpose: 'account', value: password })
    if (password !== '' && secret === undefined) return
    const slot = secret?.slot ?? account?.slot
    onDone({
      id: account?.id ?? freeId(taken),
      username: username.trim(),
      description: description.trim(),
      ...(slot !== undefined && { slot })
    })
  }
  return (
    <Modal
      title={account === undefined ? 'Add account' : `Edit ${account.username}`}
      onCancel={onCancel}
      onSubmit={() => username.trim() !== '' && void keep()}
      actions={
        <>
          <Button type="button" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" appearance="primary" disabled={username.trim() === ''}>
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
