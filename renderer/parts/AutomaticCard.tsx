// Computers of an exported file: automatic in-band provisioning is prevented, until somebody allows it, for one or for all.
import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { Import } from '../../shared/contract/views.ts'
import type { Job } from '../../shared/job.ts'
import { preventedWords } from '../../shared/strategy.ts'
import { asked } from '../bridge.ts'
import { rereadJobs, takeImport } from '../jobsStore.ts'
import { useNotice } from '../noticeStore.ts'
import { counted } from '../words.ts'
import { Card } from './Card.tsx'

const useStyles = makeStyles({
  line: { margin: 0, lineHeight: tokens.lineHeightBase300 },
  mark: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 8px', marginBottom: '4px' }
})

/** Allows it for one job, or for all when `job` is absent. */
function AllowButton({ importId, job }: { readonly importId: string; readonly job?: Job }) {
  const [busy, setBusy] = useState(false)
  const allow = async (): Promise<void> => {
    setBusy(true)
    const answer = await asked('import.allowAutomatic', { importId, jobIds: job === undefined ? null : [job.id] })
    takeImport(answer)
    if (answer !== undefined) {
      await rereadJobs()
      useNotice.getState().say('Recorded. Now enable it in Configuration Manager, on each computer.')
    }
    setBusy(false)
  }
  return (
    <Button
      size={job === undefined ? 'medium' : 'small'}
      disabled={busy}
      aria-label={job === undefined ? undefined : `Enable automatic provisioning for ${job.computer.name}`}
      onClick={() => void allow()}
    >
      {job === undefined ? 'Enable automatic provisioning for all' : 'Enable automatic provisioning'}
    </Button>
  )
}

/** For the whole import; nothing while no computer is marked. */
export function AutomaticCard({ current }: { readonly current: Import }) {
  const styles = useStyles()
  if (current.prevented === 0) return null
  return (
    <Card title={`Automatic in-band provisioning is prevented: ${counted(current.prevented, 'computer')}`}>
      <p className={styles.line}>{preventedWords}</p>
      <div>
        <AllowButton importId={current.id} />
      </div>
    </Card>
  )
}

/** The mark of one job, among its details. */
export function AutomaticMark({ importId, job }: { readonly importId: string; readonly job: Job }) {
  const styles = useStyles()
  if (!job.computer.automaticPrevented) return null
  return (
    <div className={styles.mark} data-prevented>
      Automatic in-band provisioning is prevented, because it came with an exported file.
      <AllowButton importId={importId} job={job} />
    </div>
  )
}
