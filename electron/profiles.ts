// Named profiles: saved out of a draft, taken from a file, given away as a file. None of them ever holds a secret.
import { z } from 'zod'
import type { Draft } from '../shared/draft.ts'
import { fail, ok, type Result } from '../shared/problem.ts'
import { mostRoots, type NamedProfile, type Profile, profileSchema, withoutSecrets } from '../shared/profile.ts'
import type { Drafting } from './drafting/drafting.ts'
import { rootsIn } from './setup/certificateFile.ts'
import type { Store } from './store/store.ts'

const format = 'AMT Migration Wizard profile'
/** Larger than any profile, and small enough to be read without a thought. */
export const longestProfile = 256 * 1024

const fileSchema = z.object({
  format: z.literal(format),
  formatVersion: z.literal(1),
  name: z.string().trim().min(1).max(100),
  profile: profileSchema
})

export interface Profiles {
  all(): NamedProfile[]
  /** The draft then comes from what was saved. */
  save(draftId: string, profileId: string | null, name: string): Result<{ draft: Draft; saved: NamedProfile }>
  remove(profileId: string): Result<Record<never, never>>
  /** Text of the file, and the name to offer for it. */
  text(draftId: string): Result<{ name: string; text: string }>
  /** The root certificates in a file (PEM or DER) join the draft's profile. Problem certificate-unreadable. */
  addRoots(draftId: string, bytes: Uint8Array): Result<Draft>
  /** Problem profile-unreadable when the text is no profile. Passwords have to be typed anew. */
  take(draftId: string, text: string): Result<Draft>
}

const fileName = (name: string): string =>
  `${name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'profile'}.amt-profile.json`

/** The profile in the text of a file, without secrets. Problem profile-unreadable. */
export function readProfile(text: string): Result<Profile> {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    return fail('profile-unreadable', { found: 'text that is not JSON' })
  }
  const read = fileSchema.safeParse(content)
  if (read.success) return ok({ ...withoutSecrets(read.data.profile), origin: null })
  const [issue] = read.error.issues
  return fail('profile-unreadable', { found: issue ? `${issue.path.join('.')}: ${issue.message}` : '' })
}

/** The named profiles of a store. */
export function namedProfiles(options: {
  readonly store: Store
  readonly drafting: Drafting
  readonly newId: () => string
}): Profiles {
  const { store, drafting, newId } = options
  return {
    all: () => store.profiles.all(),
    save(draftId, profileId, name) {
      const open = drafting.open(draftId)
      if (!open.ok) return open
      const saved = store.together(() => {
        const kept = store.profiles.save(profileId ?? newId(), name, open.value.profile)
        store.audit.append('profile saved', { name: kept.name, version: kept.version })
        return kept
      })
      const { id, version } = saved
      const profile: Profile = { ...open.value.profile, origin: { id, name: saved.name, version } }
      const draft = drafting.change(draftId, { profile })
      return draft.ok ? ok({ draft: draft.value, saved }) : draft
    },
    remove(profileId) {
      const found = store.profiles.get(profileId)
      if (found) {
        store.together(() => {
          store.profiles.remove(profileId)
          store.audit.append('profile deleted', { name: found.name, version: found.version })
        })
      }
      return ok({})
    },
    text(draftId) {
      const open = drafting.open(draftId)
      if (!open.ok) return open
      const { profile } = open.value
      const name = profile.origin?.name ?? 'profile'
      const file = { format, formatVersion: 1, name, profile: { ...withoutSecrets(profile), origin: null } }
      return ok({ name: fileName(name), text: `${JSON.stringify(file, null, 2)}\n` })
    },
    addRoots(draftId, bytes) {
      const open = drafting.open(draftId)
      if (!open.ok) return open
      const read = rootsIn(bytes)
      if (!read.ok) return read
      const { profile } = open.value
      const known = new Set(profile.roots.map(({ fingerprint }) => fingerprint))
      const roots = [...profile.roots, ...read.value.filter(({ fingerprint }) => !known.has(fingerprint))]
      if (roots.length > mostRoots)
        return fail('certificate-unreadable', {
          values: { why: `A profile holds ${mostRoots} trusted roots at most; devices have little room.` }
        })
      return drafting.change(draftId, { profile: { ...profile, roots } })
    },
    take(draftId, text) {
      const profile = readProfile(text)
      return profile.ok ? drafting.change(draftId, { profile: profile.value }) : profile
    }
  }
}
