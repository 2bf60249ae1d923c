// Asks about named profiles and what a profile takes from files.
import { z } from 'zod'
import { draftSchema } from '../draft.ts'
import { namedProfileSchema } from '../profile.ts'
import { id, nothing } from './words.ts'

export const profileAsks = {
  'profiles.read': { input: nothing, output: z.object({ profiles: z.array(namedProfileSchema) }) },
  /** The draft's profile under a name, without its secrets: a new one, or the next version of the one with this id. */
  'profile.save': {
    input: z.object({ draftId: id, profileId: id.nullable(), name: z.string().trim().min(1).max(100) }),
    output: z.object({ draft: draftSchema, saved: namedProfileSchema })
  },
  'profile.delete': { input: z.object({ profileId: id }), output: nothing },
  /** Main opens the save dialog; null when cancelled. */
  'profile.export': { input: z.object({ draftId: id }), output: z.object({ file: z.string() }).nullable() },
  /** Main opens the file dialog; the profile in the file becomes the draft's. Null when cancelled. */
  'profile.import': { input: z.object({ draftId: id }), output: draftSchema.nullable() },

  /** Main opens the file dialog; the root certificates in the file join the profile's. Null when cancelled. */
  'profile.addRoots': { input: z.object({ draftId: id }), output: draftSchema.nullable() }
} as const
