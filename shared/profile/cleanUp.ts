// What becomes of the old manager's settings: each choice, what it keeps, what it loses, and what comes after.
import type { CleanUp, Profile } from '../profile.ts'

export interface CleanUpWords {
  readonly title: string
  readonly keeps: readonly string[]
  readonly loses: readonly string[]
  readonly after: string
}

const hashesKept = 'Certificate hashes that were added by hand.'

/** What is lost with the hashes, for whoever asks for their removal. */
export const hashesLost =
  'Certificate hashes that were added by hand: a setup server whose certificate comes from such a root, a company’s own for example, cannot activate the computer any more. They cannot be brought back from here.'

/** Sources: wsman.md 3.5 (effects of an unprovision), configmgr.md 2 (partial removal keeps the identity), 3.3 (hello window). */
export const cleanUpWords: Readonly<Record<CleanUp, CleanUpWords>> = {
  keep: {
    title: 'Take over in place, leave the rest as it is',
    keeps: ['Everything that the profile does not name: users, certificates, Wi-Fi, 802.1X, remote access.'],
    loses: ['Nothing.'],
    after: 'Whoever knows one of the old users can still log in with it.'
  },
  clear: {
    title: 'Take over in place, and clear what the old manager left',
    keeps: [
      'AMT stays activated and is not out of reach for longer than a commit takes.',
      'The Remote Admin Account, names, clock, and everything the profile sets.',
      'What the factory put there: its certificates and certificate hashes.',
      'Kerberos: whether it is on, its realm and key. A choice of its own turns it off.',
      'The PKI DNS suffix: on an activated device it can be changed in MEBx only.',
      hashesKept
    ],
    loses: [
      'Users that the profile does not list, wired 802.1X, Wi-Fi profiles, proxies.',
      'Remote access (CIRA): its rules, servers and passwords; environment detection.',
      'Certificates and keys that nothing uses any more. Keys cannot be brought back.'
    ],
    after:
      'A computer that is only reachable through 802.1X or Wi-Fi of the old manager is out of reach until the new profile is there.'
  },
  partial: {
    title: 'Partial removal',
    keeps: [
      'The Remote Admin Account with its password, PID and PPS.',
      'Host name, domain and the address of the setup server.'
    ],
    loses: [
      'Every other setting: users, certificates and keys, TLS, Wi-Fi, 802.1X, remote access, redirection settings.',
      'The other settings of this profile are not made.'
    ],
    after: 'AMT is in setup again and says hello to its setup server, for six hours from then on.'
  },
  full: {
    title: 'Full removal, to hand the computer back',
    keeps: ['The MEBx password.', 'From AMT 12 on the PKI DNS suffix.'],
    loses: [
      'Every setting and every password but that of MEBx. The Remote Admin Account is called admin again.',
      'Certificate hashes that were added by hand; before AMT 12 the PKI DNS suffix too.',
      'The other settings of this profile are not made.'
    ],
    after: 'Nobody reaches AMT over the network until it is provisioned again, in-band or at the computer.'
  }
}

/** What the choices of a profile keep and lose. */
export function cleanUpWordsOf({ cleanUp, hashes }: Pick<Profile, 'cleanUp' | 'hashes'>): CleanUpWords {
  const words = cleanUpWords[cleanUp]
  if (cleanUp !== 'clear' || hashes === 'keep') return words
  return { ...words, keeps: words.keeps.filter((each) => each !== hashesKept), loses: [...words.loses, hashesLost] }
}
