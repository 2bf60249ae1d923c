// Recorded AMT answers lie beside the project, not in it; a test that wants them says so when they are not there.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const beside = fileURLToPath(new URL('../../../../shared/', import.meta.url))
const folder = join(process.env.AMT_SHARED ?? beside, 'fixtures')

/** Whether the recordings are there. Says so on the console when not. */
export const haveRecordings: boolean = existsSync(folder)
if (!haveRecordings)
  console.info('The recorded AMT answers (../shared/fixtures) are not here: their tests are skipped.')

/** The bytes of one recording, by its path below the folder. */
export const recording = (path: string): Buffer => readFileSync(join(folder, path))

/** All recordings below a folder with this ending. */
export const recordings = (under: string, ending: string): readonly string[] =>
  haveRecordings
    ? readdirSync(join(folder, under), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
        .sort()
    : []
