// Setting computers up from nothing: who waits for a hello, what a provisioning certificate is worth, the form of PID and PPS.
import { z } from 'zod'
import { readAmtStatus } from './amtStatus.ts'
import type { Computer } from './computer.ts'
import { onlyRemoves } from './profile/rules.ts'
import type { Profile } from './profile.ts'
import type { Route } from './strategy.ts'
import { madeUsbKeySchema } from './usbKey.ts'

/** A hello as far as the work on its computer needs it. Nothing in it is proved. */
export const callSchema = z.object({
  /** Printable, in either byte order. */
  uuid: z.string(),
  /** Where it came from: IPv4 or IPv6. */
  address: z.string(),
  /** Of a hello by PSK. */
  pid: z.string().optional(),
  /** SHA-1, SHA-256 or SHA-384 of the roots that the device trusts, lower-case hex; absent or empty when it named none. */
  roots: z.array(z.string()).optional(),
  /** Whether the device says that its Remote Admin Account has a password already: after a partial unprovision. */
  configured: z.boolean().optional()
})
export type Call = z.infer<typeof callSchema>

/**
 * Whether a computer of a list has to be set up from nothing: the list says that it has AMT and is not provisioned, and the
 * route is not the one in which its own operating system does that.
 */
export const waitsForHello = (
  { amtStatus }: Pick<Computer, 'amtStatus'>,
  route: Route | null,
  profile: Profile
): boolean => readAmtStatus(amtStatus) === 'Not Provisioned' && route !== 'in-band' && !onlyRemoves(profile)

/** Something a person should know of a certificate before it is used. A blocker says that no device will take it. */
export const findingSchema = z.object({ severity: z.enum(['blocker', 'warning', 'note']), text: z.string() })
export type Finding = z.infer<typeof findingSchema>

/** A provisioning certificate as it is shown; chain and key are in the keychain. */
export const provisioningSchema = z.object({
  /** SHA-256 of the certificate, lower-case hex. */
  fingerprint: z.string(),
  /** Common name: its last two parts are what devices compare with their own domain. */
  name: z.string(),
  issuer: z.string(),
  /** ms since 1970 */
  from: z.number(),
  until: z.number(),
  /** Common name of the root, and its hashes as devices list them, lower-case hex. */
  root: z.object({ name: z.string(), sha1: z.string(), sha256: z.string(), sha384: z.string() }),
  key: z.string(),
  /** Names of all certificates, its own first, the root last. */
  chain: z.array(z.string()),
  findings: z.array(findingSchema)
})
export type Provisioning = z.infer<typeof provisioningSchema>

/** Days before the end of a certificate from which it is warned. */
export const warnedDays = 30

const labelsOf = (name: string): string[] =>
  name
    .toLowerCase()
    .split('.')
    .filter((label) => label !== '')

/**
 * Whether a device in `domain` takes a certificate for `name`: from AMT 3.2.1 on the last two parts are compared, before it
 * perhaps all of the domain (configmgr.md 3.3, DHCP option 15). Undefined while the domain is not known.
 */
export function suffixFits(name: string, domain: string): boolean | undefined {
  const [wanted, own] = [labelsOf(domain).slice(-2), labelsOf(name).slice(-2)]
  return wanted.length === 0 ? undefined : wanted.join('.') === own.join('.')
}

/** The letters PID and PPS are made of (wsman.md 1: A to Z, 0 to 9). */
export const pskAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
export const pidLength = 8
export const ppsLength = 32

const bare = (text: string): string => text.trim().toUpperCase().replace(/[-\s]/g, '')
const isOf = (length: number) => (text: string) => text.length === length && /^[A-Z0-9]*$/.test(text)
const isPid = isOf(pidLength)
const isPps = isOf(ppsLength)

/** With dashes as MEBx shows them: 4000-0000, and the PPS in groups of four. */
export const dashed = (text: string): string => (bare(text).match(/.{1,4}/g) ?? []).join('-')

/** A PID or PPS without dashes in upper case; null when it is none. */
export const readPid = (text: string): string | null => (isPid(bare(text)) ? bare(text) : null)
export const readPps = (text: string): string | null => (isPps(bare(text)) ? bare(text) : null)

/** The letter that ends a group: the sum of the ASCII codes before it modulo 36, as 0 to 9 and then A to Z. */
export function checkLetter(text: string): string {
  const rest = [...text].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 36
  return String.fromCharCode(rest + (rest < 10 ? 0x30 : 0x37))
}

const isChecked = (group: string): boolean => checkLetter(group.slice(0, -1)) === group.at(-1)

/**
 * Whether the check letters of a bare PID and PPS fit: MEBx and BIOS take no other pair, typed or from a USB key (Intel AMT
 * Implementation and Reference Guide, "PID-PPS Checksum"). A setup server that sends a pair over the network needs none.
 */
export const hasCheckLetters = ({ pid, pps }: { readonly pid: string; readonly pps: string }): boolean =>
  isChecked(pid) && (pps.match(/.{4}/g) ?? []).every(isChecked)

/** Pairs that are kept, without the PPS. */
export const pairSchema = z.object({ pid: z.string(), source: z.string(), at: z.number() })
export type Pair = z.infer<typeof pairSchema>

/** What there is to set computers up with, and the USB keys that were made for it. */
export const meansSchema = z.object({
  certificates: z.array(provisioningSchema),
  pairs: z.array(pairSchema),
  usbKeys: z.array(madeUsbKeySchema)
})
export type Means = z.infer<typeof meansSchema>
