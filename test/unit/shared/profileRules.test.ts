// What goes together in a profile and what does not, in words; ready profiles; secrets taken out; clean-up told.
import { expect, test } from 'vitest'
import { cleanUpWords } from '../../../shared/profile/cleanUp.ts'
import { keyKindOf, keyRefused } from '../../../shared/profile/keys.ts'
import { asIfTyped, owedSecrets } from '../../../shared/profile/owed.ts'
import { presetOf, presets } from '../../../shared/profile/presets.ts'
import { findings, profileGaps } from '../../../shared/profile/rules.ts'
import { profileSentences } from '../../../shared/profile/sentences.ts'
import {
  defaultProfile,
  type Profile,
  profileSchema,
  secretSlots,
  type User,
  withoutSecrets
} from '../../../shared/profile.ts'

const profile = (part: Partial<Profile>): Profile => profileSchema.parse({ ...defaultProfile, ...part })
const refused = (part: Partial<Profile>): string =>
  findings(profile(part))
    .filter(({ severity }) => severity === 'refused')
    .map(({ text }) => text)
    .join(' ')

const helpdesk: User = {
  id: 'u',
  by: 'digest',
  name: 'helpdesk',
  access: 'network',
  realms: [5],
  slot: 'draft/1/user/2'
}
const group: User = { id: 'k', by: 'kerberos', name: 'Helpdesk', sid: 'S-1-5-21-1-2-3-512', access: 'any', realms: [2] }
const network = { id: 'w', ssid: 'site', security: 'wpa2', slot: 'draft/1/wifi/1' } as const
const root = { name: 'Site Root', pem: '', fingerprint: 'a'.repeat(64) }
const wired = {
  method: 'peap' as const,
  username: 'amt',
  domain: '',
  serverName: '',
  root: root.fingerprint,
  slot: 'draft/1/wired/1'
}
const server = { host: 'mps.corp.example', port: 4433, username: 'u', every: 30, slot: 'draft/1/server/1' }
const domains = { kind: 'domains', domains: ['corp.example'] } as const

test.each<[string, Partial<Profile>, RegExp]>([
  ['an idle timeout of nothing', { idle: 0 }, /1 to 65,535/],
  ['an idle timeout beyond 16 bits', { idle: 65_536 }, /1 to 65,535/],
  ['SOL without listener', { listener: 'off', sol: 'on' }, /redirection listener/],
  ['KVM without listener', { listener: 'off', kvm: 'on' }, /KVM needs/],
  ['no consent as a must', { consent: 'none', must: ['consent'] }, /client control mode/],
  ['users left, and a must', { must: ['users'] }, /cannot be a must/],
  ['nobody to add', { users: { kind: 'add', list: [] } }, /No user/],
  [
    'a name AMT does not take',
    { users: { kind: 'add', list: [{ ...helpdesk, name: 'help desk' }] } },
    /not one AMT takes/
  ],
  [
    'the firmware’s own name',
    { users: { kind: 'add', list: [{ ...helpdesk, name: '$$OsAdmin' }] } },
    /not one AMT takes/
  ],
  ['the administrator', { users: { kind: 'add', list: [{ ...helpdesk, name: 'Admin' }] } }, /Remote Admin Account/],
  ['no realm', { users: { kind: 'add', list: [{ ...helpdesk, realms: [] }] } }, /no realm/],
  ['a realm nobody knows', { users: { kind: 'add', list: [{ ...helpdesk, realms: [22] }] } }, /does not know: 22/],
  ['a user twice', { users: { kind: 'add', list: [helpdesk, { ...helpdesk, id: 'v' }] } }, /listed twice/],
  ['a SID twice', { users: { kind: 'add', list: [group, { ...group, id: 'v', name: 'x' }] } }, /listed twice/],
  ['mutual TLS beside an open port', { tls: { kind: 'on', mutual: true, plain: true, by: 'own' } }, /of no use/],
  ['a certificate as a must without TLS', { must: ['deviceCertificate'] }, /cannot be a must/],
  ['roots as a must without any', { must: ['trustedRoots'] }, /cannot be a must/],
  ['a root twice', { roots: [root, root] }, /root is listed twice/],
  ['no network to add', { wifi: { kind: 'add', list: [] } }, /No Wi-Fi/],
  ['a network without a name', { wifi: { kind: 'add', list: [{ ...network, ssid: '' }] } }, /needs a name/],
  ['a network twice', { wifi: { kind: 'add', list: [network, { ...network, id: 'x' }] } }, /listed twice/],
  ['802.1X without a user', { wired8021x: { kind: 'on', settings: null } }, /needs a user name/],
  ['802.1X without a root', { wired8021x: { kind: 'on', settings: wired } }, /needs the root/],
  [
    '802.1X by EAP-FAST',
    { wired8021x: { kind: 'on', settings: { ...wired, method: 'fast' } }, roots: [root] },
    /EAP-FAST needs a protected access credential/
  ],
  [
    'WPA3 with 802.1X',
    { wifi: { kind: 'add', list: [{ ...network, security: 'wpa3', eap: wired }] }, roots: [root] },
    /no WPA3 with 802.1X/
  ],
  [
    '802.1X in Wi-Fi without a root',
    { wifi: { kind: 'add', list: [{ ...network, eap: wired }] } },
    /802.1X of the Wi-Fi network “site” needs the root/
  ],
  [
    'two signers for one certificate',
    {
      wired8021x: { kind: 'on', settings: { ...wired, method: 'tls' } },
      roots: [root],
      tls: { kind: 'on', mutual: false, plain: false, by: 'requests' }
    },
    /the same authority sign for both/
  ],
  ['a client certificate as a must without EAP-TLS', { must: ['clientCertificate'] }, /cannot be a must/],
  [
    'Kerberos off with users of the directory',
    { kerberos: { kind: 'off' }, users: { kind: 'add', list: [group] } },
    /could not log in: Helpdesk/
  ],
  ['Kerberos without a realm', { kerberos: { kind: 'on', realm: '', tolerance: null } }, /needs its realm/],
  ['clocks too far apart', { kerberos: { kind: 'on', realm: 'corp.example', tolerance: 6 } }, /1 to 5 minutes/],
  ['Kerberos left, and a must', { must: ['kerberos'] }, /cannot be a must/],
  ['no SID', { users: { kind: 'add', list: [{ ...group, sid: 'S-1' }] } }, /The SID/],
  ['inside nowhere', { environment: { kind: 'domains', domains: [] } }, /at least one domain/],
  ['no domain name', { environment: { kind: 'domains', domains: ['corp example'] } }, /not a domain name/],
  [
    'remote access, always inside',
    { remoteAccess: { kind: 'server', server }, environment: { kind: 'none', domains: [] } },
    /environment detection/
  ],
  ['a server without a name', { remoteAccess: { kind: 'server', server: { ...server, host: '' } } }, /needs a name/],
  ['a port out of range', { remoteAccess: { kind: 'server', server: { ...server, port: 70_000 } } }, /port/],
  ['nobody left but the old password', { password: { kind: 'keep' }, cleanUp: 'clear' }, /give a new admin password/]
])('%s is refused in words', (_name, part, words) => {
  expect(refused(part)).toMatch(words)
  expect(profileGaps(profile(part)).join(' ')).toMatch(words)
})

test('802.1X by certificate needs neither user nor password; in Wi-Fi its secret is asked for by its own name', () => {
  const { slot: _slot, ...untyped } = wired
  const byCertificate = { ...untyped, method: 'tls' as const, username: '' }
  const part: Partial<Profile> = {
    roots: [root],
    wired8021x: { kind: 'on', settings: byCertificate },
    wifi: { kind: 'add', list: [{ id: 'w', ssid: 'site', security: 'wpa2', eap: { ...untyped, method: 'ttls' } }] }
  }
  expect(refused(part)).toBe('')
  expect(owedSecrets(profile(part)).map(({ name }) => name)).toEqual(['wifi-802.1x:site'])
  const typed = asIfTyped(profile(part))
  expect(secretSlots(typed)).toEqual(['not-typed-yet'])
  expect(secretSlots(withoutSecrets(typed))).toEqual([])
  expect(profileSchema.parse(typed)).toEqual(typed)
  expect(profileSentences(typed).join(' ')).toContain('by EAP-TLS (certificate) as each computer’s own name')
})

test('Kerberos: what is left to the directory, to the clock and by clearing is told', () => {
  const advised = (part: Partial<Profile>): string =>
    findings(profile(part))
      .filter(({ severity }) => severity === 'advice')
      .map(({ text }) => text)
      .join(' ')
  const on = { kerberos: { kind: 'on', realm: 'corp.example', tolerance: 3 } } as const
  expect(refused({ ...on, must: ['kerberos'] })).toBe('')
  expect(advised(on)).toMatch(/makes no objects in it and no keys/)
  expect(advised({ ...on, clock: false })).toMatch(/Kerberos needs a right clock/)
  expect(advised({ users: { kind: 'add', list: [group] } })).toMatch(/only where Kerberos works already/)
  expect(advised({ cleanUp: 'clear' })).toMatch(/leaves Kerberos as the old manager set it/)
  expect(profileSentences(profile(on)).join(' ')).toContain(
    'a key for corp.example, with clocks up to 3 minutes apart.'
  )
})

test('the key of a certificate goes by the firmware version, unless the profile names one that firmware cannot have', () => {
  const keys = (choice: Profile['keys']) => ({ keys: choice })
  expect(['21.0.5', '22.0.0.1100', undefined].map((version) => keyKindOf(keys('firmware'), version))).toEqual([
    'rsa',
    'ecc',
    'rsa'
  ])
  expect([keyRefused(keys('rsa'), '22.1'), keyRefused(keys('ecc'), '20.0')].map((why) => why !== undefined)).toEqual([
    true,
    true
  ])
  for (const [choice, version] of [
    ['rsa', '21.0'],
    ['ecc', '21.0'],
    ['firmware', '22.0'],
    ['ecc', undefined]
  ] as const)
    expect(keyRefused(keys(choice), version)).toBeUndefined()
  const on: Partial<Profile> = { tls: { kind: 'on', mutual: false, plain: false, by: 'own' } }
  expect(profileSentences(profile(on)).join(' ')).toContain('ECC P-384 from AMT 22 on, RSA 2048 before')
})

test('what goes together is not refused, and what only removes is not looked at', () => {
  expect(refused({})).toBe('')
  expect(
    refused({
      users: { kind: 'replace', list: [helpdesk, group] },
      remoteAccess: { kind: 'server', server },
      environment: { ...domains, domains: [...domains.domains] },
      idle: 65_535
    })
  ).toBe('')
  expect(profileGaps(profile({ cleanUp: 'full', idle: 0, password: { kind: 'given' } }))).toEqual([])
})

test('passwords that were not typed are named one by one', () => {
  const { slot: _slot, ...bareServer } = server
  const { slot: _other, ...bareUser } = helpdesk
  const gaps = profileGaps(
    profile({
      password: { kind: 'given' },
      mebx: { kind: 'given' },
      users: { kind: 'add', list: [bareUser] },
      remoteAccess: { kind: 'server', server: bareServer },
      environment: { kind: 'domains', domains: ['corp.example'] }
    })
  )
  expect(gaps).toHaveLength(4)
})

test('a profile without secrets has no slot anywhere, and is otherwise the same', () => {
  const full = profile({
    password: { kind: 'given', slot: 'draft/1/newPassword/1' },
    mebx: { kind: 'given', slot: 'draft/1/mebx/1' },
    users: { kind: 'add', list: [helpdesk, group] },
    remoteAccess: { kind: 'server', server },
    wifi: { kind: 'add', list: [network] },
    wired8021x: { kind: 'on', settings: wired }
  })
  expect(secretSlots(full)).toHaveLength(6)
  const bare = withoutSecrets(full)
  expect(JSON.stringify(bare)).not.toContain('draft/')
  expect(secretSlots(bare)).toEqual([])
  expect({ ...bare, password: full.password, mebx: full.mebx }).toMatchObject({ names: full.names, idle: full.idle })
  expect(profileSchema.parse(bare)).toEqual(bare)
})

test('every ready profile is valid, none is refused, and each is recognised', () => {
  for (const preset of presets) {
    expect(profileSchema.parse(preset.profile)).toEqual(preset.profile)
    expect(refused(preset.profile)).toBe('')
    expect(presetOf(preset.profile)?.id).toBe(preset.id)
  }
  expect(presetOf(profile({ ping: 'off' }))).toBeUndefined()
})

test('networks, certificates and their untyped secrets are told', () => {
  const { slot: _slot, ...bareNetwork } = network
  const part: Partial<Profile> = {
    tls: { kind: 'on', mutual: true, plain: false, by: 'requests' },
    roots: [root],
    wifi: { kind: 'replace', list: [bareNetwork] },
    wired8021x: { kind: 'on', settings: wired }
  }
  const words = profileSentences(profile(part)).join(' ')
  for (const said of [
    'TLS is turned on',
    'signing requests',
    'Mutual TLS',
    'Site Root',
    'remain: site',
    'cable by PEAP (MS-CHAP v2) as amt'
  ])
    expect(words).toContain(said)
  expect(profileGaps(profile(part))).toEqual(['The Wi-Fi network site has no passphrase yet.'])
})

test('sentences tell what is chosen, and a removal tells only of itself', () => {
  const words = profileSentences(
    profile({ sol: 'off', webUi: 'on', users: { kind: 'replace', list: [helpdesk] }, cleanUp: 'clear', must: ['kvm'] })
  ).join(' ')
  for (const part of [
    'Off: serial over LAN.',
    'On: the web interface.',
    'Only these users remain: helpdesk.',
    'is cleared',
    'needs a person: KVM'
  ])
    expect(words).toContain(part)
  expect(words).not.toContain('draft/')
  for (const cleanUp of ['partial', 'full'] as const)
    expect(profileSentences(profile({ cleanUp }))[0]).toBe(`${cleanUpWords[cleanUp].title}.`)
})

test('a profile of before these choices existed reads as one that leaves them alone', () => {
  const old = profileSchema.parse({ password: { kind: 'keep' }, names: 'keep', clock: false })
  expect(profileSentences(old)).toEqual([
    'The admin password stays as it is.',
    'Host name and domain stay as they are.',
    'The AMT clock stays as it is.',
    'Other settings of the old management solution stay as they are.'
  ])
})
