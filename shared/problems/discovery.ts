import type { ProblemEntry } from './entry.ts'

/** What can be wrong with a search of the network, and with reading GUIDs of what it found. */
export const discoveryProblems = {
  'range-refused': {
    title: 'This range cannot be searched',
    meaning:
      'Before anything is sent, each part of the range must be clear, so that no other network is searched by mistake.',
    remedy: 'Correct the part that is named, like 10.0.0.0/24, 10.0.0.1-99 or a computer’s name.',
    retry: 'person'
  },
  'range-outside': {
    title: 'These addresses are on the internet',
    meaning: 'A part of the range is not in a private network. Somebody else’s computers may be there.',
    remedy: 'Search private addresses, or confirm that these addresses belong to your organisation.',
    retry: 'person'
  },
  'search-running': {
    title: 'A search is running already',
    meaning: 'Two searches at once would be twice as fast as the network was promised.',
    remedy: 'Wait until it ends, or stop it.',
    retry: 'now'
  },
  'nothing-to-take': {
    title: 'There is nothing to take into the list',
    meaning: 'None of the addresses chosen answered as AMT does.',
    remedy: 'Search another range, or wait until computers are switched on and search again.',
    retry: 'person'
  }
} as const satisfies Record<string, ProblemEntry>
