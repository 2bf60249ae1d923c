// Sets one computer aside: it is left as it is, with the reason on record.
import { Button, Field, Input } from '@fluentui/react-components'
import { SubtractCircleRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Job, JobState } from '../../shared/job.ts'
import { asked } from '../bridge.ts'
import { takeImport } from '../jobsStore.ts'
import { useNotice } from '../noticeStore.ts'
import { Modal } from './Modal.tsx'

const skippable: readonly JobState[] = ['waiting', 'working', 'later', 'person']

export function SkipButton({ importId, job }: { readonly importId: string; readonly job: Job }) {
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  if (!skippable.includes(job.state)) return null
  const { name } = job.computer
  const skip = async (): Promise<void> => {
    setOpen(false)
    takeImport(await asked('import.skip', { importId, jobIds: [job.id], reason }))
    useNotice.getState().say(`${name} is set aside.`)
  }
  return (
    <>
      <Button
        size="small"
        appearance="subtle"
        icon={<SubtractCircleRegular />}
        aria-label={`Set ${name} aside`}
        title="Set aside: leave this computer as it is"
        onClick={() => setOpen(true)}
      />
      {open && (
        <Modal
          title={`Set ${name} aside?`}
          onCancel={() => setOpen(false)}
          onSubmit={() => void skip()}
          actions={
            <>
              <Button type="button" onClick={() => setOpen(false)}>
                Cancel
              </Button>
              <Button type="submit" appearance="primary">
                Set aside
              </Button>
            </>
          }
        >
          <p>
            {job.state === 'working'
              ? 'The step in work is ended first; nothing more is done to this computer.'
              : 'Nothing more is done to this computer until somebody retries it.'}
          </p>
          <Field label="Reason, for the report and the audit log">
            <Input autoFocus value={reason} maxLength={200} onChange={(_, data) => setReason(data.value)} />
          </Field>
        </Modal>
      )}
    </>
  )
}
