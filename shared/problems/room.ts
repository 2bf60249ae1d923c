import type { ProblemEntry } from './entry.ts'

/** What can be wrong with the certificate store of a device. */
export const roomProblems = {
  'store-full': {
    title: 'No room for another certificate',
    meaning: 'The certificate store of the device is too full for this profile: {room}. Nothing was changed.',
    remedy:
      '{removable} Let the profile clear what the old manager left (unused ones then go first), remove them with the old manager, or ask for fewer roots; then retry.',
    retry: 'person'
  }
} as const satisfies Readonly<Record<string, ProblemEntry>>
