// Asks about a search of the network for computers with AMT, and about GUIDs that only their devices can tell.
import { z } from 'zod'
import { draftSchema } from '../draft.ts'
import { searchLimits, searchSchema } from '../found.ts'
import { problemSchema } from '../problem.ts'
import { longestRanges, mostAddresses } from '../ranges.ts'
import { id } from './words.ts'

export const discoveryAsks = {
  /** Begins a search for a draft; `outside`: a person confirmed that addresses on the internet are theirs. */
  'search.start': {
    input: z.object({
      draftId: id,
      ranges: z.string().max(longestRanges),
      outside: z.boolean(),
      rate: z.number().int().min(searchLimits.rate.least).max(searchLimits.rate.most)
    }),
    output: searchSchema
  },
  'search.stop': { input: z.object({ draftId: id }), output: searchSchema },
  /** The latest search of this draft. */
  'search.read': { input: z.object({ draftId: id }), output: searchSchema },
  /** What was found becomes rows of the draft, merged onto those it has; null = everything worth a row. */
  'search.take': {
    input: z.object({ draftId: id, addresses: z.array(z.string().max(300)).max(mostAddresses).nullable() }),
    output: draftSchema
  },
  /** One login with this account at each device of a row without a GUID, and what the device says of itself into the row. */
  'guids.read': {
    input: z.object({ draftId: id, accountId: id }),
    output: z.object({
      draft: draftSchema,
      asked: z.number().int(),
      read: z.number().int(),
      /** The first few that did not tell it, and how many there are of each cause. */
      failed: z.array(z.object({ at: z.string(), problem: problemSchema })),
      causes: z.array(z.object({ title: z.string(), count: z.number().int() }))
    })
  }
} as const
