// Asks about named profiles, and what a profile takes from files.
import type { profileAsks } from '../../../shared/contract/profile.ts'
import { fail, ok } from '../../../shared/problem.ts'
import type { Core } from '../../core.ts'
import { longestProfile } from '../../profiles.ts'
import type { Desk } from '../ipc.ts'
import { readCertificates } from './certificates.ts'
import type { Dialogs } from './dialogs.ts'

const profileKind = { name: 'Profile', extensions: ['json'] }

export function profileDesk({ profiles, drafting }: Core, dialogs: Dialogs): Pick<Desk, keyof typeof profileAsks> {
  return {
    'profiles.read': () => ok({ profiles: profiles.all() }),
    'profile.save': ({ draftId, profileId, name }) => profiles.save(draftId, profileId, name),
    'profile.delete': ({ profileId }) => profiles.remove(profileId),
    async 'profile.export'({ draftId }) {
      const file = profiles.text(draftId)
      return file.ok ? dialogs.save(file.value.name, profileKind, file.value.text) : file
    },
    async 'profile.import'({ draftId }) {
      const known = drafting.open(draftId)
      if (!known.ok) return known
      const file = await dialogs.read([profileKind])
      if (!file.ok || file.value === null) return file.ok ? ok(null) : file
      const { bytes } = file.value
      if (bytes.length > longestProfile) return fail('profile-unreadable', { found: `${bytes.length} bytes` })
      return profiles.take(draftId, new TextDecoder().decode(bytes))
    },
    async 'profile.addRoots'({ draftId }) {
      const known = drafting.open(draftId)
      if (!known.ok) return known
      const bytes = await readCertificates(dialogs)
      if (!bytes.ok || bytes.value === null) return bytes.ok ? ok(null) : bytes
      return profiles.addRoots(draftId, bytes.value)
    }
  }
}
