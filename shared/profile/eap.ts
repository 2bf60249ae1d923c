// What 802.1X in a profile comes to: which networks have it, how each method is called, and whether a certificate is needed.
import type { Eap, EapMethod, Profile, Signer } from '../profile.ts'

/** How the methods are called; the class documents of AMT name them so. */
export const eapTitles: Readonly<Record<EapMethod, string>> = {
  tls: 'EAP-TLS (certificate)',
  ttls: 'EAP-TTLS (MS-CHAP v2)',
  peap: 'PEAP (MS-CHAP v2)',
  gtc: 'PEAP (GTC)',
  fast: 'EAP-FAST'
}

/** Methods that can be chosen. */
export const eapChoices = ['peap', 'tls', 'ttls', 'gtc'] as const satisfies readonly EapMethod[]

export const hasPassword = ({ method }: Pick<Eap, 'method'>): boolean => method !== 'tls'

/**
 * The method with a password in the keychain. The keychain may answer after a person chose a method without one: a slot there
 * would come back as a password that nobody typed.
 */
export const withSlot = (eap: Eap, slot: string): Eap => (hasPassword(eap) ? { ...eap, slot } : eap)

/** 802.1X of one network, and what a person calls that network at the start of a sentence. */
export interface NamedEap {
  readonly where: string
  readonly eap: Eap
}

/** Every 802.1X that the profile makes so. */
export function eapsOf({ wired8021x: { kind, settings }, wifi }: Pick<Profile, 'wired8021x' | 'wifi'>): NamedEap[] {
  const wired = kind === 'on' && settings ? [{ where: '802.1X on the cable', eap: settings }] : []
  const networks = wifi.kind === 'keep' ? [] : wifi.list
  return [
    ...wired,
    ...networks.flatMap(({ ssid, eap }) => (eap ? [{ where: `802.1X of the Wi-Fi network “${ssid}”`, eap }] : []))
  ]
}

/** Whether devices need a certificate to prove themselves by in 802.1X. */
export const needsClientCertificate = (profile: Pick<Profile, 'wired8021x' | 'wifi'>): boolean =>
  eapsOf(profile).some(({ eap }) => !hasPassword(eap))

/** Who signs the one certificate of a device, for TLS and for 802.1X. */
export const signerOf = ({ tls, clientCertificates }: Pick<Profile, 'tls' | 'clientCertificates'>): Signer =>
  tls.kind === 'on' ? tls.by : clientCertificates
