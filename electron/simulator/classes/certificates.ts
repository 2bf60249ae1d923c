// The certificate store: AMT_PublicKeyCertificate, AMT_PublicPrivateKeyPair and the service that fills them.
import { generationOf, type KeyKind, knowsEcc, type Room } from '../generations.ts'
import { fits, nameOf, publicKeyOf, readCertificate, readPrivateKey, signRequest, writeRequest } from '../pki.ts'
import type { DeviceKey, DeviceState } from '../state.ts'
import { type Instance, isReference, numberOf, referenceOf, targetOf, textOf, type Value } from '../value.ts'
import {
  type Call,
  type Classes,
  type DeleteOutcome,
  fixed,
  type MethodOutcome,
  no,
  ok,
  refer,
  service,
  sorted,
  status,
  writes
} from './kind.ts'
import { rowsOf, table, withRows } from './table.ts'

const certificateName = 'AMT_PublicKeyCertificate'
const certificateId = (handle: number): string => `Intel(r) AMT Certificate: Handle: ${handle}`
const keyId = (handle: number): string => `Intel(r) AMT Key: Handle: ${handle}`
/** More handles than any store has places. */
const mostHandles = 64
const roomOf = ({ amtVersion, faults: { places } }: DeviceState): Room =>
  places === null ? generationOf(amtVersion).room : { certificates: places, roots: places, keys: places }

/** A reference to a certificate of the store. */
export const certificateAt = (id: string) => refer(certificateName, { InstanceID: id })
/** The certificate a device made for itself, which nobody can take away. */
export const factoryId = certificateId(0)

function describe(id: string, blob: string, trusted: boolean): Instance {
  const read = readCertificate(blob)
  return sorted({
    ElementName: 'Intel(r) AMT Certificate',
    InstanceID: id,
    Issuer: nameOf(read?.issuer ?? ''),
    Subject: nameOf(read?.subject ?? ''),
    TrustedRootCertficate: String(trusted),
    X509Certificate: blob
  })
}

const ofPem = (pem: string): string => pem.replace(/-----[^-]+-----|\s/g, '')

const made = (state: DeviceState): readonly Instance[] =>
  state.certificate === null
    ? []
    : [{ ...describe(factoryId, ofPem(state.certificate.certificate), false), ReadOnlyCertificate: 'true' }]

/** Every certificate in the store. */
export const certificatesOf = (state: DeviceState): readonly Instance[] => rowsOf(state, certificateName, made)

/** The certificate of this InstanceID. */
export const certificateNamed = (state: DeviceState, id: string): Instance | undefined =>
  certificatesOf(state).find((each) => each.InstanceID === id)

/** The private key a certificate is over, if the device has it. */
export function keyFor(state: DeviceState, certificate: Instance): DeviceKey | undefined {
  const read = readCertificate(String(certificate.X509Certificate))
  return read && state.keys.find((each) => fits(read, each.privateKey))
}

/** Roots the device checks its clients and servers against, base64 DER. */
export const trustedRoots = (state: DeviceState): readonly string[] =>
  certificatesOf(state)
    .filter((each) => each.TrustedRootCertficate === 'true')
    .map((each) => String(each.X509Certificate))

const mentions = (value: Value, id: string): boolean => isReference(value) && targetOf(value) === id

/** True when some other stored instance refers to this one. */
const isInUse = (state: DeviceState, id: string): boolean =>
  Object.values(state.stored).some((rows) => rows.some((row) => Object.values(row).some((each) => mentions(each, id))))

function addCertificate({ state, fields }: Call, trusted: boolean): MethodOutcome {
  const blob = textOf(fields, 'CertificateBlob').replace(/\s/g, '')
  if (!readCertificate(blob)) return no(state, status.badCertificate)
  // Intel's documentation: a root can not be added while mutual authentication is on.
  if (trusted && state.mutual !== null) return no(state, status.notPermitted)
  const rows = certificatesOf(state)
  if (rows.some((each) => each.X509Certificate === blob)) return no(state, status.duplicate)
  const { certificates, roots } = roomOf(state)
  const isFull = rows.length >= certificates || (trusted && trustedRoots(state).length >= roots)
  if (isFull) return no(state, status.limit)
  const handles = new Set(rows.map((each) => each.InstanceID))
  const free = Array.from({ length: mostHandles + 1 }, (_, n) => certificateId(n + 1))
  const id = free.find((each) => !handles.has(each)) ?? ''
  const next = withRows(state, certificateName, [...rows, describe(id, blob, trusted)])
  return ok(next, ['CreatedCertificate', certificateAt(id)])
}

function removeCertificate({ state, instance }: Call): DeleteOutcome {
  const id = String(instance.InstanceID)
  if (instance.ReadOnlyCertificate === 'true' || isInUse(state, id)) return { refused: status.notPermitted }
  const rows = certificatesOf(state).filter((each) => each !== instance)
  return { state: withRows(state, certificateName, rows) }
}

function withKey(state: DeviceState, privateKey: string): { state: DeviceState; id: string } | number {
  if (state.keys.some((each) => each.privateKey === privateKey)) return status.duplicate
  if (state.keys.length >= roomOf(state).keys) return status.limit
  const taken = new Set(state.keys.map((each) => each.handle))
  const handle = Array.from({ length: mostHandles }, (_, n) => n).find((each) => !taken.has(each)) ?? 0
  return { state: { ...state, keys: [...state.keys, { handle, privateKey }] }, id: keyId(handle) }
}

function keep(state: DeviceState, privateKey: string, output: 'KeyPair' | 'CreatedKey'): MethodOutcome {
  const kept = withKey(state, privateKey)
  if (typeof kept === 'number') return no(state, kept)
  return ok(kept.state, [output, refer('AMT_PublicPrivateKeyPair', { InstanceID: kept.id })])
}

/** KeyAlgorithm 0 is RSA of 2048 bits, and from AMT 21 on 1 is ECC of 384: all that firmware makes. */
function wantedKey({ state, fields }: Call): KeyKind | undefined {
  const wanted = `${numberOf(fields, 'KeyAlgorithm')}/${numberOf(fields, 'KeyLength')}`
  if (wanted === '0/2048') return 'rsa'
  return wanted === '1/384' && knowsEcc(state.amtVersion) ? 'ecc' : undefined
}

function generateKeyPair(call: Call): MethodOutcome {
  const { state } = call
  const kind = wantedKey(call)
  if (kind === undefined) return no(state, status.unsupported)
  const { faults, spareKey } = state
  if (faults.keysBusy > 0)
    return no({ ...state, faults: { ...faults, keysBusy: faults.keysBusy - 1 } }, status.generating)
  if (spareKey === null) return { ...no(state, status.keysNotReady), needs: kind }
  return keep({ ...state, spareKey: null }, spareKey, 'KeyPair')
}

function addKey({ state, fields }: Call): MethodOutcome {
  const key = readPrivateKey(textOf(fields, 'KeyBlob'))
  return key === undefined ? no(state, status.badKey) : keep(state, key, 'CreatedKey')
}

function sign({ state, fields }: Call): MethodOutcome {
  const id = targetOf(referenceOf(fields, 'KeyPair'))
  const key = state.keys.find((each) => keyId(each.handle) === id)
  if (!key) return no(state, status.keyMissing)
  const request = textOf(fields, 'NullSignedCertificateRequest')
  const algorithm = numberOf(fields, 'SigningAlgorithm') ?? -1
  if (algorithm > 1 && !knowsEcc(state.amtVersion)) return no(state, status.parameter)
  const signed = signRequest(request, key.privateKey, algorithm)
  return signed === undefined ? no(state, status.parameter) : ok(state, ['SignedCertificateRequest', signed])
}

/** The older way: the device writes the request itself. Which digest it signs with is believed to be SHA-1. */
function request({ state, fields }: Call): MethodOutcome {
  const id = targetOf(referenceOf(fields, 'KeyPair'))
  const key = state.keys.find((each) => keyId(each.handle) === id)
  if (!key) return no(state, status.keyMissing)
  const written = writeRequest(textOf(fields, 'DNName'), key.privateKey)
  return written === undefined ? no(state, status.parameter) : ok(state, ['CertificateRequest', written])
}

/** A key stays as long as a certificate is over it. */
function removeKey({ state, instance }: Call): DeleteOutcome {
  const key = state.keys.find((each) => keyId(each.handle) === instance.InstanceID)
  if (!key || certificatesOf(state).some((each) => keyFor(state, each) === key)) return { refused: status.notPermitted }
  return { state: { ...state, keys: state.keys.filter((each) => each !== key) } }
}

export const certificateClasses: Classes = {
  AMT_PublicKeyCertificate: table(certificateName, made, {
    common: true,
    remove: removeCertificate,
    put: { readOnly: ['Issuer', 'Subject', 'TrustedRootCertficate', 'ReadOnlyCertificate'], text: ['X509Certificate'] }
  }),
  AMT_PublicPrivateKeyPair: {
    common: true,
    instances: (state) =>
      state.keys.map((each) => ({
        DERKey: publicKeyOf(each.privateKey),
        ElementName: 'Intel(r) AMT Key',
        InstanceID: keyId(each.handle)
      })),
    remove: removeKey,
    methods: {}
  },
  AMT_PublicKeyManagementCapabilities: {
    common: false,
    instances: (state) => [
      {
        CertChainMaxSize: '4100',
        CommonNameMaxCount: '4',
        CommonNameMaxSize: '63',
        ElementName: 'Intel(r) AMT Certificate Store Capabilities',
        InstanceID: 'Intel(r) AMT: Certificate Store Capabilities',
        MaximumCRLSize: '1500',
        RootCertMaxCount: String(roomOf(state).roots),
        RootCertMaxSize: '1500',
        SupportedKeyLengths: ['2048']
      }
    ],
    methods: {}
  },
  AMT_PublicKeyManagementService: fixed(
    [
      {
        ...service('AMT_PublicKeyManagementService', 'Intel(r) AMT Certificate Store Service', {
          EnabledDefault: '5',
          Name: 'Intel(r) AMT Public Key Management Service'
        })
      }
    ],
    true,
    {
      AddCertificate: writes((call) => addCertificate(call, false)),
      AddTrustedRootCertificate: writes((call) => addCertificate(call, true)),
      AddKey: writes(addKey),
      GenerateKeyPair: writes(generateKeyPair),
      GeneratePKCS10RequestEx: writes(sign),
      GeneratePKCS10Request: writes(request),
      AddCRL: writes(({ state }) => ok(state)),
      ResetCRLList: writes(({ state }) => ok(state))
    }
  )
}
