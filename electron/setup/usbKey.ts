// setup.bin, the file that BIOS reads from a USB key: a header and one record for each computer, written and strictly read.
import { fail, ok, type Result } from '../../shared/problem.ts'
import { mostUsbRecords, type UsbVersion } from '../../shared/usbKey.ts'

/** What one record tells a computer. Passwords, PID and PPS are printable ASCII, the latter two without dashes. */
export interface UsbRecord {
  readonly currentPassword?: string
  readonly newPassword?: string
  /** 0 none, 1 AMT. */
  readonly manageability?: number
  readonly pid?: string
  readonly pps?: string
  readonly pkiDnsSuffix?: string
  readonly serverFqdn?: string
  /** 0 off, 1 on: setting up by certificate. */
  readonly remoteConfiguration?: number
  /** 0 stop, 1 start saying hello; it has to come after suffix and server. */
  readonly provisioning?: number
}

/** A record as it is read. */
export interface ReadUsbRecord {
  /** BIOS has given it to a computer already; then nothing may be left of it. */
  readonly used: boolean
  readonly record: UsbRecord
  /** Settings in it that are not read here. */
  readonly others: number
}

export interface UsbKey {
  readonly version: UsbVersion
  /** Every computer gets the same record, and none is used up. */
  readonly reusable: boolean
  readonly records: readonly ReadUsbRecord[]
}

interface Kind {
  readonly module: 1 | 2
  readonly id: number
  /** Bytes of a text at most; a number has one byte. */
  readonly longest: number | 'number'
  /** The format that brought it. */
  readonly since: UsbVersion
}

// Modules: 1 the engine itself, 2 AMT. In a record the identifiers ascend, so that MEBx knows the password before it is asked
// to change anything. Formats 2.1 to 4 know many more.
const kinds = {
  currentPassword: { module: 1, id: 1, longest: 32, since: '1' },
  newPassword: { module: 1, id: 2, longest: 32, since: '1' },
  manageability: { module: 1, id: 3, longest: 'number', since: '1' },
  pid: { module: 2, id: 1, longest: 9, since: '1' },
  pps: { module: 2, id: 2, longest: 39, since: '1' },
  pkiDnsSuffix: { module: 2, id: 3, longest: 255, since: '2' },
  serverFqdn: { module: 2, id: 4, longest: 255, since: '2' },
  remoteConfiguration: { module: 2, id: 5, longest: 'number', since: '2' },
  provisioning: { module: 2, id: 28, longest: 'number', since: '3' }
} as const satisfies Readonly<Record<keyof UsbRecord, Kind>>
const names = Object.keys(kinds) as (keyof UsbRecord)[]

/** Each major version has an identifier of its own, 16 bytes in SMBIOS order. */
const types: Readonly<Record<UsbVersion, { readonly uuid: string; readonly major: number; readonly minor: number }>> = {
  '1': { uuid: 'b516fb7187cbf94ab441ca7b383578f9', major: 1, minor: 0 },
  '2': { uuid: '96b28158cf6b724c8b91a15e512e99c4', major: 2, minor: 0 },
  '2.1': { uuid: '96b28158cf6b724c8b91a15e512e99c4', major: 2, minor: 1 },
  '3': { uuid: 'a7f7f6c689c4f64793ede2e5020da51d', major: 3, minor: 0 },
  '4': { uuid: 'aaa93452e129a9448d4d081c07b96353', major: 4, minor: 0 }
}

/** Everything is counted in sectors of a disk. */
const chunk = 512
const headerLength = 40
const recordHeader = 24
const entryHeader = 8
const flags = { reusable: 1, valid: 1, scrambled: 2 } as const

const inFours = (length: number): number => Math.ceil(length / 4) * 4
const inChunks = (length: number): number => Math.ceil(length / chunk)
/** Scrambled records have 17 added to each byte after their header. */
const shifted = (bytes: Buffer, by: number): Buffer => Buffer.from(bytes.map((byte) => (byte + by) & 0xff))

function entryOf(name: keyof UsbRecord, value: string | number): Buffer {
  const { module, id } = kinds[name]
  const text = typeof value === 'number' ? Buffer.from([value]) : Buffer.from(value, 'latin1')
  const bytes = Buffer.alloc(entryHeader + inFours(text.length))
  bytes.writeUInt16LE(module, 0)
  bytes.writeUInt16LE(id, 2)
  bytes.writeUInt16LE(text.length, 4)
  text.copy(bytes, entryHeader)
  return bytes
}

const bodyOf = (record: UsbRecord): Buffer =>
  Buffer.concat(
    names.flatMap((name) => {
      const value = record[name]
      return value === undefined ? [] : [entryOf(name, value)]
    })
  )

/** Whether a format has room for everything that these records say. */
export const carries = (version: UsbVersion, record: UsbRecord): boolean =>
  names.every((name) => record[name] === undefined || Number(kinds[name].since) <= Number(version))

/** The bytes of setup.bin. The caller sees to it that the format carries the records. */
export function usbKeyBytes(version: UsbVersion, reusable: boolean, records: readonly UsbRecord[]): Uint8Array {
  const { uuid, major, minor } = types[version]
  const bodies = records.map(bodyOf)
  const chunks = Math.max(1, ...bodies.map(({ length }) => inChunks(recordHeader + length)))
  const modules = [1, 2].filter((each) =>
    records.some((record) => names.some((name) => record[name] !== undefined && kinds[name].module === each))
  )
  const header = Buffer.alloc(chunk)
  header.write(uuid, 0, 'hex')
  header.writeUInt16LE(1, 16)
  // The list of modules ends with a zero, which counts.
  header.writeUInt16LE(headerLength + 2 * (modules.length + 1), 18)
  header.writeUInt8(major, 24)
  header.writeUInt8(minor, 25)
  header.writeUInt16LE(reusable ? flags.reusable : 0, 26)
  header.writeUInt32LE(records.length, 28)
  header.writeUInt16LE(chunks, 36)
  for (const [at, module] of modules.entries()) header.writeUInt16LE(module, headerLength + 2 * at)
  const made = bodies.map((body, at) => {
    const bytes = Buffer.alloc(chunks * chunk)
    bytes.writeUInt32LE(1, 0)
    bytes.writeUInt32LE(flags.valid, 4)
    bytes.writeUInt16LE(chunks, 16)
    bytes.writeUInt16LE(recordHeader, 18)
    bytes.writeUInt32LE(at + 1, 20)
    body.copy(bytes, recordHeader)
    return bytes
  })
  return Buffer.concat([header, ...made])
}

const bad = (why: string) => fail('usb-key-unreadable', { values: { why } })

/** Whether these bytes say of themselves that they are a setup.bin. */
export const isUsbKey = (bytes: Uint8Array): boolean => {
  const uuid = Buffer.from(bytes.subarray(0, 16)).toString('hex')
  return Object.values(types).some((type) => type.uuid === uuid)
}

const isPrintable = (bytes: Buffer): boolean => bytes.every((byte) => byte >= 0x20 && byte <= 0x7e)
const isZero = (bytes: Buffer): boolean => bytes.every((byte) => byte === 0)

/** The entries of one record after its header. Nothing of a value is quoted in what is found wrong. */
function readBody(body: Buffer, where: string): Result<Omit<ReadUsbRecord, 'used'>> {
  const record: Record<string, string | number> = {}
  let others = 0
  let at = 0
  while (at + entryHeader <= body.length) {
    const [module, id, length] = [body.readUInt16LE(at), body.readUInt16LE(at + 2), body.readUInt16LE(at + 4)]
    if (module === 0 || id === 0) break
    const [begin, end] = [at + entryHeader, at + entryHeader + inFours(length)]
    if (end > body.length) return bad(`${where}: a setting is longer than its record.`)
    const value = body.subarray(begin, begin + length)
    const name = names.find((each) => kinds[each].module === module && kinds[each].id === id)
    if (name === undefined) others += 1
    else if (name in record) return bad(`${where} has the same setting twice.`)
    else if (kinds[name].longest === 'number') {
      if (length !== 1) return bad(`${where}: a number has ${length} bytes in place of one.`)
      record[name] = value[0] ?? 0
    } else if (length > kinds[name].longest || !isPrintable(value)) {
      return bad(`${where}: a text has ${length} bytes, or letters that cannot be printed.`)
    } else record[name] = value.toString('latin1')
    at = end
  }
  return isZero(body.subarray(at)) ? ok({ record, others }) : bad(`${where} has something behind its end.`)
}

function readRecord(bytes: Buffer, where: string, used: boolean): Result<ReadUsbRecord> {
  const [type, flag] = [bytes.readUInt32LE(0), bytes.readUInt32LE(4)]
  // What BIOS leaves of a record that it has given out is its own affair: some erase it.
  const isUsed = used || type === 0 || (flag & flags.valid) === 0
  const broken =
    type !== 1 ||
    flag > (flags.valid | flags.scrambled) ||
    bytes.readUInt16LE(16) * chunk !== bytes.length ||
    bytes.readUInt16LE(18) !== recordHeader
  const nothing: ReadUsbRecord = { used: true, record: {}, others: 0 }
  if (broken) return isUsed ? ok(nothing) : bad(`${where} does not begin as a record does.`)
  const rest = bytes.subarray(recordHeader)
  const read = readBody((flag & flags.scrambled) === 0 ? rest : shifted(rest, -17), where)
  if (!read.ok) return isUsed ? ok(nothing) : read
  return ok({ used: isUsed, ...read.value })
}

/** Reads a setup.bin. Problem usb-key-unreadable, which quotes nothing of it. */
export function readUsbKey(given: Uint8Array): Result<UsbKey> {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength)
  if (bytes.length < chunk || !isUsbKey(bytes)) return bad('It does not begin as a setup.bin does.')
  const uuid = bytes.toString('hex', 0, 16)
  const [major, minor, flag] = [bytes.readUInt8(24), bytes.readUInt8(25), bytes.readUInt16LE(26)]
  const [version] = (Object.keys(types) as UsbVersion[]).filter(
    (each) => types[each].uuid === uuid && types[each].major === major && types[each].minor === minor
  )
  if (version === undefined) return bad(`It says format ${major}.${minor}, which does not go with its identifier.`)
  const [header, count] = [bytes.readUInt16LE(16), bytes.readUInt32LE(28)]
  const [used, chunks] = [bytes.readUInt32LE(32), bytes.readUInt16LE(36)]
  const headerBytes = bytes.readUInt16LE(18)
  if (header === 0 || chunks === 0 || headerBytes < headerLength + 2 || headerBytes > header * chunk)
    return bad('The lengths in its header are impossible.')
  if (bytes.readUInt32LE(20) !== 0 || flag > flags.reusable || (flag !== 0 && version === '1'))
    return bad('Its header has marks that the format does not know.')
  if (count === 0 || count > 20 * mostUsbRecords) return bad(`It says that it has ${count} records.`)
  if (used > count) return bad(`It says that ${used} of ${count} records are used.`)
  if (bytes.length !== (header + count * chunks) * chunk)
    return bad(`It has ${bytes.length} bytes; its header speaks of ${(header + count * chunks) * chunk}.`)
  const records: ReadUsbRecord[] = []
  for (let at = 0; at < count; at++) {
    const begin = (header + at * chunks) * chunk
    const read = readRecord(bytes.subarray(begin, begin + chunks * chunk), `Record ${at + 1}`, at < used)
    if (!read.ok) return read
    records.push(read.value)
  }
  return ok({ version, reusable: flag === flags.reusable, records })
}
