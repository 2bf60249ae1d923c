// AMT_GeneralSettings: host name, domain, digest realm and the like.
import { defineClass } from '../class.ts'
import { boolean, integer, optional, required, string, type Values } from '../schema.ts'

/** A Put gives the read-only values back too: AMT takes the whole object as other clients send it. Applies at once. */
export const generalSettings = defineClass('AMT_GeneralSettings', {
  properties: {
    /** 0 closes the network interface of the firmware. */
    AMTNetworkEnabled: optional(integer),
    DDNSPeriodicUpdateInterval: optional(integer),
    DDNSTTL: optional(integer),
    DDNSUpdateByDHCPServerEnabled: optional(boolean),
    DDNSUpdateEnabled: optional(boolean),
    DHCPv6ConfigurationTimeout: optional(integer),
    /** `Digest:` and 32 hexadecimal digits, new after every setup. */
    DigestRealm: required(string),
    DomainName: optional(string),
    ElementName: optional(string),
    HostName: optional(string),
    HostOSFQDN: optional(string),
    IdleWakeTimeout: optional(integer),
    InstanceID: optional(string),
    NetworkInterfaceEnabled: optional(boolean),
    OemID: optional(integer),
    PingResponseEnabled: optional(boolean),
    PowerSource: optional(integer),
    PreferredAddressFamily: optional(integer),
    PresenceNotificationInterval: optional(integer),
    PrivacyLevel: optional(integer),
    RmcpPingResponseEnabled: optional(boolean),
    SharedFQDN: optional(boolean),
    ThunderboltDockEnabled: optional(integer),
    WsmanOnlyMode: optional(boolean)
  },
  allows: ['put']
})

/** HostName and DomainName may be empty, which is not the same as absent. */
export type GeneralSettings = Values<typeof generalSettings.table.properties>
