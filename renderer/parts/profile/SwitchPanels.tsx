// Two folds of a profile: what can be redirected and who is asked, how the device answers and when it is awake.
import { Field, Input, makeStyles } from '@fluentui/react-components'
import { Pick, WishPick } from './Pick.tsx'
import { useProfile } from './useProfile.ts'

const useStyles = makeStyles({ number: { maxWidth: '140px' } })

export function RedirectionPanel() {
  const { profile, set } = useProfile()
  return (
    <>
      <WishPick label="Serial over LAN" value={profile.sol} onChange={(sol) => set({ sol })} />
      <WishPick label="IDE redirection" value={profile.ider} onChange={(ider) => set({ ider })} />
      <WishPick label="KVM" value={profile.kvm} onChange={(kvm) => set({ kvm })} />
      <WishPick
        label="Redirection listener"
        hint="The port that all three need"
        value={profile.listener}
        onChange={(listener) => set({ listener })}
      />
      <Pick
        label="Consent of the person at the computer"
        options={[
          ['keep', 'Leave as it is'],
          ['none', 'Not asked for'],
          ['kvm', 'For KVM'],
          ['all', 'For every redirection']
        ]}
        value={profile.consent}
        onChange={(consent) => set({ consent })}
      />
    </>
  )
}

export function NetworkPanel() {
  const styles = useStyles()
  const { profile, set } = useProfile()
  return (
    <>
      <WishPick label="Web interface" value={profile.webUi} onChange={(webUi) => set({ webUi })} />
      <WishPick label="Answers to pings" value={profile.ping} onChange={(ping) => set({ ping })} />
      <WishPick label="Answers to RMCP pings" value={profile.rmcp} onChange={(rmcp) => set({ rmcp })} />
      <Pick
        label="AMT is awake"
        options={[
          ['keep', 'Leave as it is'],
          ['s0', 'Only while the computer runs'],
          ['always', 'In every sleep state, on mains']
        ]}
        value={profile.power}
        onChange={(power) => set({ power })}
      />
      <Field label="Idle timeout in minutes" hint="Empty: leave as it is">
        <Input
          className={styles.number}
          inputMode="numeric"
          value={profile.idle === null ? '' : String(profile.idle)}
          onChange={(_, data) => {
            const digits = data.value.replace(/\D/g, '').slice(0, 6)
            set({ idle: digits === '' ? null : Number(digits) })
          }}
        />
      </Field>
    </>
  )
}
