import type { ProblemEntry } from './entry.ts'

/** What can be wrong with one field of one computer, or with its line in the file. */
export const rowProblems = {
  'guid-missing': {
    title: 'SMBIOS GUID is missing',
    meaning: 'The SMBIOS GUID is how a computer is recognised before anything on it is changed.',
    remedy:
      'Type the GUID from the computer’s BIOS or inventory, have it read from the device where the row has an address, or leave the row out.',
    retry: 'person'
  },
  'guid-malformed': {
    title: 'This is not an SMBIOS GUID',
    meaning: 'A GUID has exactly 32 hexadecimal digits (0-9 and a-f); braces and dashes do not matter.',
    remedy: 'Correct it from the computer’s BIOS or inventory, or leave the row out.',
    retry: 'person'
  },
  'guid-not-set': {
    title: 'The computer maker never set this SMBIOS GUID',
    meaning:
      'All zeros means that there is none, all F that it was never set. It cannot tell one computer from another.',
    remedy:
      'Look up the GUID in the computer’s BIOS; if it is the same there, have the maker’s tool set one, or leave the row out.',
    retry: 'person'
  },
  'guid-placeholder': {
    title: 'This SMBIOS GUID is a placeholder',
    meaning: 'Many boards of different makers carry this same GUID. It cannot tell one computer from another.',
    remedy: 'Have the maker’s tool set a GUID of its own on this computer, or leave the row out.',
    retry: 'person'
  },
  'guid-duplicate': {
    title: 'Two rows have the same SMBIOS GUID',
    meaning:
      'Either a computer is listed twice, or the maker gave several computers one GUID. They cannot be told apart.',
    remedy: 'Correct the GUID, or leave all rows but one out.',
    retry: 'person'
  },
  'guid-duplicate-swapped': {
    title: 'Two rows have the same SMBIOS GUID in different byte order',
    meaning:
      'Inventory tools write the first three groups of a GUID in either order. Both rows mean the same computer.',
    remedy: 'Leave one of the rows out.',
    retry: 'person'
  },
  'guid-raw-order': {
    title: 'This SMBIOS GUID is written in raw byte order',
    meaning:
      'It begins with the bytes of “DELL” in the order in which the BIOS holds them. Configuration Manager and Windows turn the first three groups.',
    remedy:
      'Nothing has to be done for the take-over: the wizard compares both orders. Turn it for Configuration Manager.',
    retry: 'person'
  },
  'name-missing': {
    title: 'The name is missing',
    meaning: 'The short name is one of the three things Configuration Manager demands of each computer.',
    remedy: 'Type the computer’s name, or leave the row out.',
    retry: 'person'
  },
  'name-malformed': {
    title: 'This cannot be a computer name',
    meaning: 'A name may hold letters, digits and dashes, and has at most 63 characters.',
    remedy: 'Type the short name of the computer, without its domain.',
    retry: 'person'
  },
  'name-unusual': {
    title: 'This name may make trouble',
    meaning: 'Dots, underscores and letters outside a-z are not safe in a computer name; DNS and AMT may refuse them.',
    remedy: 'Check that the computer is really called so.',
    retry: 'person'
  },
  'name-long': {
    title: 'The name is longer than 15 characters',
    meaning:
      'Windows cuts NetBIOS names after 15 characters, so Configuration Manager may know this computer by a shorter one.',
    remedy: 'Check what the computer is called in Configuration Manager.',
    retry: 'person'
  },
  'name-differs': {
    title: 'Name and FQDN do not belong together',
    meaning:
      'The first part of the FQDN should be the name. After take-over, Configuration Manager may not find the computer.',
    remedy: 'Correct the one that is wrong; the name must be the one that the operating system has or will get.',
    retry: 'person'
  },
  'name-duplicate': {
    title: 'Two rows have the same name',
    meaning: 'Two computers of one name are possible in different domains, but mostly one row is too many.',
    remedy: 'Check both rows, and leave out the one that is wrong.',
    retry: 'person'
  },
  'fqdn-missing': {
    title: 'The FQDN is missing',
    meaning: 'The full DNS name is one of the three things Configuration Manager demands of each computer.',
    remedy: 'Type the full DNS name (like pc7.contoso.com), or leave the row out.',
    retry: 'person'
  },
  'fqdn-malformed': {
    title: 'This is not a full DNS name',
    meaning:
      'A full DNS name has parts of 1 to 63 letters, digits and dashes with dots between them, and at most 253 characters.',
    remedy: 'Type the name as it stands in DNS.',
    retry: 'person'
  },
  'fqdn-unusual': {
    title: 'This DNS name may make trouble',
    meaning: 'Underscores are not safe in DNS host names; AMT and certificates may refuse them.',
    remedy: 'Check how the name stands in DNS.',
    retry: 'person'
  },
  'fqdn-international': {
    title: 'Written as it stands in DNS',
    meaning: 'Letters outside a-z are kept in DNS as a code that begins with xn--. It is the same name.',
    remedy: 'Nothing has to be done.',
    retry: 'never'
  },
  'fqdn-duplicate': {
    title: 'Two rows have the same FQDN',
    meaning: 'A DNS name leads to one computer only, so at least one of the rows is wrong.',
    remedy: 'Correct the FQDN, or leave all rows but one out.',
    retry: 'person'
  },
  'mac-malformed': {
    title: 'This is not a MAC address',
    meaning:
      'A MAC address has exactly 12 hexadecimal digits; colons, dashes and dots do not matter. Network cards with 16 digits (EUI-64) are not those AMT uses.',
    remedy: 'Correct it, or empty the cell: the MAC address is not mandatory.',
    retry: 'person'
  },
  'mac-not-set': {
    title: 'This MAC address belongs to no network card',
    meaning: 'All zeros and all F stand for no network card. The cell is taken as empty.',
    remedy: 'Nothing has to be done; type the MAC address of the wired network card if you know it.',
    retry: 'person'
  },
  'mac-duplicate': {
    title: 'Two rows have the same MAC address',
    meaning: 'Mostly the address is that of a docking station or adapter, or one row is too many.',
    remedy: 'Check both rows; the MAC address may be left empty.',
    retry: 'person'
  },
  'address-malformed': {
    title: 'This is not a network address',
    meaning:
      'An address is an IPv4 or IPv6 address or a host name, with a port after a colon if it is not the usual one.',
    remedy: 'Correct it, or empty the cell: then the FQDN is used.',
    retry: 'person'
  },
  'address-self-given': {
    title: 'The computer gave itself this address',
    meaning:
      'Addresses with 169.254 or fe80 are used when no DHCP server answered. They reach the computer only over the same cable, if at all.',
    remedy: 'Type the address that the computer has now, or empty the cell: then the FQDN is used.',
    retry: 'person'
  },
  'address-duplicate': {
    title: 'Two rows have the same address',
    meaning:
      'Only one computer can answer there. For the others the SMBIOS GUID will not match and nothing is changed.',
    remedy: 'Correct the address, or empty the cell: then the FQDN is used.',
    retry: 'person'
  },
  'version-malformed': {
    title: 'This is not an AMT version',
    meaning: 'An AMT version has two to four numbers with dots between them, like 11.8.50.',
    remedy: 'Nothing has to be done: the version is read from the device itself.',
    retry: 'person'
  },
  'status-unknown': {
    title: 'This is not an AMT status',
    meaning: 'Configuration Manager knows six words for it, or the numbers 0 to 5.',
    remedy: 'Nothing has to be done: the state is read from the device itself.',
    retry: 'person'
  },
  'cell-too-long': {
    title: 'The text is too long',
    meaning: 'No field of a computer has more than {most} characters.',
    remedy: 'Type the right text; perhaps a quotation mark or separator is missing in the file.',
    retry: 'person'
  },
  'cell-formula': {
    title: 'The cell begins like a formula',
    meaning: 'Texts that begin with = + - or @ are calculated by spreadsheet programs. None of them is allowed here.',
    remedy: 'Type the value that the formula was meant to show.',
    retry: 'person'
  },
  'cell-control': {
    title: 'The text holds invisible characters',
    meaning: 'There are line breaks, control or zero-width characters in it, which no field of a computer may have.',
    remedy: 'Type the text anew.',
    retry: 'person'
  },
  'cell-rewritten': {
    title: 'Written in the usual form',
    meaning: 'The file writes it differently; it means the same.',
    remedy: 'Nothing has to be done.',
    retry: 'never'
  },
  'cell-as-found': {
    title: 'Left as it stands in the file',
    meaning: 'The text is shown unchanged. For the work itself it is read in the usual form, which means the same.',
    remedy: 'Nothing has to be done.',
    retry: 'never'
  },
  'row-long': {
    title: 'The line has more cells than there are columns',
    meaning:
      'A text in it probably holds a separator without quotation marks, so its cells may stand in wrong columns.',
    remedy: 'Check the whole row and correct any one of its cells, or leave the row out.',
    retry: 'person'
  },
  'row-short': {
    title: 'The line has fewer cells than there are columns',
    meaning: 'The missing cells are taken as empty.',
    remedy: 'Check the whole row; the line may have been cut off.',
    retry: 'person'
  },
  'password-not-base64': {
    title: 'The password is not Base64',
    meaning:
      'Configuration Manager demands passwords encoded as Base64. This one seems to stand in the file as it is typed.',
    remedy:
      'If the passwords of this list are not encoded, choose “Clear text” under “How do passwords stand in the file?” on Choose Mapping; or type this one anew in its cell.',
    retry: 'person'
  },
  'password-looks-base64': {
    title: 'The password looks like Base64',
    meaning: 'It is taken letter by letter, but decoded it would be a proper AMT password.',
    remedy:
      'If it comes from a Configuration Manager file, choose “Base64” under “How do passwords stand in the file?” on Choose Mapping.',
    retry: 'person'
  },
  'password-utf16': {
    title: 'The password was encoded as UTF-16',
    meaning: 'Some export tools encode two bytes for each character. It was decoded accordingly.',
    remedy: 'Nothing has to be done.',
    retry: 'never'
  },
  'password-rule': {
    title: 'AMT would not accept this password today',
    meaning: 'It breaks the rule for AMT passwords. It may still be the current one if the firmware is old.',
    remedy: 'Check it, or go on: it is tried only a few times, so that the device is not locked.',
    retry: 'person'
  },
  'one-time-password-form': {
    title: 'This is no one-time password',
    meaning: 'AMT takes 8 to 32 characters, so the device cannot have this one.',
    remedy: 'Correct it, or empty the cell: then the device is set up without comparing one.',
    retry: 'person'
  },
  'password-oem': {
    title: 'HP computers do not accept this password in MEBx',
    meaning: 'MEBx on HP computers refuses spaces and the characters " \' , < > : &.',
    remedy: 'On computers of other makers nothing has to be done.',
    retry: 'person'
  }
} as const satisfies Record<string, ProblemEntry>
