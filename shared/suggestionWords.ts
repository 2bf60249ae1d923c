// What each kind of suggestion is called: for one cell, for many, on the button, and why it is made.

interface Words {
  /** Title of a group of one; `{n}` is the number in `many`. */
  readonly one: string
  readonly many: string
  /** Caption of the button that does it. */
  readonly action: string
  readonly why: string
}

const table = {
  nothing: {
    one: '1 cell says in words that there is nothing',
    many: '{n} cells say in words that there is nothing',
    action: 'Empty the cell',
    why: 'The field is not mandatory, and this stands for “not known”.'
  },
  invisible: {
    one: '1 cell holds invisible characters',
    many: '{n} cells hold invisible characters',
    action: 'Take the invisible characters out',
    why: 'Without the characters that are not seen it is right.'
  },
  quotes: {
    one: '1 cell has quotation marks or apostrophes around it',
    many: '{n} cells have quotation marks or apostrophes around them',
    action: 'Take the quotation marks away',
    why: 'Spreadsheet programs put them there so that a text is not calculated.'
  },
  formula: {
    one: '1 cell begins like a formula',
    many: '{n} cells begin like formulas',
    action: 'Take the sign in front away',
    why: 'Without the sign in front it is right.'
  },
  remark: {
    one: '1 cell has a remark in brackets',
    many: '{n} cells have a remark in brackets',
    action: 'Take the remark away',
    why: 'Without the remark in brackets it is right.'
  },
  punctuation: {
    one: '1 cell has punctuation around it',
    many: '{n} cells have punctuation around them',
    action: 'Take the punctuation away',
    why: 'Without the comma, semicolon or dot around it, it is right.'
  },
  'guid-form': {
    one: '1 GUID is not written in the usual form',
    many: '{n} GUIDs are not written in the usual form',
    action: 'Write it with dashes, without braces',
    why: 'It is the same GUID, written as Configuration Manager writes it.'
  },
  'guid-letters': {
    one: '1 GUID has letters where only digits can stand',
    many: '{n} GUIDs have letters where only digits can stand',
    action: 'Turn O into 0, and l or I into 1',
    why: 'The letters O, l and I are no hexadecimal digits; 0 and 1 look like them.'
  },
  'guid-inside': {
    one: '1 cell holds more than the GUID',
    many: '{n} cells hold more than the GUID',
    action: 'Keep only the GUID',
    why: 'There is exactly one GUID in the text.'
  },
  'guid-stray': {
    one: '1 GUID has a stray character',
    many: '{n} GUIDs have a stray character',
    action: 'Take the stray character out',
    why: 'Without the one character that is no hexadecimal digit it is a GUID.'
  },
  'guid-base64': {
    one: '1 GUID is written as Base64',
    many: '{n} GUIDs are written as Base64',
    action: 'Write it as a GUID',
    why: 'These are 16 bytes, as directory exports write a netbootGUID.'
  },
  'guid-raw-order': {
    one: '1 GUID is in raw byte order',
    many: '{n} GUIDs are in raw byte order',
    action: 'Turn the first three groups',
    why: 'Dell’s GUIDs begin with 4c4c4544 where Windows and Configuration Manager print them.'
  },
  'mac-zero': {
    one: '1 MAC address belongs to no network card',
    many: '{n} MAC addresses belong to no network card',
    action: 'Empty the cell',
    why: 'All zeros or all F mean that there is none, and the field is not mandatory.'
  },
  'mac-form': {
    one: '1 MAC address is not written with colons',
    many: '{n} MAC addresses are not written with colons',
    action: 'Write it with colons',
    why: 'It is the same address; Configuration Manager takes no other form.'
  },
  'mac-letters': {
    one: '1 MAC address has letters where only digits can stand',
    many: '{n} MAC addresses have letters where only digits can stand',
    action: 'Turn O into 0, and l or I into 1',
    why: 'The letters O, l and I are no hexadecimal digits; 0 and 1 look like them.'
  },
  'mac-eui64': {
    one: '1 MAC address was widened to 64 bits',
    many: '{n} MAC addresses were widened to 64 bits',
    action: 'Take ff:fe out of the middle',
    why: 'The two bytes in the middle are those that are put into a MAC address to widen it.'
  },
  'mac-several': {
    one: '1 cell holds several MAC addresses',
    many: '{n} cells hold several MAC addresses',
    action: 'Keep the first one',
    why: 'Inventories list the built-in network card first. Check this where a docking station may come first.'
  },
  'names-swapped': {
    one: '1 row has name and FQDN the wrong way round',
    many: '{n} rows have name and FQDN the wrong way round',
    action: 'Swap the two cells',
    why: 'The full name stands in the cell of the short one.'
  },
  'fqdn-form': {
    one: '1 FQDN is not written as it stands in DNS',
    many: '{n} FQDNs are not written as they stand in DNS',
    action: 'Write it as it stands in DNS',
    why: 'It is the same name.'
  },
  'fqdn-url': {
    one: '1 FQDN is a web address',
    many: '{n} FQDNs are web addresses',
    action: 'Keep only the host name',
    why: 'The host name is part of the web address.'
  },
  'fqdn-port': {
    one: '1 FQDN has a port behind it',
    many: '{n} FQDNs have a port behind them',
    action: 'Take the port away',
    why: 'A DNS name has no port.'
  },
  'fqdn-dots': {
    one: '1 FQDN has other signs where dots belong',
    many: '{n} FQDNs have other signs where dots belong',
    action: 'Put single dots between the parts',
    why: 'With single dots between its parts it is a full DNS name.'
  },
  'fqdn-from-name': {
    one: '1 FQDN lacks its domain',
    many: '{n} FQDNs lack their domain',
    action: 'Make it from the name and the domain',
    why: 'The row or most other rows tell the domain.'
  },
  'name-from-fqdn': {
    one: '1 name is missing',
    many: '{n} names are missing',
    action: 'Take the first part of the FQDN',
    why: 'The name is the first part of the FQDN.'
  },
  'name-host': {
    one: '1 name has a domain behind it',
    many: '{n} names have a domain behind them',
    action: 'Keep only the short name',
    why: 'The short name is the first part of the full one.'
  },
  'name-domain': {
    one: '1 name has a Windows domain in front',
    many: '{n} names have a Windows domain in front',
    action: 'Keep only the name',
    why: 'What stands in front of the backslash is the domain.'
  },
  'name-dollar': {
    one: '1 name is that of a computer account',
    many: '{n} names are those of computer accounts',
    action: 'Take the dollar sign away',
    why: 'Active Directory puts a dollar sign behind the names of computer accounts.'
  },
  'address-form': {
    one: '1 address is not written in the usual form',
    many: '{n} addresses are not written in the usual form',
    action: 'Write it in the usual form',
    why: 'It is the same address.'
  },
  'address-url': {
    one: '1 address is a web address',
    many: '{n} addresses are web addresses',
    action: 'Keep only host and port',
    why: 'Host and port are part of the web address.'
  },
  'address-mask': {
    one: '1 address has a network mask behind it',
    many: '{n} addresses have a network mask behind them',
    action: 'Take the network mask away',
    why: 'The address stands in front of the slash.'
  },
  'address-zeros': {
    one: '1 address is filled up with zeros',
    many: '{n} addresses are filled up with zeros',
    action: 'Take the leading zeros away',
    why: 'All four numbers have three digits, so the zeros only fill up.'
  },
  'address-dots': {
    one: '1 address has commas or spaces where dots belong',
    many: '{n} addresses have commas or spaces where dots belong',
    action: 'Put dots between the numbers',
    why: 'With dots between the four numbers it is an address.'
  },
  'address-several': {
    one: '1 cell holds several addresses',
    many: '{n} cells hold several addresses',
    action: 'Keep the first that can be reached',
    why: 'All of them are addresses of the computer; one is enough.'
  },
  'version-form': {
    one: '1 AMT version is not written in the usual form',
    many: '{n} AMT versions are not written in the usual form',
    action: 'Keep only the numbers',
    why: 'It is the same version.'
  },
  'version-inside': {
    one: '1 cell holds more than the AMT version',
    many: '{n} cells hold more than the AMT version',
    action: 'Keep only the version',
    why: 'There is exactly one version number in the text.'
  },
  'status-form': {
    one: '1 AMT status is not in Configuration Manager’s words',
    many: '{n} AMT statuses are not in Configuration Manager’s words',
    action: 'Use Configuration Manager’s word',
    why: 'It means the same.'
  }
} as const satisfies Record<string, Words>

/** Stable ids of the kinds of suggestion. */
export type SuggestionKind = keyof typeof table
export const suggestionWords: Readonly<Record<SuggestionKind, Words>> = table
export const suggestionKinds = Object.keys(table) as readonly SuggestionKind[]

/** Title of a group of equal suggestions: "12 GUIDs have a stray character". */
export const groupTitle = (kind: SuggestionKind, count: number): string =>
  count === 1 ? suggestionWords[kind].one : suggestionWords[kind].many.replace('{n}', count.toLocaleString('en-US'))
