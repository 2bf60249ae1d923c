// The take-over of an activated device: its steps, in the one order that is safe.
import type { Step } from './attempt.ts'
import { type Setting, stepOf } from './setting.ts'
import { activationHashes } from './settings/activationHashes.ts'
import { certificates, certificatesFirst } from './settings/certificates.ts'
import { clientCertificate } from './settings/clientCertificate.ts'
import { clock } from './settings/clock.ts'
import { consent } from './settings/consent.ts'
import { deviceCertificate } from './settings/deviceCertificate.ts'
import { environment } from './settings/environment.ts'
import { kerberos } from './settings/kerberos.ts'
import { kvm } from './settings/kvm.ts'
import { proxies } from './settings/leftovers.ts'
import { names } from './settings/names.ts'
import { network } from './settings/network.ts'
import { power } from './settings/power.ts'
import { redirection } from './settings/redirection.ts'
import { remoteAccess } from './settings/remoteAccess.ts'
import { tls } from './settings/tls.ts'
import { trustedRoots } from './settings/trustedRoots.ts'
import { users } from './settings/users.ts'
import { webUi } from './settings/webUi.ts'
import { wifi } from './settings/wifi.ts'
import { wired8021x } from './settings/wired8021x.ts'
import { commit } from './steps/commit.ts'
import { identity } from './steps/identity.ts'
import { login } from './steps/login.ts'
import { mebx } from './steps/mebx.ts'
import { password } from './steps/password.ts'
import { reach } from './steps/reach.ts'
import { room } from './steps/room.ts'
import { state } from './steps/state.ts'
import { unprovision } from './steps/unprovision.ts'
import { verify } from './steps/verify.ts'

/**
 * Made with the login that fitted, before the admin password changes. The clock comes first, because
 * certificates depend on it; trusted roots come before what leans on them.
 */
export const before: readonly Setting[] = [
  clock,
  names,
  network,
  power,
  webUi,
  redirection,
  kvm,
  consent,
  trustedRoots,
  clientCertificate,
  wired8021x,
  wifi,
  proxies,
  remoteAccess,
  activationHashes
]
/** Made as the Remote Admin Account: whoever else there was may go now. Kerberos first: users of the directory need it. */
export const asAdmin: readonly Setting[] = [kerberos, users]
/** These decide how the device is reached, so they come last before the commit. TLS needs its certificate before it. */
export const reaching: readonly Setting[] = [environment, deviceCertificate, tls]
/** What nothing uses any more shows only when the commit is through. */
export const unused: readonly Setting[] = [certificates]

/** Every setting, in the order in which they are made. */
export const settings: readonly Setting[] = [...before, ...asAdmin, ...reaching, ...unused]

export const asSteps = (list: readonly Setting[]): readonly Step[] => list.map((setting) => stepOf(setting))

/** Clears what nothing uses before certificates are added, where there is no room for them otherwise. */
export const makingRoom: Step = {
  ...stepOf(certificatesFirst),
  applies: ({ found, plan }) =>
    found.room === 'to be made' || (found.room === 'beyond' && plan.profile.cleanUp === 'clear')
}

/**
 * Identity before any write; the password after the settings that need the old login; then the proof by a new login. What
 * nothing uses any more goes at the very end, over the proved connection.
 */
export const takeOver: readonly Step[] = [
  reach,
  login,
  identity,
  state,
  room,
  unprovision,
  makingRoom,
  ...asSteps(before),
  password,
  ...asSteps(asAdmin),
  mebx,
  ...asSteps(reaching),
  commit,
  verify(asSteps([...before, ...asAdmin, ...reaching])),
  ...asSteps(unused)
]
