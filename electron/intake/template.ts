// The list to fill in: our titles and three example rows that are valid as they stand.
import { fieldTitles } from '../../shared/computer.ts'
import { sixColumns } from '../../shared/mapping.ts'
import type { Delimiter } from './lines.ts'
import { listText } from './write.ts'

/** The columns of the template: Configuration Manager's six, and where the computer answers if that is not its name. */
export const templateTitles: readonly string[] = [...sixColumns, 'address' as const].map((field) => fieldTitles[field])

/** Computers of the examples are in here; the domain can belong to nobody (RFC 2606). */
export const exampleDomain = '.corp.example'

/** Everything; without what is optional; with another address. The passwords are Base64 of “Example-Only1!”. */
const examples: readonly (readonly string[])[] = [
  [
    'PC-0001',
    '4c4c4544-0051-3510-8051-b4c04f4a3101',
    '02:00:00:00:00:01',
    'RXhhbXBsZS1Pbmx5MSE=',
    'RXhhbXBsZS1Pbmx5MSE=',
    ''
  ],
  ['PC-0002', '4c4c4544-0051-3510-8051-b4c04f4a3102', '', '', '', ''],
  ['PC-0003', '4c4c4544-0051-3510-8051-b4c04f4a3103', '02:00:00:00:00:03', '', '', '192.0.2.3']
].map(([name = '', ...rest]) => [name, `${name.toLowerCase()}${exampleDomain}`, ...rest])

/** The template as CSV text; it imports again without any mapping by hand. */
export const templateList = (delimiter: Delimiter = ','): string => listText([templateTitles, ...examples], delimiter)
