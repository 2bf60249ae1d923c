// Reads the chosen file from disk, and says in words when it cannot: gone, changing, too big, not allowed.
import { fail, ok, type ProblemCode, type Result } from '../../shared/problem.ts'
import { limits } from './lines.ts'

/** What is asked about a file. */
interface Status {
  readonly size: number
  readonly mtimeMs: number
  isFile(): boolean
  isDirectory(): boolean
}

/** The part of `node:fs/promises` that reading needs. */
export interface Disk {
  stat(path: string): Promise<Status>
  open(path: string, flags: 'r'): Promise<OpenFile>
}

export interface OpenFile {
  stat(): Promise<Status>
  read(into: Uint8Array, offset: number, length: number, position: number): Promise<{ readonly bytesRead: number }>
  close(): Promise<void>
}

/** System codes that mean: the file or its drive went away. Everything else is `file-unreadable`. */
const goneCodes = ['ENOENT', 'ENOTDIR', 'ESTALE', 'EIO', 'ENXIO', 'ENODEV', 'ENOTCONN', 'EHOSTDOWN', 'ENETUNREACH']
const words: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EBUSY: 'another program holds the file',
  EISDIR: 'a folder',
  EMFILE: 'too many open files'
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** Only the name: paths tell who is logged in, and Problems travel. */
const nameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path

const chunk = 1024 * 1024

async function readAll(file: OpenFile, where: string): Promise<Result<Uint8Array>> {
  const before = await file.stat()
  const refused = refuse(before, where)
  if (refused !== null) return refused
  const bytes = new Uint8Array(before.size)
  let at = 0
  while (at < bytes.length) {
    const { bytesRead } = await file.read(bytes, at, Math.min(chunk, bytes.length - at), at)
    if (bytesRead === 0)
      return fail('file-gone', { where, found: `${at} of ${bytes.length} bytes`, expected: 'the whole file' })
    at += bytesRead
  }
  const after = await file.stat()
  if (after.size !== before.size || after.mtimeMs !== before.mtimeMs) {
    return fail('file-changed', {
      where,
      found: `${before.size} bytes first, then ${after.size}`,
      expected: 'a file at rest'
    })
  }
  return ok(bytes)
}

function refuse(status: Status, where: string): Result<never> | null {
  // Pipes and devices are refused before they are opened: opening one may wait for ever.
  if (!status.isFile()) {
    const found = status.isDirectory() ? 'a folder' : 'a device or pipe'
    return fail('file-unreadable', { where, found, expected: 'a file' })
  }
  if (status.size > limits.bytes) {
    return fail('file-too-big', { where, found: `${Math.ceil(status.size / 1048576)} MB`, expected: '100 MB at most' })
  }
  return null
}

/** All bytes of a file. Problems: `file-gone`, `file-changed`, `file-too-big`, `file-unreadable`. */
export async function readSource(path: string, disk: Disk): Promise<Result<Uint8Array>> {
  const where = nameOf(path)
  try {
    const refused = refuse(await disk.stat(path), where)
    if (refused !== null) return refused
    const file = await disk.open(path, 'r')
    try {
      return await readAll(file, where)
    } finally {
      // A file that is gone cannot always be closed; what was read counts.
      await file.close().catch(() => undefined)
    }
  } catch (error) {
    const system = codeOf(error)
    if (system === '') throw error
    const code: ProblemCode = goneCodes.includes(system) ? 'file-gone' : 'file-unreadable'
    const found = words[system] ?? (code === 'file-gone' ? 'no such file' : 'an answer of the system that is not known')
    return fail(code, { where, found, detail: system })
  }
}
