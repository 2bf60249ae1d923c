// A list as it comes from a careless hand: semicolons, and 40 faults of 12 kinds among sound computers.

/** Line ends as spreadsheets write them. */
const lineEnd = '\r\n'

const hex = (value: number): string => value.toString(16).padStart(4, '0')
const guid = (n: number): string => `4c4c4544-0046-3000-8000-c7c04f00${hex(n)}`
const mac = (n: number): string => `02:1a:4f:46:${hex(n).slice(0, 2)}:${hex(n).slice(2)}`
const name = (n: number): string => `PC${String(n).padStart(3, '0')}`

interface Computer {
  readonly name: string
  readonly fqdn: string
  readonly guid: string
  readonly mac: string
  readonly address: string
  readonly version: string
}

const sound = (n: number): Computer => ({
  name: name(n),
  fqdn: `${name(n).toLowerCase()}.corp.example.com`,
  guid: guid(n),
  mac: mac(n),
  address: '',
  version: '11.8.50'
})

/** One kind of fault: in how many rows, and what it makes of a sound one. */
interface Fault {
  readonly kind: string
  readonly rows: number
  readonly spoil: (computer: Computer, n: number) => Computer
}

export const faults: readonly Fault[] = [
  { kind: 'GUID with letters for digits', rows: 6, spoil: (one) => ({ ...one, guid: one.guid.replaceAll('0', 'O') }) },
  { kind: 'MAC with letters for digits', rows: 5, spoil: (one) => ({ ...one, mac: one.mac.replaceAll('0', 'O') }) },
  { kind: 'FQDN without a domain', rows: 5, spoil: (one) => ({ ...one, fqdn: one.name.toLowerCase() }) },
  { kind: 'the same row twice', rows: 3, spoil: () => sound(1) },
  { kind: 'no GUID', rows: 3, spoil: (one) => ({ ...one, guid: '' }) },
  { kind: 'GUID of zeros', rows: 3, spoil: (one) => ({ ...one, guid: '00000000-0000-0000-0000-000000000000' }) },
  { kind: 'GUID of Fs', rows: 2, spoil: (one) => ({ ...one, guid: 'ffffffff-ffff-ffff-ffff-ffffffffffff' }) },
  { kind: 'name like a formula', rows: 2, spoil: (one) => ({ ...one, name: `=${one.name}+1` }) },
  { kind: 'AMT version in words', rows: 3, spoil: (one) => ({ ...one, version: 'eleven' }) },
  {
    kind: 'FQDN with a character that DNS has not',
    rows: 4,
    spoil: (one) => ({ ...one, fqdn: one.fqdn.replace('.corp.', '.corp!.') })
  },
  { kind: 'address with a web prefix', rows: 2, spoil: (one, n) => ({ ...one, address: `https://10.0.0.${n}/` }) },
  { kind: 'no name', rows: 2, spoil: (one) => ({ ...one, name: '' }) }
]

/** Sound computers before the spoilt ones; number 1 is among them. */
const before = 20

/** The list, with its faults after the sound computers. */
export function messyList(): string {
  const list = Array.from({ length: before }, (_, at) => sound(at + 1))
  let n = before
  for (const { rows, spoil } of faults) {
    for (let at = 0; at < rows; at++) {
      n += 1
      list.push(spoil(sound(n), n))
    }
  }
  const titles = 'Computer name;FQDN;SMBIOS GUID;MAC address;IP address;AMT version'
  return [
    titles,
    ...list.map((one) => [one.name, one.fqdn, one.guid, one.mac, one.address, one.version].join(';'))
  ].join(lineEnd)
}

/** What the computer in a row of the list should have had. */
export const rightGuid = (row: number): string => guid(row + 1)
export const rightName = (row: number): string => name(row + 1)
