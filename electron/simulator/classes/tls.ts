// TLS: which certificate the device shows, whether it asks for one, and what of it takes effect at a commit.
import { generationOf, wantsEcc } from '../generations.ts'
import { isShortRsa, isSignedShort, readCertificate } from '../pki.ts'
import type { Certificate, DeviceState } from '../state.ts'
import { type Instance, isReference, referenceOf, targetOf } from '../value.ts'
import { certificateAt, certificateNamed, factoryId, keyFor, trustedRoots } from './certificates.ts'
import {
  type Call,
  type Classes,
  type CreateOutcome,
  type DeleteOutcome,
  fixed,
  type PutOutcome,
  refer,
  sorted,
  status
} from './kind.ts'
import { rowsOf, table, withRows } from './table.ts'

const settingName = 'AMT_TLSSettingData'
const contextName = 'AMT_TLSCredentialContext'
const collectionName = 'AMT_TLSProtocolEndpointCollection'
const collection = { ElementName: 'TLSProtocolEndpoint Instances Collection' }
const remoteId = 'Intel(r) AMT 802.3 TLS Settings'
const localId = 'Intel(r) AMT LMS TLS Settings'

function settingsMade(state: DeviceState): readonly Instance[] {
  const { tlsOnly } = generationOf(state.amtVersion)
  const setting = (id: string, enabled: boolean, plain: boolean): Instance =>
    sorted({
      AcceptNonSecureConnections: String(plain),
      ElementName: id,
      Enabled: String(enabled),
      InstanceID: id,
      MutualAuthentication: 'false',
      ...(tlsOnly && { NonSecureConnectionsSupported: 'false' })
    })
  const enabled = state.certificate !== null && state.provisioningState === 2
  return [setting(remoteId, enabled, false), setting(localId, false, true)]
}

function checkSetting(after: Instance, { state, instance }: Call): number | undefined {
  const { tlsOnly } = generationOf(state.amtVersion)
  if (after.InstanceID === localId)
    return after.AcceptNonSecureConnections === instance.AcceptNonSecureConnections ? undefined : status.notPermitted
  return tlsOnly && instance.Enabled === 'true' && after.Enabled === 'false' ? status.notPermitted : undefined
}

const contextOf = (certificate: string): Instance => ({
  ElementInContext: certificateAt(certificate),
  ElementProvidingContext: refer(collectionName, collection)
})

const contextsMade = (state: DeviceState): readonly Instance[] =>
  state.certificate !== null && state.provisioningState === 2 ? [contextOf(factoryId)] : []

const contextsOf = (state: DeviceState): readonly Instance[] => rowsOf(state, contextName, contextsMade)

/** The certificate a Create or Put names, when the device can stand behind it. */
function readContext({ state, fields }: Pick<Call, 'state' | 'fields'>): Instance | 'shape' | number {
  const id = targetOf(referenceOf(fields, 'ElementInContext'))
  const providing = referenceOf(fields, 'ElementProvidingContext')?.selectors.ElementName
  if (fields.size !== 2 || providing !== collection.ElementName) return 'shape'
  const certificate = certificateNamed(state, id)
  if (!certificate) return status.notFound
  if (id !== factoryId && !keyFor(state, certificate)) return status.keyMissing
  const read = readCertificate(String(certificate.X509Certificate))
  // Reported of AMT 22: RSA of 2048 bits, and signatures with SHA-256, are answered with AMT-STATUS 1.
  const isWeak = read !== undefined && (isShortRsa(read) || isSignedShort(read))
  return wantsEcc(state.amtVersion) && isWeak ? status.internal : contextOf(id)
}

function createContext(call: Omit<Call, 'instance' | 'at'>): CreateOutcome {
  if (contextsOf(call.state).length > 0) return { refused: 'exists' }
  const context = readContext(call)
  if (typeof context !== 'object') return { refused: context }
  const { ElementInContext, ElementProvidingContext } = context
  if (!isReference(ElementInContext) || !isReference(ElementProvidingContext)) return { refused: 'shape' }
  const state = { ...withRows(call.state, contextName, [context]), uncommitted: true }
  return { state, created: refer(contextName, { ElementInContext, ElementProvidingContext }) }
}

function putContext(call: Call): PutOutcome {
  const context = readContext(call)
  if (typeof context !== 'object') return { refused: context }
  return { state: { ...withRows(call.state, contextName, [context]), uncommitted: true }, instance: context }
}

const remoteSetting = (state: DeviceState): Instance | undefined =>
  rowsOf(state, settingName, settingsMade).find((each) => each.InstanceID === remoteId)

/** TLS needs its certificate as long as it is on. */
function removeContext({ state }: Call): DeleteOutcome {
  if (remoteSetting(state)?.Enabled === 'true') return { refused: status.notPermitted }
  return { state: withRows(state, contextName, []) }
}

function shown(state: DeviceState): Certificate | undefined {
  const [context] = contextsOf(state)
  const id = isReference(context?.ElementInContext) ? targetOf(context.ElementInContext) : ''
  if (id === factoryId && state.certificate) return state.certificate
  const row = certificateNamed(state, id)
  const key = row && keyFor(state, row)
  const read = readCertificate(String(row?.X509Certificate ?? ''))
  return key && read ? { certificate: read.toString(), key: key.privateKey } : undefined
}

/** The device with its TLS settings in force; `undefined` when something they need is missing. */
export function withTlsInForce(state: DeviceState): DeviceState | undefined {
  const setting = remoteSetting(state)
  const { tlsOnly } = generationOf(state.amtVersion)
  if (setting?.Enabled !== 'true') {
    // Where the plain port is gone the device falls back on the certificate it made itself.
    return tlsOnly
      ? { ...state, plain: false, mutual: null }
      : { ...state, plain: true, certificate: null, mutual: null }
  }
  const certificate = shown(state)
  const isMutual = setting.MutualAuthentication === 'true'
  if (!certificate || (isMutual && trustedRoots(state).length === 0)) return undefined
  const { TrustedCN: names = [] } = setting
  const list = typeof names === 'string' ? [names] : Array.isArray(names) ? names : []
  const plain = setting.AcceptNonSecureConnections === 'true' && !tlsOnly
  return { ...state, certificate, plain, mutual: isMutual ? list : null }
}

export const tlsClasses: Classes = {
  AMT_TLSSettingData: table(settingName, settingsMade, {
    put: {
      readOnly: ['NonSecureConnectionsSupported'],
      optional: ['TrustedCN'],
      pending: true,
      check: checkSetting
    }
  }),
  AMT_TLSCredentialContext: {
    ...table(contextName, contextsMade),
    create: createContext,
    put: putContext,
    remove: removeContext
  },
  AMT_TLSProtocolEndpointCollection: fixed([collection], false)
}
