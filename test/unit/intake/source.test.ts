import { mkdtemp, open, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Disk, type OpenFile, readSource } from '../../../electron/intake/source.ts'

const real: Disk = { stat, open }
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'intake-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function fileOf(content: string | Uint8Array): Promise<string> {
  const path = join(folder, `${Math.random().toString(36).slice(2)}.csv`)
  await writeFile(path, content)
  return path
}

/** The real disk, where `happens` is called before the second and later reads. */
const disturbed = (happens: () => Promise<void>): Disk => ({
  stat,
  open: async (path, flags) => {
    const file = await open(path, flags)
    let reads = 0
    const watched: OpenFile = {
      stat: () => file.stat(),
      read: async (...asked) => {
        if (reads++ > 0) await happens()
        return file.read(...asked)
      },
      close: () => file.close()
    }
    return watched
  }
})
const systemError = (code: string) => Object.assign(new Error(code), { code })
const big = new Uint8Array(3 * 1024 * 1024).fill(65)

test('reads a file, however many reads it takes', async () => {
  expect(await readSource(await fileOf(big), real)).toEqual({ ok: true, value: big })
  expect(await readSource(await fileOf(''), real)).toEqual({ ok: true, value: new Uint8Array() })
})

test('a file that is not there', async () => {
  const result = await readSource(join(folder, 'none.csv'), real)
  expect(result).toMatchObject({ ok: false, problem: { code: 'file-gone', where: 'none.csv', detail: 'ENOENT' } })
})

test('a file that is cut short while it is read', async () => {
  const path = await fileOf(big)
  const result = await readSource(
    path,
    disturbed(() => truncate(path, 1000))
  )
  expect(result).toMatchObject({ ok: false, problem: { code: 'file-gone', found: '1048576 of 3145728 bytes' } })
})

test.each(['ENOENT', 'ESTALE', 'EIO'])('a drive that vanishes while it is read (%s)', async (code) => {
  const result = await readSource(
    await fileOf(big),
    disturbed(() => Promise.reject(systemError(code)))
  )
  expect(result).toMatchObject({ ok: false, problem: { code: 'file-gone', detail: code } })
})

test('a file that another program still writes', async () => {
  const path = await fileOf(big)
  const result = await readSource(
    path,
    disturbed(() => writeFile(path, 'more', { flag: 'a' }))
  )
  expect(result).toMatchObject({ ok: false, problem: { code: 'file-changed' } })
})

test('a folder, a forbidden file, a file beyond the limit', async () => {
  expect(await readSource(folder, real)).toMatchObject({ problem: { code: 'file-unreadable', found: 'a folder' } })
  const path = await fileOf('a,b')
  const forbidden: Disk = { stat, open: () => Promise.reject(systemError('EACCES')) }
  expect(await readSource(path, forbidden)).toMatchObject({
    problem: { code: 'file-unreadable', found: 'permission denied' }
  })
  await truncate(path, 101 * 1024 * 1024)
  expect(await readSource(path, real)).toMatchObject({ problem: { code: 'file-too-big', found: '101 MB' } })
})

test('the problem names the file, not the folders above it', async () => {
  expect(JSON.stringify(await readSource(join(folder, 'none.csv'), real))).not.toContain(folder)
})

test('a fault of our own is not taken for a fault of the file', async () => {
  const broken: Disk = { stat, open: () => Promise.reject(new TypeError('ours')) }
  await expect(readSource(await fileOf('a'), broken)).rejects.toThrow('ours')
})
