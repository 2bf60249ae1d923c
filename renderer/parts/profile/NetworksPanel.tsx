// The networks AMT itself joins: Wi-Fi by passphrase or 802.1X, and 802.1X on the cable.
import { Button, Field, Input, makeStyles } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import { passphraseRule } from '../../../shared/password.ts'
import { needsClientCertificate } from '../../../shared/profile/eap.ts'
import { mostNetworks, type WifiNetwork } from '../../../shared/profile.ts'
import { asked } from '../../bridge.ts'
import { SecretInput } from '../SecretInput.tsx'
import { EapFields, newEap } from './EapFields.tsx'
import { Pick } from './Pick.tsx'
import { useProfile } from './useProfile.ts'

const useStyles = makeStyles({
  fields: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(200px, 1fr))',
    gap: '8px 16px',
    alignItems: 'start',
    padding: '6px 0',
    // A choice among these fields stands as they do: its label above, as wide as the column.
    '& > div:has(> label + .fui-Select)': { padding: '2px 0 0', rowGap: '4px' },
    '& > div > .fui-Select': { flexGrow: 1 }
  },
  // Beside fields that have their label above them.
  beside: { justifySelf: 'start', marginTop: '20px' },
  wide: { gridColumn: '1 / -1' }
})

interface NetworkProps {
  readonly network: WifiNetwork
  onChange(part: Partial<WifiNetwork> | ((network: WifiNetwork) => Partial<WifiNetwork>)): void
  onRemove(): void
}

function Network({ network, onChange, onRemove }: NetworkProps) {
  const styles = useStyles()
  const { draftId } = useProfile()
  const [lacks, setLacks] = useState<readonly string[]>([])
  const keep = async (value: string): Promise<void> => {
    const found = passphraseRule(value)
    setLacks(found)
    if (found.length > 0) return
    const secret = await asked('secret.keep', { draftId, purpose: 'wifi', value })
    if (secret !== undefined) onChange({ slot: secret.slot })
  }
  return (
    <div className={styles.fields}>
      <Field label="Network name (SSID)" required>
        <Input value={network.ssid} maxLength={32} onChange={(_, data) => onChange({ ssid: data.value })} />
      </Field>
      <Pick
        label="Security"
        options={[
          ['wpa2', 'WPA2'],
          ['wpa3', 'WPA3'],
          ['wpa', 'WPA']
        ]}
        value={network.security}
        onChange={(security) => onChange({ security })}
      />
      <Pick
        label="Joined by"
        options={[
          ['phrase', 'A passphrase'],
          ['eap', '802.1X']
        ]}
        value={network.eap ? 'eap' : 'phrase'}
        onChange={(by) => onChange({ eap: by === 'eap' ? (network.eap ?? newEap) : undefined })}
      />
      {network.eap ? null : (
        <SecretInput
          label="Passphrase"
          hint="8 to 63 characters"
          required
          message={lacks.length > 0 ? `Not kept. AMT wants ${lacks.join(', and ')}.` : undefined}
          state={lacks.length > 0 ? 'error' : 'none'}
          kept={network.slot !== undefined}
          onKeep={(value) => void keep(value)}
        />
      )}
      <Button
        appearance="subtle"
        className={styles.beside}
        aria-label={`Remove ${network.ssid || 'network'}`}
        onClick={onRemove}
      >
        Remove
      </Button>
      {network.eap && (
        <div className={styles.wide}>
          <EapFields
            eap={network.eap}
            of={`Wi-Fi ${network.ssid || 'network'}`}
            onChange={(change) => onChange(({ eap }) => ({ eap: change(eap ?? newEap) }))}
          />
        </div>
      )}
    </div>
  )
}

function Wifi() {
  const { profile, set } = useProfile()
  const { kind, list } = profile.wifi
  const put = (change: (list: readonly WifiNetwork[]) => readonly WifiNetwork[]): void =>
    set(({ wifi }) => ({ wifi: { ...wifi, list: [...change(wifi.list)] } }))
  const add = (): void => put((now) => [...now, { id: crypto.randomUUID(), ssid: '', security: 'wpa2' }])
  return (
    <>
      <Pick
        label="Wi-Fi profiles"
        options={[
          ['keep', 'Leave as they are'],
          ['add', 'Add these'],
          ['replace', 'Only these']
        ]}
        value={kind}
        onChange={(next) => set({ wifi: { kind: next, list } })}
      />
      {kind !== 'keep' && (
        <>
          {list.map((network) => (
            <Network
              key={network.id}
              network={network}
              onChange={(part) =>
                put((now) =>
                  now.map((each) =>
                    each.id === network.id ? { ...each, ...(typeof part === 'function' ? part(each) : part) } : each
                  )
                )
              }
              onRemove={() => put((now) => now.filter(({ id }) => id !== network.id))}
            />
          ))}
          <Button icon={<AddRegular />} disabled={list.length >= mostNetworks} onClick={add}>
            Add network
          </Button>
        </>
      )}
    </>
  )
}

/** Who signs the certificates for 802.1X; with TLS on it is one certificate for both. */
function ClientCertificates() {
  const { profile, set } = useProfile()
  if (!needsClientCertificate(profile)) return null
  return (
    <Pick
      label="Certificates for 802.1X"
      hint="Each device makes its own key; with TLS on, the same certificate serves both"
      options={[
        ['own', 'Signed by this wizard’s own authority'],
        ['requests', 'Signed by your authority, by signing requests']
      ]}
      value={profile.clientCertificates}
      onChange={(clientCertificates) => set({ clientCertificates })}
    />
  )
}

export function NetworksPanel() {
  const { profile, set } = useProfile()
  const { kind, settings } = profile.wired8021x
  return (
    <>
      <Wifi />
      <Pick
        label="802.1X on the cable"
        options={[
          ['keep', 'Leave as it is'],
          ['off', 'Off'],
          ['on', 'On']
        ]}
        value={kind}
        onChange={(next) =>
          set({ wired8021x: { kind: next, settings: next === 'on' ? (settings ?? newEap) : settings } })
        }
      />
      {kind === 'on' && settings !== null && (
        <EapFields
          eap={settings}
          of="the cable"
          onChange={(change) =>
            set(({ wired8021x: now }) => ({ wired8021x: { ...now, settings: change(now.settings ?? newEap) } }))
          }
        />
      )}
      <ClientCertificates />
    </>
  )
}
