// The bar at the bottom: Back, Next, Finish and Cancel while deciding; what can be done with the work while it runs.
import { Button } from '@fluentui/react-components'
import { useState } from 'react'
import { type Draft, missing, type Page, pagesFor } from '../../shared/draft.ts'
import { useDraft } from '../draftStore.ts'
import { pageTable } from '../pages.tsx'
import { usePlace } from '../placeStore.ts'
import { usePlanning } from '../planStore.ts'
import { FooterBar } from './FooterBar.tsx'
import { ImportActions } from './ImportActions.tsx'
import { StartButton } from './StartButton.tsx'

/** The page before and after, of those that apply. */
function neighbours(draft: Draft): { back: Page | undefined; next: Page | undefined } {
  const list = pagesFor(draft)
  const at = list.indexOf(draft.page)
  return { back: list[at - 1], next: list[at + 1] }
}

function DraftFooter({ draft }: { readonly draft: Draft }) {
  const { goTo } = useDraft.getState()
  const planning = usePlanning(draft.practice)
  const [leaving, setLeaving] = useState(false)
  const { back, next } = neighbours(draft)
  const summary = draft.page === 'summary'
  const held = draft.page === 'source' && draft.source === null
  const cancel = (): void => {
    setLeaving(true)
    void usePlace.getState().toStart()
  }
  return (
    <FooterBar hint={pageTable[draft.page].hint(draft, planning)}>
      <Button disabled={back === undefined} onClick={() => back !== undefined && goTo(back)}>
        Back
      </Button>
      {summary ? (
        <StartButton draft={draft} ready={missing(draft, planning).length === 0} />
      ) : (
        <Button appearance="primary" disabled={held} onClick={() => next !== undefined && goTo(next)}>
          Next
        </Button>
      )}
      <Button
        disabled={summary || draft.source === null}
        title="Goes to Summary; nothing is started"
        onClick={() => goTo('summary')}
      >
        Finish
      </Button>
      <Button
        appearance="subtle"
        disabled={leaving}
        title="Back to the start page; the draft stays saved"
        onClick={cancel}
      >
        Cancel
      </Button>
    </FooterBar>
  )
}

export function Footer() {
  const draft = useDraft((state) => state.draft)
  const place = usePlace((state) => state.place)
  if (place.at === 'import') return <ImportActions page={place.page} />
  return draft === null ? null : <DraftFooter draft={draft} />
}
