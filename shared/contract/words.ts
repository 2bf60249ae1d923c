// What most asks are made of: a name for a thing, and no input at all.
import { z } from 'zod'

/** The id of a draft, an import, a job or a profile. */
export const id = z.string().min(1).max(64)
export const nothing = z.object({}).strict()
