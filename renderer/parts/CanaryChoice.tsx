// Before Start: whether the import begins with one computer, then five, then the rest.
import { Checkbox } from '@fluentui/react-components'
import type { Draft } from '../../shared/draft.ts'
import { decided } from '../../shared/running.ts'
import { useDraft } from '../draftStore.ts'
import { Card } from './Card.tsx'

export function CanaryChoice({ draft }: { readonly draft: Draft }) {
  const { running, practice, counts } = draft
  return (
    <Card title="How it begins">
      <Checkbox
        label="One computer first, then five, then the rest; pause by itself when many fail for the same reason"
        checked={decided(running, practice, counts.ready).canary === true}
        onChange={(_, data) => useDraft.getState().change({ running: { ...running, canary: data.checked === true } })}
      />
    </Card>
  )
}
