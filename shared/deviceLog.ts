// What a device's own audit log holds (AMT_AuditLog), decoded, and how it reads.
import { z } from 'zod'

/** One record of the firmware's log. */
export const deviceRecordSchema = z.object({
  /** ms since 1970 by the clock of the device. */
  at: z.number(),
  /** Numbers of the part of the firmware and of its event (AMT SDK, audit log records). */
  app: z.number().int(),
  event: z.number().int(),
  /** Who did it: a user name, a SID, "the computer itself". */
  who: z.string(),
  /** Where from; empty when it was local. */
  from: z.string(),
  /** The rest of the record in hex; empty where there is none. */
  more: z.string()
})
export type DeviceRecord = z.infer<typeof deviceRecordSchema>

export const deviceLogSchema = z.object({
  /** How many records the device has; `records` are the newest of them, the oldest first. */
  total: z.number().int(),
  records: z.array(deviceRecordSchema),
  /** Records that could not be decoded. */
  unread: z.number().int()
})
export type DeviceLog = z.infer<typeof deviceLogSchema>

/** Parts of the firmware and their events, as the AMT SDK lists them; recalled, only 19/0 is recorded. */
const apps: Readonly<Record<number, readonly [string, ...string[]]>> = {
  16: [
    'Security administration',
    ...['provisioning started', 'provisioning completed', 'user added', 'user changed', 'user removed'],
    ...['login with wrong credentials', 'user enabled or disabled', 'TLS switched', 'TLS certificate set'],
    ...['TLS certificate removed', 'trusted root added', 'trusted root removed', 'TLS pre-shared key set'],
    ...['Kerberos settings changed', 'Kerberos master key changed', 'flash wear-out counters reset'],
    ...['power package changed', 'realm authentication mode set', 'client control upgraded to admin control'],
    'unprovisioning started'
  ],
  17: ['Remote control', 'power up', 'power down', 'power cycle', 'reset', 'boot options set'],
  18: [
    'Redirection',
    ...['IDE redirection opened', 'IDE redirection closed', 'IDE redirection enabled', 'IDE redirection disabled'],
    ...['serial over LAN opened', 'serial over LAN closed', 'serial over LAN enabled', 'serial over LAN disabled'],
    ...['KVM session started', 'KVM session ended', 'KVM enabled', 'KVM disabled', 'KVM password wrong three times']
  ],
  19: ['Firmware update', 'firmware updated', 'firmware update failed'],
  20: ['Audit log', 'cleared', 'policy changed', 'disabled', 'enabled', 'exported', 'recovered'],
  21: ['Network time', 'clock set'],
  22: [
    'Network',
    ...['IP settings set', 'host name set', 'domain name set', 'VLAN set', 'link policy set', 'IPv6 settings set']
  ],
  24: ['Events', 'alert subscribed', 'alert unsubscribed', 'event log cleared', 'event log frozen'],
  25: ['System defence'],
  26: ['Agent presence'],
  27: ['Wireless', 'profile added', 'profile removed', 'profile changed'],
  28: ['Endpoint access control'],
  29: ['KVM'],
  30: ['User consent', 'policy changed', 'code sent', 'consent refused']
}

/** "Network: host name set" */
export function deviceRecordWords({ app, event }: Pick<DeviceRecord, 'app' | 'event'>): string {
  const [title, ...events] = apps[app] ?? [`Part ${app}`]
  return `${title}: ${events[event] ?? `event ${event}`}`
}
