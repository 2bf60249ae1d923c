// The users of a profile: left as they are, some added, or only these.
import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import { realmWords } from '../../../shared/profile/realms.ts'
import type { User } from '../../../shared/profile.ts'
import { asked } from '../../bridge.ts'
import { Pick } from './Pick.tsx'
import { UserDialog } from './UserDialog.tsx'
import { useProfile } from './useProfile.ts'

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: '4px 0', padding: 0 },
  user: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 12px',
    padding: '6px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`
  },
  words: { flexGrow: 1, minWidth: '200px', overflowWrap: 'anywhere' },
  quiet: { display: 'block', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 }
})

function standWords(user: User): string {
  if (user.by === 'kerberos') return user.sid
  return user.slot === undefined ? 'no password yet' : 'password kept in the keychain'
}

export function UserList() {
  const styles = useStyles()
  const { draftId, profile, set } = useProfile()
  const [editing, setEditing] = useState<{ readonly user: User | undefined }>()
  const { kind, list } = profile.users
  const put = (change: (list: readonly User[]) => readonly User[]): void =>
    set(({ users }) => ({ users: { ...users, list: [...change(users.list)] } }))
  const done = async (user: User, password: string): Promise<void> => {
    setEditing(undefined)
    const secret =
      user.by === 'digest' && password !== ''
        ? await asked('secret.keep', { draftId, purpose: 'user', value: password })
        : undefined
    const next: User = user.by === 'digest' && secret ? { ...user, slot: secret.slot } : user
    put((now) =>
      now.some(({ id }) => id === user.id) ? now.map((each) => (each.id === user.id ? next : each)) : [...now, next]
    )
  }
  return (
    <>
      <Pick
        label="User accounts"
        hint="Beside the Remote Admin Account, which is never removed"
        options={[
          ['keep', 'Leave as they are'],
          ['add', 'Add these'],
          ['replace', 'Only these']
        ]}
        value={kind}
        onChange={(value) => set({ users: { kind: value, list } })}
      />
      {kind !== 'keep' && (
        <>
          <ul className={styles.list} aria-label="Users">
            {list.map((user) => (
              <li key={user.id} className={styles.user}>
                <span className={styles.words}>
                  {user.name}
                  <span className={styles.quiet}>
                    {realmWords(user.realms)}; {standWords(user)}
                  </span>
                </span>
                <Button size="small" aria-label={`Edit ${user.name}`} onClick={() => setEditing({ user })}>
                  Edit
                </Button>
                <Button
                  size="small"
                  appearance="subtle"
                  aria-label={`Remove ${user.name}`}
                  onClick={() => put((now) => now.filter(({ id }) => id !== user.id))}
                >
                  Remove
                </Button>
              </li>
            ))}
          </ul>
          <div>
            <Button icon={<AddRegular />} disabled={list.length >= 15} onClick={() => setEditing({ user: undefined })}>
              Add user
            </Button>
          </div>
        </>
      )}
      {editing !== undefined && (
        <UserDialog
          user={editing.user}
          onDone={(user, password) => void done(user, password)}
          onCancel={() => setEditing(undefined)}
        />
      )}
    </>
  )
}
