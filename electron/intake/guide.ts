// The field guide that goes with the template: every column in plain words, as a page to print or to send to a colleague.
import { type Field, fieldTitles } from '../../shared/computer.ts'

interface Advice {
  readonly field: Field
  readonly needed: string
  readonly what: string
  readonly forms: string
  readonly example: string
  readonly wrong: string
}

const advice: readonly Advice[] = [
  {
    field: 'name',
    needed: 'Yes',
    what: 'The short name the computer has in Windows, or will have when Windows is installed.',
    forms: 'Up to 15 characters. No spaces and none of \\ / : * ? " < > |',
    example: 'FIN-0231',
    wrong:
      'A name that differs from the first part of the FQDN: the computer is found before Windows is installed, and lost after.'
  },
  {
    field: 'fqdn',
    needed: 'Yes',
    what: 'The full name in DNS. AMT gets it as its host name and domain, and certificates are made out to it.',
    forms: 'At least two parts with dots between them. A dot at the end is taken away.',
    example: 'fin-0231.corp.contoso.com',
    wrong: 'Only the short name; the domain of the old site; underscores, which DNS servers may refuse.'
  },
  {
    field: 'guid',
    needed: 'Yes',
    what: 'The SMBIOS GUID, also called UUID: the identity of the computer. It is compared with the device before anything is changed.',
    forms: '32 hexadecimal digits, with or without hyphens and braces, in capitals or small letters.',
    example: '4c4c4544-0042-3510-8051-b4c04f4a3153',
    wrong:
      'The first three groups in the other byte order (some tools swap them); all zeros or all F, which means that the maker never set it; the GUID of the Windows installation or of the mainboard.'
  },
  {
    field: 'mac',
    needed: 'No',
    what: 'The address of the wired network card. It helps to find the computer again when its address has changed.',
    forms: '12 hexadecimal digits, with colons, hyphens, dots or nothing between them.',
    example: '00:1e:4f:aa:10:32',
    wrong: 'The address of the wireless card; a spreadsheet that has taken a bare address for a number.'
  },
  {
    field: 'mebxPassword',
    needed: 'No',
    what: 'The password of the Intel Management Engine BIOS Extension, if it was changed from admin.',
    forms: 'Base64, as Configuration Manager demands it. For clear text, say so on Choose Mapping.',
    example: 'RXhhbXBsZS1Pbmx5MSE=',
    wrong: 'Base64 hides nothing: whoever has the file has the password. Delete the file when the import has been read.'
  },
  {
    field: 'adminPassword',
    needed: 'When the old solution removed its settings only in part',
    what: 'The password of the AMT Remote Admin Account that the old solution has set. Without it the accounts of the Accounts page are tried.',
    forms: 'Base64, as above. 8 to 32 characters with capital, small letter, digit and symbol; none of : , "',
    example: 'RXhhbXBsZS1Pbmx5MSE=',
    wrong: 'The password of a Windows account; a password of another computer, because a sort moved only one column.'
  },
  {
    field: 'oneTimePassword',
    needed: 'No',
    what: 'The one-time password that an agent on the computer gave to AMT when it opened it for set-up by certificate. The device must name the same one before anything is set up.',
    forms:
      'The password itself, 8 to 32 letters, digits and symbols of plain ASCII, never in Base64; or its SHA-1 or SHA-256 as 40 or 64 hexadecimal digits.',
    example: 'Tq7-mr2K-9wLx',
    wrong: 'That of an earlier activation: each makes a new one.'
  },
  {
    field: 'address',
    needed: 'No',
    what: 'Where AMT answers, when that is not the FQDN.',
    forms: 'IPv4, IPv6 in brackets, or a name; with :port when it is not 16992 or 16993.',
    example: '10.0.0.7',
    wrong: 'An address from DHCP that has been given to another computer since. The GUID guards against that.'
  },
  {
    field: 'amtVersion',
    needed: 'No',
    what: 'The version of the AMT firmware. It decides which way of migration is possible.',
    forms: 'Numbers with dots. Words such as “Intel AMT” in front are taken away.',
    example: '11.8.50',
    wrong: 'A spreadsheet that has made 11.1 out of 11.10: format the column as text.'
  },
  {
    field: 'amtStatus',
    needed: 'No',
    what: 'What Configuration Manager says of the computer.',
    forms: 'Unknown, Not Supported, Detected, Not Provisioned, Provisioned, Externally Provisioned, or their numbers.',
    example: 'Not Provisioned',
    wrong: '“Not Supported” also stands there when only the time for provisioning has run out.'
  }
]

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const safe = (text: string): string => text.replace(/[&<>"]/g, (letter) => escapes[letter] ?? letter)

const rowOf = ({ field, needed, what, forms, example, wrong }: Advice): string =>
  `<tr><th scope="row">${safe(fieldTitles[field])}</th><td>${[needed, what, forms].map(safe).join('</td><td>')}</td><td><code>${safe(example)}</code></td><td>${safe(wrong)}</td></tr>`

const style = `body{font:16px/1.5 "Segoe UI",system-ui,sans-serif;margin:32px auto;max-width:1200px;padding:0 16px;color:#1b1b1b;background:#fff}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #8a8a8a;padding:6px 10px;text-align:left;vertical-align:top}
thead th{background:#eee}code{font-family:Consolas,monospace}@media print{body{font-size:11px;margin:0}}`

/** The guide as an HTML page that needs nothing else. */
export const fieldGuide = (): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Fields of a list of computers</title><style>${style}</style></head><body>
<h1>Fields of a list of computers</h1>
<p>One computer in each line. Any order of columns will do when the first line holds titles; without titles the order is that of
Configuration Manager: name, FQDN, SMBIOS GUID, MAC address, MEBx password, Remote admin password. Columns with other titles are
ignored. Save as a workbook (.xlsx) or as “CSV UTF-8”; comma, semicolon, tab and | are all understood.</p>
<table><thead><tr>${['Column', 'Needed', 'What it is', 'Forms that are understood', 'Example', 'What goes wrong'].map((title) => `<th scope="col">${title}</th>`).join('')}</tr></thead>
<tbody>
${advice.map(rowOf).join('\n')}
</tbody></table>
<h2>Passwords in files</h2>
<p>The wizard puts passwords into the keychain of the operating system as soon as a file has been read, and shows them nowhere. The
file itself stays as it is. Save a copy without passwords on Select Source, then delete the original, also from the recycle bin,
from mail and from shared folders.</p>
</body></html>
`
