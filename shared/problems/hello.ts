import type { ProblemEntry } from './entry.ts'

/** What can go wrong while hello messages are listened for, and with what arrives there. */
export const helloProblems = {
  'hello-port-taken': {
    title: 'Another program listens on this port',
    meaning: 'Hello messages would go to that program, so the listener was not started.',
    remedy:
      'Stop the other program (another setup server, or a second window of the wizard), or choose another port. Devices send to the port set in them, 9971 unless somebody changed it.',
    retry: 'person'
  },
  'hello-port-denied': {
    title: 'Listening on this port is not permitted',
    meaning:
      'The operating system does not let this user open the port. On many systems ports below 1024 are kept back.',
    remedy: 'Choose the usual port 9971, or ask the administrator of this computer to permit it.',
    retry: 'person'
  },
  'hello-address-unknown': {
    title: 'This computer does not have that address',
    meaning: 'Only an address of a network card of this computer can be listened on.',
    remedy: 'Leave the address empty to listen on all of them, or type one that this computer has.',
    retry: 'person'
  },
  'hello-listener-failed': {
    title: 'The listener could not be started',
    meaning: 'The operating system refused it for a reason of its own.',
    remedy: 'Read the detail, choose another address or port, and start it again.',
    retry: 'person'
  },
  'hello-stranger': {
    title: 'This is not a hello message',
    meaning: 'Something connected that is not AMT: a web browser, a port scanner, or another program.',
    remedy: 'Nothing has to be done. If it happens often, find out what runs at that address.',
    retry: 'never'
  },
  'hello-version': {
    title: 'A hello message of a version that is not known',
    meaning:
      'The wizard reads version 2 (PID and PPS) and version 3 (certificate hashes). AMT 1 and 2.0 say another one.',
    remedy: 'Set this computer up in MEBx, or update its firmware.',
    retry: 'person'
  },
  'hello-damaged': {
    title: 'A hello message is damaged',
    meaning: 'It begins as one, and then it is cut short or says something impossible.',
    remedy: 'Wait for the next one: AMT repeats it. If it stays so, look at the network between.',
    retry: 'later'
  },
  'hello-too-long': {
    title: 'Too much was sent for a hello message',
    meaning: 'The longest possible one has less than 13,000 bytes. The connection was closed.',
    remedy: 'Nothing has to be done. If it happens often, find out what runs at that address.',
    retry: 'never'
  },
  'hello-no-guid': {
    title: 'A hello message without a usable SMBIOS GUID',
    meaning: 'The GUID in it is blank, or one that many computers share, so nobody can say which computer it is.',
    remedy: 'Have the maker’s tool write the GUID of that board, or set the computer up in MEBx.',
    retry: 'person'
  },
  'caller-gone': {
    title: 'This caller is no longer in the list',
    meaning: 'The list is bounded, and those who have not called for the longest time leave it first.',
    remedy: 'Wait for its next hello message.',
    retry: 'person'
  }
} as const satisfies Record<string, ProblemEntry>
