// AMT_AuthorizationService: who may do what, the Remote Admin Account among them.
import { inherited } from '../cim/inherited.ts'
import { defineClass } from '../class.ts'
import type { Device } from '../client.ts'
import { passwordHash } from '../digest.ts'
import { boolean, bytes, integer, list, optional, required, string } from '../schema.ts'
import { generalSettings } from './generalSettings.ts'

const declared = defineClass('AMT_AuthorizationService', {
  properties: {
    ...inherited.service,
    /** 0 auth and auth-int, 1 auth only (AMT 14 and later). */
    AllowHttpQopAuthOnly: optional(integer)
  },
  methods: {
    /** The digest is the 16 MD5 bytes of user:realm:password. Applies at once and voids the login it was sent with. */
    SetAdminAclEntryEx: { input: { Username: required(string), DigestPassword: required(bytes) } },
    GetAdminAclEntry: { output: { Username: required(string) }, reads: true },
    GetAdminAclEntryStatus: { output: { IsDefault: required(boolean) }, reads: true },
    GetAdminNetAclEntryStatus: { output: { IsDefault: required(boolean) }, reads: true },
    AddUserAclEntryEx: {
      input: {
        /** At most 16 characters; names that begin with $$ are the system’s own. */
        DigestUsername: optional(string),
        DigestPassword: optional(bytes),
        KerberosUserSid: optional(bytes),
        /** 0 local, 1 network, 2 any. */
        AccessPermission: required(integer),
        Realms: list(integer)
      },
      output: { Handle: required(integer) }
    },
    /** The admin account is never listed. */
    EnumerateUserAclEntries: {
      input: {
        /** From 1. */
        StartIndex: required(integer)
      },
      output: { TotalCount: required(integer), HandlesCount: required(integer), Handles: list(integer) },
      reads: true
    },
    GetUserAclEntryEx: {
      input: { Handle: required(integer) },
      output: {
        DigestUsername: optional(string),
        KerberosUserSid: optional(bytes),
        AccessPermission: required(integer),
        Realms: list(integer)
      },
      reads: true
    },
    UpdateUserAclEntryEx: {
      input: {
        Handle: required(integer),
        DigestUsername: optional(string),
        DigestPassword: optional(bytes),
        KerberosUserSid: optional(bytes),
        AccessPermission: required(integer),
        Realms: list(integer)
      }
    },
    RemoveUserAclEntry: { input: { Handle: required(integer) } },
    SetAclEnabledState: { input: { Handle: required(integer), Enabled: required(boolean) } },
    GetAclEnabledState: {
      input: { Handle: required(integer) },
      output: { Enabled: required(boolean) },
      reads: true
    }
  }
})

/** The service; the password methods take the password itself and hash it with the realm of the device. */
export const authorizationService = {
  ...declared,
  /**
   * Gives the Remote Admin Account a name and a password. AMT stores the 16 MD5 bytes of user:realm:password, so the
   * realm is read from the device first. Applies at once: this device's login is then void, open it anew.
   */
  setAdminAclEntryEx: async (device: Device, username: string, password: string) => {
    const settings = await generalSettings.get(device)
    if (!settings.ok) return settings
    const DigestPassword = passwordHash(username, settings.value.values.DigestRealm, password)
    return declared.setAdminAclEntryEx(device, { Username: username, DigestPassword })
  }
}
