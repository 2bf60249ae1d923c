// What a Problem means more closely on some AMT generations, for some methods, ports and users.
import type { ProblemCode } from '../../shared/problem.ts'
import type { Source, Version } from './generations.ts'

/**
 * What a Problem means more closely on some versions. A rule only gives other words: code, title and retry stay, so that
 * the same mistake is the same Problem on every firmware.
 */
export interface Rule {
  readonly code: ProblemCode
  /** The ReturnValue, or the PT_STATUS of a fault. */
  readonly status?: number
  readonly methods?: readonly string[]
  readonly className?: string
  readonly port?: number
  /** Only for users of another name. */
  readonly notUser?: string
  /** With a version named, the rule is for devices whose version is known. */
  readonly from?: Version
  readonly before?: Version
  readonly source: Source
  readonly meaning?: string
  readonly remedy?: string
  /** One more sentence behind the usual remedy. */
  readonly hint?: string
}

const adminSetup = ['AdminSetup', 'UpgradeClientToAdmin']
const unprovision = ['Unprovision', 'PartialUnprovision']
const waitAndRead = 'Wait a minute, then read the setup state of the device again; do not repeat the call.'
const erased =
  'An unprovision takes accounts, certificates and Wi-Fi away; the user is admin again, the MEBx password stays.'
const oldTls = 'AMT before 12 speaks TLS 1.1 at most, and no firmware update of that generation changes it.'
const goneRoots = 'An unprovision erases roots that were added by hand: add them again in MEBx.'

/** The first rule that fits is taken. */
export const rules: readonly Rule[] = [
  // The plain ports.
  {
    code: 'device-refused',
    port: 16992,
    from: [16, 1],
    source: 'documented',
    meaning: 'From AMT 16.1 on port 16992 is closed for good: AMT answers with TLS on port 16993 only.',
    remedy: 'Use port 16993 with TLS.'
  },
  {
    code: 'device-refused',
    port: 16992,
    source: 'documented',
    hint: 'From AMT 16.1 on only port 16993 answers, with TLS.'
  },
  // TLS.
  {
    code: 'tls-too-old',
    before: [12, 0],
    source: 'documented',
    meaning: `${oldTls} No password was sent.`,
    remedy: 'Allow the older TLS for this one device and write down who decided it, or replace the computer.'
  },
  {
    code: 'tls-failed',
    before: [12, 0],
    source: 'documented',
    meaning: `The port answers, but the TLS handshake did not succeed. ${oldTls}`
  },
  {
    code: 'psk-refused',
    from: [11, 0],
    source: 'documented',
    meaning: 'Setup by PID and PPS went with AMT 11.0: this firmware knows no such keys.',
    remedy: 'Set the device up with a provisioning certificate instead.'
  },
  {
    code: 'client-certificate-refused',
    before: [12, 0],
    source: 'documented',
    hint: `${goneRoots} Before AMT 12 it also erases the DNS suffix.`
  },
  { code: 'client-certificate-refused', source: 'documented', hint: goneRoots },
  // Login.
  {
    code: 'login-refused',
    notUser: 'admin',
    source: 'documented',
    hint: 'After an unprovision the Remote Admin Account is called admin again.'
  },
  // Setup from the host, with return values of its own.
  {
    code: 'amt-refused',
    status: 3,
    methods: adminSetup,
    before: [21, 0],
    source: 'documented',
    meaning: 'AMT before 21 takes signatures with SHA-256 only (SigningAlgorithm 2), or another value is not valid.',
    remedy: 'Sign with SHA-256. If that was so, check realm, password digest and nonce.'
  },
  {
    code: 'amt-refused',
    status: 3,
    methods: adminSetup,
    from: [21, 0],
    source: 'documented',
    meaning: 'A value is not valid: password digest, nonce or signature. From AMT 21 on SHA-384 is a known algorithm.',
    remedy: 'Check realm, password digest and nonce, and that SigningAlgorithm says how the signature was made.'
  },
  {
    code: 'device-internal',
    status: 1,
    methods: adminSetup,
    from: [22, 0],
    source: 'documented',
    meaning: 'AMT 22 answers so when the signature is made with SHA-256: it wants SHA-384 (SigningAlgorithm 3).',
    remedy: 'Sign with SHA-384, then retry.'
  },
  {
    code: 'device-internal',
    status: 1,
    className: 'AMT_TLSCredentialContext',
    from: [22, 0],
    source: 'documented',
    meaning: 'AMT 22 answers so when the certificate is over an RSA 2048 key: it wants ECC P-384 with SHA-384.',
    remedy: 'Let the profile choose the key by the firmware version, or ECC P-384, and start again.'
  },
  {
    code: 'device-internal',
    from: [16, 1],
    before: [16, 2],
    source: 'documented',
    hint: 'AMT 16.1 is known to answer so now and then during setup, and to work at the next try.'
  },
  {
    code: 'amt-refused',
    status: 2066,
    methods: ['GenerateKeyPair'],
    before: [21, 0],
    source: 'documented',
    meaning: 'AMT before 21 makes no ECC keys, and this firmware makes no RSA keys of this length.',
    remedy: 'Ask for an RSA key of 2048 bits.'
  },
  {
    code: 'amt-refused',
    methods: ['SetTLSPSK'],
    from: [11, 0],
    source: 'documented',
    meaning: 'Setup by PID and PPS went with AMT 11.0.',
    remedy: 'Set the device up with a provisioning certificate instead.'
  },
  // The commit.
  {
    code: 'amt-refused',
    status: 2057,
    methods: ['CommitChanges'],
    from: [19, 0],
    source: 'verified',
    meaning:
      'From AMT 19 on TLS is only taken once the MEBx password was set; a TLS certificate or a host name may lack too.',
    remedy: 'Set the MEBx password (SetMEBxPassword), then commit again.'
  },
  {
    code: 'amt-refused',
    status: 2057,
    methods: ['CommitChanges'],
    source: 'verified',
    meaning:
      'Something is not set yet: the MEBx password is still admin from the factory, TLS has no certificate, or DHCP no host name.',
    remedy: 'Set what is missing, then commit again.'
  },
  {
    code: 'amt-refused',
    status: 2054,
    methods: ['SetMEBxPassword'],
    source: 'documented',
    hint: 'The factory password admin is not strong enough to be set again.'
  },
  {
    code: 'amt-refused',
    status: 16,
    methods: ['SetMEBxPassword'],
    source: 'verified',
    meaning: 'In client control mode AMT does not let the MEBx password be set.',
    remedy: 'Take the device to admin control mode first, or leave its MEBx password as it is.'
  },
  // Undoing the setup.
  {
    code: 'amt-refused',
    status: 2076,
    before: [12, 0],
    source: 'documented',
    meaning: 'An auditor has locked the setup, which AMT before 12 allows in admin control mode.',
    remedy: 'Have the auditor unlock it, then retry. GetUnprovisionBlockingComponents tells who blocks.'
  },
  {
    code: 'amt-refused',
    status: 2076,
    from: [12, 0],
    source: 'documented',
    meaning: 'Something blocks this, although from AMT 12 on no auditor can.',
    remedy: 'Read the setup state again and retry once. If it stays so, send the detail to support.'
  },
  {
    code: 'amt-refused',
    status: 16,
    methods: unprovision,
    source: 'documented',
    meaning: 'AMT does not allow this while the computer is still starting, or not to this account.',
    remedy: 'Let the computer start to its end, then retry with the Remote Admin Account.'
  },
  ...(['answer-cut', 'answer-slow'] as const).flatMap((code): Rule[] => [
    {
      code,
      methods: unprovision,
      before: [12, 0],
      source: 'documented',
      meaning: `The network of the firmware restarts after this call. ${erased} Before AMT 12 the DNS suffix goes too.`,
      remedy: waitAndRead
    },
    {
      code,
      methods: unprovision,
      source: 'documented',
      meaning: `The network of the firmware restarts after this call. ${erased}`,
      remedy: waitAndRead
    }
  ]),
  // The consent code.
  {
    code: 'amt-refused',
    status: 2066,
    methods: ['SendOptInCode'],
    source: 'believed',
    meaning: 'The code is not the one on the screen of the computer.',
    remedy: 'Ask for the code once more and send it again.'
  },
  {
    code: 'amt-busy',
    status: 2,
    methods: ['StartOptIn'],
    source: 'believed',
    meaning: 'A code is on the screen already, or the firmware is still starting.',
    remedy: 'Send that code, or cancel it and start again.'
  },
  {
    code: 'amt-busy',
    status: 2,
    methods: ['SendOptInCode', 'CancelOptIn'],
    source: 'verified',
    meaning: 'No code is on the screen, or no longer.',
    remedy: 'Ask for a new code first.'
  }
]
