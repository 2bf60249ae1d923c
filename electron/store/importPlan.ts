// What an import was started with, as it is stored.
import { z } from 'zod'
import { ticksSchema } from '../../shared/checklist.ts'
import type { ImportState } from '../../shared/job.ts'
import { problemCodes, problemSchema } from '../../shared/problem.ts'
import { accountSchema, profileSchema } from '../../shared/profile.ts'
import { runningSchema } from '../../shared/running.ts'
import { followedSchema } from '../../shared/schedule/followed.ts'
import { answersSchema, routeCountsSchema, routeSchema } from '../../shared/strategy.ts'

/** What an import was started with; fixed from then on, but for accounts that are added and the checklist that is ticked. */
export const importPlanSchema = z.object({
  id: z.string(),
  /** The draft it was, by which results of other laptops find it; absent in imports of earlier versions. */
  draftId: z.string().optional(),
  practice: z.boolean(),
  source: z.string(),
  collection: z.string(),
  route: routeSchema.nullable(),
  answers: answersSchema,
  /** Its computers by the route that each could take at Start. */
  routes: routeCountsSchema,
  checklist: ticksSchema,
  profile: profileSchema,
  accounts: z.array(accountSchema),
  startedAt: z.number(),
  /** Operating-system user who started it. */
  actor: z.string(),
  /** The plan it follows; absent when it was simply started. */
  schedule: followedSchema.optional(),
  /** How it runs; absent = as imports of its kind begin. */
  running: runningSchema.optional(),
  /** Why it paused by itself; absent or null when it did not. */
  held: problemSchema.nullable().optional(),
  /** Causes that a person resumed it in spite of: they do not pause it again. */
  accepted: z.array(z.enum(problemCodes)).optional()
})
export type ImportPlan = z.infer<typeof importPlanSchema>
export type KeptImport = ImportPlan & { readonly state: ImportState }
