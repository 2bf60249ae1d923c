// More certificates than are believed to fit, tried on purpose: asked first, on record afterwards.
import { Button } from '@fluentui/react-components'
import { useState } from 'react'
import { asked } from '../bridge.ts'
import { takeImport } from '../jobsStore.ts'
import { Modal } from './Modal.tsx'

interface BeyondProps {
  readonly importId: string
  /** Null = every computer of the import that waits for this choice. */
  readonly jobIds: readonly string[] | null
  readonly children: string
  /** Where the words alone do not say of which computer. */
  readonly label?: string
}

export function BeyondButton({ importId, jobIds, children, label }: BeyondProps) {
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const close = (): void => setOpen(false)
  const go = async (): Promise<void> => {
    close()
    setBusy(true)
    takeImport(await asked('import.tryBeyondPlaces', { importId, jobIds: jobIds === null ? null : [...jobIds] }))
    setBusy(false)
  }
  return (
    <>
      <Button
        size="small"
        disabled={busy}
        onClick={() => setOpen(true)}
        {...(label !== undefined && { 'aria-label': label })}
      >
        {children}
      </Button>
      {open && (
        <Modal
          title="Try more certificates than are believed to fit?"
          onCancel={close}
          actions={
            <>
              <Button type="button" autoFocus onClick={close}>
                Cancel
              </Button>
              <Button type="button" appearance="primary" onClick={() => void go()}>
                Try it anyway
              </Button>
            </>
          }
        >
          This firmware does not tell how many certificates and keys it takes, so the limit is only believed. When it
          refuses one, the work on that computer stops there: what was changed before stays and is listed, and its
          password is in the keychain. The audit log says who chose this.
        </Modal>
      )}
    </>
  )
}
