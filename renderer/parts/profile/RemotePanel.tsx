// What a computer does outside the network: how it notices, and whom it calls.
import { Field, Input, makeStyles } from '@fluentui/react-components'
import { useState } from 'react'
import type { PresenceServer } from '../../../shared/profile.ts'
import { asked } from '../../bridge.ts'
import { SecretInput } from '../SecretInput.tsx'
import { Pick } from './Pick.tsx'
import { useProfile } from './useProfile.ts'

const useStyles = makeStyles({
  fields: { display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(200px, 1fr))', gap: '8px 16px' }
})

const newServer: PresenceServer = { host: '', port: 4433, username: '', every: 30 }

const toNumber = (text: string): number => Number(text.replace(/\D/g, '').slice(0, 6))

interface ServerProps {
  readonly server: PresenceServer
  onChange(part: Partial<PresenceServer>): void
}

function Server({ server, onChange }: ServerProps) {
  const styles = useStyles()
  const { draftId } = useProfile()
  const keep = async (value: string): Promise<void> => {
    const secret = await asked('secret.keep', { draftId, purpose: 'server', value })
    if (secret !== undefined) onChange({ slot: secret.slot })
  }
  return (
    <div className={styles.fields}>
      <Field label="Management presence server" required>
        <Input value={server.host} maxLength={255} onChange={(_, data) => onChange({ host: data.value.trim() })} />
      </Field>
      <Field label="Port" required>
        <Input
          inputMode="numeric"
          value={String(server.port)}
          onChange={(_, data) => onChange({ port: toNumber(data.value) })}
        />
      </Field>
      <Field label="Calls every (minutes)" required>
        <Input
          inputMode="numeric"
          value={String(server.every)}
          onChange={(_, data) => onChange({ every: toNumber(data.value) })}
        />
      </Field>
      <Field label="User name there" required>
        <Input
          value={server.username}
          maxLength={16}
          onChange={(_, data) => onChange({ username: data.value.trim() })}
        />
      </Field>
      <SecretInput
        label="Password there"
        required
        kept={server.slot !== undefined}
        onKeep={(value) => void keep(value)}
      />
    </div>
  )
}

export function RemotePanel() {
  const { profile, set } = useProfile()
  const { environment, remoteAccess } = profile
  const [domains, setDomains] = useState(environment.domains.join(', '))
  return (
    <>
      <Pick
        label="Environment detection"
        hint="Outside the domains AMT closes its ports"
        options={[
          ['keep', 'Leave as it is'],
          ['none', 'Off'],
          ['domains', 'Inside are these domains']
        ]}
        value={environment.kind}
        onChange={(kind) => set({ environment: { kind, domains: environment.domains } })}
      />
      {environment.kind === 'domains' && (
        <Field label="Domains" hint="Up to five, with commas between them" required>
          <Input
            value={domains}
            onChange={(_, data) => {
              setDomains(data.value)
              const list = data.value.split(/[\s,;]+/).filter((each) => each !== '')
              set({ environment: { kind: 'domains', domains: list.slice(0, 5) } })
            }}
          />
        </Field>
      )}
      <Pick
        label="Remote access (CIRA)"
        options={[
          ['keep', 'Leave as it is'],
          ['off', 'Off'],
          ['server', 'Call this server']
        ]}
        value={remoteAccess.kind}
        onChange={(kind) => {
          if (kind === remoteAccess.kind) return
          set({ remoteAccess: kind === 'server' ? { kind, server: newServer } : { kind } })
        }}
      />
      {remoteAccess.kind === 'server' && (
        <Server
          server={remoteAccess.server}
          onChange={(part) =>
            set(({ remoteAccess: now }) =>
              now.kind === 'server' ? { remoteAccess: { kind: 'server', server: { ...now.server, ...part } } } : {}
            )
          }
        />
      )}
    </>
  )
}
