// AMT_RemoteAccessService: adds management presence servers and the policies for them.
import { inherited } from '../cim/inherited.ts'
import { defineClass } from '../class.ts'
import { boolean, bytes, integer, list, optional, reference, required, string } from '../schema.ts'

export const remoteAccessService = defineClass('AMT_RemoteAccessService', {
  properties: {
    ...inherited.service,
    IsRemoteTunnelConnected: optional(boolean),
    RemoteTunnelKeepAliveTimeout: optional(integer)
  },
  methods: {
    AddMpServer: {
      input: {
        AccessInfo: required(string),
        /** 3 IPv4, 4 IPv6, 201 FQDN. */
        InfoFormat: required(integer),
        Port: required(integer),
        /** 1 mutual, 2 user name and password. */
        AuthMethod: required(integer),
        Certificate: optional(reference),
        Username: optional(string),
        Password: optional(string),
        CN: optional(string)
      },
      output: { MpServer: required(reference) }
    },
    AddRemoteAccessPolicyRule: {
      input: {
        Trigger: required(integer),
        TunnelLifeTime: required(integer),
        ExtendedData: optional(bytes),
        MpServer: list(reference)
      },
      output: { PolicyRule: required(reference) }
    },
    CloseRemoteAccessConnection: {}
  }
})
