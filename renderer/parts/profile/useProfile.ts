// The profile of the draft in front of the person, and how a part of it is changed.
import type { Profile } from '../../../shared/profile.ts'
import { useCurrentDraft, useDraft } from '../../draftStore.ts'

export function useProfile(): {
  readonly draftId: string
  readonly profile: Profile
  readonly set: (part: Partial<Profile>) => void
} {
  const { id, profile } = useCurrentDraft()
  const set = (part: Partial<Profile>): void => useDraft.getState().change({ profile: { ...profile, ...part } })
  return { draftId: id, profile, set }
}
