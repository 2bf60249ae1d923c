// The command line as it is shipped, in one file: it starts in half the time of its sources, and tests start it often.
import { join } from 'node:path'

/** Made anew before the first test of each run (build/testPrograms.mjs). */
export const program = join(import.meta.dirname, '../../../test-results/cli.cjs')
