import type { ProblemEntry } from './entry.ts'

/** What can be wrong with lists and scripts for another manager, and with what comes back from one. */
export const exportProblems = {
  'export-empty': {
    title: 'There is no computer to export',
    meaning: 'Only computers with a name, an FQDN and a GUID can be told to another manager, and here is none.',
    remedy: 'Choose another import, or export all its computers, not only those that are done.',
    retry: 'person'
  },
  'export-value-unfit': {
    title: 'A value cannot be written into this file',
    meaning: 'It holds a character for which this kind of file has no safe way of writing.',
    remedy: 'Correct the value, or choose another kind of file.',
    retry: 'person'
  },
  'result-unreadable': {
    title: 'This is not the result file of the script',
    meaning: 'The result file has one line for each computer, with its GUID and what became of it.',
    remedy: 'Choose the file that the import script wrote, as it wrote it.',
    retry: 'person'
  },
  'result-foreign': {
    title: 'This result file is about other computers',
    meaning: 'None of the GUIDs in the file belongs to a computer of this import.',
    remedy: 'Open the import that the script was exported from, and read the file there.',
    retry: 'person'
  }
} as const satisfies Record<string, ProblemEntry>
