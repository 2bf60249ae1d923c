// AMT generations: how versions are written here, and when classes and methods came and went.

/** Major and minor number of a firmware version. */
export type Version = readonly [major: number, minor: number]

/** How it is known: read in code or recordings, from Intel's documents or its maintainers, or believed. */
export type Source = 'verified' | 'documented' | 'believed'

/** The versions that have a feature, from the first on and before the last. */
export interface Lifetime {
  readonly from?: Version
  readonly before?: Version
  readonly source: Source
}

/** Classes, and methods as `CLASS.METHOD`, that not every AMT with WS-Management has. */
export const lifetimes: Readonly<Record<string, Lifetime>> = {
  IPS_IPv6PortSettings: { from: [6, 0], source: 'believed' },
  IPS_HostBasedSetupService: { from: [6, 2], source: 'believed' },
  IPS_OptInService: { from: [6, 2], source: 'believed' },
  AMT_AlarmClockService: { from: [7, 0], source: 'believed' },
  IPS_AlarmClockOccurrence: { from: [7, 0], source: 'believed' },
  IPS_HostIPSettings: { from: [7, 0], source: 'believed' },
  IPS_ProvisioningRecordLog: { from: [7, 0], source: 'believed' },
  IPS_SecIOService: { from: [7, 0], source: 'believed' },
  IPS_ScreenSettingData: { from: [9, 0], source: 'believed' },
  IPS_8021xCredentialContext: { from: [11, 0], source: 'believed' },
  IPS_IEEE8021xSettings: { from: [11, 0], source: 'believed' },
  IPS_PowerManagementService: { from: [11, 0], source: 'believed' },
  IPS_HTTPProxyAccessPoint: { from: [16, 0], source: 'believed' },
  IPS_HTTPProxyService: { from: [16, 0], source: 'believed' },
  IPS_HostBootReason: { from: [16, 1], source: 'believed' },
  'AMT_PublicKeyManagementService.GeneratePKCS10RequestEx': { from: [6, 2], source: 'documented' },
  'AMT_SetupAndConfigurationService.SetTLSPSK': { before: [11, 0], source: 'documented' }
}
