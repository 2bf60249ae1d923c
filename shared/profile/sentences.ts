// The wanted configuration in sentences, for summary, audit and report.
import type { Eap, PasswordChoice, Profile, Wish } from '../profile.ts'
import { stepTitles } from '../steps.ts'
import { cleanUpWords } from './cleanUp.ts'
import { eapsOf, eapTitles, needsClientCertificate, signerOf } from './eap.ts'
import { keyTitles } from './keys.ts'
import { onlyRemoves } from './rules.ts'

const password: Readonly<Record<PasswordChoice['kind'], string>> = {
  random: 'A new random admin password for each computer.',
  given: 'One new admin password for all computers.',
  keep: 'The admin password stays as it is.'
}
const mebx: Readonly<Record<PasswordChoice['kind'], string>> = {
  random: 'A new random MEBx password for each computer.',
  given: 'One new MEBx password for all computers.',
  keep: ''
}
const names: Readonly<Record<Profile['names'], string>> = {
  fqdn: 'Host name and domain from the FQDN of the row.',
  os: 'Host name and domain from the operating system.',
  keep: 'Host name and domain stay as they are.'
}
const consent: Readonly<Record<Profile['consent'], string>> = {
  keep: '',
  none: 'No consent of the person at the computer is asked for.',
  kvm: 'The person at the computer is asked before KVM.',
  all: 'The person at the computer is asked before every redirection.'
}
const power: Readonly<Record<Profile['power'], string>> = {
  keep: '',
  s0: 'AMT is awake only while the computer runs.',
  always: 'AMT is awake in every sleep state while on mains.'
}

const switches: readonly (readonly [keyof Profile, string])[] = [
  ['sol', 'serial over LAN'],
  ['ider', 'IDE redirection'],
  ['listener', 'the redirection listener'],
  ['kvm', 'KVM'],
  ['webUi', 'the web interface'],
  ['ping', 'answers to pings'],
  ['rmcp', 'answers to RMCP pings']
]

function switched(profile: Profile, wish: Wish, word: string): string {
  const list = switches.filter(([key]) => profile[key] === wish).map(([, title]) => title)
  return list.length === 0 ? '' : `${word}: ${list.join(', ')}.`
}

function users({ users: { kind, list } }: Profile): string {
  if (kind === 'keep') return ''
  const listed = list.map(({ name }) => name).join(', ')
  if (kind === 'add') return `Users added: ${listed}.`
  return list.length === 0 ? 'Every user but the administrator is removed.' : `Only these users remain: ${listed}.`
}

function kerberos({ kerberos: wanted }: Profile): string {
  if (wanted.kind === 'keep') return ''
  if (wanted.kind === 'off') return 'Kerberos is turned off: no user of the directory is let in.'
  const within = wanted.tolerance === null ? '' : `, with clocks up to ${wanted.tolerance} minutes apart`
  return `Kerberos is turned on where the device has a key for ${wanted.realm}${within}.`
}

function remote({ remoteAccess, environment }: Profile): string[] {
  return [
    remoteAccess.kind === 'off' ? 'Remote access (CIRA) is turned off.' : '',
    remoteAccess.kind === 'server'
      ? `From outside they call ${remoteAccess.server.host} every ${remoteAccess.server.every} minutes.`
      : '',
    environment.kind === 'none' ? 'Environment detection is turned off.' : '',
    environment.kind === 'domains' ? `Inside are the domains ${environment.domains.join(', ')}.` : ''
  ]
}

const asWhom = ({ method, username }: Eap): string =>
  `by ${eapTitles[method]} as ${username === '' ? 'each computer’s own name' : username}`

function networks(profile: Profile): string[] {
  const {
    wifi: { kind, list },
    wired8021x,
    tls
  } = profile
  const by = { own: 'the wizard’s own authority signs', requests: 'your authority signs, by signing requests' }
  const names = list.map(({ ssid }) => ssid).join(', ')
  const emptied = list.length === 0 ? 'Every Wi-Fi profile is removed.' : `Only these Wi-Fi profiles remain: ${names}.`
  return [
    kind === 'keep' ? '' : kind === 'add' ? `Wi-Fi profiles added: ${names}.` : emptied,
    wired8021x.kind === 'off' ? '802.1X on the cable is turned off.' : '',
    ...eapsOf(profile).map(({ where, eap }) => `${where} ${asWhom(eap)}.`),
    needsClientCertificate(profile) && tls.kind !== 'on'
      ? `Each device makes its own key for 802.1X, and ${by[signerOf(profile)]} its certificate.`
      : ''
  ]
}

const keys: Readonly<Record<Profile['keys'], string>> = {
  firmware: `Keys by the firmware version: ${keyTitles.ecc} from AMT 22 on, ${keyTitles.rsa} before.`,
  rsa: `Every key is ${keyTitles.rsa}.`,
  ecc: `Every key is ${keyTitles.ecc}.`
}

function secured({ tls, roots }: Profile): string[] {
  const trusted = roots.length === 0 ? '' : `Trusted roots added: ${roots.map(({ name }) => name).join(', ')}.`
  if (tls.kind !== 'on') return [tls.kind === 'off' ? 'TLS is turned off.' : '', trusted]
  const by = tls.by === 'own' ? 'the wizard’s own authority signs' : 'your authority signs, by signing requests'
  return [
    `TLS is turned on; each device makes its own key, and ${by} its certificate.`,
    tls.mutual ? 'Mutual TLS: only who has a certificate of the wizard or of a trusted root is let in.' : '',
    tls.plain ? 'The open port stays beside it.' : '',
    trusted
  ]
}

/** The wanted configuration in sentences; what stays as it is by default is told only for names, clock and password. */
export function profileSentences(profile: Profile): string[] {
  const { cleanUp, hashes, idle, must, origin } = profile
  const from = origin === null ? '' : `Profile ${origin.name}, version ${origin.version}.`
  if (onlyRemoves(profile)) {
    const { title, loses } = cleanUpWords[cleanUp]
    return [`${title}.`, ...loses]
  }
  return [
    password[profile.password.kind],
    names[profile.names],
    profile.clock ? 'The AMT clock is set when it is wrong.' : 'The AMT clock stays as it is.',
    mebx[profile.mebx.kind],
    switched(profile, 'on', 'On'),
    switched(profile, 'off', 'Off'),
    consent[profile.consent],
    power[profile.power],
    idle === null ? '' : `An idle management engine may sleep after ${idle} minutes.`,
    users(profile),
    kerberos(profile),
    ...remote(profile),
    ...networks(profile),
    ...secured(profile),
    profile.tls.kind === 'on' || needsClientCertificate(profile) ? keys[profile.keys] : '',
    must.length === 0
      ? ''
      : `A computer that lacks one of these needs a person: ${must.map((each) => stepTitles[each]).join(', ')}.`,
    cleanUp === 'clear'
      ? `What the old management solution left is cleared${hashes === 'remove' ? ', and with it the certificate hashes added by hand' : ''}.`
      : 'Other settings of the old management solution stay as they are.',
    from
  ].filter((text) => text !== '')
}
