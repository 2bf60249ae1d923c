import type { ProblemEntry } from './entry.ts'

/** What can stand against removing everything, and against a file that was handed to the program. */
export const removalProblems = {
  'passwords-unproved': {
    title: 'New passwords are still unproved',
    meaning:
      'Of {computers} a new password was written down, and no login has proved yet which one the device has. Without the keychain entries nobody could get into them any more.',
    remedy: 'Let these computers be finished first. Export their passwords if the data has to go all the same.',
    retry: 'person'
  },
  'passwords-only-here': {
    title: 'Passwords of computers are kept here',
    meaning:
      'The keychain entries of this data folder hold the passwords of {computers} that were taken over. Once removed they are gone for good.',
    remedy:
      'Export the passwords of each import first (Confirmation page), then remove, and say that the passwords go as well.',
    retry: 'person'
  },
  'still-working': {
    title: 'Computers are being worked on',
    meaning: 'What was asked for ends the program, and that has to wait.',
    remedy: 'Let the import end, or pause it, then ask again.',
    retry: 'later'
  },
  'data-partly-removed': {
    title: 'Not everything could be removed',
    meaning: 'Some of what this program kept is still there.',
    remedy: 'End every program that has these files open, then remove them by hand.',
    retry: 'person'
  },
  'handed-not-a-pack': {
    title: 'The program opens only site packs this way',
    meaning: 'A file was given to it at its start whose name does not end with .amtpack.',
    remedy:
      'Lists of computers are chosen on the page Source; here open a file that another laptop saved as a site pack.',
    retry: 'person'
  }
} as const satisfies Readonly<Record<string, ProblemEntry>>
