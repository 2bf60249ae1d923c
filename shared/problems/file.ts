import type { ProblemEntry } from './entry.ts'

/** What can be wrong with a file as a whole, before any row is looked at. */
export const fileProblems = {
  'file-empty': {
    title: 'The file is empty',
    meaning: 'There is not a single line with data in it.',
    remedy: 'Export it again from the other management solution, or choose another file.',
    retry: 'person'
  },
  'file-not-csv': {
    title: 'This is not a list that can be read',
    meaning: 'A list is a text file with one computer in each line and a separator between the columns.',
    remedy: 'Save the list as CSV (in Excel: Save As, “CSV UTF-8”) and choose that file.',
    retry: 'person'
  },
  'file-unclosed-quote': {
    title: 'A quotation mark is in the wrong place',
    meaning:
      'A quotation mark that is not closed where its cell ends joins lines together, so no line below it can be trusted.',
    remedy:
      'Open the file in a text editor, close or remove the quotation mark in that line, and choose the file again.',
    retry: 'person'
  },
  'file-too-big': {
    title: 'The file is too big',
    meaning: 'A list of computers is never this big; reading it could use up the memory of this laptop.',
    remedy: 'Check that it is the right file, or split it into smaller ones.',
    retry: 'person'
  },
  'file-too-wide': {
    title: 'A line has too many columns',
    meaning: 'A list of computers needs at most eight columns; the file is probably read with the wrong separator.',
    remedy: 'Choose another separator, or remove the columns that are not needed.',
    retry: 'person'
  },
  'file-gone': {
    title: 'The file is not there any more',
    meaning: 'It was moved, deleted or cut short, or the drive it lies on was disconnected while it was being read.',
    remedy: 'Bring the file or the drive back, best as a copy on this laptop, and choose it again.',
    retry: 'person'
  },
  'file-changed': {
    title: 'The file changed while it was being read',
    meaning: 'Another program was still writing to it, so the list could be incomplete.',
    remedy: 'Wait until the export has ended, then choose the file again.',
    retry: 'later'
  },
  'file-unreadable': {
    title: 'The file cannot be read',
    meaning: 'The operating system refuses to hand out its content.',
    remedy: 'Check the permissions of the file, close programs that hold it open, and choose it again.',
    retry: 'person'
  },
  'file-encoding-guessed': {
    title: 'The text encoding was guessed',
    meaning: 'The file is not Unicode, so it was read as Windows-1252, the usual one in western Europe and America.',
    remedy: 'Look at names with accents or umlauts in the preview. If they are wrong, save the file as “CSV UTF-8”.',
    retry: 'never'
  },
  'file-long-cell': {
    title: 'A cell runs over several lines',
    meaning:
      'A quotation mark holds several lines of the file together as one cell. Computers in these lines are not seen.',
    remedy: 'If this is not a text that really has several lines, correct the quotation marks in the file.',
    retry: 'person'
  },
  'file-osd-list': {
    title: 'This looks like the list for operating system deployment',
    meaning:
      'Configuration Manager has two similar lists. This one holds name, SMBIOS GUID and MAC address; the one for out of band management has the FQDN as its second column.',
    remedy: 'Add the FQDN as a column, or fill it in on the preview page.',
    retry: 'person'
  }
} as const satisfies Record<string, ProblemEntry>
