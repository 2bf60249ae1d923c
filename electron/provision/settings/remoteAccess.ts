// Remote access (CIRA): the servers a device calls from outside, when it calls them, and whether its user may.
import { ok, type Result } from '../../../shared/problem.ts'
import type { PresenceServer } from '../../../shared/profile.ts'
import { managementPresenceRemoteSAP } from '../../wsman/amt/managementPresenceRemoteSAP.ts'
import { remoteAccessPolicyRule } from '../../wsman/amt/remoteAccessPolicyRule.ts'
import { remoteAccessService } from '../../wsman/amt/remoteAccessService.ts'
import { userInitiatedConnectionService } from '../../wsman/amt/userInitiatedConnectionService.ts'
import type { Attempt } from '../attempt.ts'
import { isInUse, markSent, markTaken } from '../escrow.ts'
import { valuesSetting, type Wanted } from '../setting.ts'
import { openedDevice } from '../steps/opened.ts'

const userMay = 32771
const userMayNot = 32768
/** Trigger and format numbers (wsman.md 3.5). */
const periodic = 2
const passwordLogin = 2
const format = { ipv4: 3, fqdn: 201 } as const

const addressOf = ({ host, port }: PresenceServer): string => `${host}:${port}`
const periodicRule = (every: number): string => `Periodic, every ${every * 60} s`

/** ExtendedData of a periodic rule: two 32-bit numbers, big-endian; 0 stands for an interval in seconds. */
function intervalData(every: number): Uint8Array {
  const data = Buffer.alloc(8)
  data.writeUInt32BE(every * 60, 4)
  return new Uint8Array(data)
}

const ruleWords = (name: string, data: Uint8Array | undefined): string =>
  name === 'Periodic' && data?.length === 8 ? `Periodic, every ${Buffer.from(data).readUInt32BE(4)} s` : name

async function read(attempt: Attempt): Promise<Result<Wanted>> {
  const device = openedDevice(attempt)
  const servers = await managementPresenceRemoteSAP.enumerate(device)
  if (!servers.ok) return servers
  const rules = await remoteAccessPolicyRule.enumerate(device)
  if (!rules.ok) return rules
  const user = await userInitiatedConnectionService.get(device)
  if (!user.ok) return user
  return ok({
    servers: servers.value.map(({ values }) => `${values.AccessInfo}:${values.Port}`),
    rules: rules.value.map(({ values }) => ruleWords(values.PolicyRuleName, values.ExtendedData)),
    user: user.value.values.EnabledState !== userMayNot
  })
}

async function want(attempt: Attempt): Promise<Result<Wanted>> {
  const { remoteAccess: wanted } = attempt.plan.profile
  if (wanted.kind !== 'server') return ok({ servers: [], rules: [], user: false })
  const { server } = wanted
  const inUse = await isInUse(attempt, `server ${addressOf(server)}`, server.slot ?? '')
  if (!inUse.ok) return inUse
  // A password of somebody else's setting cannot be told from ours, so such a server is made anew.
  const renewed = inUse.value ? {} : { password: 'the one given' }
  return ok({ servers: [addressOf(server)], rules: [periodicRule(server.every)], ...renewed })
}

async function clear(attempt: Attempt): Promise<Result<null>> {
  const device = openedDevice(attempt)
  const rules = await remoteAccessPolicyRule.enumerate(device)
  if (!rules.ok) return rules
  for (const { values } of rules.value) {
    const gone = await remoteAccessPolicyRule.delete(device, { PolicyRuleName: values.PolicyRuleName })
    if (!gone.ok) return gone
  }
  const servers = await managementPresenceRemoteSAP.enumerate(device)
  if (!servers.ok) return servers
  for (const { values } of servers.value) {
    const gone = await managementPresenceRemoteSAP.delete(device, { Name: values.Name })
    if (!gone.ok) return gone
  }
  return ok(null)
}

async function add(attempt: Attempt, server: PresenceServer): Promise<Result<null>> {
  const { host, port, username, slot = '', every } = server
  const password = await attempt.tools.vault.read(slot)
  if (!password.ok) return password
  const device = openedDevice(attempt)
  markSent(attempt, `server ${addressOf(server)}`, slot, username)
  const added = await remoteAccessService.addMpServer(device, {
    AccessInfo: host,
    InfoFormat: /^\d+(?:\.\d+){3}$/.test(host) ? format.ipv4 : format.fqdn,
    Port: port,
    AuthMethod: passwordLogin,
    Username: username,
    Password: password.value,
    CN: host
  })
  if (!added.ok) return added
  markTaken(attempt, `server ${addressOf(server)}`, slot)
  const ruled = await remoteAccessService.addRemoteAccessPolicyRule(device, {
    Trigger: periodic,
    TunnelLifeTime: 0,
    ExtendedData: intervalData(every),
    MpServer: [added.value.MpServer]
  })
  return ruled.ok ? ok(null) : ruled
}

const lost = 'The password for the server cannot be read back from the device.'

export const remoteAccess = valuesSetting({
  name: 'remoteAccess',
  wanted: ({ remoteAccess: { kind }, cleanUp }) => kind !== 'keep' || cleanUp === 'clear',
  values: {
    servers: { title: 'Management presence servers', irreversible: lost },
    rules: { title: 'Calls from outside', irreversible: lost },
    password: { title: 'Password for the management presence server', irreversible: lost },
    user: { title: 'Calls by the user' }
  },
  want,
  read,
  async write(attempt, change) {
    if ('servers' in change || 'rules' in change || 'password' in change) {
      const cleared = await clear(attempt)
      if (!cleared.ok) return cleared
      const { remoteAccess: wanted } = attempt.plan.profile
      if (wanted.kind === 'server') {
        const added = await add(attempt, wanted.server)
        if (!added.ok) return added
      }
    }
    if (!('user' in change)) return ok(null)
    const RequestedState = change.user === true ? userMay : userMayNot
    return userInitiatedConnectionService.requestStateChange(openedDevice(attempt), { RequestedState })
  }
})
