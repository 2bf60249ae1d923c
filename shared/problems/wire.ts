import type { ProblemEntry } from './entry.ts'

/** What can go wrong between us and a device: cable, TLS, HTTP, digest, SOAP, AMT's own answers. */
export const wireProblems = {
  'device-silent': {
    title: 'No answer',
    meaning:
      'Nothing answers at this address: switched off, unplugged, asleep, another network, or a firewall between.',
    remedy: 'Check power and cable, and that this laptop can reach the network; then retry.',
    retry: 'later'
  },
  'device-refused': {
    title: 'Nothing listens on the AMT ports',
    meaning: 'The computer is on the network, but its AMT network interface is closed or it has no AMT.',
    remedy: 'Check in MEBx that AMT and its network access are enabled, or correct the address of this row.',
    retry: 'later'
  },
  'name-unknown': {
    title: 'The name is not known on this network',
    meaning: 'The name service has no address for this computer, so nothing was sent.',
    remedy: 'Correct the name, or type the IP address of the computer instead.',
    retry: 'person'
  },
  'not-amt': {
    title: 'What answers is not Intel AMT',
    meaning:
      'Something is listening on the AMT port, but its answer is not that of AMT firmware. No password was sent.',
    remedy: 'Check the address of this row, and that no proxy or other program uses the AMT ports there.',
    retry: 'person'
  },
  'needs-translator': {
    title: 'The AMT firmware is too old for WS-Management',
    meaning: 'Firmware before AMT 3.2.1 speaks only its older SOAP services and needs a WS-Management Translator.',
    remedy: 'Update the firmware to AMT 3.2.1 or later, or set this computer up through a Translator.',
    retry: 'person'
  },
  'login-needed': {
    title: 'The device asks for a password',
    meaning: 'The device wants a login for this request, and no user name and password were given.',
    remedy: 'Choose the user name and password for this computer.',
    retry: 'person'
  },
  'login-refused': {
    title: 'The device refused the login',
    meaning:
      'The user name or password is wrong, or the account is temporarily locked. AMT gives the same answer for both.',
    remedy:
      'Check the password. If it is certainly right, leave the device alone for an hour so that the lock ends, then try once.',
    retry: 'person'
  },
  'kerberos-only': {
    title: 'The device offers only a Kerberos login',
    meaning: 'It takes tickets of a Windows domain and no passwords, and this program has none. Nothing was tried.',
    remedy:
      'Let the device take Digest logins again with the tool that set it up, and retry; or take it over with that tool.',
    retry: 'person'
  },
  'device-changed': {
    title: 'Another device answers than a moment ago',
    meaning: 'The address went to another device while this one was worked on. Nothing was sent to the other one.',
    remedy:
      'Retry: the computer is looked for and recognised anew. If it happens again, look for two devices with one address.',
    retry: 'later'
  },
  'certificate-changed': {
    title: 'The device shows another certificate than before',
    meaning: 'The TLS certificate is not the one seen before, so this may be another device. Nothing was sent to it.',
    remedy:
      'If the device was set up anew or had its certificate replaced, confirm the new certificate; otherwise check the address.',
    retry: 'person'
  },
  'tls-expected': {
    title: 'The device used TLS before and now offers only an open connection',
    meaning: 'A certificate is known for this device, so it is never spoken to without TLS. No password was sent.',
    remedy: 'If TLS was turned off on purpose, forget the known certificate; otherwise check the address.',
    retry: 'person'
  },
  'tls-failed': {
    title: 'No TLS connection could be made',
    meaning: 'The port answers, but both sides found no TLS version or cipher in common, or the handshake was cut.',
    remedy: 'Retry once. If it stays so, the firmware may only know an older TLS: update the firmware.',
    retry: 'person'
  },
  'tls-too-old': {
    title: 'The device offers only {version}',
    meaning: 'The firmware speaks an older TLS than is allowed for this device. No password was sent.',
    remedy:
      'Update the firmware. If that cannot be, allow {version} for this one device, and write down who decided it.',
    retry: 'person'
  },
  'certificate-expired': {
    title: 'The certificate of the device is not valid today',
    meaning: 'It is signed by your authority, but its time is over or has not begun. No password was sent.',
    remedy: 'Check the date and time of this laptop; if they are right, give the device a new certificate.',
    retry: 'person'
  },
  'certificate-untrusted': {
    title: 'The certificate of the device is not from your authority',
    meaning: 'It is signed by somebody else, or made out to another name. No password was sent.',
    remedy:
      'Check the address and the chosen authority; a device that was never set up still shows its own certificate.',
    retry: 'person'
  },
  'client-certificate-refused': {
    title: 'The device refused our certificate',
    meaning:
      'The device wants a certificate it trusts: its chain, purpose, name or time did not satisfy it, or none was given.',
    remedy:
      'Check that the root is in the device’s list, that the certificate is meant for Intel AMT, and the device’s clock.',
    retry: 'person'
  },
  'client-certificate-unreadable': {
    title: 'Our own certificate cannot be used',
    meaning:
      'The certificate file, its key or its password do not fit together, or are of a form this program cannot read.',
    remedy: 'Choose the file again and type its password. A very old PFX must be exported anew with AES.',
    retry: 'person'
  },
  'psk-refused': {
    title: 'The device refused the PID and PPS',
    meaning: 'The pair of keys given for setup is not the one in the device, or the device knows none.',
    remedy: 'Compare PID and PPS with those in MEBx, and type both again.',
    retry: 'person'
  },
  'answer-garbled': {
    title: 'The answer cannot be read',
    meaning: 'The device answered, but the answer is not the XML or HTTP it should be.',
    remedy: 'Retry. If it happens again, check that no proxy changes the traffic, and restart the device’s AMT.',
    retry: 'now'
  },
  'answer-too-big': {
    title: 'The answer is too long',
    meaning: 'The answer is longer than any AMT device sends, so reading was stopped.',
    remedy: 'Check that the address belongs to an AMT device.',
    retry: 'person'
  },
  'answer-cut': {
    title: 'The answer broke off',
    meaning: 'The connection ended in the middle of the exchange. The request may have taken effect or not.',
    remedy: 'Read the state of the device again before repeating the change.',
    retry: 'now'
  },
  'answer-slow': {
    title: 'The device takes too long to answer',
    meaning: 'The connection was made, but the answer did not come in time. The request may have taken effect or not.',
    remedy: 'Wait a minute, then read the state of the device again before repeating the change.',
    retry: 'later'
  },
  'http-status': {
    title: 'The device answered with HTTP status {status}',
    meaning: 'The device took the request on the network, but its web service did not carry it out.',
    remedy: 'Retry later. If it stays so, restart the device’s AMT.',
    retry: 'later'
  },
  'soap-fault': {
    title: 'The device did not accept the request',
    meaning: 'AMT answered with the WS-Management fault {fault}.',
    remedy: 'Retry once. If it stays so, this firmware does not support the request; see the detail.',
    retry: 'person'
  },
  'device-internal': {
    title: 'The device had an internal error',
    meaning: 'AMT could not carry out the request for reasons of its own. This is often over after some seconds.',
    remedy: 'Wait fifteen seconds and retry. If it stays so, restart the device’s AMT.',
    retry: 'later'
  },
  'access-denied': {
    title: 'This account may not do that',
    meaning: 'The login was accepted, but the account lacks the realm for this request.',
    remedy: 'Use the Remote Admin Account, or give the account the missing realm.',
    retry: 'person'
  },
  'class-missing': {
    title: 'The device does not have this feature',
    meaning: 'The class is not part of this AMT version or this model.',
    remedy: 'Nothing to do if the feature is not needed; otherwise leave it out of the profile for this model.',
    retry: 'never'
  },
  'instance-missing': {
    title: 'The device has no such object',
    meaning: 'AMT knows the class, but not the instance that was asked for.',
    remedy: 'Read the device again: it may have been removed or numbered anew.',
    retry: 'person'
  },
  'already-exists': {
    title: 'That is already there',
    meaning: 'AMT already holds what was to be added.',
    remedy: 'Read the device again: there may be nothing left to do.',
    retry: 'never'
  },
  'amt-refused': {
    title: 'The device refused {method}: {status}',
    meaning: '{meaning}',
    remedy: '{remedy}',
    retry: 'person'
  },
  'amt-busy': {
    title: 'The device is not ready for {method}: {status}',
    meaning: '{meaning}',
    remedy: '{remedy}',
    retry: 'later'
  },
  'value-unwritable': {
    title: 'A value holds a character that cannot be sent',
    meaning: 'XML and HTTP have no way to carry control characters and broken characters, so nothing was sent.',
    remedy: 'Type the value again; it may have been copied with an invisible character.',
    retry: 'person'
  },
  'class-unknown': {
    title: 'The class {class} is not known here',
    meaning: 'There is no table for this class, so its values have no types.',
    remedy: 'Check the name, small and capital letters included: it begins with AMT_, IPS_ or CIM_.',
    retry: 'person'
  },
  'method-unknown': {
    title: 'The class {class} has no method {method}',
    meaning: 'Nothing was sent.',
    remedy: 'Choose one of the methods named under expected, if there are any.',
    retry: 'person'
  },
  'input-refused': {
    title: 'The input does not fit {method}',
    meaning: 'An input is missing, not known, or not of its type. Nothing was sent.',
    remedy:
      'Give every input as NAME=VALUE: bytes as base64, times like 2026-01-31T12:00:00Z, references like CLASS?KEY=VALUE, instances as JSON with null for a secret.',
    retry: 'person'
  },
  'invoke-needs-yes': {
    title: '{method} changes the device',
    meaning: 'Only methods that change nothing are called without being asked twice. Nothing was sent.',
    remedy: 'Add --yes if the device is to be changed.',
    retry: 'person'
  },
  stopped: {
    title: 'Stopped',
    meaning: 'The work was stopped before the device had answered.',
    remedy: 'Start it again when ready.',
    retry: 'now'
  }
} as const satisfies Record<string, ProblemEntry>
