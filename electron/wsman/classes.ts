// Every class the client knows, by its name.

import { alarmClockService } from './amt/alarmClockService.ts'
import { assetTableService } from './amt/assetTableService.ts'
import { auditLog } from './amt/auditLog.ts'
import { authorizationService } from './amt/authorizationService.ts'
import { bootCapabilities } from './amt/bootCapabilities.ts'
import { bootSettingData } from './amt/bootSettingData.ts'
import { cryptographicCapabilities } from './amt/cryptographicCapabilities.ts'
import { environmentDetectionSettingData } from './amt/environmentDetectionSettingData.ts'
import { ethernetPortSettings } from './amt/ethernetPortSettings.ts'
import { eventLogEntry } from './amt/eventLogEntry.ts'
import { generalSettings } from './amt/generalSettings.ts'
import { hdr8021Filter } from './amt/hdr8021Filter.ts'
import { ieee8021xCredentialContext as amtIeee8021xCredentialContext } from './amt/ieee8021xCredentialContext.ts'
import { ieee8021xProfile } from './amt/ieee8021xProfile.ts'
import { kerberosSettingData } from './amt/kerberosSettingData.ts'
import { managementPresenceRemoteSAP } from './amt/managementPresenceRemoteSAP.ts'
import { messageLog } from './amt/messageLog.ts'
import { mpsUsernamePassword } from './amt/mpsUsernamePassword.ts'
import { provisioningCertificateHash } from './amt/provisioningCertificateHash.ts'
import { publicKeyCertificate } from './amt/publicKeyCertificate.ts'
import { publicKeyManagementCapabilities } from './amt/publicKeyManagementCapabilities.ts'
import { publicKeyManagementService } from './amt/publicKeyManagementService.ts'
import { publicPrivateKeyPair } from './amt/publicPrivateKeyPair.ts'
import { redirectionService as amtRedirectionService } from './amt/redirectionService.ts'
import { remoteAccessCapabilities } from './amt/remoteAccessCapabilities.ts'
import { remoteAccessPolicyAppliesToMPS } from './amt/remoteAccessPolicyAppliesToMPS.ts'
import { remoteAccessPolicyRule } from './amt/remoteAccessPolicyRule.ts'
import { remoteAccessService } from './amt/remoteAccessService.ts'
import { setupAndConfigurationService } from './amt/setupAndConfigurationService.ts'
import { systemPowerScheme } from './amt/systemPowerScheme.ts'
import { timeSynchronizationService } from './amt/timeSynchronizationService.ts'
import { tlsCredentialContext } from './amt/tlsCredentialContext.ts'
import { tlsProtocolEndpointCollection } from './amt/tlsProtocolEndpointCollection.ts'
import { tlsSettingData } from './amt/tlsSettingData.ts'
import { userInitiatedConnectionService } from './amt/userInitiatedConnectionService.ts'
import { webUIService } from './amt/webUIService.ts'
import { wiFiPortConfigurationService } from './amt/wiFiPortConfigurationService.ts'
import { account } from './cim/account.ts'
import { associatedPowerManagementService } from './cim/associatedPowerManagementService.ts'
import { battery } from './cim/battery.ts'
import { biosElement } from './cim/biosElement.ts'
import { biosFeature } from './cim/biosFeature.ts'
import { bootConfigSetting } from './cim/bootConfigSetting.ts'
import { bootService } from './cim/bootService.ts'
import { bootSourceSetting } from './cim/bootSourceSetting.ts'
import { card } from './cim/card.ts'
import { chassis } from './cim/chassis.ts'
import { chip } from './cim/chip.ts'
import { computerSystemPackage } from './cim/computerSystemPackage.ts'
import { concreteDependency } from './cim/concreteDependency.ts'
import { credentialContext } from './cim/credentialContext.ts'
import { elementSettingData } from './cim/elementSettingData.ts'
import { ethernetPort } from './cim/ethernetPort.ts'
import { fan } from './cim/fan.ts'
import { ieee8021xSettings as cimIeee8021xSettings } from './cim/ieee8021xSettings.ts'
import { kvmRedirectionSAP } from './cim/kvmRedirectionSAP.ts'
import { mediaAccessDevice } from './cim/mediaAccessDevice.ts'
import { physicalMemory } from './cim/physicalMemory.ts'
import { physicalPackage } from './cim/physicalPackage.ts'
import { powerManagementCapabilities } from './cim/powerManagementCapabilities.ts'
import { powerManagementService as cimPowerManagementService } from './cim/powerManagementService.ts'
import { processor } from './cim/processor.ts'
import { redirectionService as cimRedirectionService } from './cim/redirectionService.ts'
import { sensor } from './cim/sensor.ts'
import { serviceAvailableToElement } from './cim/serviceAvailableToElement.ts'
import { softwareIdentity } from './cim/softwareIdentity.ts'
import { systemPackaging } from './cim/systemPackaging.ts'
import { wiFiEndpoint } from './cim/wiFiEndpoint.ts'
import { wiFiEndpointCapabilities } from './cim/wiFiEndpointCapabilities.ts'
import { wiFiEndpointSettings } from './cim/wiFiEndpointSettings.ts'
import { wiFiPort } from './cim/wiFiPort.ts'
import { wiFiPortCapabilities } from './cim/wiFiPortCapabilities.ts'
import type { AnyClass } from './class.ts'
import { alarmClockOccurrence } from './ips/alarmClockOccurrence.ts'
import { hostBasedSetupService } from './ips/hostBasedSetupService.ts'
import { hostBootReason } from './ips/hostBootReason.ts'
import { hostIPSettings } from './ips/hostIPSettings.ts'
import { httpProxyAccessPoint } from './ips/httpProxyAccessPoint.ts'
import { httpProxyService } from './ips/httpProxyService.ts'
import { ieee8021xCredentialContext as ipsIeee8021xCredentialContext } from './ips/ieee8021xCredentialContext.ts'
import { ieee8021xSettings as ipsIeee8021xSettings } from './ips/ieee8021xSettings.ts'
import { ipv6PortSettings } from './ips/ipv6PortSettings.ts'
import { kvmRedirectionSettingData } from './ips/kvmRedirectionSettingData.ts'
import { lanEndpoint } from './ips/lanEndpoint.ts'
import { optInService } from './ips/optInService.ts'
import { powerManagementService as ipsPowerManagementService } from './ips/powerManagementService.ts'
import { provisioningRecordLog } from './ips/provisioningRecordLog.ts'
import { screenSettingData } from './ips/screenSettingData.ts'
import { secIOService } from './ips/secIOService.ts'

const all: readonly AnyClass[] = [
  amtIeee8021xCredentialContext,
  ieee8021xProfile,
  alarmClockService,
  assetTableService,
  auditLog,
  authorizationService,
  bootCapabilities,
  bootSettingData,
  cryptographicCapabilities,
  environmentDetectionSettingData,
  ethernetPortSettings,
  eventLogEntry,
  generalSettings,
  hdr8021Filter,
  kerberosSettingData,
  managementPresenceRemoteSAP,
  messageLog,
  mpsUsernamePassword,
  provisioningCertificateHash,
  publicKeyCertificate,
  publicKeyManagementCapabilities,
  publicKeyManagementService,
  publicPrivateKeyPair,
  amtRedirectionService,
  remoteAccessCapabilities,
  remoteAccessPolicyAppliesToMPS,
  remoteAccessPolicyRule,
  remoteAccessService,
  setupAndConfigurationService,
  systemPowerScheme,
  timeSynchronizationService,
  tlsCredentialContext,
  tlsProtocolEndpointCollection,
  tlsSettingData,
  userInitiatedConnectionService,
  webUIService,
  wiFiPortConfigurationService,
  account,
  associatedPowerManagementService,
  battery,
  biosElement,
  biosFeature,
  bootConfigSetting,
  bootService,
  bootSourceSetting,
  card,
  chassis,
  chip,
  computerSystemPackage,
  concreteDependency,
  credentialContext,
  elementSettingData,
  ethernetPort,
  fan,
  cimIeee8021xSettings,
  kvmRedirectionSAP,
  mediaAccessDevice,
  physicalMemory,
  physicalPackage,
  powerManagementCapabilities,
  cimPowerManagementService,
  processor,
  cimRedirectionService,
  sensor,
  serviceAvailableToElement,
  softwareIdentity,
  systemPackaging,
  wiFiEndpoint,
  wiFiEndpointCapabilities,
  wiFiEndpointSettings,
  wiFiPort,
  wiFiPortCapabilities,
  ipsIeee8021xCredentialContext,
  alarmClockOccurrence,
  hostBasedSetupService,
  hostBootReason,
  hostIPSettings,
  httpProxyAccessPoint,
  httpProxyService,
  ipsIeee8021xSettings,
  ipv6PortSettings,
  kvmRedirectionSettingData,
  lanEndpoint,
  optInService,
  ipsPowerManagementService,
  provisioningRecordLog,
  screenSettingData,
  secIOService
]

/** The tables of all classes; a class missing here is still reachable through `Device`, untyped. */
export const classes: ReadonlyMap<string, AnyClass> = new Map(all.map((one) => [one.name, one]))
