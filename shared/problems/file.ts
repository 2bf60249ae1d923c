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
    meaning:
      'A list is a text file (CSV) with one computer in each line, an Excel workbook with one in each row, or JSON with one in each entry.',
    remedy: 'Save the list as a workbook (.xlsx) or as CSV (in Excel: Save As, “CSV UTF-8”) and choose that file.',
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
  'reading-cancelled': {
    title: 'Reading the file was cancelled',
    meaning: 'Somebody ended it before the whole list was read. Everything is as it was before.',
    remedy: 'Choose the file again to read it.',
    retry: 'person'
  },
  'file-encoding-guessed': {
    title: 'The text encoding was guessed',
    meaning: 'The file is not Unicode, so it was read as Windows-1252, the usual one in western Europe and America.',
    remedy:
      'Look at names with accents or umlauts in the preview. If they are wrong, choose another encoding, or save the file as “CSV UTF-8”.',
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
  },
  'file-encoding-wrong': {
    title: 'The chosen encoding does not fit',
    meaning: 'Bytes of the file stand for no character in this encoding, so names and passwords could be read wrongly.',
    remedy: 'Choose another encoding, or let it be detected again.',
    retry: 'person'
  },
  'file-not-json': {
    title: 'The JSON file cannot be read',
    meaning: 'A list in JSON is an array with one object for each computer; this file is something else, or damaged.',
    remedy: 'Export it again. If it was edited by hand, look at the line that is named.',
    retry: 'person'
  },
  'file-encrypted': {
    title: 'The file is locked with a password',
    meaning: 'Its content is encrypted. The wizard does not ask for passwords of files.',
    remedy:
      'Open it in the program it comes from and save it without a password; delete that copy when the import has been read.',
    retry: 'person'
  },
  'file-old-workbook': {
    title: 'This is an old Excel file',
    meaning: 'Files of the form before 2007 (.xls) cannot be read.',
    remedy: 'Open it in Excel or LibreOffice and save it as a workbook (.xlsx) or as “CSV UTF-8”.',
    retry: 'person'
  },
  'file-broken-workbook': {
    title: 'The workbook is damaged',
    meaning: 'A part of it is missing or cannot be read, so no row of it can be trusted.',
    remedy: 'Open it in Excel, let it be repaired, save it, and choose it again; or export it anew.',
    retry: 'person'
  },
  'file-bomb': {
    title: 'The workbook unpacks to far too much',
    meaning: 'It is small when packed and huge when unpacked, as no list of computers is. Reading was stopped.',
    remedy: 'Check where the file comes from. If it is genuine, copy the list into a new workbook or save it as CSV.',
    retry: 'person'
  },
  'file-number-cells': {
    title: 'Some cells are stored as numbers',
    meaning:
      'A spreadsheet turns 11.10 into 11.1, and drops leading zeros and digits beyond the fifteenth, as soon as a cell counts as a number. What was lost cannot be seen here.',
    remedy: 'Compare AMT versions and bare MAC addresses with the source. Columns formatted as text keep everything.',
    retry: 'never'
  },
  'file-formula-unread': {
    title: 'Some cells hold formulas without a result',
    meaning:
      'Formulas are not calculated; the result that the spreadsheet program saved is taken, and here it saved none.',
    remedy: 'Open the workbook in Excel, save it, and choose it again.',
    retry: 'person'
  },
  'file-hidden-rows': {
    title: 'Hidden rows were read as well',
    meaning: 'The sheet has rows that a filter or a person has hidden. Their computers are in the list.',
    remedy: 'Leave them out on the preview page if they are not wanted.',
    retry: 'never'
  },
  'file-other-account': {
    title: 'Some passwords belong to another account',
    meaning:
      'The list has passwords of accounts that are not called admin. They were not taken as Remote Admin passwords.',
    remedy: 'Add these accounts on the Accounts page.',
    retry: 'person'
  },
  'file-without-amt': {
    title: 'Some devices have no Intel AMT in this list',
    meaning: 'The list tells nothing about AMT for them, so they have no SMBIOS GUID and no AMT version here.',
    remedy: 'Leave them out on the preview page, or fill in what is missing.',
    retry: 'person'
  },
  'file-examples-left': {
    title: 'The example rows are still in the list',
    meaning: 'The template comes with computers that do not exist, to show how a row looks.',
    remedy: 'Leave them out on the preview page, or delete them in the file and choose it again.',
    retry: 'person'
  }
} as const satisfies Record<string, ProblemEntry>
