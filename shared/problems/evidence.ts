import type { ProblemEntry } from './entry.ts'

/** What can be wrong with evidence: exported audit logs, archives, encrypted sheets and support bundles. */
export const evidenceProblems = {
  'audit-file-unreadable': {
    title: 'A line of the audit file cannot be read',
    meaning: 'It is not a line as the wizard writes it: it was altered, or the file is something else.',
    remedy: 'Take the file from where it was first saved, and keep this one: what was altered may matter.',
    retry: 'never'
  },
  'audit-file-cut': {
    title: 'The audit file ends too early',
    meaning: 'The signature in its last line is missing; the last entry that is there is {last}.',
    remedy: 'Take the file from where it was first saved, and keep this one: what was cut off may matter.',
    retry: 'never'
  },
  'audit-file-foreign': {
    title: 'The audit file is of another installation',
    meaning: 'It is signed with a key that this installation never had.',
    remedy:
      'Choose the file that belongs here, or verify this one by itself with the verifier that is saved beside exports.',
    retry: 'never'
  },
  'audit-file-unsigned': {
    title: 'The signature of the audit file does not hold',
    meaning: 'Its first or last line is not what was signed.',
    remedy: 'Take the file from where it was first saved, and keep this one: what was altered may matter.',
    retry: 'never'
  },
  'audit-broken': {
    title: 'The audit chain is broken',
    meaning: '{why}',
    remedy: 'Leave the data folder as it is, keep a copy of it, and find out who had access to it.',
    retry: 'never'
  },
  'audit-nothing-older': {
    title: 'There is nothing to archive',
    meaning: 'No entry at the beginning of the audit log is from before that day.',
    remedy: 'Choose a later day.',
    retry: 'person'
  },
  'pdf-needs-window': {
    title: 'A PDF needs the window',
    meaning: 'The page is laid out and printed by the program with the window; the command line alone cannot.',
    remedy: 'Save the PDF from the Confirmation page, or take --format html and print it from a browser.',
    retry: 'never'
  },
  'pdf-failed': {
    title: 'The PDF could not be made',
    meaning: 'The page was laid out, but could not be printed.',
    remedy: 'Try again, or save the report as a web page and print that from a browser.',
    retry: 'now'
  },
  'no-secrets': {
    title: 'There is no password to export',
    meaning: 'The keychain holds none for a computer of this import.',
    remedy: 'Choose another import.',
    retry: 'never'
  },
  'passphrase-weak': {
    title: 'The passphrase is too short',
    meaning: 'Whoever has the file can try passphrases as often as they like.',
    remedy: 'Take at least 12 characters; several words are easiest to say on the phone.',
    retry: 'person'
  },
  'sheet-unreadable': {
    title: 'The file is no sheet of passwords',
    meaning: 'It is not in the form that the wizard writes.',
    remedy: 'Choose a file that was saved by “Export passwords”.',
    retry: 'person'
  },
  'sheet-locked': {
    title: 'The passphrase does not fit',
    meaning: 'The file does not open with it, or it was altered.',
    remedy: 'Ask who saved the file for the passphrase.',
    retry: 'person'
  },
  'not-a-terminal': {
    title: 'This is shown on a terminal only',
    meaning: 'Passwords in clear would otherwise end up in a file or in another program.',
    remedy: 'Call the command in a terminal, without sending its output elsewhere.',
    retry: 'never'
  },
  'bundle-holds-secret': {
    title: 'The support bundle was not written',
    meaning: 'A password that the keychain holds was found in a part of it: {part}.',
    remedy:
      'Send nothing. Tell whoever supports you in which part it was found; the other parts were not looked at further.',
    retry: 'never'
  }
} as const satisfies Record<string, ProblemEntry>
