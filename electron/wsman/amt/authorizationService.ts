// AMT_AuthorizationService: the Remote Admin Account.
import type { Device } from '../client.ts'
import { passwordHash } from '../digest.ts'
import { resourceUri } from '../envelope.ts'
import { call } from '../instance.ts'
import { bytes, required, string } from '../schema.ts'
import { generalSettings } from './generalSettings.ts'

const resource = resourceUri('AMT_AuthorizationService')

const setAdminAclEntryEx = {
  resource,
  name: 'SetAdminAclEntryEx',
  input: { Username: required(string), DigestPassword: required(bytes) },
  output: {}
}

const getAdminAclEntry = {
  resource,
  name: 'GetAdminAclEntry',
  input: {},
  output: { Username: required(string) }
}

export const authorizationService = {
  /** The name of the Remote Admin Account: `admin` unless somebody changed it. */
  getAdminAclEntry: (device: Device) => call(device, getAdminAclEntry, {}),
  /**
   * Gives the Remote Admin Account a name and a password. AMT stores the 16 MD5 bytes of user:realm:password, so the
   * realm is read from the device first. Applies at once: this device's login is then void, open it anew.
   */
  setAdminAclEntryEx: async (device: Device, username: string, password: string) => {
    const settings = await generalSettings.get(device)
    if (!settings.ok) return settings
    const DigestPassword = passwordHash(username, settings.value.values.DigestRealm, password)
    return call(device, setAdminAclEntryEx, { Username: username, DigestPassword })
  }
}
