// Wi-Fi: the port, the profiles, and the service that adds them.
import type { DeviceState } from '../state.ts'
import { type Fields, type Instance, isReference, numberOf, partOf, referenceOf, targetOf, textOf } from '../value.ts'
import { certificateAt, certificateNamed } from './certificates.ts'
import {
  type Call,
  type Classes,
  fixed,
  type MethodOutcome,
  no,
  ok,
  refer,
  service,
  sorted,
  status,
  systemKeys,
  writes
} from './kind.ts'
import { removeRow, rowsOf, stateChange, table, withRows } from './table.ts'
import { checkClient, newerMethods } from './wired8021x.ts'

const profileName = 'CIM_WiFiEndpointSettings'
const settingsName = 'CIM_IEEE8021xSettings'
const maxProfiles = 8
/** WPA, WPA2 and WPA3 with a passphrase or without one; 5 and 7 are their 802.1X forms. */
const methods = new Set([4, 5, 6, 7, 32768, 32769])
const with8021x = new Set([5, 7])
const ciphers = new Set([3, 4])

const portMade = (): readonly Instance[] => [
  {
    CreationClassName: 'CIM_WiFiPort',
    DeviceID: 'WiFi Port 0',
    ElementName: 'WiFi Port 0',
    EnabledState: '3',
    HealthState: '5',
    LinkTechnology: '11',
    PermanentAddress: '000000000000',
    PortType: '0',
    RequestedState: '3',
    SystemCreationClassName: 'CIM_ComputerSystem',
    SystemName: 'Intel(r) AMT'
  }
]

/** 802.1X of a network: a method of the class document, a user and a password, or a certificate of the device. */
function checkEap(state: DeviceState, fields: Fields): number | undefined {
  const given = partOf(fields, 'IEEE8021xSettingsInput')
  if (!given) return status.credentials
  const method = textOf(given, 'AuthenticationProtocol')
  if (!newerMethods.includes(method)) return status.parameter
  const needs = method === '0' ? [] : ['Username', 'Password']
  if (needs.some((name) => textOf(given, name) === '')) return status.credentials
  return checkClient(state, fields, 'ClientCredential', method)
}

/** A profile as the request describes it, or the PT_STATUS of what is wrong with it. */
function readProfile({ state, fields }: Call): Instance | number {
  const given = partOf(fields, 'WiFiEndpointSettingsInput')
  if (!given) return status.parameter
  const [id, ssid] = [textOf(given, 'InstanceID'), textOf(given, 'SSID')]
  const method = numberOf(given, 'AuthenticationMethod') ?? 0
  const cipher = numberOf(given, 'EncryptionMethod') ?? 0
  const priority = numberOf(given, 'Priority') ?? 0
  if (id === '' || ssid === '' || ssid.length > 32 || !methods.has(method) || !ciphers.has(cipher))
    return status.parameter
  const phrase = textOf(given, 'PSKPassPhrase')
  const needsPhrase = !with8021x.has(method) && method !== 32769
  if (needsPhrase && (phrase.length < 8 || phrase.length > 63)) return status.passphrase
  const refused = with8021x.has(method) ? checkEap(state, fields) : undefined
  if (refused !== undefined) return refused
  if (priority < 1 || priority > 255) return status.priority
  const others = state.stored[profileName] ?? []
  if (others.some((each) => each.InstanceID === id || each.SSID === ssid)) return status.duplicate
  if (others.some((each) => each.Priority === String(priority))) return status.priority
  return sorted({
    AuthenticationMethod: String(method),
    BSSType: '3',
    ElementName: textOf(given, 'ElementName'),
    EncryptionMethod: String(cipher),
    InstanceID: id,
    Priority: String(priority),
    SSID: ssid
  })
}

const contextName = 'CIM_CredentialContext'

/** Without these settings of 802.1X and what says which certificates they use. Their network may go before them. */
function withoutEap(state: DeviceState, id: string): DeviceState {
  const others = rowsOf(state, settingsName).filter(({ InstanceID }) => InstanceID !== id)
  const contexts = rowsOf(state, contextName).filter(({ ElementProvidingContext: of }) => {
    return !isReference(of) || targetOf(of) !== id
  })
  return withRows(withRows(state, settingsName, others), contextName, contexts)
}

const settingsOf = (call: Call): readonly Instance[] => {
  const given = partOf(call.fields, 'IEEE8021xSettingsInput')
  if (!given) return []
  const names = ['AuthenticationProtocol', 'ElementName', 'InstanceID', 'RoamingIdentity', 'Username', 'Domain']
  const texts = [...names, 'ServerCertificateName', 'ServerCertificateNameComparison'].map(
    (each) => [each, textOf(given, each)] as const
  )
  return [sorted(Object.fromEntries(texts.filter(([, text]) => text !== '')))]
}

function addProfile(call: Call): MethodOutcome {
  const { state, fields } = call
  const profile = readProfile(call)
  if (typeof profile === 'number') return no(state, profile)
  const rows = state.stored[profileName] ?? []
  if (rows.length >= maxProfiles) return no(state, status.limit)
  const ids = ['ClientCredential', 'CACredential'].flatMap((name) => {
    const reference = referenceOf(fields, name)
    return reference ? [targetOf(reference)] : []
  })
  if (!ids.every((id) => certificateNamed(state, id))) return no(state, status.notFound)
  const settings = settingsOf(call)
  const at = refer(settingsName, { InstanceID: String(settings[0]?.InstanceID ?? '') })
  const contexts = ids.map((id) => ({ ElementInContext: certificateAt(id), ElementProvidingContext: at }))
  let next = withRows(state, profileName, [...rows, profile])
  if (settings.length > 0) {
    next = withoutEap(next, String(settings[0]?.InstanceID))
    next = withRows(next, settingsName, [...rowsOf(next, settingsName), ...settings])
    next = withRows(next, contextName, [...rowsOf(next, contextName), ...contexts])
  }
  return ok(next, ['WiFiEndpointSettings', refer(profileName, { InstanceID: String(profile.InstanceID) })])
}

function updateProfile(call: Call): MethodOutcome {
  const id = targetOf(referenceOf(call.fields, 'WiFiEndpointSettings'))
  const rows = call.state.stored[profileName] ?? []
  if (!rows.some((each) => each.InstanceID === id)) return no(call.state, status.notFound)
  const without = withRows(
    call.state,
    profileName,
    rows.filter((each) => each.InstanceID !== id)
  )
  const outcome = addProfile({ ...call, state: without })
  return outcome.returnValue === status.ok ? outcome : no(call.state, outcome.returnValue)
}

export const wifiClasses: Classes = {
  CIM_WiFiPort: table('CIM_WiFiPort', portMade, {
    common: true,
    methods: {
      // Off, only in S0, and in S0 and Sx.
      RequestStateChange: stateChange('CIM_WiFiPort', portMade, ['3', '32768', '32769'], 'EnabledState')
    }
  }),
  CIM_WiFiEndpoint: fixed([{ ElementName: 'CIM_WiFiEndpoint' }], false),
  CIM_WiFiEndpointCapabilities: fixed([{ ElementName: 'CIM_WiFiEndpointCapabilities' }], false),
  CIM_WiFiPortCapabilities: fixed([{ ElementName: 'CIM_WiFiPortCapabilities' }], false),
  CIM_WiFiEndpointSettings: table(profileName, () => [], {
    remove: removeRow(profileName),
    put: { text: ['SSID', 'ElementName'], secret: ['PSKPassPhrase', 'PSKValue', 'Keys'], optional: ['KeyIndex'] }
  }),
  CIM_IEEE8021xSettings: table(settingsName, () => [], {
    remove: ({ state, instance }) => ({ state: withoutEap(state, String(instance.InstanceID)) }),
    put: {
      text: ['Username', 'Domain', 'RoamingIdentity', 'ServerCertificateName', 'ElementName'],
      optional: ['Username', 'Domain', 'RoamingIdentity', 'ServerCertificateName', 'ServerCertificateNameComparison'],
      secret: ['Password', 'PACPassword', 'PSK', 'ProtectedAccessCredential']
    }
  }),
  CIM_CredentialContext: table('CIM_CredentialContext', () => []),
  AMT_WiFiPortConfigurationService: table(
    'AMT_WiFiPortConfigurationService',
    () => [
      sorted({
        ...service('AMT_WiFiPortConfigurationService', 'Intel(r) AMT WiFi Port Configuration Service'),
        ...systemKeys('AMT_WiFiPortConfigurationService', 'Intel(r) AMT WiFi Port Configuration Service'),
        ElementName: 'Intel(r) AMT WiFiPort Configuration Service',
        HealthState: '5',
        LastConnectedSsidUnderMeControl: '',
        NoHostCsmeSoftwarePolicy: '0',
        UEFIWiFiProfileShareEnabled: 'false',
        localProfileSynchronizationEnabled: '0'
      })
    ],
    {
      common: true,
      put: { readOnly: ['LastConnectedSsidUnderMeControl'], optional: ['UEFIWiFiProfileShareEnabled'] },
      methods: {
        AddWiFiSettings: writes(addProfile),
        UpdateWiFiSettings: writes(updateProfile),
        DeleteAllITProfiles: writes(({ state }) => ok(withRows(state, profileName, []))),
        // Profiles of the user come from the operating system, and a practice device has none.
        DeleteAllUserProfiles: writes(({ state }) => ok(state))
      }
    }
  )
}
