// Target and Profile: where the computers belong, and what each shall become.
import { Checkbox, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import type { Profile } from '../../shared/profile.ts'
import { useCurrentDraft, useDraft } from '../draftStore.ts'
import { Card } from '../parts/Card.tsx'
import { Choice } from '../parts/Choice.tsx'
import { NewPassword } from '../parts/NewPassword.tsx'
import { Title } from '../parts/Title.tsx'

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    gap: '12px',
    alignItems: 'start',
    '@media (max-width: 900px)': { gridTemplateColumns: 'minmax(0, 1fr)' }
  },
  column: { display: 'flex', flexDirection: 'column', gap: '12px', minWidth: 0 },
  line: { margin: 0, lineHeight: tokens.lineHeightBase300 }
})

const passwords = [
  {
    value: 'random',
    title: 'A random one for each computer (recommended)',
    hint: 'Drawn anew for each, kept in the keychain'
  },
  { value: 'given', title: 'One password for all', hint: 'Whoever learns it holds every computer' },
  { value: 'keep', title: 'Keep the one that works today', hint: 'The other solution can go on logging in' }
] as const

const names = [
  {
    value: 'fqdn',
    title: 'From the FQDN of the row',
    hint: 'Host name and domain as Configuration Manager expects them'
  },
  { value: 'keep', title: 'Leave them as they are' }
] as const

export function ProfilePage() {
  const styles = useStyles()
  const { id, collection, profile } = useCurrentDraft()
  const { change } = useDraft.getState()
  const set = (part: Partial<Profile>): void => change({ profile: { ...profile, ...part } })
  const { password } = profile
  return (
    <>
      <Title intro="Where the computers belong, and what each of them shall become.">Target and Profile</Title>
      <div className={styles.columns}>
        <div className={styles.column}>
          <Card>
            <Field
              label="Collection"
              hint="Goes into the report and the hand-over to Configuration Manager. May stay empty."
            >
              <Input value={collection} maxLength={255} onChange={(_, data) => change({ collection: data.value })} />
            </Field>
          </Card>
          <Choice
            question="New admin password"
            vertical
            options={passwords}
            value={password.kind}
            onChange={(kind) => kind !== password.kind && set({ password: { kind } })}
          />
          {password.kind === 'given' && (
            <NewPassword
              draftId={id}
              kept={password.slot !== undefined}
              onKept={(slot) => set({ password: { kind: 'given', slot } })}
            />
          )}
        </div>
        <div className={styles.column}>
          <Choice
            question="Host and domain name in AMT"
            vertical
            options={names}
            value={profile.names}
            onChange={(value) => set({ names: value })}
          />
          <Card title="Clock">
            <Checkbox
              label="Set the AMT clock when it is off"
              checked={profile.clock}
              onChange={(_, data) => set({ clock: data.checked === true })}
            />
          </Card>
          <Card title="Left for later">
            <p className={styles.line}>
              What the old manager left behind stays as it is: neither a partial nor a full removal of its settings is
              done by this version. Its certificates, accounts and directory objects have to be cleared with its own
              tools.
            </p>
          </Card>
        </div>
      </div>
    </>
  )
}
