// What a person wants on a USB key, as records: passwords and pairs are judged before anything is kept or written.
import { generatePassword, passwordRule } from '../../shared/password.ts'
import { fail, ok, type Result } from '../../shared/problem.ts'
import { dashed, hasCheckLetters, readPid, readPps } from '../../shared/setUp.ts'
import { mostUsbRecords, type UsbWish } from '../../shared/usbKey.ts'
import { generatedPairs, type PairWithKey, pairsIn } from './psk.ts'
import { carries, isUsbKey, readUsbKey, type UsbRecord } from './usbKey.ts'

const impossible = (why: string) => fail('usb-key-impossible', { values: { why } })

/** A pair that goes onto a key: always with the MEBx password that goes with it. */
export type UsbPair = Required<PairWithKey>

/** What the passwords of a wish lack; MEBx takes nothing else as a new one. */
function judged({ current, content }: UsbWish): Result<null> {
  if (!/^[\x20-\x7e]+$/.test(current)) return impossible('The present MEBx password has letters that MEBx cannot take.')
  const lacks = content.password === null ? [] : passwordRule(content.password)
  if (lacks.length > 0) return impossible(`The new MEBx password needs ${lacks.join('; ')}.`)
  return content.password === current ? impossible('The new MEBx password is the present one.') : ok(null)
}

/**
 * The pairs of a wish: new ones, or those that are kept. One that was on a key before keeps the MEBx password it had there, since
 * a computer may have it. Left out are pairs whose check letters do not fit, which MEBx takes from nobody. Problem: usb-key-impossible.
 */
export function wishedPairs(
  wish: UsbWish,
  kept: readonly PairWithKey[],
  random: (count: number) => Uint8Array
): Result<{ readonly pairs: readonly UsbPair[]; readonly leftOut: number }> {
  const fit = judged(wish)
  if (!fit.ok) return fit
  const { content } = wish
  if (content.kind !== 'pairs') return ok({ pairs: [], leftOut: 0 })
  const all = content.count === null ? kept : generatedPairs(content.count, random)
  const pairs = all.filter(hasCheckLetters)
  if (pairs.length > mostUsbRecords)
    return impossible(`${pairs.length} pairs are kept, and a key holds at most ${mostUsbRecords}.`)
  const [first] = all
  if (first === undefined) return impossible('No pair is kept.')
  if (pairs.length === 0)
    return impossible(`No pair has check letters that fit, such as that of the PID ${dashed(first.pid)}.`)
  const withPassword = pairs.map((pair) => ({
    ...pair,
    mebx: pair.mebx ?? content.password ?? generatePassword(random)
  }))
  return ok({ pairs: withPassword, leftOut: all.length - pairs.length })
}

/** The records of a wish. Problem: usb-key-impossible where the format has no room for them. */
export function wishedRecords(wish: UsbWish, pairs: readonly UsbPair[]): Result<readonly UsbRecord[]> {
  const { current: currentPassword, version, content } = wish
  const records: UsbRecord[] =
    content.kind === 'pairs'
      ? pairs.map(({ pid, pps, mebx }) => ({ currentPassword, newPassword: mebx, pid, pps }))
      : [
          {
            ...{ currentPassword, newPassword: content.password },
            ...(content.suffix !== '' && { pkiDnsSuffix: content.suffix }),
            ...(content.server !== '' && { serverFqdn: content.server }),
            remoteConfiguration: 1,
            ...(Number(version) >= 3 && { provisioning: 1 })
          }
        ]
  return records.every((record) => carries(version, record))
    ? ok(records)
    : impossible(
        `Format ${version} has no room for what was chosen; format 2 is the first that sets up by certificate.`
      )
}

/** Pairs of a file: a list, or a setup.bin that somebody's setup server has written. Problems: psk-list-unreadable, usb-key-unreadable. */
export function pairsInFile(bytes: Uint8Array): Result<readonly PairWithKey[]> {
  if (!isUsbKey(bytes)) return pairsIn(new TextDecoder().decode(bytes))
  const key = readUsbKey(bytes)
  if (!key.ok) return key
  const pairs = key.value.records.flatMap(({ record: { pid, pps, newPassword } }): PairWithKey[] => {
    const [bare, secret] = [readPid(pid ?? ''), readPps(pps ?? '')]
    if (bare === null || secret === null) return []
    return [{ pid: bare, pps: secret, ...(newPassword !== undefined && { mebx: newPassword }) }]
  })
  return pairs.length > 0
    ? ok(pairs)
    : fail('usb-key-unreadable', { values: { why: 'None of its records still holds a PID and PPS.' } })
}
