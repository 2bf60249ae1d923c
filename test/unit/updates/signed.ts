// A publisher for tests: a key of its own, and packages signed by the very script that releases are signed with.
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface Publisher {
  readonly publicKey: string
  readonly sign: (bytes: Uint8Array) => Buffer
}

const script: {
  updateKey(env: NodeJS.ProcessEnv): Publisher | undefined
  signPackage(file: string, key: Publisher, date: string): void
} = await import(new URL('../../../build/pack/sign.mjs', import.meta.url).href)

/** A key as whoever releases has it: a PEM file, named in the environment. */
export function newPublisher(): Publisher {
  const file = join(mkdtempSync(join(tmpdir(), 'amt-key-')), 'update.pem')
  const { privateKey } = generateKeyPairSync('ed25519')
  writeFileSync(file, privateKey.export({ format: 'pem', type: 'pkcs8' }))
  const found = script.updateKey({ AMT_UPDATE_KEY: file })
  if (!found) throw new Error('there was a key')
  return found
}

/** What this system's packages are called in the name of a file. */
export const systemPart = `${{ darwin: 'mac', win32: 'win' }[process.platform as string] ?? 'linux'}-${process.arch}`

/** Writes a package and its description into a folder; answers the path of the package. */
export function writePackage(
  folder: string,
  by: Publisher,
  { version = '9.0.0', system = systemPart, ending = 'AppImage', content = 'a new version' as string | Uint8Array } = {}
): string {
  const file = join(folder, `amt-migration-wizard-${version}-${system}.${ending}`)
  writeFileSync(file, content)
  script.signPackage(file, by, '2026-11-23T08:00:00.000Z')
  return file
}
