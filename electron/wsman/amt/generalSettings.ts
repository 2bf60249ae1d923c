// AMT_GeneralSettings: host name, domain, digest realm and the like.
import type { Result } from '../../../shared/problem.ts'
import type { Device } from '../client.ts'
import { resourceUri } from '../envelope.ts'
import { getInstance, type Instance, putInstance } from '../instance.ts'
import { boolean, integer, optional, required, string, type Values } from '../schema.ts'

const resource = resourceUri('AMT_GeneralSettings')

const shape = {
  AMTNetworkEnabled: optional(integer),
  DDNSPeriodicUpdateInterval: optional(integer),
  DDNSTTL: optional(integer),
  DDNSUpdateByDHCPServerEnabled: optional(boolean),
  DDNSUpdateEnabled: optional(boolean),
  DigestRealm: required(string),
  DomainName: optional(string),
  HostName: optional(string),
  HostOSFQDN: optional(string),
  IdleWakeTimeout: optional(integer),
  NetworkInterfaceEnabled: optional(boolean),
  PingResponseEnabled: optional(boolean),
  PowerSource: optional(integer),
  PrivacyLevel: optional(integer),
  RmcpPingResponseEnabled: optional(boolean),
  SharedFQDN: optional(boolean)
}

/** HostName and DomainName may be empty, which is not the same as absent. */
export type GeneralSettings = Values<typeof shape>

/** What may be changed: not what AMT states about itself. */
export type GeneralSettingsChanges = Partial<
  Omit<GeneralSettings, 'DigestRealm' | 'HostOSFQDN' | 'NetworkInterfaceEnabled' | 'PowerSource'>
>

export const generalSettings = {
  get: (device: Device): Promise<Result<Instance<typeof shape>>> => getInstance(device, { resource }, shape),
  /**
   * Changes some values of settings just read; all others go back as they were, the read-only ones too: AMT takes the
   * whole object as other clients send it. Applies at once.
   */
  put: (
    device: Device,
    before: Instance<typeof shape>,
    changes: GeneralSettingsChanges
  ): Promise<Result<Instance<typeof shape>>> =>
    putInstance(device, { resource }, { shape, readOnly: [] }, before, changes)
}
