// What a person can do for one computer: retry, give one more account, or trust a changed certificate.
// biome-ignore-all lint/a11y/useSemanticElements: a cell of a table whose rows are drawn only in view
import { Button, makeStyles } from '@fluentui/react-components'
import { type ReactNode, useState } from 'react'
import type { Import } from '../../shared/contract/views.ts'
import type { Job } from '../../shared/job.ts'
import type { Problem, ProblemCode } from '../../shared/problem.ts'
import { asked } from '../bridge.ts'
import { takeImport, useJobs } from '../jobsStore.ts'
import { AccountDialog, type Entered } from './AccountDialog.tsx'
import { BeyondButton } from './BeyondButton.tsx'
import { Modal } from './Modal.tsx'
import { SigningButton } from './SigningButton.tsx'
import { SkipButton } from './SkipButton.tsx'

const useStyles = makeStyles({
  actions: { display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: '4px' }
})

const retryWords: Partial<Record<Job['state'], string>> = { person: 'Retry', stopped: 'Retry', later: 'Try now' }

/** Problems that one more account may solve. */
const wantsAccount: readonly ProblemCode[] = [
  'no-account-fits',
  'no-candidate',
  'tries-used-up',
  'set-up-password-needed'
]

type Help = 'retry' | 'account' | 'certificate' | 'oldTls' | 'setUp' | 'signing' | 'places'

/** The version that the device offers, as its problem names it. */
function floorOf({ code, title }: Problem): '1.1' | '1.0' | undefined {
  if (code !== 'tls-too-old') return undefined
  return title.includes('TLS 1.1') ? '1.1' : '1.0'
}

/** A device in set-up ends the connection of whoever has no certificate for it, or says its state. */
const maySetUp: readonly ProblemCode[] = ['not-provisioned', 'tls-failed', 'answer-cut', 'client-certificate-refused']

function helpFor({ state, problem }: Job): Help | undefined {
  if (state === 'person' && problem !== null && wantsAccount.includes(problem.code)) return 'account'
  if (state === 'person' && problem?.code === 'certificate-changed') return 'certificate'
  if (state === 'person' && problem?.code === 'certificate-unsigned') return 'signing'
  if (state === 'person' && problem?.code === 'store-believed-full') return 'places'
  if (state === 'person' && problem !== null && floorOf(problem) !== undefined) return 'oldTls'
  return retryWords[state] === undefined ? undefined : 'retry'
}

interface JobActionsProps {
  readonly importId: string
  readonly job: Job
  readonly children: ReactNode
}

/** Jobs of this import that wait for an account, this one among them. */
const waitingForAccount = (): readonly Job[] =>
  [...useJobs.getState().jobs.values()].filter((job) => helpFor(job) === 'account')

interface ConsentProps {
  readonly title: string
  /** What the button says that does it; Cancel is the default. */
  readonly yes: string
  readonly children: ReactNode
  onYes(): void
  onCancel(): void
}

function Consent({ title, yes, children, onYes, onCancel }: ConsentProps) {
  return (
    <Modal
      title={title}
      onCancel={onCancel}
      actions={
        <>
          <Button type="button" autoFocus onClick={onCancel}>
            Cancel
          </Button>
          <Button type="button" appearance="primary" onClick={onYes}>
            {yes}
          </Button>
        </>
      }
    >
      {children}
    </Modal>
  )
}

export function JobActions({ importId, job, children }: JobActionsProps) {
  const styles = useStyles()
  const [busy, setBusy] = useState(false)
  const [asking, setAsking] = useState<Help>()
  const help = helpFor(job)
  const run = async (work: () => Promise<Import | undefined>): Promise<void> => {
    setAsking(undefined)
    setBusy(true)
    takeImport(await work())
    setBusy(false)
  }
  const retry = (jobIds: readonly string[]) => () => asked('import.retry', { importId, jobIds: [...jobIds] })
  const addAccount =
    ({ username, description, password }: Entered) =>
    async () => {
      const added = await asked('import.addAccount', { importId, username, description, value: password })
      return added && retry(waitingForAccount().map(({ id }) => id))()
    }
  const { name } = job.computer
  const floor = job.problem === null ? undefined : floorOf(job.problem)
  // Asked again it would only wait again: what it waits for is a signature.
  const word = help === 'signing' ? undefined : retryWords[job.state]
  return (
    <div className={styles.actions} role="cell">
      {help === 'account' && (
        <Button
          size="small"
          disabled={busy}
          onClick={() => setAsking('account')}
          aria-label={`Add account for ${name}`}
        >
          Add account
        </Button>
      )}
      {help === 'certificate' && (
        <Button
          size="small"
          disabled={busy}
          onClick={() => setAsking('certificate')}
          aria-label={`Trust the new certificate of ${name}`}
        >
          Trust it
        </Button>
      )}
      {help === 'oldTls' && (
        <Button
          size="small"
          disabled={busy}
          onClick={() => setAsking('oldTls')}
          aria-label={`Allow older TLS for ${name}`}
        >
          Allow it
        </Button>
      )}
      {help === 'signing' && (
        <SigningButton importId={importId} label={`Certificate of ${name}`}>
          Have it signed
        </SigningButton>
      )}
      {help === 'places' && (
        <BeyondButton importId={importId} jobIds={[job.id]} label={`Try more certificates on ${name} anyway`}>
          Try it anyway
        </BeyondButton>
      )}
      {job.state === 'person' && job.problem !== null && maySetUp.includes(job.problem.code) && (
        <Button
          size="small"
          disabled={busy}
          onClick={() => setAsking('setUp')}
          aria-label={`Set up ${name} from nothing`}
        >
          Set up from nothing
        </Button>
      )}
      {word !== undefined && (
        <Button size="small" disabled={busy} onClick={() => void run(retry([job.id]))} aria-label={`${word} ${name}`}>
          {word}
        </Button>
      )}
      {children}
      <SkipButton importId={importId} job={job} />
      {asking === 'account' && (
        <AccountDialog
          account={undefined}
          passwordNeeded
          onDone={(entered) => void run(addAccount(entered))}
          onCancel={() => setAsking(undefined)}
        />
      )}
      {asking === 'certificate' && (
        <Consent
          title={`Trust the new certificate of ${name}?`}
          yes="Trust the new certificate"
          onYes={() => void run(() => asked('job.trustCertificate', { importId, jobId: job.id }))}
          onCancel={() => setAsking(undefined)}
        >
          A certificate changes when AMT was set up anew, or when somebody stands between this laptop and the computer.
          Do this only when you know why it changed. The GUID is compared again before anything is written.
        </Consent>
      )}
      {asking === 'setUp' && (
        <Consent
          title={`Set up ${name} from nothing?`}
          yes="Set up from nothing"
          onYes={() =>
            void run(async () => {
              await asked('job.setUp', { importId, jobId: job.id })
              return undefined
            })
          }
          onCancel={() => setAsking(undefined)}
        >
          For a computer that nobody has set up: it is let in by the provisioning certificate or its PID and PPS, at the
          address it called from, else at that of its row. Its GUID is compared before anything is written.
        </Consent>
      )}
      {asking === 'oldTls' && floor !== undefined && (
        <Consent
          title={`Allow TLS ${floor} for ${name}?`}
          yes={`Allow TLS ${floor}`}
          onYes={() => void run(() => asked('job.allowTls', { importId, jobId: job.id, floor }))}
          onCancel={() => setAsking(undefined)}
        >
          TLS {floor} can be broken by somebody on the same network. It is allowed for this computer only, and the audit
          log says who did it. Updating its firmware is the better way.
        </Consent>
      )}
    </div>
  )
}
