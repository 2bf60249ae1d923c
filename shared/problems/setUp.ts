import type { ProblemEntry } from './entry.ts'

/** What can go wrong when a computer is set up from nothing: certificate, PID and PPS, hello, and who is let in. */
export const setUpProblems = {
  'hello-awaited': {
    title: 'Waits for its hello',
    meaning:
      'A computer that is not set up calls by itself, and is set up when it has called. Its network interface is open for a limited time only; without a call it is tried a last time at {until}.',
    remedy:
      'Nothing to do while it is on power and cable. To make it call anew: take it off mains power for a moment, or partially unprovision it in the MEBx. Retry tries it at once at the address of its row.',
    retry: 'later'
  },
  'hello-missed': {
    title: 'It did not call in time',
    meaning:
      'No hello of this computer arrived until {until}, and it does not answer at the address of its row either.',
    remedy:
      'Check power, cable, and that the name ProvisionServer (or the address in MEBx) leads to this laptop. Make it call anew: off mains power for a moment, or a partial unprovision in MEBx; then retry.',
    retry: 'person'
  },
  'provisioning-certificate-missing': {
    title: 'There is nothing to set computers up with',
    meaning:
      'A computer that is not set up lets only those in who have a provisioning certificate that it trusts, or its PID and PPS. Neither is here.',
    remedy: 'Import a provisioning certificate (PFX or PEM), or a list of PID and PPS; then go on.',
    retry: 'person'
  },
  'provisioning-file-unreadable': {
    title: 'The certificate file cannot be read',
    meaning: '{why}',
    remedy:
      'Choose a PFX (.pfx, .p12) or PEM file with the certificate, its private key and the certificates above it.',
    retry: 'person'
  },
  'provisioning-password-wrong': {
    title: 'The password does not open the file',
    meaning: 'The file is protected by a password, and this one is not it. Nothing was kept.',
    remedy: 'Type the password that was chosen when the certificate was exported.',
    retry: 'person'
  },
  'provisioning-unfit': {
    title: 'This is no certificate to set computers up with',
    meaning: '{why}',
    remedy:
      'A provisioning certificate carries the usage 2.16.840.1.113741.1.2.3 (or the unit “Intel(R) Client Setup Certificate”), its private key, and all certificates up to its root.',
    retry: 'person'
  },
  'root-not-in-device': {
    title: 'The device does not know the root of the provisioning certificate',
    meaning: 'It named {count} root certificates that it trusts, and ours is not among them. Nothing was sent to it.',
    remedy:
      'Import a certificate below one of those roots, or enter the hash of our root in the MEBx of the computer; then retry.',
    retry: 'person'
  },
  'set-up-refused': {
    title: 'The device does not let the provisioning certificate in',
    meaning: '{why} It ended the connection when it saw the certificate.',
    remedy:
      'Compare the domain of the certificate with DHCP option 15 (or the PKI DNS suffix in MEBx), its root with the hashes in the device, and its dates; then retry.',
    retry: 'person'
  },
  'set-up-password-needed': {
    title: 'It was unprovisioned only partially, and asks for its password',
    meaning: 'A partial unprovision keeps the Remote Admin Account, and its password is not known here.',
    remedy:
      'Give the Remote Admin password in the row, or add it as a Provisioning and Discovery Account; or unprovision the computer fully in MEBx. Then retry.',
    retry: 'person'
  },
  'psk-unknown': {
    title: 'Its PID is not in the list',
    meaning: 'The device called with the PID {pid}, and no PPS for it is in the keychain.',
    remedy: 'Import the list of PID and PPS that this computer was given; then retry.',
    retry: 'person'
  },
  'psk-list-unreadable': {
    title: 'The list of PID and PPS cannot be used',
    meaning: '{why}',
    remedy:
      'One pair a line: a PID of 8 and a PPS of 32 letters and digits, with or without dashes, split by a comma, semicolon, tab or space.',
    retry: 'person'
  },
  'usb-key-unreadable': {
    title: 'This is no setup.bin that can be read',
    meaning: '{why}',
    remedy: 'Copy setup.bin from the key again, or make the key anew.',
    retry: 'person'
  },
  'usb-key-impossible': {
    title: 'This USB key cannot be made',
    meaning: '{why}',
    remedy: 'Change what was chosen for the key. Nothing was written.',
    retry: 'person'
  },
  'one-time-password-wrong': {
    title: 'The device does not know the one-time password of its row',
    meaning:
      'The agent on the computer gives the device a one-time password, and a setup server compares it before it sets anything up. {why} Nothing was changed on the device.',
    remedy:
      'Look whether the row belongs to this computer and the password to its last activation: each activation makes a new one. Correct it, or remove it where none was given; then retry.',
    retry: 'person'
  },
  'setting-up-changed': {
    title: 'The device is not in set-up any more',
    meaning: 'It reports provisioning state {state}: its network interface was closed again before the work began.',
    remedy: 'Make it say hello anew, and retry.',
    retry: 'person'
  }
} as const satisfies Record<string, ProblemEntry>
