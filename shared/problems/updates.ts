import type { ProblemEntry } from './entry.ts'

/** What can be wrong with an update, from the setting to the installer. */
export const updateProblems = {
  'update-no-key': {
    title: 'This build cannot update itself',
    meaning:
      'It was packed without the key that updates are checked with, so it cannot tell a true one from a false one.',
    remedy: 'Install new versions by hand, from where this one came from.',
    retry: 'never'
  },
  'update-by-hand': {
    title: 'This copy is replaced by hand',
    meaning: 'It was unpacked or copied, not installed ({kind}), so there is no installer that could replace it.',
    remedy: 'Let it check an update file, then put the new version in the place of this one.',
    retry: 'never'
  },
  'update-address': {
    title: 'This is not the address of an update server',
    meaning:
      'An address begins with https:// or http:// and names a folder, without a user, a password or a question mark.',
    remedy: 'Type the address as whoever runs the update server gives it.',
    retry: 'person'
  },
  'update-off': {
    title: 'Updates are off',
    meaning: 'No update server was given, and without one nobody is asked.',
    remedy: 'Give the address of an update server, or choose an update file.',
    retry: 'person'
  },
  'update-unreachable': {
    title: 'The update server does not answer',
    meaning: 'There was no usable answer from the address that was given. Nothing was changed.',
    remedy: 'Check the address and this laptop’s network; or take the update as a file.',
    retry: 'later'
  },
  'update-redirected': {
    title: 'The update server points elsewhere',
    meaning: 'It answered with another address. Only the address that was given is ever contacted.',
    remedy: 'If the other address is right, give that one instead.',
    retry: 'person'
  },
  'update-size': {
    title: 'The update server sends something of the wrong size',
    meaning:
      'What it wants to send is larger than may be, or it does not say how large it is. Nothing of it was taken.',
    remedy: 'Tell whoever runs the update server; or take the update as a file.',
    retry: 'person'
  },
  'not-an-update': {
    title: 'This is not an update',
    meaning: 'What was found is not a signed description of an update (.amtupdate).',
    remedy: 'Choose the .amtupdate file that came with the new version, or the package that lies beside it.',
    retry: 'person'
  },
  'update-unsigned': {
    title: 'The update is not signed by the publisher',
    meaning: 'Its signature does not fit the key that is built into this program. Nothing of it was taken.',
    remedy:
      'Get it anew from the publisher. If that does not help, somebody has altered it: do not install it by hand.',
    retry: 'never'
  },
  'update-other-system': {
    title: 'The update is for another system',
    meaning: 'It is signed and whole, but made for computers of another kind than this one.',
    remedy: 'Get the update that is made for this system.',
    retry: 'person'
  },
  'update-not-newer': {
    title: 'The update is not newer than what runs here',
    meaning: 'An old version brings old faults back, and cannot open data that a newer one has written.',
    remedy: 'Keep the version that runs. If the older one is wanted all the same, say so and choose it again.',
    retry: 'person'
  },
  'update-file-missing': {
    title: 'The other half of the update is missing',
    meaning: 'An update is two files that lie side by side: the package, and the same name with .amtupdate at its end.',
    remedy: 'Copy both into one folder, then choose one of them again.',
    retry: 'person'
  },
  'update-altered': {
    title: 'The package is not the one that was signed',
    meaning: 'Its size or its SHA-512 is not what the signed description says. It was not taken.',
    remedy: 'Copy or download it again. If it stays so, get it from another place: this one was damaged or altered.',
    retry: 'person'
  },
  'update-not-kept': {
    title: 'The update could not be written down',
    meaning: 'There was no room for it, or the folder does not allow it.',
    remedy: 'Make room on the disk that holds the data folder, then try again.',
    retry: 'later'
  },
  'update-not-fetched': {
    title: 'There is no update to install yet',
    meaning: 'It has to be found and downloaded first.',
    remedy: 'Look for an update, download it, then install it.',
    retry: 'person'
  },
  'update-not-installed': {
    title: 'The update was not installed',
    meaning: 'The installer of the system refused it or was called off. The version of before goes on.',
    remedy: 'Try again; or choose the update as a file and install that by hand.',
    retry: 'person'
  }
} as const satisfies Readonly<Record<string, ProblemEntry>>
