// Which key the certificate of a device is over: RSA 2048 or ECC P-384, as the profile chooses and the firmware can.
import type { Profile } from '../profile.ts'

/** RSA of 2048 bits with SHA-256, or ECC over P-384 with SHA-384: all that firmware makes (class documents of AMT). */
export type KeyKind = 'rsa' | 'ecc'

export const keyTitles: Readonly<Record<KeyKind, string>> = { rsa: 'RSA 2048', ecc: 'ECC P-384' }

/** First versions that make ECC keys, and that take certificates over nothing else; both believed, not measured. */
const [firstWithEcc, firstWithoutRsa] = [21, 22]

/** 22 of "22.0.0.1100"; undefined where nobody said a version. */
export function majorOf(amtVersion: string | undefined): number | undefined {
  const major = Number.parseInt(amtVersion ?? '', 10)
  return Number.isNaN(major) ? undefined : major
}

/** Whether firmware of this version refuses certificates over RSA 2048, and those signed with SHA-256. */
export const refusesRsa = (amtVersion: string | undefined): boolean => (majorOf(amtVersion) ?? 0) >= firstWithoutRsa

/** The key that a device of this version gets. An unknown version is taken for one that knows RSA, as nearly all do. */
export function keyKindOf({ keys }: Pick<Profile, 'keys'>, amtVersion: string | undefined): KeyKind {
  if (keys !== 'firmware') return keys
  return refusesRsa(amtVersion) ? 'ecc' : 'rsa'
}

/** Why a device of this version cannot have the key that the profile chooses; undefined when it can. */
export function keyRefused(profile: Pick<Profile, 'keys'>, amtVersion: string | undefined): string | undefined {
  const major = majorOf(amtVersion)
  if (major === undefined) return undefined
  if (profile.keys === 'rsa' && major >= firstWithoutRsa)
    return `The profile wants certificates over ${keyTitles.rsa}, and AMT ${amtVersion} takes none: it wants ${keyTitles.ecc} with SHA-384.`
  if (profile.keys === 'ecc' && major < firstWithEcc)
    return `The profile wants certificates over ${keyTitles.ecc}, and AMT ${amtVersion} makes ${keyTitles.rsa} keys only: ECC came with AMT ${firstWithEcc}.`
  return undefined
}
