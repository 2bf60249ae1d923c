// Which realm a user needs for which class; the administrator, and whoever holds PTAdmin, needs none other.
import type { Account, DeviceState } from './state.ts'

const admin = '3'

/** Realm numbers as the AMT SDK has them: 2 redirection, 4 hardware, 5 remote control, 19 to 21 logs and ACL, and so on. */
const realms: Readonly<Record<string, string>> = {
  AMT_RedirectionService: '2',
  CIM_KVMRedirectionSAP: '2',
  IPS_KVMRedirectionSettingData: '2',
  CIM_Chassis: '4',
  CIM_Card: '4',
  CIM_Chip: '4',
  CIM_Processor: '4',
  CIM_PhysicalMemory: '4',
  CIM_MediaAccessDevice: '4',
  CIM_BIOSElement: '4',
  CIM_ComputerSystemPackage: '4',
  AMT_AssetTableService: '4',
  AMT_BootCapabilities: '5',
  AMT_BootSettingData: '5',
  CIM_BootConfigSetting: '5',
  CIM_BootService: '5',
  CIM_BootSourceSetting: '5',
  CIM_PowerManagementService: '5',
  CIM_AssociatedPowerManagementService: '5',
  AMT_TimeSynchronizationService: '12',
  AMT_GeneralSettings: '13',
  CIM_SoftwareIdentity: '13',
  AMT_SetupAndConfigurationService: '13',
  AMT_MessageLog: '19',
  AMT_EventLogEntry: '19',
  AMT_AuditLog: '20',
  AMT_AuthorizationService: '21'
}

/** General information may be read by who may read it, and changed by nobody but an administrator. */
const readOnly = new Set(['13'])

/** True when this account may do that. `undefined`: nobody logged in, as over a provisioning chain. */
export function mayDo(user: Account | undefined, className: string, isWrite: boolean): boolean {
  if (!user?.entry || user.admin || user.entry.realms.includes(admin)) return true
  const realm = realms[className] ?? admin
  return user.entry.realms.includes(realm) && !(isWrite && readOnly.has(realm))
}

/** Accounts that may log in over the network just now: the host's own before setup, afterwards those that are enabled. */
export function remoteAccounts(state: DeviceState): readonly Account[] {
  const host = { name: '$$OsAdmin', ha1: state.hostHa1, admin: true }
  if (state.provisioningState === 0) return host.ha1 === '' ? [] : [host]
  return state.accounts.filter(({ ha1, entry }) => ha1 !== '' && (!entry || (entry.enabled && entry.access !== 0)))
}
