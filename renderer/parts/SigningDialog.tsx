// Certificates that somebody else signs: the requests of all waiting computers out, the signed certificates in.
import { Button } from '@fluentui/react-components'
import { Modal } from './Modal.tsx'

interface SigningProps {
  onSave(): void
  onTake(): void
  onCancel(): void
}

export function SigningDialog({ onSave, onTake, onCancel }: SigningProps) {
  return (
    <Modal
      title="Have the certificates signed"
      onCancel={onCancel}
      actions={
        <>
          <Button type="button" onClick={onCancel}>
            Close
          </Button>
          <Button type="button" autoFocus onClick={onSave}>
            Save the signing requests
          </Button>
          <Button type="button" appearance="primary" onClick={onTake}>
            Bring in certificates
          </Button>
        </>
      }
    >
      The file holds the requests of all computers of this import that wait. Your authority signs them as certificates
      for servers. Brought in again, in one file or several, each finds its computer by its key, and the work on it goes
      on.
    </Modal>
  )
}
