// Start: the one irreversible press. Asked once for real computers, naming the consequence, with Cancel as default.
import { Button } from '@fluentui/react-components'
import { useState } from 'react'
import type { Draft } from '../../shared/draft.ts'
import { cleanUpWords } from '../../shared/profile/cleanUp.ts'
import { onlyRemoves } from '../../shared/profile/rules.ts'
import { usePlace } from '../placeStore.ts'
import { counted } from '../words.ts'
import { Modal } from './Modal.tsx'

/** What is done to them, in two words. */
const deed = ({ profile }: Draft): string => (onlyRemoves(profile) ? 'Remove the provisioning of' : 'Take over')

const consequence = (draft: Draft): string =>
  onlyRemoves(draft.profile)
    ? `${cleanUpWords[draft.profile.cleanUp].loses.join(' ')} ${cleanUpWords[draft.profile.cleanUp].after} Nothing of it can be put back from here.`
    : draft.profile.password.kind === 'keep'
      ? 'The wizard logs in to each of them and changes what the summary lists. The other management solution may lose its hold on them.'
      : 'The wizard logs in to each of them and sets a new admin password. From then on the other management solution cannot log in any more, and the old password is not set back by itself.'

export function StartButton({ draft, ready }: { readonly draft: Draft; readonly ready: boolean }) {
  const [asking, setAsking] = useState(false)
  const [starting, setStarting] = useState(false)
  const keychain = usePlace((state) => state.snapshot?.keychain.kind)
  const noKeychain = !draft.practice && keychain === 'none'
  const start = async (): Promise<void> => {
    setAsking(false)
    setStarting(true)
    await usePlace.getState().start(draft)
    setStarting(false)
  }
  const computers = counted(draft.counts.ready, 'computer')
  return (
    <>
      <Button
        appearance="primary"
        disabled={!ready || starting || noKeychain}
        onClick={() => (draft.practice ? void start() : setAsking(true))}
      >
        Start
      </Button>
      {asking && (
        <Modal
          title={`${deed(draft)} ${computers}?`}
          onCancel={() => setAsking(false)}
          actions={
            <>
              <Button type="button" autoFocus onClick={() => setAsking(false)}>
                Cancel
              </Button>
              <Button type="button" appearance="primary" onClick={() => void start()}>
                {deed(draft)} {computers}
              </Button>
            </>
          }
        >
          {consequence(draft)}
        </Modal>
      )}
    </>
  )
}
