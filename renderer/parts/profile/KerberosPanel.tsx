// Kerberos of the devices: whether users of the directory are let in, and for which realm the devices have a key.
import { Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components'
import { principalNames, toleranceRange } from '../../../shared/profile/kerberos.ts'
import { NumberField } from '../NumberField.tsx'
import { Pick } from './Pick.tsx'
import { useProfile } from './useProfile.ts'

const useStyles = makeStyles({
  fields: { display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(220px, 1fr))', gap: '8px 16px' },
  quiet: { display: 'block', paddingTop: '8px', color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' }
})

export function KerberosPanel() {
  const styles = useStyles()
  const { profile, set } = useProfile()
  const { kerberos } = profile
  return (
    <>
      <Pick
        label="Kerberos"
        hint="By it users of the directory log in"
        options={[
          ['keep', 'Leave as it is'],
          ['off', 'Off'],
          ['on', 'On, where the device has a key']
        ]}
        value={kerberos.kind}
        onChange={(kind) => {
          if (kind === kerberos.kind) return
          set({ kerberos: kind === 'on' ? { kind, realm: '', tolerance: null } : { kind } })
        }}
      />
      {kerberos.kind === 'on' && (
        <>
          <div className={styles.fields}>
            <Field label="Realm" hint="The domain of the directory" required>
              <Input
                value={kerberos.realm}
                maxLength={192}
                onChange={(_, data) => set({ kerberos: { ...kerberos, realm: data.value.trim() } })}
              />
            </Field>
            <NumberField
              label="Clock tolerance"
              hint="How far clocks may differ"
              unit="minutes"
              empty="as it is"
              whole
              min={toleranceRange.least}
              max={toleranceRange.most}
              value={kerberos.tolerance}
              onChange={(tolerance) => set({ kerberos: { ...kerberos, tolerance } })}
            />
          </div>
          <Text size={200} className={styles.quiet}>
            The key and the encryption stay as they are in the device. In the directory its object needs the names{' '}
            {principalNames('fqdn').join(', ')} (believed, not measured); the wizard makes no objects there.
          </Text>
        </>
      )}
    </>
  )
}
