// The steps of a take-over by name, in their order, with the words for the progress page.
import { z } from 'zod'

/** Steps that make one setting of the profile so; each can be looked at without changing anything. */
export const settingNames = [
  'names',
  'clock',
  'network',
  'power',
  'webUi',
  'redirection',
  'kvm',
  'consent',
  'trustedRoots',
  'wired8021x',
  'wifi',
  'proxies',
  'remoteAccess',
  'activationHashes',
  'users',
  'environment',
  'deviceCertificate',
  'tls',
  'certificates'
] as const
export type SettingName = (typeof settingNames)[number]
export const settingNameSchema = z.enum(settingNames)

export const steps = [
  'reach',
  'login',
  'identity',
  'state',
  'unprovision',
  'names',
  'clock',
  'network',
  'power',
  'webUi',
  'redirection',
  'kvm',
  'consent',
  'trustedRoots',
  'wired8021x',
  'wifi',
  'proxies',
  'remoteAccess',
  'activationHashes',
  'password',
  'users',
  'mebx',
  'environment',
  'deviceCertificate',
  'tls',
  'commit',
  'verify',
  'certificates'
] as const
export type StepName = (typeof steps)[number]
export const stepSchema = z.enum(steps)
export const stepTitles: Readonly<Record<StepName, string>> = {
  reach: 'Looking for the device',
  login: 'Finding the account that fits',
  identity: 'Comparing its GUID with the row',
  state: 'Reading its state',
  unprovision: 'Removing the provisioning',
  names: 'Host name and domain',
  clock: 'Clock',
  network: 'Answers to pings',
  power: 'Power package and idle timeout',
  webUi: 'Web interface',
  redirection: 'Serial over LAN and IDE redirection',
  kvm: 'KVM',
  consent: 'User consent',
  trustedRoots: 'Trusted root certificates',
  wired8021x: '802.1X on the cable',
  wifi: 'Wi-Fi profiles',
  proxies: 'Proxies',
  remoteAccess: 'Remote access (CIRA)',
  activationHashes: 'Certificate hashes for activation',
  password: 'New admin password',
  users: 'User accounts',
  mebx: 'MEBx password',
  environment: 'Environment detection',
  deviceCertificate: 'Certificate of the device',
  tls: 'TLS',
  commit: 'Committing the changes',
  verify: 'Logging in anew and reading back',
  certificates: 'Certificates and keys'
}
