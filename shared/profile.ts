// What every computer of an import shall become: the wanted AMT configuration, its choices and defaults.
import { z } from 'zod'
import { slotSchema } from './computer.ts'
import { settingNameSchema } from './steps.ts'

/** A password after the take-over: the remote admin's, or that of MEBx. */
export const passwordChoiceSchema = z.discriminatedUnion('kind', [
  /** A different random one for each computer, kept in the keychain. */
  z.object({ kind: z.literal('random') }),
  /** One for all; the slot is absent until the technician has typed it. */
  z.object({ kind: z.literal('given'), slot: slotSchema.optional() }),
  /** The one that works today stays. */
  z.object({ kind: z.literal('keep') })
])
export type PasswordChoice = z.infer<typeof passwordChoiceSchema>

/** On, off, or as it is on each computer. */
export const wishSchema = z.enum(['keep', 'on', 'off'])
export type Wish = z.infer<typeof wishSchema>

const userBase = {
  id: z.string().min(1).max(64),
  /** Digest: 1 to 16 characters, as AMT knows the user. Kerberos: what people call the account. */
  name: z.string().max(104),
  access: z.enum(['local', 'network', 'any']),
  /** AMT's realm numbers. */
  realms: z.array(z.number().int()).max(24)
}
export const userSchema = z.discriminatedUnion('by', [
  /** Has a password of its own; the slot is absent until it has been typed. */
  z.object({ ...userBase, by: z.literal('digest'), slot: slotSchema.optional() }),
  /** An account or group of the directory, by its SID: "S-1-5-21-…". */
  z.object({ ...userBase, by: z.literal('kerberos'), sid: z.string().max(184) })
])
export type User = z.infer<typeof userSchema>

/** A management presence server that the devices call when they are outside. */
export const presenceServerSchema = z.object({
  host: z.string().max(255),
  port: z.number().int(),
  username: z.string().max(16),
  slot: slotSchema.optional(),
  /** Minutes between two calls. */
  every: z.number().int()
})
export type PresenceServer = z.infer<typeof presenceServerSchema>

/** What becomes of the old manager's settings (shared/profile/cleanUp.ts says what each keeps and loses). */
export const cleanUpSchema = z.enum(['keep', 'clear', 'partial', 'full'])
export type CleanUp = z.infer<typeof cleanUpSchema>

/** A root certificate that devices shall trust: no secret. */
export const rootSchema = z.object({
  /** What its subject is called. */
  name: z.string().max(200),
  pem: z.string().max(10_000),
  /** SHA-256 of its DER form, lower-case hex. */
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/)
})
export type Root = z.infer<typeof rootSchema>

/** How a computer proves itself in 802.1X. `fast` is known by name only, so that it can be refused in words. */
export const eapMethodSchema = z.enum(['tls', 'ttls', 'peap', 'gtc', 'fast'])
export type EapMethod = z.infer<typeof eapMethodSchema>

/** 802.1X of one network: as whom, by what, and which server is believed. */
export const eapSchema = z.object({
  method: eapMethodSchema.default('peap'),
  /** By certificate it may be empty: then each computer goes by its own name. */
  username: z.string().max(80),
  domain: z.string().max(128),
  /** The password; absent until it was typed, and never there by certificate. */
  slot: slotSchema.optional(),
  /** Name in the certificate of the server; empty = any that its root signed. */
  serverName: z.string().max(128),
  /** Fingerprint of the trusted root that the server's certificate comes from. */
  root: z.string().max(64)
})
export type Eap = z.infer<typeof eapSchema>

/** A network that AMT itself joins, by a passphrase or by 802.1X. */
export const wifiSchema = z.object({
  id: z.string().min(1).max(64),
  ssid: z.string().max(32),
  security: z.enum(['wpa', 'wpa2', 'wpa3']),
  /** Absent until the passphrase has been typed. */
  slot: slotSchema.optional(),
  /** In place of a passphrase. */
  eap: eapSchema.optional()
})
export type WifiNetwork = z.infer<typeof wifiSchema>

/** 802.1X on the cable. */
export const wired8021xSchema = z.object({
  kind: z.enum(['keep', 'off', 'on']),
  settings: eapSchema.nullable()
})

/** Who signs certificates of devices: the wizard's own authority, or somebody by signing requests. */
export const signerSchema = z.enum(['own', 'requests'])
export type Signer = z.infer<typeof signerSchema>

/** The key under a device's certificate: by its firmware version, or one kind for all (shared/profile/keys.ts). */
const keyChoiceSchema = z.enum(['firmware', 'rsa', 'ecc'])

/** Wi-Fi profiles that AMT holds. */
export const mostNetworks = 8

/** AMT's certificate store is small. */
export const mostRoots = 8

const keep = { kind: 'keep' } as const

export const profileSchema = z.object({
  /** The remote admin password. */
  password: passwordChoiceSchema,
  /** Host and domain name in AMT: from the row's FQDN, from the operating system, or as they are. */
  names: z.enum(['fqdn', 'os', 'keep']),
  /** Set the AMT clock when it is off by more than the allowed drift. */
  clock: z.boolean(),
  mebx: passwordChoiceSchema.default(keep),
  /** `replace` removes every user that is not listed; the Remote Admin Account is never one of them. */
  users: z
    .object({ kind: z.enum(['keep', 'add', 'replace']), list: z.array(userSchema).max(15) })
    .default({ kind: 'keep', list: [] }),
  /** Whether users of the directory are let in (shared/profile/kerberos.ts); the device's key for it stays as it is. */
  kerberos: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('keep') }),
      z.object({ kind: z.literal('off') }),
      z.object({
        kind: z.literal('on'),
        /** The realm that the key of the devices is for: "corp.example". */
        realm: z.string().max(192),
        /** Minutes by which clocks may differ; null = as it is. */
        tolerance: z.number().int().nullable()
      })
    ])
    .default(keep),
  sol: wishSchema.default('keep'),
  ider: wishSchema.default('keep'),
  /** Whether AMT listens for redirection at all. */
  listener: wishSchema.default('keep'),
  kvm: wishSchema.default('keep'),
  webUi: wishSchema.default('keep'),
  /** For what the person at the computer is asked. */
  consent: z.enum(['keep', 'none', 'kvm', 'all']).default('keep'),
  ping: wishSchema.default('keep'),
  rmcp: wishSchema.default('keep'),
  /** In which sleep states AMT stays awake: only while the computer runs, or always on mains. */
  power: z.enum(['keep', 's0', 'always']).default('keep'),
  /** Minutes until an idle management engine may sleep; null = as it is. */
  idle: z.number().int().nullable().default(null),
  /** Domains AMT counts as inside; with none it always counts as inside. */
  environment: z
    .object({ kind: z.enum(['keep', 'none', 'domains']), domains: z.array(z.string().max(192)).max(5) })
    .default({ kind: 'keep', domains: [] }),
  /** Calls from outside (CIRA). */
  remoteAccess: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('keep') }),
      z.object({ kind: z.literal('off') }),
      z.object({ kind: z.literal('server'), server: presenceServerSchema })
    ])
    .default(keep),
  /** TLS on the network ports. */
  tls: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('keep') }),
      z.object({ kind: z.literal('off') }),
      z.object({
        kind: z.literal('on'),
        /** Devices let nobody in who does not prove who they are by a certificate, too. */
        mutual: z.boolean(),
        /** The open port stays beside it, where the firmware still has one. */
        plain: z.boolean(),
        by: signerSchema
      })
    ])
    .default(keep),
  /** Which key certificates are over, for TLS and for 802.1X. */
  keys: keyChoiceSchema.default('firmware'),
  /** Root certificates that every device shall trust; added where missing, none is removed for it. */
  roots: z.array(rootSchema).max(mostRoots).default([]),
  /** `replace` removes every network that is not listed. */
  wifi: z
    .object({ kind: z.enum(['keep', 'add', 'replace']), list: z.array(wifiSchema).max(mostNetworks) })
    .default({ kind: 'keep', list: [] }),
  wired8021x: wired8021xSchema.default({ kind: 'keep', settings: null }),
  /** Who signs the certificates for 802.1X (EAP-TLS). With TLS it is one certificate for both. */
  clientCertificates: signerSchema.default('own'),
  cleanUp: cleanUpSchema.default('keep'),
  /** With `clear`: whether the root hashes for activation that were added by hand go, too. */
  hashes: z.enum(['keep', 'remove']).default('keep'),
  /** Settings without which a computer is not as it shall be: where the firmware lacks one, a person is asked. */
  must: z.array(settingNameSchema).default([]),
  /** The named profile it was taken from. */
  origin: z
    .object({ id: z.string().max(64), name: z.string().max(100), version: z.number().int() })
    .nullable()
    .default(null)
})
export type Profile = z.infer<typeof profileSchema>

/** The take-over and nothing else. */
export const defaultProfile: Profile = profileSchema.parse({
  password: { kind: 'random' },
  names: 'fqdn',
  clock: true
})

/** A profile that was given a name. Each saving is a version more; it holds no secrets. */
export const namedProfileSchema = z.object({
  id: z.string().min(1).max(64),
  name: z.string().trim().min(1).max(100),
  version: z.number().int().positive(),
  savedAt: z.number(),
  profile: profileSchema
})
export type NamedProfile = z.infer<typeof namedProfileSchema>

/** Where the profile's own secrets lie. */
export function secretSlots({ password, mebx, users, remoteAccess, wifi, wired8021x }: Profile): string[] {
  const choices = [password, mebx].map((choice) => (choice.kind === 'given' ? choice.slot : undefined))
  const ofUsers = users.list.map((user) => (user.by === 'digest' ? user.slot : undefined))
  const ofServer = remoteAccess.kind === 'server' ? remoteAccess.server.slot : undefined
  const ofNetworks = [...wifi.list.flatMap(({ slot, eap }) => [slot, eap?.slot]), wired8021x.settings?.slot]
  return [...choices, ...ofUsers, ...ofNetworks, ofServer].filter((slot) => slot !== undefined)
}

const bare = <T extends { readonly slot?: string | undefined }>({ slot: _slot, ...rest }: T): Omit<T, 'slot'> => rest

/** The same without secrets, to be saved or given away: what was typed must be typed again. */
export const withoutSecrets = (profile: Profile): Profile => ({
  ...profile,
  password: profile.password.kind === 'given' ? { kind: 'given' } : profile.password,
  mebx: profile.mebx.kind === 'given' ? { kind: 'given' } : profile.mebx,
  users: {
    ...profile.users,
    list: profile.users.list.map((user) => (user.by === 'digest' ? bare(user) : user))
  },
  wifi: {
    ...profile.wifi,
    list: profile.wifi.list.map(({ eap, ...network }) => ({ ...bare(network), ...(eap && { eap: bare(eap) }) }))
  },
  wired8021x: { ...profile.wired8021x, settings: profile.wired8021x.settings && bare(profile.wired8021x.settings) },
  remoteAccess:
    profile.remoteAccess.kind === 'server'
      ? { kind: 'server', server: bare(profile.remoteAccess.server) }
      : profile.remoteAccess
})

/** A Provisioning and Discovery Account: one candidate, in the order given. */
export const accountSchema = z.object({
  id: z.string().min(1).max(64),
  username: z.string().min(1).max(32),
  description: z.string().max(200),
  /** Absent until the password has been typed. */
  slot: slotSchema.optional()
})
export type Account = z.infer<typeof accountSchema>

/** Log-ins tried on one device in one run, at most; far below the 10 at which the firmware locks (wsman.md 1). */
export const maxTries = 3
