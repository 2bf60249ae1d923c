// What every computer of an import shall become: the wanted AMT configuration, its choices and defaults.
import { z } from 'zod'
import { slotSchema } from './computer.ts'

/** The remote admin password after the take-over. */
export const passwordChoiceSchema = z.discriminatedUnion('kind', [
  /** A different random one for each computer, kept in the keychain. */
  z.object({ kind: z.literal('random') }),
  /** One for all; the slot is absent until the technician has typed it. */
  z.object({ kind: z.literal('given'), slot: slotSchema.optional() }),
  /** The one that works today stays. */
  z.object({ kind: z.literal('keep') })
])

export const profileSchema = z.object({
  password: passwordChoiceSchema,
  /** Host and domain name in AMT: from the row's FQDN, or as they are. */
  names: z.enum(['fqdn', 'keep']),
  /** Set the AMT clock when it is off by more than the allowed drift. */
  clock: z.boolean()
})
export type Profile = z.infer<typeof profileSchema>

export const defaultProfile: Profile = { password: { kind: 'random' }, names: 'fqdn', clock: true }

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

/** The wanted configuration in sentences, for summary, audit and report. */
export function profileSentences(profile: Profile): string[] {
  const password = {
    random: 'A new random admin password for each computer.',
    given: 'One new admin password for all computers.',
    keep: 'The admin password stays as it is.'
  }
  return [
    password[profile.password.kind],
    profile.names === 'fqdn'
      ? 'Host name and domain from the FQDN of the row.'
      : 'Host name and domain stay as they are.',
    profile.clock ? 'The AMT clock is set when it is wrong.' : 'The AMT clock stays as it is.',
    'Other settings of the old management solution stay as they are.'
  ]
}
