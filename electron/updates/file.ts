// An update that came as files: the description proved, the package compared with it, and a checked copy put aside.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fail, ok, type Result } from '../../shared/problem.ts'
import { fits, largestStatement, type Running, readStatement, type Statement, statementEnding } from './statement.ts'

/** A package that was proved; `path` is the copy to be installed. */
export interface CheckedUpdate {
  readonly statement: Statement
  readonly path: string
}

/** Where checked copies lie in a data folder. */
export const updatesFolder = (folder: string): string => join(folder, 'updates')

const wordOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

async function readDescription(path: string): Promise<Result<Uint8Array>> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) return fail('update-file-missing', { where: basename(path) })
  if (found.size > largestStatement) return fail('not-an-update', { where: basename(path) })
  try {
    const file = await open(path, 'r')
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(largestStatement + 1), 0, largestStatement + 1, 0)
      return ok(new Uint8Array(buffer.subarray(0, bytesRead)))
    } finally {
      await file.close()
    }
  } catch (error) {
    return fail('file-unreadable', { where: basename(path), detail: wordOf(error) })
  }
}

/** SHA-512 of a file, base64; ends early once it is longer than `most` bytes. */
export async function sha512Of(
  path: string,
  most: number
): Promise<{ readonly sha512: string; readonly bytes: number }> {
  const hash = createHash('sha512')
  let bytes = 0
  for await (const chunk of createReadStream(path, { end: most }) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { sha512: hash.digest('base64'), bytes }
}

/** Copies while it reads: what was compared is what is kept, whatever becomes of the file (a stick in other hands). */
async function copyChecked(from: string, to: string, { bytes, sha512 }: Statement): Promise<Result<string>> {
  const unfinished = `${to}.part`
  const hash = createHash('sha512')
  let read = 0
  const found = await stat(from).catch(() => undefined)
  if (!found?.isFile()) return fail('update-file-missing', { where: basename(from) })
  if (found.size !== bytes)
    return fail('update-altered', { where: basename(from), found: `${found.size} bytes`, expected: `${bytes} bytes` })
  try {
    await mkdir(dirname(to), { recursive: true, mode: 0o700 })
    await rm(unfinished, { force: true })
    const copy = await open(unfinished, 'wx', 0o700)
    try {
      for await (const chunk of createReadStream(from, { end: bytes }) as AsyncIterable<Buffer>) {
        hash.update(chunk)
        read += chunk.length
        await copy.writeFile(chunk)
      }
      await copy.sync()
    } finally {
      await copy.close()
    }
    if (read !== bytes || hash.digest('base64') !== sha512) {
      await rm(unfinished, { force: true })
      return fail('update-altered', { where: basename(from) })
    }
    await rename(unfinished, to)
    return ok(to)
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined)
    return fail('update-not-kept', { where: basename(to), detail: wordOf(error) })
  }
}

/**
 * Takes an update that a person chose: the description or the package, the other one lies beside it. The signature comes
 * first, then system and version, then every byte of the package.
 * Problems: update-no-key, update-file-missing, not-an-update, update-unsigned, update-other-system, update-not-newer (unless
 * `older`), update-altered, update-not-kept, file-unreadable.
 */
export async function takeUpdateFile(
  chosen: string,
  given: {
    readonly key: string | undefined
    readonly running: Running
    /** The data folder. */
    readonly folder: string
    readonly older?: boolean
  }
): Promise<Result<CheckedUpdate>> {
  if (given.key === undefined) return fail('update-no-key')
  const description = await readDescription(chosen.endsWith(statementEnding) ? chosen : chosen + statementEnding)
  if (!description.ok) return description
  const read = readStatement(description.value, given.key)
  if (!read.ok) return read
  const statement = fits(read.value, given.running, given.older)
  if (!statement.ok) return statement
  const { file } = statement.value
  const copied = await copyChecked(
    join(dirname(chosen), file),
    join(updatesFolder(given.folder), file),
    statement.value
  )
  return copied.ok ? ok({ statement: statement.value, path: copied.value }) : copied
}
