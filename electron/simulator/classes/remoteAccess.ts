// CIRA: the servers a device calls, when it calls them, and the users it presents there.
import type { DeviceState } from '../state.ts'
import { type Instance, numberOf, referenceOf, selects, targetOf, textOf } from '../value.ts'
import { certificateAt, certificateNamed } from './certificates.ts'
import {
  type Call,
  type Classes,
  type CreateOutcome,
  type DeleteOutcome,
  fixed,
  type MethodOutcome,
  no,
  ok,
  refer,
  sorted,
  status,
  systemKeys,
  writes
} from './kind.ts'
import { removeRow, rowsOf, stateChange, table, withRows } from './table.ts'

const serverName = 'AMT_ManagementPresenceRemoteSAP'
const ruleName = 'AMT_RemoteAccessPolicyRule'
const appliesName = 'AMT_RemoteAccessPolicyAppliesToMPS'
const userName = 'AMT_MPSUsernamePassword'
const credentialName = 'AMT_RemoteAccessCredentialContext'
const maxServers = 4
/** Trigger 0, 1 and 2 of a policy rule. */
const triggers = ['User Initiated', 'Alert', 'Periodic'] as const

const title = (n: number): string => `Intel(r) AMT:Management Presence Server ${n}`
const rows = (state: DeviceState, name: string): readonly Instance[] => rowsOf(state, name)

function addServer({ state, fields }: Call): MethodOutcome {
  const format = numberOf(fields, 'InfoFormat')
  const port = numberOf(fields, 'Port')
  const method = numberOf(fields, 'AuthMethod')
  const info = textOf(fields, 'AccessInfo')
  if (info === '' || !port || ![3, 4, 201].includes(format ?? 0) || ![1, 2].includes(method ?? 0))
    return no(state, status.parameter)
  const certificate = referenceOf(fields, 'Certificate')
  if (method === 1 && !certificateNamed(state, targetOf(certificate))) return no(state, status.notFound)
  if (method === 2 && textOf(fields, 'Username') === '') return no(state, status.parameter)
  const others = rows(state, serverName)
  if (others.some((each) => each.AccessInfo === info && each.Port === String(port))) return no(state, status.duplicate)
  const taken = new Set(others.map((each) => each.Name))
  const at = Array.from({ length: maxServers }, (_, n) => n).find((n) => !taken.has(title(n)))
  if (at === undefined) return no(state, status.limit)
  const keys = systemKeys(serverName, title(at))
  const common = textOf(fields, 'CN')
  const server = sorted({
    ...keys,
    AccessInfo: info,
    ...(common !== '' && { CN: common }),
    ElementName: 'Intel(r) AMT:Management Presence Server',
    InfoFormat: String(format),
    Port: String(port)
  })
  const user = { InstanceID: `Intel(r) AMT:MPS Username Password ${at}`, RemoteID: textOf(fields, 'Username') }
  let next = withRows(state, serverName, [...others, server])
  if (method === 2) next = withRows(next, userName, [...rows(state, userName), user])
  if (method === 1 && certificate)
    next = withRows(next, credentialName, [
      ...rows(state, credentialName),
      { ElementInContext: certificateAt(targetOf(certificate)), ElementProvidingContext: refer(serverName, keys) }
    ])
  return ok(next, ['MpServer', refer(serverName, keys)])
}

function addRule({ state, fields }: Call): MethodOutcome {
  const trigger = numberOf(fields, 'Trigger')
  const name = trigger === undefined ? undefined : triggers[trigger]
  if (!name) return no(state, status.parameter)
  if (rows(state, ruleName).some((each) => each.PolicyRuleName === name)) return no(state, status.duplicate)
  const servers = (fields.get('MpServer') ?? []).map((each) =>
    typeof each === 'object' && 'selectors' in each ? targetOf(each) : ''
  )
  const known = rows(state, serverName)
  if (servers.length === 0 || !servers.every((id) => known.some((each) => each.Name === id)))
    return no(state, status.notFound)
  const keys = {
    CreationClassName: ruleName,
    PolicyRuleName: name,
    SystemCreationClassName: 'CIM_ComputerSystem',
    SystemName: 'Intel(r) AMT'
  }
  const rule = sorted({
    ...keys,
    ElementName: 'Inte(r) AMT:Remote Access Policy',
    ExtendedData: textOf(fields, 'ExtendedData'),
    Trigger: String(trigger),
    TunnelLifeTime: String(numberOf(fields, 'TunnelLifeTime') ?? 0)
  })
  const applies = servers.map((id, at) => ({
    ManagedElement: refer(serverName, systemKeys(serverName, id)),
    MpsType: '0',
    OrderOfAccess: String(at),
    PolicySet: refer(ruleName, keys)
  }))
  const added = withRows(state, ruleName, [...rows(state, ruleName), rule])
  return ok(withRows(added, appliesName, [...rows(state, appliesName), ...applies]), [
    'PolicyRule',
    refer(ruleName, keys)
  ])
}

/** One more server for a rule that is there already. */
function createApplies({ state, fields }: Omit<Call, 'instance' | 'at'>): CreateOutcome {
  const [server, rule] = [referenceOf(fields, 'ManagedElement'), referenceOf(fields, 'PolicySet')]
  if (!server || !rule) return { refused: 'shape' }
  const isThere = rows(state, ruleName).some((each) => each.PolicyRuleName === rule.selectors.PolicyRuleName)
  if (!isThere || !rows(state, serverName).some((each) => each.Name === targetOf(server)))
    return { refused: status.notFound }
  const others = rows(state, appliesName)
  if (others.some((each) => selects(server, each.ManagedElement) && selects(rule, each.PolicySet)))
    return { refused: 'exists' }
  const row = {
    ManagedElement: server,
    MpsType: String(numberOf(fields, 'MpsType') ?? 0),
    OrderOfAccess: String(numberOf(fields, 'OrderOfAccess') ?? others.length),
    PolicySet: rule
  }
  const created = refer(appliesName, { ManagedElement: server, PolicySet: rule })
  return { state: withRows(state, appliesName, [...others, row]), created }
}

/** Takes a row away together with the associations that lead to it. */
function removeWith(className: string, key: string, end: string): (call: Call) => DeleteOutcome {
  return ({ state, instance }) => {
    const gone = withRows(
      state,
      className,
      rows(state, className).filter((each) => each !== instance)
    )
    const left = rows(state, appliesName).filter((each) => {
      const reference = each[end]
      return !(typeof reference === 'object' && 'selectors' in reference && reference.selectors[key] === instance[key])
    })
    return { state: withRows(gone, appliesName, left) }
  }
}

/** The user of a server goes with it. */
const removeServer = (call: Call): DeleteOutcome => {
  const outcome = removeWith(serverName, 'Name', 'ManagedElement')(call)
  if ('refused' in outcome) return outcome
  const number = String(call.instance.Name).split(' ').at(-1)
  const users = rows(outcome.state, userName).filter((each) => !String(each.InstanceID).endsWith(` ${number}`))
  return { state: withRows(outcome.state, userName, users) }
}

const connectionMade = (): readonly Instance[] => [
  sorted({
    ...systemKeys('AMT_UserInitiatedConnectionService', 'Intel(r) AMT User Initiated Connection Service'),
    ElementName: 'Intel(r) AMT User Initiated Connection Service',
    EnabledState: '32771',
    LastConnectionReason: ''
  })
]

export const remoteAccessClasses: Classes = {
  AMT_ManagementPresenceRemoteSAP: table(serverName, () => [], { common: true, remove: removeServer }),
  AMT_RemoteAccessPolicyRule: table(ruleName, () => [], {
    remove: removeWith(ruleName, 'PolicyRuleName', 'PolicySet'),
    put: { text: ['ExtendedData'] }
  }),
  AMT_RemoteAccessPolicyAppliesToMPS: table(appliesName, () => [], {
    put: {},
    create: createApplies,
    remove: removeRow(appliesName)
  }),
  AMT_RemoteAccessCredentialContext: table(credentialName, () => []),
  AMT_MPSUsernamePassword: table(userName, () => [], {
    common: true,
    put: { secret: ['Secret'], optional: ['Algorithm', 'Protocol'], text: ['RemoteID'] }
  }),
  AMT_RemoteAccessCapabilities: fixed(
    [
      {
        ElementName: 'Intel(r) AMT:Remote Access Capabilities',
        InstanceID: 'Intel(r) AMT:Remote Access Capabilities',
        MaxMpsPerPolicy: '2',
        MaxTotalMpServers: String(maxServers),
        MaxTotalPolicies: String(triggers.length),
        MaxTotalProxyEntryPoints: '15'
      }
    ],
    false
  ),
  AMT_RemoteAccessService: fixed(
    [
      sorted({
        ...systemKeys('AMT_RemoteAccessService', 'Intel(r) AMT Remote Access Service'),
        ElementName: 'Intel(r) AMT Remote Access Service',
        IsRemoteTunnelConnected: 'false',
        RemoteTunnelKeepAliveTimeout: '4294967295'
      })
    ],
    true,
    {
      AddMpServer: writes(addServer),
      AddRemoteAccessPolicyRule: writes(addRule),
      CloseRemoteAccessConnection: writes(({ state }) => ok(state))
    }
  ),
  AMT_UserInitiatedConnectionService: table('AMT_UserInitiatedConnectionService', connectionMade, {
    common: true,
    methods: {
      RequestStateChange: stateChange(
        'AMT_UserInitiatedConnectionService',
        connectionMade,
        ['32768', '32769', '32770', '32771'],
        'EnabledState'
      )
    }
  })
}
