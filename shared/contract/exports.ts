// Asks about lists and scripts for another manager, and about what came back from it.
import { z } from 'zod'
import { exportChoiceSchema, exportResultSchema } from '../exporting.ts'
import { id } from './words.ts'

const results = z.object({ results: z.array(exportResultSchema) })

export const exportAsks = {
  /** Main opens the save dialog; null when cancelled. */
  'export.save': {
    input: z.object({ importId: id, choice: exportChoiceSchema }),
    output: z.object({ file: z.string(), computers: z.number().int() }).nullable()
  },
  /** Main opens the file dialog: the result file of the script. null when cancelled. */
  'export.takeResult': { input: z.object({ importId: id }), output: results.nullable() },
  'export.results': { input: z.object({ importId: id }), output: results }
} as const
