// Target and Profile: where the computers belong, and what each shall become. Ready profiles first, details folded.
import { Checkbox, Field, Input, makeStyles } from '@fluentui/react-components'
import { onlyRemoves } from '../../shared/profile/rules.ts'
import { useCurrentDraft, useDraft } from '../draftStore.ts'
import { Card } from '../parts/Card.tsx'
import { Choice } from '../parts/Choice.tsx'
import { NewPassword } from '../parts/NewPassword.tsx'
import { CleanUpChoice } from '../parts/profile/CleanUpChoice.tsx'
import { Findings } from '../parts/profile/Findings.tsx'
import { Panels } from '../parts/profile/Panels.tsx'
import { ProfilePicker } from '../parts/profile/ProfilePicker.tsx'
import { useProfile } from '../parts/profile/useProfile.ts'
import { Title } from '../parts/Title.tsx'

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    gap: '12px',
    alignItems: 'start',
    '@media (max-width: 900px)': { gridTemplateColumns: 'minmax(0, 1fr)' }
  },
  column: { display: 'flex', flexDirection: 'column', gap: '12px', minWidth: 0 }
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
  { value: 'os', title: 'From the operating system', hint: 'As the host last told AMT' },
  { value: 'keep', title: 'Leave them as they are' }
] as const

function Collection() {
  const { collection } = useCurrentDraft()
  return (
    <Card>
      <Field label="Collection" hint="Goes into the report and the hand-over to Configuration Manager. May stay empty.">
        <Input
          value={collection}
          maxLength={255}
          onChange={(_, data) => useDraft.getState().change({ collection: data.value })}
        />
      </Field>
    </Card>
  )
}

function Password() {
  const { draftId, profile, set } = useProfile()
  const { password } = profile
  return (
    <>
      <Choice
        question="New admin password"
        vertical
        options={passwords}
        value={password.kind}
        onChange={(kind) => kind !== password.kind && set({ password: { kind } })}
      />
      {password.kind === 'given' && (
        <NewPassword
          draftId={draftId}
          kept={password.slot !== undefined}
          onKept={(slot) => set({ password: { kind: 'given', slot } })}
        />
      )}
    </>
  )
}

function Names() {
  const { profile, set } = useProfile()
  return (
    <>
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
    </>
  )
}

export function ProfilePage() {
  const styles = useStyles()
  const { profile } = useProfile()
  const makes = !onlyRemoves(profile)
  return (
    <>
      <Title intro="Where the computers belong, and what each of them shall become.">Target and Profile</Title>
      <Findings />
      <div className={styles.columns}>
        <div className={styles.column}>
          <ProfilePicker />
          <Collection />
        </div>
        <div className={styles.column}>
          {makes && <Password />}
          {makes && <Names />}
        </div>
      </div>
      {makes && <Panels />}
      <CleanUpChoice />
    </>
  )
}
