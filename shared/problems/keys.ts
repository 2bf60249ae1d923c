// What can go wrong with the key kind of a device's certificate.
import type { ProblemEntry } from './entry.ts'

export const keyProblems = {
  'key-refused': {
    title: 'The device cannot have the key that the profile chooses',
    meaning: '{why} Nothing was changed on the device.',
    remedy: 'Under TLS and certificates, let the key go by the firmware version; then start again.',
    retry: 'person'
  }
} as const satisfies Record<string, ProblemEntry>
