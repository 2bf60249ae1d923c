// IPS_HostBasedSetupService: activation through the own host. Its return values are its own, not PT_STATUS.
import { createHash } from 'node:crypto'
import { generationOf, knowsEcc, wantsEcc } from '../generations.ts'
import { isSigned, readCertificate, refusedChain } from '../pki.ts'
import { factoryRoots } from '../roots.ts'
import type { DeviceState } from '../state.ts'
import { type Fields, numberOf, textOf } from '../value.ts'
import { type Call, type Classes, type MethodOutcome, no, ok, sorted, systemKeys, writes } from './kind.ts'

const name = 'Intel(r) AMT Host Based Setup Service'
const setupCode = { state: 2, parameter: 3, method: 4 } as const
const chainCode = { parameter: 1, state: 3, verify: 4, tooLong: 5 } as const
const adminCode = { internal: 1, state: 2, parameter: 3, authentication: 5 } as const
/** Firmware takes at most this many certificates between leaf and root, both included. */
const longestChain = 4

/** 20 bytes that change with every new setup; derived, so that the device stays a function. */
const nonceOf = (state: DeviceState): Buffer =>
  createHash('sha1').update(`${state.uuid}${state.digestRealm}${state.controlMode}`).digest()

/** NetAdminPassEncryptionType 2: 32 hex digits of MD5(admin:realm:password). */
const readPassword = (fields: Fields): string | undefined => {
  const ha1 = textOf(fields, 'NetworkAdminPassword')
  return numberOf(fields, 'NetAdminPassEncryptionType') === 2 && /^[0-9a-f]{32}$/i.test(ha1)
    ? ha1.toLowerCase()
    : undefined
}

function activated(state: DeviceState, ha1: string, controlMode: 1 | 2): DeviceState {
  const { tlsOnly } = generationOf(state.amtVersion)
  return {
    ...state,
    accounts: [{ name: 'admin', ha1, admin: true }],
    accountsVersion: state.accountsVersion + 1,
    provisioningState: 2,
    controlMode,
    plain: !tlsOnly,
    chain: [],
    uncommitted: false
  }
}

function setup({ state, fields }: Call): MethodOutcome {
  if (state.provisioningState === 2) return no(state, setupCode.state)
  const ha1 = readPassword(fields)
  if (ha1 === undefined) return no(state, setupCode.parameter)
  return ok(activated(state, ha1, 1))
}

function addNextCertificate({ state, fields }: Call): MethodOutcome {
  if (state.controlMode === 2) return no(state, chainCode.state)
  const blob = textOf(fields, 'NextCertificate').replace(/\s/g, '')
  const certificate = readCertificate(blob)
  const isLeaf = textOf(fields, 'IsLeafCertificate') === 'true'
  if (!certificate || isLeaf !== (state.chain.length === 0)) return no(state, chainCode.parameter)
  if (state.chain.length >= longestChain) return no({ ...state, chain: [] }, chainCode.tooLong)
  const before = readCertificate(state.chain.at(-1) ?? '')
  if (before && !before.verify(certificate.publicKey)) return no({ ...state, chain: [] }, chainCode.verify)
  const chain = [...state.chain, blob]
  if (textOf(fields, 'IsRootCertificate') === 'true') {
    const whole = chain.flatMap((each) => readCertificate(each) ?? [])
    const { roots = [], dnsSuffix = '' } = state.setup ?? {}
    if (refusedChain(whole, { roots: [...roots, ...factoryRoots], dnsSuffix }) !== undefined)
      return no({ ...state, chain: [] }, chainCode.verify)
  }
  return ok({ ...state, chain })
}

/** The signature is over the firmware's nonce and then the caller's, by the leaf of the chain handed over before. */
function isAuthentic({ state, fields }: Call, hash: string): boolean {
  const leaf = readCertificate(state.chain[0] ?? '')
  const last = readCertificate(state.chain.at(-1) ?? '')
  const nonces = Buffer.concat([nonceOf(state), Buffer.from(textOf(fields, 'McNonce'), 'base64')])
  const isWhole = last !== undefined && last.issuer === last.subject
  return leaf !== undefined && isWhole && isSigned(leaf, nonces, hash, textOf(fields, 'DigitalSignature'))
}

/** How the caller signed: SigningAlgorithm 2 is SHA-256, 3 is SHA-384 from AMT 21 on; AMT 22 takes no other. */
function hashOf({ state, fields }: Call): 'sha256' | 'sha384' | number {
  const algorithm = numberOf(fields, 'SigningAlgorithm')
  if (Buffer.from(textOf(fields, 'McNonce'), 'base64').length !== 20) return adminCode.parameter
  if (algorithm === 2) return wantsEcc(state.amtVersion) ? adminCode.internal : 'sha256'
  return algorithm === 3 && knowsEcc(state.amtVersion) ? 'sha384' : adminCode.parameter
}

function adminSetup(call: Call): MethodOutcome {
  const { state, fields } = call
  if (state.provisioningState === 2) return no(state, adminCode.state)
  const ha1 = readPassword(fields)
  const hash = hashOf(call)
  if (ha1 === undefined || typeof hash === 'number')
    return no(state, typeof hash === 'number' ? hash : adminCode.parameter)
  return isAuthentic(call, hash) ? ok(activated(state, ha1, 2)) : no(state, adminCode.authentication)
}

function upgrade(call: Call): MethodOutcome {
  const { state } = call
  if (state.controlMode !== 1) return no(state, adminCode.state)
  const hash = hashOf(call)
  if (typeof hash === 'number') return no(state, hash)
  if (!isAuthentic(call, hash)) return no(state, adminCode.authentication)
  return ok({ ...state, controlMode: 2, chain: [] })
}

export const hostSetupClasses: Classes = {
  IPS_HostBasedSetupService: {
    common: true,
    instances: (state) => [
      sorted({
        ...systemKeys('IPS_HostBasedSetupService', name),
        AllowedControlModes: ['2', '1'],
        CertChainStatus: state.chain.length === 0 ? '0' : '1',
        ConfigurationNonce: nonceOf(state).toString('base64'),
        CurrentControlMode: String(state.controlMode),
        ElementName: name
      })
    ],
    methods: {
      Setup: writes(setup),
      AddNextCertInChain: writes(addNextCertificate),
      AdminSetup: writes(adminSetup),
      UpgradeClientToAdmin: writes(upgrade),
      DisableClientControlMode: writes(({ state }) => no(state, setupCode.method))
    }
  }
}
