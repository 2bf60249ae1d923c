// The details of a profile, folded by theme; each fold says in its head what is chosen in it.
import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  Checkbox,
  Field,
  makeStyles,
  tokens
} from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { mustTitles } from '../../../shared/profile/rules.ts'
import { defaultProfile, type Profile } from '../../../shared/profile.ts'
import { NewPassword } from '../NewPassword.tsx'
import { KerberosPanel } from './KerberosPanel.tsx'
import { NetworksPanel } from './NetworksPanel.tsx'
import { Pick } from './Pick.tsx'
import { RemotePanel } from './RemotePanel.tsx'
import { NetworkPanel, RedirectionPanel } from './SwitchPanels.tsx'
import { TlsPanel } from './TlsPanel.tsx'
import { UserList } from './UserList.tsx'
import { useProfile } from './useProfile.ts'

const useStyles = makeStyles({
  box: {
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground1
  },
  panel: { padding: '0 4px 10px' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, paddingLeft: '8px' },
  musts: { display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(240px, 1fr))' }
})

function MebxPanel() {
  const { draftId, profile, set } = useProfile()
  const { mebx } = profile
  return (
    <>
      <Pick
        label="MEBx password"
        hint="Where firmware permits it over the network; never in client control mode"
        options={[
          ['keep', 'Leave as it is'],
          ['random', 'A random one for each computer'],
          ['given', 'One for all']
        ]}
        value={mebx.kind}
        onChange={(kind) => kind !== mebx.kind && set({ mebx: { kind } })}
      />
      {mebx.kind === 'given' && (
        <NewPassword
          draftId={draftId}
          purpose="mebx"
          kept={mebx.slot !== undefined}
          onKept={(slot) => set({ mebx: { kind: 'given', slot } })}
        />
      )}
    </>
  )
}

function MustPanel() {
  const styles = useStyles()
  const { profile, set } = useProfile()
  return (
    <Field label="Where a computer lacks one of these, it needs a person; the others are only noted">
      <div className={styles.musts}>
        {mustTitles.map(({ name, title }) => (
          <Checkbox
            key={name}
            label={title}
            checked={profile.must.includes(name)}
            onChange={(_, data) =>
              set({
                must: data.checked === true ? [...profile.must, name] : profile.must.filter((each) => each !== name)
              })
            }
          />
        ))}
      </div>
    </Field>
  )
}

interface Panel {
  readonly id: string
  readonly title: string
  readonly keys: readonly (keyof Profile)[]
  readonly Content: () => ReactNode
}

const panels: readonly Panel[] = [
  { id: 'users', title: 'User accounts', keys: ['users'], Content: UserList },
  { id: 'kerberos', title: 'Kerberos', keys: ['kerberos'], Content: KerberosPanel },
  { id: 'mebx', title: 'MEBx password', keys: ['mebx'], Content: MebxPanel },
  {
    id: 'redirection',
    title: 'Redirection, KVM and consent',
    keys: ['sol', 'ider', 'kvm', 'listener', 'consent'],
    Content: RedirectionPanel
  },
  {
    id: 'network',
    title: 'Network and power',
    keys: ['webUi', 'ping', 'rmcp', 'power', 'idle'],
    Content: NetworkPanel
  },
  { id: 'tls', title: 'TLS and certificates', keys: ['tls', 'keys', 'roots'], Content: TlsPanel },
  {
    id: 'networks',
    title: 'Wi-Fi and 802.1X',
    keys: ['wifi', 'wired8021x', 'clientCertificates'],
    Content: NetworksPanel
  },
  { id: 'remote', title: 'Outside the network', keys: ['environment', 'remoteAccess'], Content: RemotePanel },
  { id: 'must', title: 'What is a must', keys: ['must'], Content: MustPanel }
]

/** How many choices of a fold are not "leave as it is". */
const chosenIn = (profile: Profile, keys: readonly (keyof Profile)[]): number =>
  keys.filter((key) => JSON.stringify(profile[key]) !== JSON.stringify(defaultProfile[key])).length

export function Panels() {
  const styles = useStyles()
  const { profile } = useProfile()
  return (
    <Accordion multiple collapsible className={styles.box}>
      {panels.map(({ id, title, keys, Content }) => {
        const chosen = chosenIn(profile, keys)
        return (
          <AccordionItem key={id} value={id} data-panel={id}>
            <AccordionHeader as="h3">
              {title}
              <span className={styles.quiet}>{chosen === 0 ? 'left as it is' : `${chosen} chosen`}</span>
            </AccordionHeader>
            <AccordionPanel className={styles.panel}>
              <Content />
            </AccordionPanel>
          </AccordionItem>
        )
      })}
    </Accordion>
  )
}
