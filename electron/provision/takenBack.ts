// What an old manager would change on a device it takes back: read once when the device is ours, and compared with later.
import { z } from 'zod'
import { ok, type Result } from '../../shared/problem.ts'
import { authorizationService } from '../wsman/amt/authorizationService.ts'
import { generalSettings } from '../wsman/amt/generalSettings.ts'
import { managementPresenceRemoteSAP } from '../wsman/amt/managementPresenceRemoteSAP.ts'
import { setupAndConfigurationService } from '../wsman/amt/setupAndConfigurationService.ts'
import type { Device } from '../wsman/client.ts'

/** Absent = this firmware does not tell. */
export const seenSchema = z.object({
  guid: z.string(),
  name: z.string().optional(),
  admin: z.string().optional(),
  /** ProvisioningState and ProvisioningMode as the firmware has them. */
  state: z.string().optional(),
  users: z.array(z.string()).optional(),
  servers: z.array(z.string()).optional()
})
export type Seen = z.infer<typeof seenSchema>

/** The value, or nothing where the firmware does not tell; a broken connection is a Problem. */
function told<T>(answer: Result<T>): Result<T | undefined> {
  if (answer.ok) return answer
  const { code } = answer.problem
  const silent = ['class-missing', 'instance-missing', 'access-denied', 'amt-refused', 'soap-fault'].includes(code)
  return silent ? ok(undefined) : answer
}

async function usersOf(device: Device): Promise<Result<string[] | undefined>> {
  const listed = told(await authorizationService.enumerateUserAclEntries(device, { StartIndex: 1 }))
  if (!listed.ok || listed.value === undefined) return listed as Result<undefined>
  const names: string[] = []
  for (const handle of listed.value.Handles) {
    const entry = told(await authorizationService.getUserAclEntryEx(device, { Handle: handle }))
    if (!entry.ok) return entry
    const { DigestUsername, KerberosUserSid } = entry.value ?? {}
    names.push(
      DigestUsername ?? (KerberosUserSid && Buffer.from(KerberosUserSid).toString('hex')) ?? `number ${handle}`
    )
  }
  return ok(names.sort())
}

async function serversOf(device: Device): Promise<Result<string[] | undefined>> {
  const found = told(await managementPresenceRemoteSAP.enumerate(device))
  if (!found.ok || found.value === undefined) return found as Result<undefined>
  return ok(found.value.map(({ values }) => values.AccessInfo ?? values.Name).sort())
}

/** Reads, never writes. */
export async function see(device: Device): Promise<Result<Seen>> {
  const uuid = await setupAndConfigurationService.getUuid(device)
  if (!uuid.ok) return uuid
  const general = told(await generalSettings.get(device))
  if (!general.ok) return general
  const setup = told(await setupAndConfigurationService.get(device))
  if (!setup.ok) return setup
  const admin = told(await authorizationService.getAdminAclEntry(device))
  if (!admin.ok) return admin
  const users = await usersOf(device)
  if (!users.ok) return users
  const servers = await serversOf(device)
  if (!servers.ok) return servers
  const { HostName = '', DomainName = '' } = general.value?.values ?? {}
  return ok({
    guid: uuid.value.guid,
    ...(general.value && { name: [HostName, DomainName].filter((part) => part !== '').join('.') }),
    ...(setup.value && {
      state: `${setup.value.values.ProvisioningState}/${setup.value.values.ProvisioningMode ?? '-'}`
    }),
    ...(admin.value && { admin: admin.value.Username }),
    ...(users.value && { users: users.value }),
    ...(servers.value && { servers: servers.value })
  })
}

const added = (before: readonly string[] = [], now: readonly string[] = []): readonly string[] =>
  now.filter((one) => !before.includes(one))

/** What differs, in words; a value that one of the two looks could not read says nothing. */
export function differences(before: Seen, now: Seen): readonly string[] {
  const changed = (what: string, key: 'name' | 'admin' | 'state'): readonly string[] =>
    before[key] === undefined || now[key] === undefined || before[key] === now[key]
      ? []
      : [`${what}: ${before[key] || '(none)'} → ${now[key] || '(none)'}`]
  const lists = (what: string, key: 'users' | 'servers'): readonly string[] =>
    before[key] === undefined || now[key] === undefined
      ? []
      : [
          ...added(before[key], now[key]).map((one) => `${what} added: ${one}`),
          ...added(now[key], before[key]).map((one) => `${what} removed: ${one}`)
        ]
  return [
    ...changed('Admin account', 'admin'),
    ...changed('Provisioning state', 'state'),
    ...changed('Host name', 'name'),
    ...lists('Account', 'users'),
    ...lists('Management presence server', 'servers')
  ]
}
