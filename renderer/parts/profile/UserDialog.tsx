// Adds or edits one user of a profile: who it is, what it may do, and its password, which is never shown again.
import { Button, Checkbox, Field, Input, makeStyles, Radio, RadioGroup } from '@fluentui/react-components'
import { useState } from 'react'
import { passwordRule } from '../../../shared/password.ts'
import { realmNumbers, realmTitles } from '../../../shared/profile/realms.ts'
import type { User } from '../../../shared/profile.ts'
import { Modal } from '../Modal.tsx'
import { Pick } from './Pick.tsx'

const useStyles = makeStyles({
  fields: { display: 'flex', flexDirection: 'column', gap: '10px' },
  realms: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(220px, 1fr))',
    maxHeight: '200px',
    overflow: 'auto'
  }
})

const newUser = (): User => ({
  id: crypto.randomUUID(),
  by: 'digest',
  name: '',
  access: 'network',
  realms: [2, 5, 13]
})

interface UserDialogProps {
  readonly user: User | undefined
  /** A password of '' leaves the one that is kept. */
  onDone(user: User, password: string): void
  onCancel(): void
}

export function UserDialog({ user: given, onDone, onCancel }: UserDialogProps) {
  const styles = useStyles()
  const [user, setUser] = useState<User>(given ?? newUser)
  const [password, setPassword] = useState('')
  const lacks = password === '' ? [] : passwordRule(password)
  const isKerberos = user.by === 'kerberos'
  const complete = user.name !== '' && lacks.length === 0 && (user.by === 'digest' || user.sid !== '')
  const toggle = (realm: number, on: boolean): void =>
    setUser({ ...user, realms: on ? [...user.realms, realm] : user.realms.filter((each) => each !== realm) })
  const change = (by: string): void => {
    const { id, name, access, realms } = user
    setUser(by === 'kerberos' ? { id, name, access, realms, by, sid: '' } : { id, name, access, realms, by: 'digest' })
  }
  return (
    <Modal
      title={given === undefined ? 'Add user' : `Edit ${given.name}`}
      onCancel={onCancel}
      onSubmit={() => complete && onDone(user, password)}
      actions={
        <>
          <Button type="button" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" appearance="primary" disabled={!complete}>
            {given === undefined ? 'Add' : 'Keep'}
          </Button>
        </>
      }
    >
      <div className={styles.fields}>
        <RadioGroup
          layout="horizontal"
          aria-label="Kind of user"
          value={user.by}
          onChange={(_, data) => change(data.value)}
        >
          <Radio value="digest" label="With a password of its own" />
          <Radio value="kerberos" label="Account or group of the directory" />
        </RadioGroup>
        <Field label={isKerberos ? 'What you call it' : 'User name'} required>
          <Input
            value={user.name}
            maxLength={isKerberos ? 104 : 16}
            spellCheck={false}
            onChange={(_, data) => setUser({ ...user, name: data.value.trim() })}
          />
        </Field>
        {user.by === 'kerberos' ? (
          <Field label="SID" required hint="Like S-1-5-21-1004336348-1177238915-682003330-512">
            <Input
              value={user.sid}
              maxLength={184}
              spellCheck={false}
              onChange={(_, data) => setUser({ ...user, sid: data.value.trim() })}
            />
          </Field>
        ) : (
          <Field
            label="Password"
            hint={user.slot === undefined ? null : 'Kept in the keychain. Leave this empty to keep it as it is.'}
            validationState={lacks.length > 0 ? 'error' : 'none'}
            validationMessage={lacks.length > 0 ? `It lacks ${lacks.join(', ')}.` : null}
          >
            <Input
              type="password"
              autoComplete="new-password"
              value={password}
              onChange={(_, data) => setPassword(data.value)}
            />
          </Field>
        )}
        <Pick
          label="May log in"
          options={[
            ['network', 'Over the network'],
            ['local', 'At the computer'],
            ['any', 'Both']
          ]}
          value={user.access}
          onChange={(access) => setUser({ ...user, access })}
        />
        <Field label="Realms">
          <div className={styles.realms}>
            {realmNumbers.map((realm) => (
              <Checkbox
                key={realm}
                label={realmTitles[realm] ?? String(realm)}
                checked={user.realms.includes(realm)}
                onChange={(_, data) => toggle(realm, data.checked === true)}
              />
            ))}
          </div>
        </Field>
      </div>
    </Modal>
  )
}
