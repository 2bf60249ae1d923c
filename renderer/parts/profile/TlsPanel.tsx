// TLS of the devices: whether, who signs their certificates, whom they let in, and which roots they trust.
import { Button, Checkbox, Field, makeStyles, tokens } from '@fluentui/react-components'
import { DismissRegular } from '@fluentui/react-icons'
import { needsClientCertificate } from '../../../shared/profile/eap.ts'
import type { Profile } from '../../../shared/profile.ts'
import { askDraft } from '../../draftStore.ts'
import { Pick } from './Pick.tsx'
import { useProfile } from './useProfile.ts'

const useStyles = makeStyles({
  roots: { listStyleType: 'none', margin: 0, padding: 0 },
  root: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: '8px' },
  finger: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, display: 'block' }
})

type TlsOn = Extract<Profile['tls'], { readonly kind: 'on' }>
const newTls: TlsOn = { kind: 'on', mutual: false, plain: false, by: 'own' }

function TlsOnChoices({ tls, onChange }: { readonly tls: TlsOn; onChange(tls: TlsOn): void }) {
  return (
    <>
      <Pick
        label="Certificates of the devices"
        hint="Each device makes its own key, which never leaves it"
        options={[
          ['own', 'Signed by this wizard’s own authority'],
          ['requests', 'Signed by your authority, by signing requests']
        ]}
        value={tls.by}
        onChange={(by) => onChange({ ...tls, by })}
      />
      <Checkbox
        label="Mutual TLS: consoles prove themselves by a certificate, too"
        checked={tls.mutual}
        onChange={(_, data) => onChange({ ...tls, mutual: data.checked === true })}
      />
      <Checkbox
        label="Leave the open port beside it, where the firmware has one"
        checked={tls.plain}
        onChange={(_, data) => onChange({ ...tls, plain: data.checked === true })}
      />
    </>
  )
}

function Roots() {
  const styles = useStyles()
  const { draftId, profile, set } = useProfile()
  return (
    <Field label="Trusted roots" hint="Added where they are missing; none is removed for them">
      <ul className={styles.roots}>
        {profile.roots.map(({ name, fingerprint }) => (
          <li key={fingerprint} className={styles.root}>
            <span>
              {name}
              <span className={styles.finger}>SHA-256 {fingerprint.slice(0, 32)}…</span>
            </span>
            <Button
              size="small"
              appearance="subtle"
              icon={<DismissRegular />}
              aria-label={`Leave out ${name}`}
              onClick={() => set({ roots: profile.roots.filter((each) => each.fingerprint !== fingerprint) })}
            />
          </li>
        ))}
      </ul>
      <div>
        <Button size="small" onClick={() => void askDraft('profile.addRoots', { draftId })}>
          Add from a file
        </Button>
      </div>
    </Field>
  )
}

/** Which key the devices make; asked only where they get a certificate at all. */
function Keys() {
  const { profile, set } = useProfile()
  if (profile.tls.kind !== 'on' && !needsClientCertificate(profile)) return null
  return (
    <Pick
      label="Keys of the certificates"
      hint="AMT 22 wants ECC, firmware before 21 has none; both believed, not measured"
      options={[
        ['firmware', 'By the firmware: ECC from AMT 22'],
        ['rsa', 'RSA 2048 with SHA-256'],
        ['ecc', 'ECC P-384 with SHA-384']
      ]}
      value={profile.keys}
      onChange={(keys) => set({ keys })}
    />
  )
}

export function TlsPanel() {
  const { profile, set } = useProfile()
  const { tls } = profile
  return (
    <>
      <Pick
        label="TLS"
        hint="From AMT 16.1 on it cannot be turned off"
        options={[
          ['keep', 'Leave as it is'],
          ['off', 'Off'],
          ['on', 'On']
        ]}
        value={tls.kind}
        onChange={(kind) => kind !== tls.kind && set({ tls: kind === 'on' ? newTls : { kind } })}
      />
      {tls.kind === 'on' && <TlsOnChoices tls={tls} onChange={(next) => set({ tls: next })} />}
      <Keys />
      <Roots />
    </>
  )
}
