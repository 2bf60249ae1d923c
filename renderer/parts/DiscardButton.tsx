// Forgets a draft and its passwords; asked once, with Cancel as default.
import { Button } from '@fluentui/react-components'
import { DeleteRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Draft } from '../../shared/draft.ts'
import { asked } from '../bridge.ts'
import { usePlace } from '../placeStore.ts'
import { draftName } from '../words.ts'
import { Modal } from './Modal.tsx'

export function DiscardButton({ draft }: { readonly draft: Draft }) {
  const [open, setOpen] = useState(false)
  const name = draftName(draft)
  const discard = async (): Promise<void> => {
    const done = await asked('draft.discard', { draftId: draft.id })
    setOpen(false)
    if (done !== undefined) await usePlace.getState().toStart()
  }
  return (
    <>
      <Button appearance="subtle" icon={<DeleteRegular />} aria-label={`Discard ${name}`} onClick={() => setOpen(true)}>
        Discard
      </Button>
      {open && (
        <Modal
          title={`Discard ${name}?`}
          onCancel={() => setOpen(false)}
          actions={
            <>
              <Button type="button" autoFocus onClick={() => setOpen(false)}>
                Cancel
              </Button>
              <Button type="button" appearance="primary" onClick={() => void discard()}>
                Discard the draft
              </Button>
            </>
          }
        >
          The draft and every password kept for it are forgotten. The file it was read from stays where it is.
        </Modal>
      )}
    </>
  )
}
