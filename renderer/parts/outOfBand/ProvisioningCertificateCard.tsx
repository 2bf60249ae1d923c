// Provisioning certificates: which are kept, what is to be known of each, import and removal.
import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import type { Finding, Provisioning } from '../../../shared/setUp.ts'
import { asked } from '../../bridge.ts'
import { useNotice } from '../../noticeStore.ts'
import { kindOf, useSetUp } from '../../setUpStore.ts'
import { Card } from '../Card.tsx'
import { Modal } from '../Modal.tsx'
import { Badge } from '../tones.tsx'

const useStyles = makeStyles({
  line: { margin: 0, lineHeight: tokens.lineHeightBase300, overflowWrap: 'anywhere' },
  bar: { display: 'flex', flexWrap: 'wrap', gap: '12px', alignItems: 'flex-end' },
  one: {
    display: 'flex',
    flexDirection: 'column',
    gap: '4px',
    padding: '10px 0 4px',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`
  },
  head: { display: 'flex', flexWrap: 'wrap', gap: '4px 12px', alignItems: 'center' },
  name: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  list: { margin: 0, paddingLeft: '20px', lineHeight: tokens.lineHeightBase300 },
  password: { width: '260px', maxWidth: '100%' }
})

const day = (at: number): string => new Date(at).toLocaleDateString('en-GB')

const gravest = (findings: readonly Finding[]) =>
  findings.some(({ severity }) => severity === 'blocker')
    ? ({ tone: 'person', words: 'Cannot be used' } as const)
    : findings.some(({ severity }) => severity === 'warning')
      ? ({ tone: 'asleep', words: 'Look at the warnings' } as const)
      : ({ tone: 'done', words: 'Good' } as const)

const severityWords: Readonly<Record<Finding['severity'], string>> = {
  blocker: 'Stops it',
  warning: 'Warning',
  note: 'Note'
}

function One({ about, onForget }: { readonly about: Provisioning; onForget(): void }) {
  const styles = useStyles()
  const { tone, words } = gravest(about.findings)
  return (
    <div className={styles.one} data-certificate={about.fingerprint}>
      <div className={styles.head}>
        <span className={styles.name}>{about.name}</span>
        <Badge tone={tone}>{words}</Badge>
        <Button size="small" onClick={onForget} aria-label={`Remove the certificate ${about.name}`}>
          Remove
        </Button>
      </div>
      <p className={styles.line}>
        {about.key}, valid until {day(about.until)}; root {about.root.name}.
      </p>
      <p className={styles.quiet}>
        Root hash, SHA-256: {about.root.sha256}
        <br />
        SHA-1: {about.root.sha1}
      </p>
      {about.findings.length > 0 && (
        <ul className={styles.list}>
          {about.findings.map(({ severity, text }) => (
            <li key={text}>
              {severityWords[severity]}: {text}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** The certificates of one kind of computers, real or practice. */
export function ProvisioningCertificateCard({ practice }: { readonly practice: boolean }) {
  const styles = useStyles()
  const means = useSetUp((state) => state.means[kindOf(practice)])
  const [password, setPassword] = useState('')
  const [leaving, setLeaving] = useState<Provisioning>()
  const { take, read } = useSetUp.getState()
  useEffect(() => void read(practice), [practice, read])

  const bringIn = async (): Promise<void> => {
    const typed = password
    setPassword('')
    const taken = await asked('setUp.importCertificate', { practice, password: typed })
    take(practice, taken)
    if (taken) useNotice.getState().say('The provisioning certificate is kept in the keychain.')
  }
  const forget = async ({ fingerprint }: Provisioning): Promise<void> => {
    setLeaving(undefined)
    take(practice, await asked('setUp.forgetCertificate', { practice, fingerprint }))
  }
  return (
    <Card title="Provisioning certificate">
      <p className={styles.line}>
        By it a computer that nobody has set up recognises who may do so. Its root must be in the firmware’s list, and
        the last two parts of its name must be those of the computer’s domain. Certificate and key are kept in the
        keychain.
      </p>
      {means?.certificates.length === 0 && (
        <div className={styles.head} data-certificates="none">
          <Badge tone="asleep">None yet</Badge>
          Without one only computers with PID and PPS can be set up.
        </div>
      )}
      {means?.certificates.map((about) => (
        <One key={about.fingerprint} about={about} onForget={() => setLeaving(about)} />
      ))}
      <div className={styles.bar}>
        <Field label="Password of the file, if it has one" className={styles.password}>
          <Input type="password" autoComplete="off" value={password} onChange={(_, data) => setPassword(data.value)} />
        </Field>
        <Button onClick={() => void bringIn()}>Import PFX or PEM…</Button>
      </div>
      {leaving && (
        <Modal
          title={`Remove the certificate ${leaving.name}?`}
          onCancel={() => setLeaving(undefined)}
          actions={
            <>
              <Button autoFocus onClick={() => setLeaving(undefined)}>
                Cancel
              </Button>
              <Button appearance="primary" onClick={() => void forget(leaving)}>
                Remove
              </Button>
            </>
          }
        >
          Its key leaves the keychain. Computers set up with it stay as they are; those that still wait for their hello
          cannot be set up by it any more.
        </Modal>
      )}
    </Card>
  )
}
