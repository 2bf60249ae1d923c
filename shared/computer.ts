// One computer of an import: its fields, how each is normalised, and the checks a single field can fail.
import { z } from 'zod'
import type { Problem } from './problem.ts'

/** Our fields, in the order of the six ConfigMgr columns, then what other managers' files add. */
export const fields = [
  'name',
  'fqdn',
  'guid',
  'mac',
  'mebxPassword',
  'adminPassword',
  'address',
  'amtVersion',
  'amtStatus',
  'oneTimePassword'
] as const
export type Field = (typeof fields)[number]
export const fieldSchema = z.enum(fields)

/** Fields whose text is a secret: never shown, never stored outside the keychain. */
export const secretFields = ['mebxPassword', 'adminPassword', 'oneTimePassword'] as const satisfies readonly Field[]
export type SecretField = (typeof secretFields)[number]
export const isSecret = (field: Field): field is SecretField => (secretFields as readonly Field[]).includes(field)

/** What each field is called in front of a person. */
export const fieldTitles: Readonly<Record<Field, string>> = {
  name: 'Name',
  fqdn: 'FQDN',
  guid: 'SMBIOS GUID',
  mac: 'MAC address',
  mebxPassword: 'MEBx password',
  adminPassword: 'Remote admin password',
  address: 'Address',
  amtVersion: 'AMT version',
  amtStatus: 'AMT status',
  oneTimePassword: 'One-time password'
}

/** The name under which the keychain holds a secret; never the secret itself. */
export const slotSchema = z.string().regex(/^[A-Za-z0-9/_.:#-]{1,200}$/)

/** A computer as the wizard keeps it: normalised texts ('' = not given), secrets by slot. */
export const computerSchema = z.object({
  name: z.string(),
  fqdn: z.string(),
  /** 8-4-4-4-12, lower case. */
  guid: z.string(),
  /** 00:11:22:aa:bb:cc, lower case. */
  mac: z.string(),
  /** IP address or host name, with :port only when it is not the AMT default. */
  address: z.string(),
  amtVersion: z.string(),
  /** As Configuration Manager words it, if the list told it; '' otherwise. */
  amtStatus: z.string().default(''),
  /** Automatic in-band provisioning is prevented (it came with an exported file). */
  automaticPrevented: z.boolean().default(false),
  mebxPassword: slotSchema.optional(),
  adminPassword: slotSchema.optional(),
  oneTimePassword: slotSchema.optional()
})
export type Computer = z.infer<typeof computerSchema>

/** A blocker must be repaired before Start, a warning should be looked at, a note only tells what was done. */
export const severitySchema = z.enum(['blocker', 'warning', 'note'])
export type Severity = z.infer<typeof severitySchema>

/** A field's text after normalising, and what is wrong with it (if anything). */
export interface Checked {
  readonly value: string
  readonly severity?: Severity
  readonly problem?: Problem
}
