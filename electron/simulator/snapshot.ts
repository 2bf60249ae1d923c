// What a fleet remembers between two runs, and how it is read back: plain JSON, checked property by property.
import { z } from 'zod'
import type { DeviceState } from './state.ts'
import type { Reference } from './value.ts'

const reference: z.ZodType<Reference> = z.lazy(() =>
  z.object({ resource: z.string(), selectors: z.record(z.string(), z.union([z.string(), reference])) })
)
const value = z.union([z.string(), z.array(z.string()), reference, z.object({ datetime: z.string() })])
const entry = z.object({
  handle: z.number().int(),
  access: z.number().int(),
  realms: z.array(z.string()),
  enabled: z.boolean(),
  sid: z.string()
})
const account = z.object({ name: z.string(), ha1: z.string(), admin: z.boolean() })

const deviceSchema = z.object({
  fqdn: z.string(),
  digestRealm: z.string().regex(/^Digest:[0-9A-F]{32}$/),
  accounts: z.array(z.union([account.extend({ entry }), account])),
  generalSettings: z.record(z.string(), z.string()),
  clockOffset: z.number().int(),
  provisioningState: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  certificate: z.object({ certificate: z.string(), key: z.string() }).nullable(),
  // What came later: snapshots from before do without.
  controlMode: z.union([z.literal(0), z.literal(1), z.literal(2)]).default(2),
  plain: z.boolean().optional(),
  mutual: z.array(z.string()).nullable().default(null),
  mebxSet: z.boolean().default(true),
  stored: z.record(z.string(), z.array(z.record(z.string(), value))).default({}),
  keys: z.array(z.object({ handle: z.number().int(), privateKey: z.string() })).default([])
})

/** One device in a snapshot. */
export type DeviceSnapshot = z.infer<typeof deviceSchema>

/** The fleet's lasting memory as plain JSON: hashes of passwords, keys of pretend devices, names and clocks. */
export interface FleetSnapshot {
  readonly version: 1
  readonly devices: readonly DeviceSnapshot[]
}

/** The devices of a snapshot, perhaps of another version, by FQDN: what does not read well is left out. */
export function readSnapshot(value: unknown): Map<string, DeviceSnapshot> {
  const outer = z.object({ version: z.literal(1), devices: z.array(z.unknown()) }).safeParse(value)
  const readable = (outer.success ? outer.data.devices : []).flatMap((each) => {
    const device = deviceSchema.safeParse(each)
    return device.success ? [device.data] : []
  })
  return new Map(readable.map((each) => [each.fqdn, each]))
}

/** What of a state is remembered: all that firmware keeps in its flash. */
const lastingNames = [
  ...(['digestRealm', 'accounts', 'generalSettings', 'clockOffset', 'provisioningState', 'certificate'] as const),
  ...(['controlMode', 'plain', 'mutual', 'mebxSet', 'stored', 'keys'] as const)
] as const

/** What of a device goes into a snapshot. */
export const lasting = (fqdn: string, state: DeviceState): DeviceSnapshot =>
  deviceSchema.parse({ fqdn, ...Object.fromEntries(lastingNames.map((name) => [name, state[name]])) })

/** True when a snapshot of one would not be one of the other. */
export const differs = (a: DeviceState, b: DeviceState): boolean => lastingNames.some((name) => a[name] !== b[name])
