// AMT_TLSSettingData: TLS on the remote and on the local port.
import { defineClass } from '../class.ts'
import { boolean, list, optional, required, string } from '../schema.ts'

export const tlsSettingData = defineClass('AMT_TLSSettingData', {
  properties: {
    /** Read-only on the local (LMS) instance: change it to `undefined` there, so that a Put leaves it out. */
    AcceptNonSecureConnections: optional(boolean),
    ElementName: optional(string),
    Enabled: optional(boolean),
    /** `Intel(r) AMT 802.3 TLS Settings` or `Intel(r) AMT LMS TLS Settings`. */
    InstanceID: required(string),
    MutualAuthentication: optional(boolean),
    /** False: TLS cannot be turned off. */
    NonSecureConnectionsSupported: optional(boolean),
    TrustedCN: list(string)
  },
  allows: ['put'],
  putBy: 'InstanceID',
  readOnly: ['NonSecureConnectionsSupported'],
  notEmpty: ['TrustedCN']
})
