// What a single cell looks like, whatever its column is called.
import { isIpv4, isIpv6 } from './address.ts'
import { readGuid } from './guid.ts'
import { decodePassword, passwordRule } from './password.ts'
import { readStatus } from './statusWords.ts'

export type Shape = 'guid' | 'mac' | 'address' | 'fqdn' | 'version' | 'status' | 'secret' | 'other'

const mac =
  /^(?:[0-9a-f]{2}([:-]))(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}$|^[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}$|^[0-9a-f]{12}$/i
const fqdn =
  /^(?=.{4,253}$)(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}_])?\.)+\p{L}[\p{L}\p{N}-]{0,61}\p{L}\.?$/u

/** Base64 of eight and more digits that decodes to text a password can be. */
const isEncoded = (text: string): boolean => text.length >= 8 && decodePassword(text) !== null

const tests: readonly (readonly [Shape, (text: string) => boolean])[] = [
  // A bare 32-digit hex text may be other things than a GUID, but nothing else a list of computers holds.
  ['guid', (text) => text.length >= 32 && text.length <= 50 && readGuid(text) !== null],
  ['mac', (text) => mac.test(text)],
  ['address', (text) => isIpv4(text) || isIpv6(text)],
  ['version', (text) => /^\d{1,2}\.\d{1,2}\.\d{1,3}(?:\.\d{1,5})?$/.test(text)],
  ['fqdn', (text) => fqdn.test(text)],
  // Its numbers could be anything.
  ['status', (text) => text.length < 40 && !/^\d$/.test(text) && readStatus(text) !== null],
  ['secret', (text) => isEncoded(text) || passwordRule(text).length === 0]
]

/** The shape of a cell; `other` for names, descriptions and the rest. `secret` is Base64 text, or what could be an AMT password. */
export const shapeOf = (cell: string): Shape => {
  const text = cell.trim()
  return tests.find(([, fits]) => fits(text))?.[0] ?? 'other'
}
