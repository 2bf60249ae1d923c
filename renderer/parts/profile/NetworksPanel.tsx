// The networks AMT itself joins: Wi-Fi by passphrase, and 802.1X on the cable by name and password.
import { Button, Field, Input, makeStyles } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import { passphraseRule } from '../../../shared/password.ts'
import { mostNetworks, type WifiNetwork, type Wired8021x } from '../../../shared/profile.ts'
import { asked } from '../../bridge.ts'
import { SecretInput } from '../SecretInput.tsx'
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
  beside: { justifySelf: 'start', marginTop: '20px' }
})

interface NetworkProps {
  readonly network: WifiNetwork
  onChange(part: Partial<WifiNetwork>): void
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
      <SecretInput
        label="Passphrase"
        hint="8 to 63 characters"
        required
        message={lacks.length > 0 ? `Not kept. AMT wants ${lacks.join(', and ')}.` : undefined}
        state={lacks.length > 0 ? 'error' : 'none'}
        kept={network.slot !== undefined}
        onKeep={(value) => void keep(value)}
      />
      <Button
        appearance="subtle"
        className={styles.beside}
        aria-label={`Remove ${network.ssid || 'network'}`}
        onClick={onRemove}
      >
        Remove
      </Button>
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
                put((now) => now.map((each) => (each.id === network.id ? { ...each, ...part } : each)))
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

type Settings = NonNullable<Wired8021x['settings']>
const newSettings: Settings = { username: '', domain: '', serverName: '', root: '' }

interface WiredProps {
  readonly settings: Settings
  onChange(part: Partial<Settings>): void
}

function WiredSettings({ settings, onChange }: WiredProps) {
  const styles = useStyles()
  const { draftId, profile } = useProfile()
  const keep = async (value: string): Promise<void> => {
    const secret = await asked('secret.keep', { draftId, purpose: 'wired', value })
    if (secret !== undefined) onChange({ slot: secret.slot })
  }
  const text = (label: string, key: 'username' | 'domain' | 'serverName', hint: string | null = null) => (
    <Field label={label} hint={hint} required={key === 'username'}>
      <Input value={settings[key]} maxLength={80} onChange={(_, data) => onChange({ [key]: data.value.trim() })} />
    </Field>
  )
  return (
    <div className={styles.fields}>
      {text('User name for 802.1X', 'username')}
      {text('Domain of the user', 'domain')}
      <SecretInput
        label="Password for 802.1X"
        required
        kept={settings.slot !== undefined}
        onKeep={(value) => void keep(value)}
      />
      {text('Name of the server', 'serverName', 'As in its certificate; empty: any that the root signed')}
      <Pick
        label="Root of the server’s certificate"
        hint="One of the trusted roots"
        options={[['', 'Choose one'], ...profile.roots.map(({ fingerprint, name }) => [fingerprint, name] as const)]}
        value={settings.root}
        onChange={(root) => onChange({ root })}
      />
    </div>
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
          ['on', 'By user name and password (PEAP)']
        ]}
        value={kind}
        onChange={(next) =>
          set({ wired8021x: { kind: next, settings: next === 'on' ? (settings ?? newSettings) : settings } })
        }
      />
      {kind === 'on' && settings !== null && (
        <WiredSettings
          settings={settings}
          onChange={(part) =>
            set(({ wired8021x: now }) => ({
              wired8021x: { ...now, settings: { ...(now.settings ?? newSettings), ...part } }
            }))
          }
        />
      )}
    </>
  )
}
