// IPS_HostBasedSetupService: setup from the computer itself, and the step from client to admin control.
import { inherited } from '../cim/inherited.ts'
import { defineClass } from '../class.ts'
import { boolean, bytes, integer, list, optional, required, string } from '../schema.ts'
import { adminStatus, chainStatus, setupStatus } from './hostBasedSetupStatus.ts'

export const hostBasedSetupService = defineClass('IPS_HostBasedSetupService', {
  properties: {
    ...inherited.service,
    /** 1 client control, 2 admin control. */
    AllowedControlModes: list(integer),
    CertChainStatus: optional(integer),
    /** 20 bytes that the signature of AdminSetup must cover. */
    ConfigurationNonce: optional(bytes),
    /** 0 none, 1 client control, 2 admin control. */
    CurrentControlMode: required(integer)
  },
  methods: {
    /** Drops the session on success: never repeat it, read CurrentControlMode instead. */
    Setup: {
      input: {
        /** 2: MD5 of admin:realm:password. */
        NetAdminPassEncryptionType: required(integer),
        /** 32 hexadecimal digits. */
        NetworkAdminPassword: required(string),
        McNonce: optional(bytes),
        Certificate: optional(bytes),
        SigningAlgorithm: optional(integer),
        DigitalSignature: optional(bytes)
      },
      statuses: setupStatus
    },
    AddNextCertInChain: {
      input: {
        /** DER, from the leaf up. */
        NextCertificate: required(bytes),
        IsLeafCertificate: required(boolean),
        IsRootCertificate: required(boolean)
      },
      statuses: chainStatus
    },
    /** Drops the session on success, like Setup. */
    AdminSetup: {
      input: {
        NetAdminPassEncryptionType: required(integer),
        NetworkAdminPassword: required(string),
        /** 20 bytes. */
        McNonce: required(bytes),
        /** 2 SHA-256; 3 SHA-384, needed from AMT 22 on. */
        SigningAlgorithm: required(integer),
        /** RSA PKCS#1 v1.5 over both nonces. */
        DigitalSignature: required(bytes)
      },
      statuses: adminStatus
    },
    /** Works over the wired network too. */
    UpgradeClientToAdmin: {
      input: {
        McNonce: required(bytes),
        SigningAlgorithm: required(integer),
        DigitalSignature: required(bytes)
      },
      statuses: adminStatus
    },
    DisableClientControlMode: { statuses: setupStatus }
  }
})
