// Kerberos in a profile: what a device needs for it beside the choice, and what each choice comes to in words.
import type { Profile, User } from '../profile.ts'

/** Minutes; 5 is AMT's own and its most (AMT SDK, "Get/Set Kerberos Settings"). */
export const toleranceRange = { least: 1, most: 5 } as const

/** HTTP, HTTPS and the two of redirection. */
const ports = [16992, 16993, 16994, 16995] as const

/**
 * Service principal names that the directory object of a device bears. They are of the directory alone: AMT ignores its own
 * property for them (AMT SDK). That it is these four is believed, from what setup software makes.
 */
export const principalNames = (fqdn: string): readonly string[] => ports.map((port) => `HTTP/${fqdn}:${port}`)

/** Users of the directory that the profile adds or lists. */
export const directoryUsers = ({ users: { kind, list } }: Pick<Profile, 'users'>): readonly User[] =>
  kind === 'keep' ? [] : list.filter(({ by }) => by === 'kerberos')

/** What a device says of its Kerberos; the key itself is never told. */
export interface KerberosFound {
  readonly on: boolean
  /** Empty where nobody ever set Kerberos up. */
  readonly realm: string
}

/** "on for CORP.EXAMPLE", "off, set up for CORP.EXAMPLE", "off, never set up" */
export function kerberosWords({ on, realm }: KerberosFound): string {
  if (on) return `on for ${realm || 'no realm'}`
  return realm === '' ? 'off, never set up' : `off, set up for ${realm}`
}

const sameRealm = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

const joining = (fqdn: string): string =>
  `The key belongs to an object of this computer in the directory, which the software makes that joins AMT to it, with the names ${principalNames(fqdn).join(', ')} (believed). The wizard makes neither.`

/** Why what the profile wants of Kerberos is not to be had on a device as it was found; undefined when it is. */
export function kerberosLack(
  profile: Pick<Profile, 'kerberos' | 'users'>,
  found: KerberosFound,
  fqdn: string
): string | undefined {
  const { kerberos } = profile
  if (kerberos.kind === 'on' && found.realm === '')
    return `This device was never given a Kerberos key: it has no realm. ${joining(fqdn)}`
  if (kerberos.kind === 'on' && !sameRealm(kerberos.realm, found.realm))
    return `The Kerberos key of this device is for the realm ${found.realm}, not for ${kerberos.realm}. ${joining(fqdn)}`
  if (kerberos.kind !== 'keep' || directoryUsers(profile).length === 0 || found.on) return undefined
  return found.realm === ''
    ? `Users of the directory cannot log in here: Kerberos was never set up on this device. ${joining(fqdn)}`
    : `Users of the directory cannot log in here: Kerberos is off on this device. Let the profile turn it on for ${found.realm}.`
}
