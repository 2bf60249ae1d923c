// 802.1X on the cable, as the older AMT_ classes and the newer IPS_ classes have it.
import type { DeviceState } from '../state.ts'
import { type Fields, type Instance, referenceOf, selects, targetOf } from '../value.ts'
import { certificateAt, certificateNamed, keyFor } from './certificates.ts'
import {
  type Call,
  type Classes,
  type CreateOutcome,
  type MethodOutcome,
  no,
  ok,
  refer,
  status,
  writes
} from './kind.ts'
import { removeRow, rowsOf, table, withRows } from './table.ts'

const profileMade = (): readonly Instance[] => [
  {
    ActiveInS0: 'true',
    ElementName: 'Intel(r) AMT 802.1x Profile',
    Enabled: 'false',
    InstanceID: 'Intel(r) AMT 802.1x Profile 0',
    PxeTimeout: '0'
  }
]

const wired8021x = ['AuthenticationProtocol', 'Username', 'Domain', 'RoamingIdentity', 'ServerCertificateName']

/** EAP-TLS; every other method has a user and a password. */
const byCertificate = '0'

/** Firmware takes the methods of its class document and no others; by password somebody has to be named. */
const checkMethod =
  (isOn: (after: Instance) => boolean, methods: readonly string[]) =>
  (after: Instance): number | undefined => {
    const { AuthenticationProtocol: method, Username: user = '' } = after
    if (!isOn(after) || method === undefined) return undefined
    if (!methods.includes(String(method))) return status.parameter
    return method !== byCertificate && user === '' ? status.credentials : undefined
  }

/** TLS, TTLS, PEAP, GTC and EAP-FAST with three insides: the older class counts the last as 6, the newer ones as 10. */
const olderMethods = ['0', '1', '2', '3', '4', '5', '6']
export const newerMethods: readonly string[] = ['0', '1', '2', '3', '4', '5', '10']
const checkOlder = checkMethod(({ Enabled }) => Enabled === 'true', olderMethods)
const checkNewer = checkMethod(({ Enabled }) => Enabled !== '3', newerMethods)

/** A client proves itself by a certificate whose key is in the device. */
export function checkClient(state: DeviceState, fields: Fields, name: string, method: unknown): number | undefined {
  const reference = referenceOf(fields, name)
  if (!reference) return method === byCertificate ? status.credentials : undefined
  const certificate = certificateNamed(state, targetOf(reference))
  if (!certificate) return status.notFound
  return keyFor(state, certificate) ? undefined : status.mismatch
}

/** The certificates of wired 802.1X, kept as a context between certificate and settings; none given: none used any more. */
function setCertificates({ state, fields, instance }: Call): MethodOutcome {
  const method = instance.Enabled === '2' && fields.size > 0 ? instance.AuthenticationProtocol : undefined
  const refused = checkClient(state, fields, 'ClientCertificate', method)
  if (refused !== undefined) return no(state, refused)
  const ids = ['ServerCertificateIssuer', 'ClientCertificate'].flatMap((name) => {
    const reference = referenceOf(fields, name)
    return reference ? [targetOf(reference)] : []
  })
  if (!ids.every((id) => certificateNamed(state, id))) return no(state, status.notFound)
  const settings = refer('IPS_IEEE8021xSettings', { InstanceID: settingsId })
  const rows = ids.map((id) => ({ ElementInContext: certificateAt(id), ElementProvidingContext: settings }))
  return ok(withRows(state, 'IPS_8021xCredentialContext', rows))
}

const contextName = 'AMT_8021xCredentialContext'

/** A certificate for the 802.1X profile; the same one twice is refused. */
function createContext({ state, fields }: Omit<Call, 'instance' | 'at'>): CreateOutcome {
  const [of, by] = [referenceOf(fields, 'ElementInContext'), referenceOf(fields, 'ElementProvidingContext')]
  if (!of || !by || fields.size !== 2) return { refused: 'shape' }
  if (!certificateNamed(state, targetOf(of))) return { refused: status.notFound }
  const rows = rowsOf(state, contextName)
  if (rows.some((each) => selects(of, each.ElementInContext))) return { refused: 'exists' }
  const row = { ElementInContext: certificateAt(targetOf(of)), ElementProvidingContext: by }
  return { state: withRows(state, contextName, [...rows, row]), created: refer(contextName, row) }
}

const settingsId = 'Intel(r) AMT: 8021X Settings'

export const wired8021xClasses: Classes = {
  AMT_8021XProfile: table('AMT_8021XProfile', profileMade, {
    put: {
      optional: [...wired8021x, 'ClientCertificate', 'ServerCertificateIssuer', 'ServerCertificateNameComparison'],
      secret: ['Password', 'PACPassword', 'ProtectedAccessCredential'],
      text: wired8021x,
      check: (after, { state, fields }) =>
        checkOlder(after) ??
        checkClient(
          state,
          fields,
          'ClientCertificate',
          after.Enabled === 'true' ? after.AuthenticationProtocol : undefined
        )
    }
  }),
  AMT_8021xCredentialContext: table(contextName, () => [], { create: createContext, remove: removeRow(contextName) }),
  IPS_IEEE8021xSettings: table(
    'IPS_IEEE8021xSettings',
    () => [
      {
        AvailableInS0: 'false',
        ElementName: settingsId,
        Enabled: '3',
        InstanceID: settingsId,
        PxeTimeout: '120'
      }
    ],
    {
      put: {
        optional: [...wired8021x, 'ServerCertificateNameComparison'],
        secret: ['Password', 'PACPassword', 'PSK', 'ProtectedAccessCredential'],
        text: wired8021x,
        check: (after) => (['2', '3', '6'].includes(String(after.Enabled)) ? checkNewer(after) : status.parameter)
      },
      methods: { SetCertificates: writes(setCertificates) }
    }
  ),
  IPS_8021xCredentialContext: table('IPS_8021xCredentialContext', () => [])
}
