// Certificates that somebody else signs: the requests of all waiting computers out, the signed certificates in.
import { Button } from '@fluentui/react-components'
import { useState } from 'react'
import { asked } from '../bridge.ts'
import { takeImport } from '../jobsStore.ts'
import { Modal } from './Modal.tsx'

interface SigningProps {
  readonly importId: string
  readonly children: string
  /** Where the words alone do not say of which computer. */
  readonly label?: string
}

export function SigningButton({ importId, children, label }: SigningProps) {
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const close = (): void => setOpen(false)
  const take = async (): Promise<void> => {
    setBusy(true)
    const answer = await asked('import.takeCertificates', { importId })
    setBusy(false)
    close()
    takeImport(answer ?? undefined)
  }
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)} {...(label !== undefined && { 'aria-label': label })}>
        {children}
      </Button>
      {open && (
        <Modal
          title="Have the certificates signed"
          onCancel={close}
          actions={
            <>
              <Button type="button" onClick={close}>
                Close
              </Button>
              <Button type="button" autoFocus onClick={() => void asked('import.saveRequests', { importId })}>
                Save the signing requests
              </Button>
              <Button type="button" appearance="primary" disabled={busy} onClick={() => void take()}>
                Bring in certificates
              </Button>
            </>
          }
        >
          The file holds the requests of all computers of this import that wait. Your authority signs them as
          certificates for servers. Brought in again, in one file or several, each finds its computer by its key, and
          the work on it goes on.
        </Modal>
      )}
    </>
  )
}
