// What was changed on a device, before and after; the undo card: what one press puts back, and why the rest cannot be.
import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { ArrowUndoRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import { type Change, changeWords, revertible, standing } from '../../shared/change.ts'
import type { Job } from '../../shared/job.ts'
import { stepTitles } from '../../shared/steps.ts'
import { asked } from '../bridge.ts'
import { takeImport } from '../jobsStore.ts'
import { useNotice } from '../noticeStore.ts'
import { clockTime, counted } from '../words.ts'
import { Modal } from './Modal.tsx'

const useStyles = makeStyles({
  table: { borderCollapse: 'collapse', width: '100%', marginBottom: '6px' },
  cell: {
    textAlign: 'left',
    verticalAlign: 'top',
    padding: '3px 12px 3px 0',
    fontWeight: tokens.fontWeightRegular,
    overflowWrap: 'anywhere'
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  list: { margin: '4px 0 8px', paddingLeft: '18px' },
  line: { margin: '0 0 4px' }
})

function standWords({ proved, undoneAt, reversible, why }: Change): string {
  if (undoneAt !== undefined) return `put back at ${clockTime(undoneAt)}`
  if (!proved) return 'sent, not read back yet'
  return reversible ? 'can be put back' : (why ?? 'cannot be put back')
}

/** Before and after, setting by setting. */
export function ChangeList({ changes }: { readonly changes: readonly Change[] }) {
  const styles = useStyles()
  return (
    <table className={styles.table} aria-label="What was changed">
      <thead>
        <tr>
          {['Setting', 'Before', 'After', 'Way back'].map((title) => (
            <th key={title} scope="col" className={`${styles.cell} ${styles.quiet}`}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={`${change.step} ${change.key}`}>
            <th scope="row" className={styles.cell}>
              {change.setting}
            </th>
            <td className={styles.cell}>{change.from}</td>
            <td className={styles.cell}>{change.to}</td>
            <td className={`${styles.cell} ${styles.quiet}`}>{standWords(change)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What the profile asked for and this computer does not have. */
export function LackList({ job }: { readonly job: Job }) {
  const { lacks = [] } = job.facts
  return lacks.map(({ step, why }) => (
    <div key={step}>
      {stepTitles[step]}, not on this computer: {why}
    </div>
  ))
}

function UndoDialog(props: { readonly job: Job; readonly onYes: () => void; readonly onCancel: () => void }) {
  const styles = useStyles()
  const { job, onYes, onCancel } = props
  const back = revertible(job.facts.changes ?? [])
  const stays = standing(job.facts.changes).filter(({ reversible }) => !reversible)
  return (
    <Modal
      title={`Put back what was changed on ${job.computer.name}?`}
      onCancel={onCancel}
      actions={
        <>
          <Button type="button" autoFocus onClick={onCancel}>
            Cancel
          </Button>
          <Button type="button" appearance="primary" onClick={onYes}>
            Put {counted(back.length, 'change')} back
          </Button>
        </>
      }
    >
      <p className={styles.line}>Its GUID is compared again first. Then these go back:</p>
      <ul className={styles.list}>
        {back.map((change) => (
          <li key={`${change.step} ${change.key}`}>{changeWords({ ...change, from: change.to, to: change.from })}</li>
        ))}
      </ul>
      {stays.length > 0 && (
        <>
          <p className={styles.line}>These stay as they are now:</p>
          <ul className={styles.list}>
            {stays.map(({ step, key, setting, why }) => (
              <li key={`${step} ${key}`}>
                {setting}. {why}
              </li>
            ))}
          </ul>
        </>
      )}
    </Modal>
  )
}

/** The one press; nothing is drawn where there is nothing to put back. */
export function UndoButton({ importId, job }: { readonly importId: string; readonly job: Job }) {
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  if (revertible(job.facts.changes ?? []).length === 0) return null
  const run = async (): Promise<void> => {
    setAsking(false)
    setBusy(true)
    const answer = await asked('job.undo', { importId, jobId: job.id })
    setBusy(false)
    takeImport(answer)
    if (answer !== undefined) useNotice.getState().say(`The changes on ${job.computer.name} were put back.`)
  }
  return (
    <>
      <Button
        size="small"
        icon={<ArrowUndoRegular />}
        disabled={busy}
        aria-label={`Put back the changes on ${job.computer.name}`}
        onClick={() => setAsking(true)}
      >
        {busy ? 'Putting back' : 'Put changes back'}
      </Button>
      {asking && <UndoDialog job={job} onYes={() => void run()} onCancel={() => setAsking(false)} />}
    </>
  )
}
