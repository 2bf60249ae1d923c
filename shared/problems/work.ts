import type { ProblemEntry } from './entry.ts'

/** What can go wrong around the work itself: keychain, store, queue, decisions a person has to take. */
export const workProblems = {
  unexpected: {
    title: 'Something unexpected happened',
    meaning: 'This is a fault in the wizard, not in the computer. It is written to the diagnostic log under {id}.',
    remedy: 'Retry. If it happens again, send the diagnostic log with this number.',
    retry: 'person'
  },
  refused: {
    title: 'The request was refused',
    meaning: 'The page asked for something in a form that the wizard does not accept.',
    remedy: 'Close the window and open it again. If it happens again, send the diagnostic log.',
    retry: 'never'
  },
  'keychain-missing': {
    title: 'No keychain on this computer',
    meaning: 'Passwords are kept only in the keychain of the operating system, and none could be reached.',
    remedy:
      'Unlock or install the keychain (on Linux: a Secret Service such as gnome-keyring), then try again. The practice fleet works without.',
    retry: 'person'
  },
  'keychain-failed': {
    title: 'The keychain did not keep a password',
    meaning: 'What was written could not be read back the same. Nothing was sent to the computer.',
    remedy: 'Unlock the keychain and retry.',
    retry: 'person'
  },
  'secret-gone': {
    title: 'A password is no longer in the keychain',
    meaning: 'The keychain has no entry for {what}. It may have been deleted, or another user’s keychain is open.',
    remedy: 'Open the keychain it was kept in, or type the password again.',
    retry: 'person'
  },
  'store-missing': {
    title: 'There is no data in this folder',
    meaning: 'The wizard has never kept anything here.',
    remedy: 'Name the folder that was used with --data.',
    retry: 'person'
  },
  'store-busy': {
    title: 'Another AMT Migration Wizard works in this folder',
    meaning: 'Only one program at a time may work on the same jobs.',
    remedy: 'Use the window that is open already, or wait until the other run has ended.',
    retry: 'later'
  },
  'store-watched': {
    title: 'Another program works on these imports',
    meaning:
      'A second window or the command line has the work in its hands. This window shows what happens and changes nothing.',
    remedy: 'Use the other program, or wait: when it ends, this window takes over by itself.',
    retry: 'later'
  },
  'store-newer': {
    title: 'The data folder was written by a newer version',
    meaning: 'This version would not understand everything in it, so it is left as it is.',
    remedy: 'Install the newer version again, or choose another folder with --data.',
    retry: 'person'
  },
  'store-older': {
    title: 'The data folder was written by an older version',
    meaning: 'It has to be brought up to date first, and a program that only looks changes nothing.',
    remedy: 'End every older AMT Migration Wizard, open this one on the folder once, then try again.',
    retry: 'person'
  },
  'store-broken': {
    title: 'The data folder cannot be used',
    meaning: 'The database in it could not be opened, or the disk refused to write.',
    remedy: 'Check free space and rights of the folder, or choose another one with --data. Nothing in it was changed.',
    retry: 'person'
  },
  'store-damaged': {
    title: 'The data of the wizard is damaged',
    meaning:
      'Parts of the database in the data folder are not what was written. A failing disk, or a copy made while it was in use, does that. Passwords are in the keychain and not touched.',
    remedy:
      'Have what can be read recovered: the window offers it, or run "amt-migrate store recover". The damaged files are kept as they are.',
    retry: 'person'
  },
  'draft-gone': {
    title: 'This draft is no longer there',
    meaning: 'It was discarded, or its work was started already.',
    remedy: 'Go to the start page and open what is there.',
    retry: 'person'
  },
  'import-gone': {
    title: 'This import is no longer there',
    meaning: 'No import with this number is in the data folder.',
    remedy: 'Go to the start page and open what is there.',
    retry: 'person'
  },
  'row-gone': {
    title: 'This row is no longer there',
    meaning: 'The file was read again since, and its rows are numbered anew.',
    remedy: 'Look for the computer in the list and repeat the change.',
    retry: 'person'
  },
  'source-gone': {
    title: 'The file is not at hand any more',
    meaning:
      'Files are read once and not kept, because they hold passwords. To map columns anew the file is needed again.',
    remedy: 'Choose the file again on the Select Source page.',
    retry: 'person'
  },
  'not-ready': {
    title: 'Something is still missing',
    meaning: '{what}',
    remedy: 'Go to the page it is about; the Summary lists everything that is missing.',
    retry: 'person'
  },
  'no-candidate': {
    title: 'There is no password to try',
    meaning:
      'The row has no remote admin password, no account is given, and the keychain knows none for this computer.',
    remedy:
      'Give a Provisioning and Discovery Account, or the remote admin password in the row, in a new import of the failed rows.',
    retry: 'person'
  },
  'no-account-fits': {
    title: 'None of the {tried} passwords tried is accepted',
    meaning:
      'Either none of them is right, or the account is locked for a while after too many wrong ones: AMT gives the same answer to both. Tries stop here, well before the firmware would lock.',
    remedy:
      'Next try possible at {next}. Find out the right password, or wait if somebody else may have locked the account; then retry.',
    retry: 'person'
  },
  'tries-used-up': {
    title: 'No more tries for now',
    meaning:
      'The last {earlier} logins on this device did not succeed. More of them could lock its account, so none was made now.',
    remedy: 'Next try possible at {next}; then retry. With a new account added it is tried first.',
    retry: 'person'
  },
  'wrong-computer': {
    title: 'Another computer answers at this address',
    meaning: 'Its GUID is not the one in the row, in neither byte order. Nothing on it was changed.',
    remedy: 'Correct the address (or DNS) or the GUID of this row; retry only when both belong together.',
    retry: 'person'
  },
  'not-provisioned': {
    title: 'AMT is not activated on this computer',
    meaning: 'A take-over works on a device that is provisioned already. This one reports provisioning state {state}.',
    remedy:
      'While it is in set-up (state 1) it can be set up from nothing here: choose Set up from nothing. In state 0 its network interface has to be opened first, in MEBx or by a local agent.',
    retry: 'person'
  },
  'audit-locked': {
    title: 'An auditor keeps this computer as it is',
    meaning:
      'The AMT audit log is locked: before AMT 12 a provisioned computer cannot be unprovisioned without the auditor (AMT status 2076, BLOCKING_COMPONENT). Nothing was changed.',
    remedy:
      'Log in with the account that has the Audit Log realm and release the lock, or ask whoever was the auditor; or take the computer over in place.',
    retry: 'person'
  },
  'removal-unproved': {
    title: 'The removal was sent, and the device no longer answers as before',
    meaning:
      'That is what it should do afterwards. But its own word that the provisioning is gone did not arrive, and nobody can log in to ask.',
    remedy: 'Look in MEBx, or wait for its hello message. If AMT is still activated, retry.',
    retry: 'person'
  },
  'certificate-unsigned': {
    title: 'The certificate is to be signed',
    meaning:
      'The device has made a key and asked for a certificate over it. The request is kept here until your own authority has signed it.',
    remedy:
      'Save the signing requests, have them signed and bring the certificates in; the work then goes on by itself.',
    retry: 'person'
  },
  'certificate-unreadable': {
    title: 'This is not a certificate the wizard can use',
    meaning: '{why}',
    remedy: 'Choose a file with certificates in PEM or DER form.',
    retry: 'person'
  },
  'nothing-to-sign': {
    title: 'No computer waits for a certificate',
    meaning: 'Every signing request of this import has been answered, or none was made yet.',
    remedy: 'Let the work go on; computers that need a certificate say so.',
    retry: 'person'
  },
  'request-garbled': {
    title: 'The device signed its request wrongly',
    meaning: 'The signing request is not about the key the device made, or its signature does not hold.',
    remedy: 'Retry. If it happens again, turn TLS on without this computer and look into its firmware version.',
    retry: 'person'
  },
  'setting-fixed': {
    title: 'This setting cannot be changed on this computer',
    meaning: '{why}',
    remedy: 'Leave it out for such computers, or take it off the list of musts in the profile.',
    retry: 'never'
  },
  'not-as-wanted': {
    title: 'The device did not keep a setting',
    meaning: 'After the change it was read back, and it is not what was set.',
    remedy: 'Retry. If it stays so, look at this setting in the device itself; a policy may hold it.',
    retry: 'later'
  },
  'new-password-unproved': {
    title: 'The new password is safe, but not proved yet',
    meaning:
      'It was sent, and the device has not yet accepted a login with it. The new and the old password are both in the keychain.',
    remedy: 'Retry: the new one is tried first, then the old.',
    retry: 'later'
  },
  'profile-unreadable': {
    title: 'This file is not a profile',
    meaning: 'A profile is a JSON file that this wizard saved with Export. Nothing was taken from it.',
    remedy: 'Choose another file, or export the profile anew with this version of the wizard.',
    retry: 'person'
  },
  'nothing-to-undo': {
    title: 'There is nothing to put back',
    meaning: 'Nothing was changed on this computer that can be put back, or it has been put back already.',
    remedy: 'The details say for each change why it cannot be put back.',
    retry: 'never'
  },
  'device-in-use': {
    title: 'The take-over is working on this device now',
    meaning: 'A device is spoken to by one at a time.',
    remedy: 'Wait until this computer is done, or stop the import; then look again.',
    retry: 'later'
  },
  'not-in-practice-fleet': {
    title: 'This computer is not in the practice fleet',
    meaning: 'Practice touches only pretend devices, and there is none with this name.',
    remedy: 'Use the sample file, or leave practice mode to work on real computers.',
    retry: 'never'
  },
  'fleet-unreadable': {
    title: 'This is not a practice fleet',
    meaning:
      'Each line must be one pretend device on this computer (127.x.x.x), as the simulator writes them with --json.',
    remedy: 'Start the simulator again, keep its lines in a file, and name that file with --fleet.',
    retry: 'person'
  },
  'not-agreed': {
    title: 'Nothing was started',
    meaning: 'Real computers are changed only after somebody has said yes.',
    remedy: 'Answer yes when asked, or add --yes in a script.',
    retry: 'never'
  },
  'set-aside': {
    title: 'Set aside',
    meaning: '{reason}',
    remedy: 'Retry it when it shall be taken over after all.',
    retry: 'person'
  },
  'shared-cause': {
    title: 'Paused: {failed} of {ended} computers failed for the same reason',
    meaning: '{meaning}',
    remedy: '{remedy} Then resume: this reason does not pause the import again.',
    retry: 'person'
  },
  'stayed-asleep': {
    title: 'It did not answer in all the time it was looked for',
    meaning: 'Nothing answered on either AMT port until {until}. Nothing on it was changed.',
    remedy: 'Find out whether the computer still exists and is on this network; then retry.',
    retry: 'person'
  },
  'taken-back': {
    title: 'The old manager took it back',
    meaning:
      'The computer was taken over and proved, but a later look found it changed. Something still configures it: most likely the management solution it comes from.',
    remedy:
      'Take the computer out of the old management solution, or switch off its automatic provisioning; then retry. The former passwords are still in the keychain.',
    retry: 'person'
  },
  'file-not-saved': {
    title: 'The file could not be saved',
    meaning: 'The disk refused it: no rights, no space, or a name that is not allowed.',
    remedy: 'Choose another folder or name.',
    retry: 'person'
  }
} as const satisfies Record<string, ProblemEntry>
