// The secrets a profile wants and nobody has typed yet: what each is called, what it has to be like, where its slot goes.
import { passphraseRule, passwordRule } from '../password.ts'
import type { Eap, Profile, WifiNetwork } from '../profile.ts'
import { hasPassword } from './eap.ts'

export interface OwedSecret {
  /** How a line that hands it over names it: "wifi:Office". */
  readonly name: string
  /** What a person is asked for: "Passphrase of the Wi-Fi network Office". */
  readonly what: string
  /** As a thing still to do. */
  readonly gap: string
  /** What a text lacks to be it, in words; empty when it may be. */
  lacks(text: string): readonly string[]
  /** The profile with the slot that it was put into. */
  put(profile: Profile, slot: string): Profile
}

/** The firmware keeps these as they are; only an empty one is none. */
const anything = (text: string): readonly string[] => (text === '' ? ['at least one character'] : [])

function ofAdmins({ password, mebx }: Profile): OwedSecret[] {
  const admin: OwedSecret = {
    name: 'admin-password',
    what: 'New admin password for all computers',
    gap: 'The new admin password has not been typed yet.',
    lacks: passwordRule,
    put: (profile, slot) => ({ ...profile, password: { kind: 'given', slot } })
  }
  const ofMebx: OwedSecret = {
    name: 'mebx-password',
    what: 'New MEBx password for all computers',
    gap: 'The new MEBx password has not been typed yet.',
    lacks: passwordRule,
    put: (profile, slot) => ({ ...profile, mebx: { kind: 'given', slot } })
  }
  return [
    ...(password.kind === 'given' && password.slot === undefined ? [admin] : []),
    ...(mebx.kind === 'given' && mebx.slot === undefined ? [ofMebx] : [])
  ]
}

function ofUsers({ users: { kind, list } }: Profile): OwedSecret[] {
  if (kind === 'keep') return []
  return list
    .filter((user) => user.by === 'digest' && user.slot === undefined)
    .map(({ id, name }) => ({
      name: `user:${name}`,
      what: `Password of the user ${name}`,
      gap: `The user ${name} has no password yet.`,
      lacks: passwordRule,
      put: (profile, slot) => ({
        ...profile,
        users: {
          ...profile.users,
          list: profile.users.list.map((user) => (user.id === id && user.by === 'digest' ? { ...user, slot } : user))
        }
      })
    }))
}

const withNetwork = (profile: Profile, id: string, change: (network: WifiNetwork) => WifiNetwork): Profile => ({
  ...profile,
  wifi: { ...profile.wifi, list: profile.wifi.list.map((each) => (each.id === id ? change(each) : each)) }
})

const isOwed = (eap: Eap | null | undefined): boolean => !!eap && hasPassword(eap) && eap.slot === undefined

function ofNetwork({ id, ssid, eap }: WifiNetwork): OwedSecret {
  return eap
    ? {
        name: `wifi-802.1x:${ssid}`,
        what: `Password for 802.1X of the Wi-Fi network ${ssid}`,
        gap: `The password for 802.1X of the Wi-Fi network ${ssid} has not been typed yet.`,
        lacks: anything,
        put: (profile, slot) =>
          withNetwork(profile, id, (each) => ({ ...each, ...(each.eap && { eap: { ...each.eap, slot } }) }))
      }
    : {
        name: `wifi:${ssid}`,
        what: `Passphrase of the Wi-Fi network ${ssid}`,
        gap: `The Wi-Fi network ${ssid} has no passphrase yet.`,
        lacks: passphraseRule,
        put: (profile, slot) => withNetwork(profile, id, (each) => ({ ...each, slot }))
      }
}

function ofNetworks({ wifi, wired8021x }: Profile): OwedSecret[] {
  const listed = wifi.kind === 'keep' ? [] : wifi.list
  const networks = listed.filter(({ slot, eap }) => (eap ? isOwed(eap) : slot === undefined))
  const wired: OwedSecret = {
    name: '802.1x',
    what: 'Password for 802.1X on the cable',
    gap: 'The password for 802.1X on the cable has not been typed yet.',
    lacks: anything,
    put: ({ wired8021x: { kind, settings }, ...profile }, slot) => ({
      ...profile,
      wired8021x: { kind, settings: settings && { ...settings, slot } }
    })
  }
  return [...networks.map(ofNetwork), ...(wired8021x.kind === 'on' && isOwed(wired8021x.settings) ? [wired] : [])]
}

function ofServer({ remoteAccess }: Profile): OwedSecret[] {
  if (remoteAccess.kind !== 'server' || remoteAccess.server.slot !== undefined) return []
  return [
    {
      name: 'presence-server',
      what: 'Password for the management presence server',
      gap: 'The password for the management presence server has not been typed yet.',
      lacks: anything,
      put: (profile, slot) =>
        profile.remoteAccess.kind === 'server'
          ? { ...profile, remoteAccess: { kind: 'server', server: { ...profile.remoteAccess.server, slot } } }
          : profile
    }
  ]
}

/** What has not been typed yet. */
export function owedSecrets(profile: Profile): readonly OwedSecret[] {
  // Where the provisioning is only taken away, nothing of the rest is made.
  if (profile.cleanUp === 'partial' || profile.cleanUp === 'full') return []
  return [...ofAdmins(profile), ...ofUsers(profile), ...ofNetworks(profile), ...ofServer(profile)]
}

/** The profile as if all of it had been typed: a dry run compares slots, and reads none. */
export const asIfTyped = (profile: Profile): Profile =>
  owedSecrets(profile).reduce((typed, secret) => secret.put(typed, 'not-typed-yet'), profile)
