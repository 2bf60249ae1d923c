// AMT_SetupAndConfigurationService: what state the device is in, the commit that ends a setup, and the ways back.
import { createHash } from 'node:crypto'
import { generationOf, isFrom } from '../generations.ts'
import { type DeviceState, rawUuid, realmFrom, settingsOf } from '../state.ts'
import { type Fields, type Instance, numberOf, textOf } from '../value.ts'
import {
  type Call,
  type Classes,
  type MethodOutcome,
  no,
  ok,
  type PutOutcome,
  reads,
  service,
  sorted,
  status,
  writes
} from './kind.ts'
import { rewritten, rowsOf, withRows } from './table.ts'
import { withTlsInForce } from './tls.ts'

const className = 'AMT_SetupAndConfigurationService'
const title = 'Intel(r) AMT Setup and Configuration Service'

/** Told in set-up only; without one, and afterwards, it is 32 zeros (recorded). */
function oneTimePassword({ provisioningState, setup }: DeviceState): Buffer {
  const told = Buffer.alloc(32)
  if (provisioningState === 1) told.write(setup?.otp ?? '', 'latin1')
  return told
}

const made = (state: DeviceState): Instance =>
  sorted({
    ...service(className, title),
    ...(state.setup?.dnsSuffix && { DhcpDNSSuffix: state.setup.dnsSuffix }),
    PasswordModel: '1',
    ProvisioningMode: state.controlMode === 1 ? '4' : '1',
    ProvisioningServerOTP: oneTimePassword(state).toString('base64'),
    ProvisioningState: String(state.provisioningState),
    ZeroTouchConfigurationEnabled: 'true',
    ...rowsOf(state, className)[0]
  })

/** 8 to 32 characters with upper, lower, digit and special, 7 bits, none of `: , "` (Intel's password rules). */
export const isStrong = (password: string): boolean =>
  /^[\x20-\x7e]{8,32}$/.test(password) &&
  !/[:,"]/.test(password) &&
  [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z0-9]/].every((each) => each.test(password))

function setMebxPassword({ state, fields }: Call): MethodOutcome {
  if (state.controlMode === 1) return no(state, status.notPermitted)
  if (!isStrong(textOf(fields, 'Password'))) return no(state, status.password)
  return ok({ ...state, mebxSet: true })
}

/** With a shared name the host's own stands in for one that was never given. */
const hasHostName = ({ generalSettings: settings }: DeviceState): boolean =>
  settings.HostName !== '' || (settings.SharedFQDN === 'true' && settings.HostOSFQDN !== '')

function commitChanges({ state }: Call): MethodOutcome {
  const { faults } = state
  const isSetup = state.provisioningState !== 2
  if (!state.uncommitted && !isSetup) return ok(state)
  if (faults.commitFails > 0)
    return no({ ...state, faults: { ...faults, commitFails: faults.commitFails - 1 } }, status.dataMissing)
  if (!hasHostName(state)) return no(state, status.dataMissing)
  const hasAdmin = state.accounts.some((each) => each.admin)
  if (isSetup && (!state.mebxSet || !hasAdmin)) return no(state, status.dataMissing)
  // From AMT 19 on TLS is only taken from somebody who has set the MEBx password.
  if (isFrom(state.amtVersion, [19, 0]) && !state.mebxSet) return no(state, status.dataMissing)
  const inForce = withTlsInForce(state)
  if (!inForce) return no(state, status.dataMissing)
  return ok({
    ...inForce,
    uncommitted: false,
    provisioningState: 2,
    controlMode: isSetup ? 2 : state.controlMode
  })
}

/** True while an auditor keeps the device as it is: only in admin control and only before AMT 12. */
const isBlocked = (state: DeviceState): boolean =>
  state.auditLocked && state.controlMode === 2 && !isFrom(state.amtVersion, [12, 0])

/** What a factory reset leaves; the MEBx password stays, the DNS suffix goes before AMT 12, added roots always. */
function reset(state: DeviceState): DeviceState {
  const digestRealm = realmFrom(`${state.uuid}${state.digestRealm}`)
  const keepsSuffix = isFrom(state.amtVersion, [12, 0])
  const { dnsSuffix = '', otp: _used, ...setup } = state.setup ?? { by: 'local' as const }
  const isRemote = setup.by === 'remote'
  return {
    ...state,
    digestRealm,
    generalSettings: { ...settingsOf(digestRealm), HostOSFQDN: state.generalSettings.HostOSFQDN ?? '' },
    accounts: [],
    accountsVersion: state.accountsVersion + 1,
    provisioningState: isRemote ? 1 : 0,
    controlMode: 0,
    // Roots added by hand go with a full unprovision; the ones of a practice run stand for the factory's own.
    setup: { ...setup, ...(keepsSuffix && dnsSuffix !== '' && { dnsSuffix }) },
    hostHa1: '',
    plain: !generationOf(state.amtVersion).tlsOnly,
    certificate: null,
    mutual: null,
    uncommitted: false,
    consent: null,
    auditLocked: false,
    chain: [],
    stored: {},
    keys: [],
    enumerations: {}
  }
}

/** ProvisioningMode 1 is the only one documented; the answer still arrives before the network restarts. */
function unprovision({ state, fields }: Call): MethodOutcome {
  if (numberOf(fields, 'ProvisioningMode') !== 1) return no(state, status.parameter)
  return isBlocked(state) ? no(state, status.blocked) : ok(reset(state))
}

/** Keeps the administrator, PID and PPS, host and domain name, and the server's address; setup starts again. */
function partialUnprovision({ state }: Call): MethodOutcome {
  if (isBlocked(state)) return no(state, status.blocked)
  const { HostName = '', DomainName = '' } = state.generalSettings
  const after = reset({ ...state, setup: { ...state.setup, by: 'remote' } })
  return ok({
    ...after,
    digestRealm: state.digestRealm,
    generalSettings: { ...after.generalSettings, DigestRealm: state.digestRealm, HostName, DomainName },
    accounts: state.accounts.filter((each) => each.admin),
    setup: { ...state.setup, by: 'remote' }
  })
}

/** Bytes travel as base64 (believed); what is plain letters, with or without dashes, is taken too. */
function pskPart(fields: Fields, name: 'PID' | 'PPS'): string {
  const plain = textOf(fields, name).replaceAll('-', '')
  const isPlain = plain.length === (name === 'PID' ? 8 : 32)
  return isPlain ? plain : Buffer.from(textOf(fields, name), 'base64').toString('latin1').replaceAll('-', '')
}

function setTlsPsk({ state, fields }: Call): MethodOutcome {
  const [pid, pps] = [pskPart(fields, 'PID'), pskPart(fields, 'PPS')]
  if (!generationOf(state.amtVersion).psk) return no(state, status.unsupported)
  if (!/^[A-Z0-9]{8}$/.test(pid) || !/^[A-Z0-9]{32}$/.test(pps)) return no(state, status.parameter)
  return ok({ ...state, setup: { ...(state.setup ?? { by: 'local' }), psk: { pid, pps } } })
}

/** Hours the network stays open for setup. */
const isPeriod = (hours: number | undefined): boolean => hours !== undefined && hours >= 1 && hours <= 24

function auditRecord({ state }: Call): MethodOutcome {
  const root = state.setup?.roots?.[0] ?? createHash('sha256').update(state.uuid).digest('hex')
  return ok(
    state,
    ['ProvisioningTLSMode', state.controlMode === 1 ? '0' : '1'],
    ['SecureDNS', 'false'],
    ['HostInitiated', String(state.setup?.by === 'local')],
    ['SelectedHashType', '2'],
    ['SelectedHashData', Buffer.from(root, 'hex').toString('base64')],
    ['IsOemDefault', 'false'],
    ['IsTimeValid', 'true'],
    ['ProvServerIP', '0.0.0.0'],
    ['ProvServerFQDN', '']
  )
}

/** What a Put may change: who sets the device up, and how. Everything else is a state. */
const writable = ['ConfigurationServerFQDN', 'PasswordModel', 'ZeroTouchConfigurationEnabled'] as const

function putSetup({ state, fields, instance }: Call): PutOutcome {
  const isWritable = (name: string): boolean => writable.some((each) => each === name)
  const readOnly = Object.keys(instance).filter((each) => !isWritable(each))
  const text = ['ConfigurationServerFQDN']
  const after = rewritten(instance, fields, { readOnly, optional: text, text })
  if (!after) return { refused: 'shape' }
  const kept = Object.fromEntries(Object.entries(after).filter(([name]) => isWritable(name)))
  const next = withRows(state, className, [kept])
  return { state: next, instance: made(next) }
}

export const setupClasses: Classes = {
  AMT_SetupAndConfigurationService: {
    common: true,
    instances: (state) => [made(state)],
    put: putSetup,
    methods: {
      GetUuid: reads(({ state }) => ok(state, ['UUID', rawUuid(state.uuid).toString('base64')])),
      CommitChanges: writes(commitChanges),
      SetMEBxPassword: writes(setMebxPassword),
      Unprovision: writes(unprovision),
      PartialUnprovision: writes(partialUnprovision),
      SetTLSPSK: writes(setTlsPsk),
      ExtendProvisioningPeriod: writes(({ state, fields }) =>
        isPeriod(numberOf(fields, 'Duration')) ? ok(state) : no(state, status.parameter)
      ),
      ResetFlashWearOutProtection: writes(({ state }) => ok(state)),
      GetProvisioningAuditRecord: reads(auditRecord),
      GetProvisioningAuditRecordV2: reads(auditRecord),
      GetUnprovisionBlockingComponents: reads(({ state }) => ok(state, ['Component', isBlocked(state) ? ['1'] : []]))
    }
  }
}
