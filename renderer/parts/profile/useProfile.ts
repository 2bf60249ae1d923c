// The profile of the draft in front of the person, and how a part of it is changed.
import type { Profile } from '../../../shared/profile.ts'
import { useCurrentDraft, useDraft } from '../../draftStore.ts'

export function useProfile(): {
  readonly draftId: string
  readonly profile: Profile
  /** A part in place of what is there, or made of the profile as it is now: for what was waited for. */
  readonly set: (part: Partial<Profile> | ((now: Profile) => Partial<Profile>)) => void
} {
  const { id, profile } = useCurrentDraft()
  const set = (part: Partial<Profile> | ((now: Profile) => Partial<Profile>)): void => {
    // While the keychain was asked, another field may have been filled in.
    const now = useDraft.getState().draft?.profile ?? profile
    useDraft.getState().change({ profile: { ...now, ...(typeof part === 'function' ? part(now) : part) } })
  }
  return { draftId: id, profile, set }
}
