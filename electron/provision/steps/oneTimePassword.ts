// The one-time password: what the row says is held against what the device says, before anything is set up.
import { createHash, timingSafeEqual } from 'node:crypto'
import { fail, ok, type Result } from '../../../shared/problem.ts'
import { type Attempt, about } from '../attempt.ts'

const hash = (kind: 'sha1' | 'sha256', bytes: Uint8Array): string => createHash(kind).update(bytes).digest('hex')

/** Both hashed, so that the time it takes tells nothing. */
const same = (a: string, b: string): boolean =>
  timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest())

/**
 * Whether the device means what the row says. It tells 8 to 32 characters, as recordings show filled up to 32 bytes with zeros. Where
 * a row has a hash (40 or 64 hexadecimal digits), the device may have the password or the very hash: Configuration Manager
 * compares hashes, and no document says which of the two firmware is given.
 */
export function fitsOneTimePassword(wanted: string, told: Uint8Array): boolean {
  const end = told.findLastIndex((byte) => byte !== 0) + 1
  const bytes = told.subarray(0, end)
  if (end === 0) return false
  if (same(wanted, Buffer.from(bytes).toString('latin1'))) return true
  const digits = wanted.toLowerCase()
  if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(digits)) return false
  const length = digits.length / 2
  const raw = Buffer.from(told.subarray(0, length)).toString('hex')
  return same(digits, hash(length === 20 ? 'sha1' : 'sha256', bytes)) || same(digits, raw)
}

/**
 * Compares them, where the row has one and the device is set up by certificate: with PID and PPS both sides have proved
 * themselves by a secret already (Intel Technology Journal 12-4). Problems: one-time-password-wrong, secret-gone.
 */
export async function compareOneTimePassword(attempt: Attempt, told: Uint8Array | undefined): Promise<Result<null>> {
  const { tools, job, found, facts } = attempt
  const slot = job.computer.oneTimePassword
  if (slot === undefined || found.entry?.kind !== 'certificate') return ok(null)
  const wanted = await tools.vault.find(slot)
  if (!wanted.ok) return wanted
  if (wanted.value === undefined) return fail('secret-gone', { values: { what: 'the one-time password of the row' } })
  const given = told ?? new Uint8Array()
  const fits = fitsOneTimePassword(wanted.value, given)
  tools.store.audit.append('one-time password compared', { fits }, about(job))
  if (fits) return ok(null)
  const why = given.every((byte) => byte === 0) ? 'The device has none.' : 'The device has another one.'
  return fail('one-time-password-wrong', { values: { why }, where: facts.endpoint })
}
