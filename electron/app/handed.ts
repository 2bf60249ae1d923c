// A file that was handed to the program, by a double click or on its command line: looked at once, read once, and then only its
// bytes go on. The path leads nowhere else.
import { open, stat } from 'node:fs/promises'
import { basename, extname, resolve } from 'node:path'
import { z } from 'zod'
import { fail, ok, type Result } from '../../shared/problem.ts'
import { readSource } from '../intake/source.ts'
import type { ChosenFile } from './desk/dialogs.ts'

/** What a second start tells the first one. */
const handedSchema = z.object({ file: z.string().min(1).max(4096) })

export const packEnding = 'amtpack'

/**
 * The file on a command line, absolute; undefined when there is none. What begins with a dash is an option, and a checkout's
 * Electron is told the folder of the program first.
 */
export function fileIn(argv: readonly string[], folder: string, packaged: boolean): string | undefined {
  const words = argv.slice(1).filter((word) => !word.startsWith('-'))
  const file = packaged ? words[0] : words[1]
  return file === undefined ? undefined : resolve(folder, file)
}

/** The file in what a second start sent; undefined when there is none. */
export function fileSent(data: unknown): string | undefined {
  const read = handedSchema.safeParse(data)
  return read.success ? read.data.file : undefined
}

/** Problems: handed-not-a-pack, those of reading a file. */
async function readHanded(path: string): Promise<Result<ChosenFile>> {
  const name = basename(path)
  if (extname(name).toLowerCase() !== `.${packEnding}`) return fail('handed-not-a-pack', { where: name })
  const bytes = await readSource(path, { open, stat })
  return bytes.ok ? ok({ name, bytes: bytes.value }) : bytes
}

export interface Handed {
  /** Reads a file, and tells the page that something is there, or what is wrong with it. */
  take(path: string): void
  /** The file that waits, once; null when none does. */
  next(): Promise<Result<ChosenFile | null>>
}

/** One file at a time: the last one counts. `hear` is told that one waits. */
export function handedFiles(hear: () => void): Handed {
  let waiting: Promise<Result<ChosenFile>> | undefined
  return {
    take(path) {
      waiting = readHanded(path)
      hear()
    },
    async next() {
      const file = waiting
      waiting = undefined
      return (await file) ?? ok(null)
    }
  }
}
