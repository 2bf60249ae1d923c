// Which choices of a profile do not go together, in words: what is refused, and what is only worth knowing.
import type { Profile, User } from '../profile.ts'
import { settingNames, stepTitles } from '../steps.ts'
import { eapsOf, hasPassword, needsClientCertificate, signerOf } from './eap.ts'
import { directoryUsers, toleranceRange } from './kerberos.ts'
import { owedSecrets } from './owed.ts'
import { realmTitles } from './realms.ts'

/** Something about a profile. A refused one must be changed before Start; an advice may stand. */
export interface Finding {
  readonly severity: 'refused' | 'advice'
  readonly text: string
}

/** Minutes; AMT keeps the idle timeout in 16 bits. */
export const idleRange = { least: 1, most: 65_535 } as const

const domainForm = /^(?=.{1,192}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i
const sidForm = /^S-1-\d{1,15}(?:-\d{1,10}){1,15}$/i
/** Names that start with $$ are the firmware's own (AMT SDK, "Valid user names"). */
const digestForm = /^(?!\$\$)[\x21\x23-\x2b\x2d-\x39\x3b-\x7e]{1,16}$/

function ofUser(user: User, others: readonly User[]): string[] {
  const { name } = user
  const found: string[] = []
  if (user.by === 'digest' && !digestForm.test(name))
    found.push(`The user name “${name}” is not one AMT takes: 1 to 16 characters, no blanks, none of : , ".`)
  if (user.by === 'digest' && name.toLowerCase() === 'admin')
    found.push('The user admin is the Remote Admin Account; its password is chosen above, not in the list of users.')
  if (user.by === 'kerberos' && !sidForm.test(user.sid))
    found.push(`The SID of “${name}” is not one: it looks like S-1-5-21-1004336348-1177238915-682003330-512.`)
  if (user.realms.length === 0) found.push(`The user “${name}” has no realm and could do nothing.`)
  const unknown = user.realms.filter((realm) => realmTitles[realm] === undefined)
  if (unknown.length > 0) found.push(`The user “${name}” has realms that AMT does not know: ${unknown.join(', ')}.`)
  const twice = others.some(
    (other) =>
      other.by === user.by &&
      (user.by === 'kerberos' && other.by === 'kerberos'
        ? other.sid.toLowerCase() === user.sid.toLowerCase()
        : other.name === name)
  )
  if (twice) found.push(`The user “${name}” is listed twice.`)
  return found
}

function usersRefused({ users }: Profile): string[] {
  if (users.kind === 'keep') return []
  const found = users.list.flatMap((user, at) => ofUser(user, users.list.slice(0, at)))
  if (users.kind === 'add' && users.list.length === 0) found.push('No user to be added is listed.')
  return found
}

const isPort = (port: number): boolean => Number.isInteger(port) && port >= 1 && port <= 65_535

function remoteRefused({ remoteAccess, environment, cleanUp }: Profile): string[] {
  if (remoteAccess.kind !== 'server') return []
  const { host, port, username, every } = remoteAccess.server
  return [
    ...(domainForm.test(host) ? [] : ['The management presence server needs a name or an IPv4 address.']),
    ...(isPort(port) ? [] : ['The port of the management presence server is 1 to 65,535; usually it is 4433.']),
    ...(username === '' ? ['The management presence server needs a user name.'] : []),
    ...(every >= 1 && every <= 1440 ? [] : ['The devices call every 1 to 1,440 minutes.']),
    ...(environment.kind === 'none' || (environment.kind === 'keep' && cleanUp === 'clear')
      ? ['Remote access needs environment detection: without a domain AMT never counts as outside and never calls.']
      : [])
  ]
}

function environmentRefused({ environment: { kind, domains } }: Profile): string[] {
  if (kind !== 'domains') return []
  if (domains.length === 0) return ['Environment detection needs at least one domain, or must be turned off.']
  return domains.filter((each) => !domainForm.test(each)).map((each) => `“${each}” is not a domain name.`)
}

function wifiRefused({ wifi: { kind, list } }: Profile): string[] {
  if (kind === 'keep') return []
  const names = list.map(({ ssid }) => ssid)
  return [
    ...(kind === 'add' && list.length === 0 ? ['No Wi-Fi network to be added is listed.'] : []),
    ...(names.some((ssid) => ssid === '') ? ['A Wi-Fi network needs a name (SSID).'] : []),
    ...names
      .filter((ssid, at) => ssid !== '' && names.indexOf(ssid) < at)
      .map((ssid) => `The Wi-Fi network “${ssid}” is listed twice.`)
  ]
}

function eapRefused(profile: Profile): string[] {
  const { wired8021x, wifi, roots } = profile
  const missing = wired8021x.kind === 'on' && !wired8021x.settings ? ['802.1X on the cable needs a user name.'] : []
  const found = eapsOf(profile).flatMap(({ where, eap }) => [
    ...(eap.method === 'fast'
      ? [
          `${where}: EAP-FAST needs a protected access credential of its own for each computer, and the wizard carries none. Choose EAP-TLS, EAP-TTLS or PEAP.`
        ]
      : []),
    ...(hasPassword(eap) && eap.username === '' ? [`${where} needs a user name.`] : []),
    ...(roots.some(({ fingerprint }) => fingerprint === eap.root)
      ? []
      : [`${where} needs the root of its server’s certificate: add it to the trusted roots and choose it.`])
  ])
  const listed = wifi.kind === 'keep' ? [] : wifi.list
  const modern = listed
    .filter(({ eap, security }) => eap && security === 'wpa3')
    .map(({ ssid }) => `AMT has no WPA3 with 802.1X: choose WPA2 for the Wi-Fi network “${ssid}”.`)
  return [...missing, ...found, ...modern]
}

function kerberosRefused(profile: Profile): string[] {
  const { kerberos, must } = profile
  const users = directoryUsers(profile)
  const names = users.map(({ name }) => name).join(', ')
  const { least, most } = toleranceRange
  const tolerance = kerberos.kind === 'on' ? (kerberos.tolerance ?? most) : most
  return [
    ...(kerberos.kind === 'off' && users.length > 0
      ? [
          `With Kerberos off these users of the directory could not log in: ${names}. Leave them out, or Kerberos as it is.`
        ]
      : []),
    ...(kerberos.kind === 'on' && !domainForm.test(kerberos.realm)
      ? ['Kerberos needs its realm: the domain of the directory, like corp.example.']
      : []),
    ...(!(tolerance >= least && tolerance <= most)
      ? [`The clock tolerance of Kerberos is ${least} to ${most} minutes.`]
      : []),
    ...(kerberos.kind === 'keep' && users.length === 0 && must.includes('kerberos')
      ? ['Kerberos is left as it is, so it cannot be a must.']
      : [])
  ]
}

type Rule = (profile: Profile) => string[]
const when =
  (isSo: (profile: Profile) => boolean, text: string): Rule =>
  (profile) =>
    isSo(profile) ? [text] : []

const refused: readonly Rule[] = [
  usersRefused,
  remoteRefused,
  environmentRefused,
  wifiRefused,
  eapRefused,
  kerberosRefused,
  when(
    (profile) =>
      profile.tls.kind === 'on' && needsClientCertificate(profile) && profile.tls.by !== profile.clientCertificates,
    'Each device gets one certificate, for TLS and for 802.1X: let the same authority sign for both.'
  ),
  when(
    (profile) => !needsClientCertificate(profile) && profile.must.includes('clientCertificate'),
    'No network is joined by certificate (EAP-TLS), so a certificate for 802.1X cannot be a must.'
  ),
  when(
    ({ idle }) => idle !== null && !(idle >= idleRange.least && idle <= idleRange.most),
    'The idle timeout is 1 to 65,535 minutes.'
  ),
  when(
    ({ listener, sol, ider }) => listener === 'off' && (sol === 'on' || ider === 'on'),
    'Serial over LAN and IDE redirection need the redirection listener: turn it on, or both of them off.'
  ),
  when(
    ({ listener, kvm }) => listener === 'off' && kvm === 'on',
    'KVM needs the redirection listener: turn it on, or KVM off.'
  ),
  when(
    ({ tls }) => tls.kind === 'on' && tls.mutual && tls.plain,
    'Mutual TLS is of no use while the open port stays beside it: leave one of them out.'
  ),
  when(
    ({ tls, must }) => tls.kind !== 'on' && must.includes('deviceCertificate'),
    'Devices get no certificate without TLS turned on, so it cannot be a must.'
  ),
  when(
    ({ tls, roots, must }) => roots.length === 0 && !(tls.kind === 'on' && tls.mutual) && must.includes('trustedRoots'),
    'No trusted root is given, so it cannot be a must.'
  ),
  when(
    ({ roots }) => new Set(roots.map(({ fingerprint }) => fingerprint)).size < roots.length,
    'A trusted root is listed twice.'
  ),
  when(
    ({ consent, must }) => consent === 'none' && must.includes('consent'),
    'No consent cannot be a must: in client control mode the firmware always asks, whatever is set.'
  ),
  when(
    ({ cleanUp, hashes, must }) => !(cleanUp === 'clear' && hashes === 'remove') && must.includes('activationHashes'),
    'Certificate hashes are left as they are, so they cannot be a must.'
  ),
  when(
    ({ users, must }) => users.kind === 'keep' && must.includes('users'),
    'Users are left as they are, so they cannot be a must.'
  ),
  when(
    ({ password, users, cleanUp }) =>
      password.kind === 'keep' && (users.kind === 'replace' || cleanUp === 'clear') && users.list.length === 0,
    'All users would go, and the admin password of the old manager would stay: give a new admin password, or list the users that shall remain.'
  )
]

const advice: readonly Rule[] = [
  when(
    (profile) => (profile.tls.kind === 'on' || needsClientCertificate(profile)) && !profile.clock,
    'Certificates need a right clock: with the clock left as it is, a device may take them for not yet valid.'
  ),
  when(
    ({ tls }) => tls.kind === 'on' && tls.mutual,
    'With mutual TLS only consoles with a certificate of a trusted root are let in: list the root of your management solution, too.'
  ),
  when(
    (profile) => (profile.tls.kind === 'on' || needsClientCertificate(profile)) && profile.keys === 'rsa',
    'AMT 22 and later take no certificate over RSA 2048: such computers are refused before anything is changed on them.'
  ),
  when(
    (profile) => (profile.tls.kind === 'on' || needsClientCertificate(profile)) && profile.keys === 'ecc',
    'Firmware before AMT 21 makes no ECC keys: such computers are refused before anything is changed on them.'
  ),
  when(
    (profile) => eapsOf(profile).some(({ eap }) => eap.serverName === ''),
    '802.1X without the name of the server: whoever has a certificate of the same root can pose as it.'
  ),
  when(
    (profile) => eapsOf(profile).some(({ eap: { method } }) => method === 'gtc'),
    'PEAP with GTC hands the server the password itself, not only a proof of it.'
  ),
  when(
    (profile) => (profile.tls.kind === 'on' || needsClientCertificate(profile)) && signerOf(profile) === 'requests',
    'Each computer waits for a person once: its signing request has to be signed before it goes on.'
  ),
  when(
    ({ kvm, consent }) => kvm === 'on' && consent === 'none',
    'KVM without the consent of the person at the computer: computers in client control mode ask all the same.'
  ),
  when(
    ({ environment, remoteAccess }) => environment.kind === 'domains' && remoteAccess.kind !== 'server',
    'Outside the listed domains AMT closes its ports, and without remote access nobody reaches it there. A misspelt domain makes every computer count as outside.'
  ),
  when(
    ({ tls }) => tls.kind === 'off',
    'Without TLS everything but the password travels in the open. From AMT 16.1 on TLS cannot be turned off.'
  ),
  when(
    (profile) => profile.kerberos.kind === 'keep' && directoryUsers(profile).length > 0,
    'Users of the directory can log in only where Kerberos works already: it is left as it is, and a computer where it is off is told.'
  ),
  when(
    ({ kerberos }) => kerberos.kind === 'on',
    'Kerberos is turned on only where the device has a key for this realm from an earlier join to the directory: the wizard makes no objects in it and no keys. A computer without one is told.'
  ),
  when(
    ({ kerberos }) => kerberos.kind !== 'keep',
    'That AMT keeps its Kerberos key while it is turned on or off is believed, not measured: try it on one computer first.'
  ),
  when(
    (profile) => (profile.kerberos.kind === 'on' || directoryUsers(profile).length > 0) && !profile.clock,
    'Kerberos needs a right clock: with the clock left as it is, a device more than a few minutes off lets no user of the directory in.'
  ),
  when(
    ({ kerberos, cleanUp }) => kerberos.kind === 'keep' && cleanUp === 'clear',
    'Clearing leaves Kerberos as the old manager set it. Its users go unless they are listed; to close that door too, turn Kerberos off.'
  ),
  when(
    ({ password }) => password.kind === 'keep',
    'The old manager still knows the admin password, and can take the computer back with it.'
  ),
  when(
    ({ webUi, tls }) => webUi === 'on' && tls.kind === 'off',
    'The web interface without TLS can be watched by everybody on the same network.'
  ),
  when(
    ({ ping, rmcp }) => ping === 'off' && rmcp === 'off',
    'A computer that answers no ping is harder to find; the take-over itself does not need them.'
  )
]

/** Whether the profile only takes the provisioning away, so that nothing else in it counts. */
export const onlyRemoves = ({ cleanUp }: Pick<Profile, 'cleanUp'>): boolean =>
  cleanUp === 'partial' || cleanUp === 'full'

/** What is wrong with the choices of a profile, refused ones first. */
export function findings(profile: Profile): readonly Finding[] {
  if (onlyRemoves(profile)) return []
  return [
    ...refused.flatMap((rule) => rule(profile)).map((text) => ({ severity: 'refused' as const, text })),
    ...advice.flatMap((rule) => rule(profile)).map((text) => ({ severity: 'advice' as const, text }))
  ]
}

/** Everything that must be done about the profile before Start. */
export const profileGaps = (profile: Profile): readonly string[] => [
  ...findings(profile)
    .filter(({ severity }) => severity === 'refused')
    .map(({ text }) => text),
  ...owedSecrets(profile).map(({ gap }) => gap)
]

/** Settings that may be called a must, with their titles. */
export const mustTitles = settingNames.map((name) => ({ name, title: stepTitles[name] }))
