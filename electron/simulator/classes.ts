// Every class a practice device has, by name. What is not here does not exist on it.
import { accountClasses } from './classes/accounts.ts'
import { certificateClasses } from './classes/certificates.ts'
import { cimAccountClasses } from './classes/cimAccount.ts'
import { consentClasses } from './classes/consent.ts'
import { generalClasses } from './classes/general.ts'
import { hardwareClasses } from './classes/hardware.ts'
import { hashClasses } from './classes/hashes.ts'
import { hostSetupClasses } from './classes/hostSetup.ts'
import { type AmtClass, type Classes, uriOf } from './classes/kind.ts'
import { logClasses } from './classes/logs.ts'
import { networkClasses } from './classes/network.ts'
import { powerClasses } from './classes/power.ts'
import { proxyClasses } from './classes/proxy.ts'
import { redirectionClasses } from './classes/redirection.ts'
import { remoteAccessClasses } from './classes/remoteAccess.ts'
import { setupClasses } from './classes/setup.ts'
import { tlsClasses } from './classes/tls.ts'
import { wifiClasses } from './classes/wifi.ts'
import { wired8021xClasses } from './classes/wired8021x.ts'
import { hasClass } from './generations.ts'
import type { DeviceState } from './state.ts'

const own: Classes = {
  ...generalClasses,
  ...setupClasses,
  ...hashClasses,
  ...hostSetupClasses,
  ...accountClasses,
  ...cimAccountClasses,
  ...certificateClasses,
  ...tlsClasses,
  ...networkClasses,
  ...proxyClasses,
  ...wired8021xClasses,
  ...wifiClasses,
  ...remoteAccessClasses,
  ...redirectionClasses,
  ...consentClasses,
  ...powerClasses,
  ...logClasses,
  ...hardwareClasses
}

/** Base classes that are asked for instead of the classes that have the instances. */
const bases: Readonly<Record<string, string>> = {
  CIM_ServiceAvailableToElement: 'CIM_AssociatedPowerManagementService',
  CIM_SystemPackaging: 'CIM_ComputerSystemPackage'
}

const byUri: ReadonlyMap<string, string> = new Map(
  [...Object.keys(own), ...Object.keys(bases)].map((name) => [uriOf(name), name])
)

/** Names of all classes a firmware version has, for tests that read every one. */
export const classNames = (version: string): readonly string[] =>
  Object.keys(own).filter((name) => hasClass(version, name))

/** A class as found: `className` is what its instances are called. */
export interface FoundClass {
  readonly className: string
  readonly of: AmtClass
}

/** The class behind a resource URI, if this device has it. */
export function findClass(state: DeviceState, resourceUri: string): FoundClass | undefined {
  const asked = byUri.get(resourceUri)
  const className = asked === undefined ? undefined : (bases[asked] ?? asked)
  const of = className === undefined ? undefined : own[className]
  if (asked === undefined || className === undefined || !of) return undefined
  const isHidden = state.faults.unreachable.includes(asked) || !hasClass(state.amtVersion, className)
  return isHidden ? undefined : { className, of }
}
