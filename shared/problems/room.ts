import type { ProblemEntry } from './entry.ts'

/** What can be wrong with the certificate store of a device. */
export const roomProblems = {
  'store-full': {
    title: 'No room for another certificate',
    meaning: 'The certificate store of the device is too full for this profile: {room}. Nothing was changed.',
    remedy:
      '{removable} Let the profile clear what the old manager left (unused ones then go first), remove them with the old manager, or ask for fewer roots; then retry.',
    retry: 'person'
  },
  'store-believed-full': {
    title: 'Perhaps no room for another certificate',
    meaning:
      'With this profile the certificate store would hold more than is believed to fit. The firmware does not tell its limit, so it may take more. Nothing was changed.',
    remedy:
      'Choose "Try it anyway" (on the command line: retry --beyond-places): then the device decides, and where it refuses the work stops there. {removable} Or let the profile clear what the old manager left, or ask for fewer roots; then retry.',
    retry: 'person'
  },
  'store-took-no-more': {
    title: 'The device took no more certificates',
    meaning:
      'More places than are believed were tried on request, and the device refused: {why} What was changed before stays and stands in its list of changes, and every password is in the keychain.',
    remedy:
      'Let the profile clear what the old manager left, or ask for fewer roots; then retry. It counts the places again first.',
    retry: 'person'
  }
} as const satisfies Readonly<Record<string, ProblemEntry>>
