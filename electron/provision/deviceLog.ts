// Reads the device's own audit log once its job is done: the newest records, within a short time, or none at all.
import type { DeviceLog, DeviceRecord } from '../../shared/deviceLog.ts'
import { ok, type Result } from '../../shared/problem.ts'
import { tame } from '../../shared/tame.ts'
import { auditLog } from '../wsman/amt/auditLog.ts'
import type { Device } from '../wsman/client.ts'
import type { Attempt } from './attempt.ts'

/** A device gives some ten records at a time; older ones than these stay where they are. */
const most = 100
/** No further call is begun after this time (ms). */
const longest = 10_000

/** S-1-5-21-…: revision, count, authority (48 bits, big-endian), then 32-bit parts (little-endian; MS-DTYP 2.4.2.2). */
function sidOf(bytes: Buffer): string {
  if (bytes.length < 8) return bytes.toString('hex')
  const parts = Array.from({ length: Math.floor((bytes.length - 8) / 4) }, (_, at) => bytes.readUInt32LE(8 + 4 * at))
  return ['S', bytes.readUInt8(0), bytes.readUIntBE(2, 6), ...parts].join('-')
}

/** Who is named from byte 4 on, and where the record goes on. */
function initiator(bytes: Buffer): { readonly who: string; readonly next: number } {
  const kind = bytes.readUInt8(4)
  if (kind === 0) {
    const next = 6 + bytes.readUInt8(5)
    return { who: tame(bytes.subarray(6, next).toString('utf8')), next }
  }
  if (kind === 1) {
    const next = 10 + bytes.readUInt8(9)
    return { who: sidOf(bytes.subarray(10, next)), next }
  }
  return { who: kind === 2 ? 'the computer itself' : kind === 3 ? 'the KVM port' : `initiator ${kind}`, next: 5 }
}

/**
 * One record (AMT SDK, audit log record): part and event (16 bits, big-endian), who, seconds since 1970 (32 bits), where from, and
 * data of the event. undefined when it is shorter than it says.
 */
export function decodeRecord(record: Uint8Array): DeviceRecord | undefined {
  const bytes = Buffer.from(record)
  try {
    const { who, next } = initiator(bytes)
    const seconds = bytes.readUInt32BE(next)
    const addressEnd = next + 6 + bytes.readUInt8(next + 5)
    const from = tame(bytes.subarray(next + 6, addressEnd).toString('utf8'))
    const end = addressEnd + 1 + bytes.readUInt8(addressEnd)
    if (end > bytes.length) return undefined
    const more = bytes.subarray(addressEnd + 1, end).toString('hex')
    return { at: seconds * 1000, app: bytes.readUInt16BE(0), event: bytes.readUInt16BE(2), who, from, more }
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** The newest records; the oldest of them first. Problems of the device: firmware without this log refuses. */
export async function readDeviceLog(device: Device, now: () => number): Promise<Result<DeviceLog>> {
  const latest = now() + longest
  const first = await auditLog.readRecords(device, { StartIndex: 1 })
  if (!first.ok) return first
  const total = first.value.TotalRecordCount
  const begin = Math.max(1, total - most + 1)
  const found = begin === 1 ? [...first.value.EventRecords] : []
  while (begin - 1 + found.length < total && found.length < most && now() < latest) {
    const page = await auditLog.readRecords(device, { StartIndex: begin + found.length })
    if (!page.ok) return page
    if (page.value.EventRecords.length === 0) break
    found.push(...page.value.EventRecords)
  }
  const records = found.map((record) => decodeRecord(Uint8Array.from(record)))
  const read = records.filter((record) => record !== undefined)
  return ok({ total, records: read, unread: records.length - read.length })
}

/** Keeps what could be read with the job. A device whose provisioning is gone lets nobody in any more. */
export async function keepDeviceLog({ found, job, tools }: Attempt): Promise<void> {
  if (found.device === undefined || found.removed === true) return
  // It is evidence beside the work: what goes wrong here must not make a job that is done look otherwise.
  const read = await readDeviceLog(found.device, () => tools.clock.now()).catch(() => undefined)
  if (read?.ok) tools.store.deviceLogs.keep(job.id, read.value)
}
