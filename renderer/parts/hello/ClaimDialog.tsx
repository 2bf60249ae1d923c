// Into which draft callers go: one that is there, or a new one.
import { Button, Radio, RadioGroup } from '@fluentui/react-components'
import { useState } from 'react'
import { asked } from '../../bridge.ts'
import { useHello } from '../../helloStore.ts'
import { useNotice } from '../../noticeStore.ts'
import { usePlace } from '../../placeStore.ts'
import { counted, dateTime, draftName } from '../../words.ts'
import { Modal } from '../Modal.tsx'

const fresh = 'new'

export function ClaimDialog(props: { readonly guids: readonly string[]; readonly practice: boolean; onEnd(): void }) {
  const { guids, practice, onEnd } = props
  const snapshot = usePlace((state) => state.snapshot)
  const drafts = snapshot?.drafts.filter((draft) => draft.practice === practice) ?? []
  const [into, setInto] = useState(fresh)
  const [working, setWorking] = useState(false)
  const claim = async (): Promise<void> => {
    setWorking(true)
    const draft = await asked('hello.claim', { guids: [...guids], practice, draftId: into === fresh ? null : into })
    if (draft !== undefined) {
      useHello.getState().choose(guids, false)
      await usePlace.getState().refresh()
      useNotice.getState().say(`${counted(guids.length, 'computer')} went into ${draftName(draft)}.`)
    }
    onEnd()
  }
  return (
    <Modal
      title={`Claim ${counted(guids.length, 'computer')}`}
      onCancel={onEnd}
      onSubmit={() => void claim()}
      actions={
        <>
          <Button type="button" onClick={onEnd}>
            Cancel
          </Button>
          <Button type="submit" appearance="primary" disabled={working}>
            Claim
          </Button>
        </>
      }
    >
      <p>
        {guids.length === 1 ? 'It goes' : 'They go'} into a draft with GUID and address. Name and FQDN are not in a
        hello message: they are filled in on the Data Preview page.
      </p>
      <RadioGroup value={into} aria-label="Draft" onChange={(_, { value }) => setInto(value)}>
        <Radio value={fresh} label="A new draft" autoFocus />
        {drafts.map((draft) => (
          <Radio
            key={draft.id}
            value={draft.id}
            label={`${draftName(draft)}, ${counted(draft.counts.total, 'computer')}, begun ${dateTime(draft.createdAt)}`}
          />
        ))}
      </RadioGroup>
    </Modal>
  )
}
