import type { ProblemEntry } from './entry.ts'

/** What can be wrong with a site pack or a return pack, from the file to what is merged out of it. */
export const packProblems = {
  'not-a-pack': {
    title: 'This is not a site pack',
    meaning: 'The file does not begin as an .amtpack file does.',
    remedy: 'Choose the file that the other laptop saved; it ends with .amtpack.',
    retry: 'person'
  },
  'pack-newer': {
    title: 'The pack comes from a newer version',
    meaning: 'It was written by a version of the wizard whose packs this one does not know.',
    remedy: 'Update the wizard on this laptop, then open the pack again.',
    retry: 'person'
  },
  'pack-too-big': {
    title: 'The pack is too big',
    meaning: 'It is larger than a pack may be, packed or unpacked. Nothing of it was taken.',
    remedy: 'Save several packs with fewer drafts or imports in each.',
    retry: 'person'
  },
  'pack-truncated': {
    title: 'The pack is not whole',
    meaning: 'The end of the file is missing, as after a copy that broke off. Nothing of it was taken.',
    remedy: 'Copy the file again from where it was saved.',
    retry: 'person'
  },
  'pack-altered': {
    title: 'The pack was altered after it was signed',
    meaning: 'Its signature does not fit what is in the file. Nothing of it was taken.',
    remedy: 'Get the file anew from whoever saved it, by a way nobody else can write to.',
    retry: 'never'
  },
  'pack-locked': {
    title: 'The pack needs its passphrase',
    meaning: 'It was saved with a passphrase, and none was given.',
    remedy: 'Ask whoever saved it for the passphrase, by another way than the file came.',
    retry: 'person'
  },
  'pack-passphrase': {
    title: 'The passphrase does not fit',
    meaning: 'The pack is whole and its signature holds, but this passphrase does not open it.',
    remedy: 'Type it again; upper and lower case and spaces count.',
    retry: 'person'
  },
  'pack-passphrase-weak': {
    title: 'The passphrase is too easy to guess',
    meaning: 'Whoever finds the file can try passphrases for as long as they like.',
    remedy: 'Take at least 12 characters that are not one word or a row of keys; four or five random words are best.',
    retry: 'person'
  },
  'pack-for-another': {
    title: 'The pack is for another laptop',
    meaning: 'It is locked to the key of another installation, and only that one can open it.',
    remedy: 'Open it there, or have it saved anew for the address of this installation.',
    retry: 'never'
  },
  'pack-signer-unknown': {
    title: 'Nobody here knows who signed this pack',
    meaning: 'The signature holds, but this laptop has not been told to trust its key.',
    remedy: 'Compare the fingerprint with the one the other laptop shows, by telephone for instance, then trust it.',
    retry: 'person'
  },
  'pack-unreadable': {
    title: 'What is in the pack does not make sense',
    meaning: 'It opens and is signed, but its content is not that of a pack. Nothing of it was taken.',
    remedy: 'Have it saved anew; if that does not help, both laptops need the same version of the wizard.',
    retry: 'never'
  },
  'pack-gone': {
    title: 'The pack is not open any more',
    meaning: 'It was put away, or the wizard was started anew meanwhile.',
    remedy: 'Choose the file again.',
    retry: 'person'
  },
  'pack-empty': {
    title: 'There is nothing to put into the pack',
    meaning: '{why}',
    remedy: 'Choose something that has computers in it.',
    retry: 'person'
  },
  'pack-address': {
    title: 'This is not the address of an installation',
    meaning: 'An address begins with amtpack1: and is copied as a whole from the other laptop’s page of site packs.',
    remedy: 'Copy it there again, or use a passphrase.',
    retry: 'person'
  },
  'pack-history': {
    title: 'The audit entries in the pack do not hold',
    meaning:
      'They do not follow one another, or differ from what the same laptop sent before. Nothing of it was taken.',
    remedy: 'Look into that laptop with its owner: its audit log was altered, or its data folder was exchanged.',
    retry: 'never'
  },
  'pack-key-gone': {
    title: 'The key of this installation is not in the keychain',
    meaning: 'Packs are signed with it, and those locked to this laptop are opened with it.',
    remedy: 'Unlock or restore the keychain; if it is lost for good, make a new key on the page of site packs.',
    retry: 'person'
  },
  'results-differ': {
    title: 'Two results for this computer',
    meaning: 'It was worked on from more than one laptop, and what came back does not agree. Neither was dropped.',
    remedy: 'Compare the two on the page of site packs and choose the one that is true.',
    retry: 'person'
  },
  'not-returned': {
    title: 'No result has come back yet',
    meaning: 'This computer went out in a site pack, and no return pack so far says what became of it.',
    remedy: 'Take the return pack of whoever works on it in, or retry it here.',
    retry: 'person'
  }
} as const satisfies Readonly<Record<string, ProblemEntry>>
