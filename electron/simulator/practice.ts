// The thirty computers of the practice fleet, and which passwords a technician would hold for them.
import { type Personality, personalities } from './personalities.ts'
import type { PracticeComputer } from './state.ts'

// Made up, written down here for everybody to read, and good for nothing but pretend devices.
const fromFile = ['Practice-Crane7!', 'Practice-Lantern3#', 'Practice-Kettle9$'] as const
const known = ['Practice-Orchard5!', 'Practice-Quarry8#'] as const
const hidden = 'Practice-Cellar6%'
const outdated = 'Practice-Attic2!'
const mebx = 'Practice-Anchor4@'

/** Provisioning and Discovery Accounts: one of them opens each device whose row holds no password. */
export const practiceAccounts: readonly {
  readonly username: string
  readonly password: string
  readonly description: string
}[] = [
  { username: 'admin', password: known[0], description: 'Practice: first provisioning account' },
  { username: 'admin', password: known[1], description: 'Practice: second provisioning account' }
]

/** Every practice password there is, so that a test can look for them where none may be. */
export const practicePasswords: readonly string[] = [...fromFile, ...known, hidden, outdated, mebx]

/** How each of the thirty behaves, in order; what is not named here is healthy. */
const special: Readonly<Record<number, Personality>> = {
  4: 'slow',
  7: 'wrong-password',
  10: 'tls-only',
  12: 'switched-off',
  15: 'drop-after-commit',
  18: 'other-uuid',
  20: 'tls-only',
  22: 'too-old',
  25: 'locked-out',
  28: 'slow'
}

/** Rows without a Remote Admin password. */
const blank = new Set([2, 9, 16, 23, 27])

const versions = ['11.8.50.3425', '12.0.45.1509', '15.0.23.1706', '14.1.53.1649', '9.1.45.3000'] as const

/** From 16.1 on AMT answers on TLS only, so that generation is where the TLS devices are. */
const versionOf = (n: number, personality: Personality): string => {
  if (personality === 'too-old') return '2.6.10.1024'
  if (personalities[personality].tls) return '16.1.25.2124'
  return versions[n % versions.length] ?? versions[0]
}

const passwordOf = (n: number, personality: Personality): string => {
  if (personality === 'wrong-password') return hidden
  if (blank.has(n)) return known[n % known.length] ?? known[0]
  return fromFile[n % fromFile.length] ?? fromFile[0]
}

const hex = (n: number, digits: number): string => n.toString(16).padStart(digits, '0')

/** Practice computer number `n` (0 to 65,535): the same one every time. */
export function practiceComputer(n: number, personality: Personality = special[n] ?? 'healthy'): PracticeComputer {
  const name = `FIN-${String(231 + n).padStart(4, '0')}`
  const [high, low] = [hex(n >> 8, 2), hex(n & 0xff, 2)]
  return {
    name,
    fqdn: `${name.toLowerCase()}.corp.practice.example`,
    uuid: `4c4c4544-0046-3${hex(n % 4096, 3)}-80${low}-c7c04f${high}${low}31`,
    // The firmware of a practice device makes its MAC address out of the UUID.
    mac: `02:C0:4F:${high}:${low}:31`.toUpperCase(),
    username: 'admin',
    password: passwordOf(n, personality),
    personality,
    amtVersion: versionOf(n, personality)
  }
}

/** The practice fleet: thirty computers with every personality among them, most of them healthy. */
export const practiceFleet: readonly PracticeComputer[] = Array.from({ length: 30 }, (_, n) => practiceComputer(n))

/** Practice PID and PPS: they stand here for everybody to read. */
export const practicePsk = { pid: 'PRACTICE', pps: 'PRABCTI8CEOZNLYRPRABCTI8CEOZNLYR' } as const

/** Of the computers that call: one AMT generation that takes PID and PPS, the others a provisioning certificate. */
const callerVersions = ['15.0.23.1706', '12.0.45.1509', '16.1.25.2124', '9.1.45.3000', '14.1.53.1649'] as const

/** Twelve more that nobody has set up: they say hello while somebody practises listening. */
export const practiceCallers: readonly PracticeComputer[] = Array.from({ length: 12 }, (_, n) => {
  const amtVersion = callerVersions[n % callerVersions.length] ?? callerVersions[0]
  const isPsk = amtVersion.startsWith('9.')
  return {
    ...practiceComputer(100 + n, 'healthy'),
    amtVersion,
    setup: { by: 'remote', dnsSuffix: 'corp.practice.example', ...(isPsk && { psk: practicePsk }) }
  }
})

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64')

/** One row of the sample file: six columns in Configuration Manager's order, optional ones blank in places. */
function sampleRow(computer: PracticeComputer, n: number): string {
  const inFile = computer.personality === 'wrong-password' ? outdated : computer.password
  return [
    computer.name,
    computer.fqdn,
    computer.uuid.toUpperCase(),
    n % 8 === 5 ? '' : computer.mac,
    n % 3 === 0 ? base64(mebx) : '',
    blank.has(n) ? '' : base64(inFile)
  ].join(',')
}

/** The text of resources/sample.csv. */
export const sampleCsv: string = [
  'short_name,FQDN,SMBIOS,MAC,MEBx_password,remote_admin_password',
  ...practiceFleet.map(sampleRow),
  ''
].join('\r\n')

/** The text of resources/sample-out-of-band.csv: those that call and take a certificate, as not provisioned. */
export const outOfBandCsv: string = [
  'Name,FQDN,SMBIOS GUID,MAC address,AMT status',
  ...practiceCallers
    .filter(({ setup }) => setup?.psk === undefined)
    .map(({ name, fqdn, uuid, mac }) => [name, fqdn, uuid.toUpperCase(), mac, 'Not Provisioned'].join(',')),
  ''
].join('\r\n')
