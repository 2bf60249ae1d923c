// What a publisher says of one package, signed: a line of JSON, and the Ed25519 signature over that very line.
// Neither electron-updater's own manifest nor the system's installers prove the publisher everywhere (Linux checks a hash that
// the same server gives), so this is checked first, on every system, with a public key that is built into the package.
import { z } from 'zod'
import { fail, ok, type Result } from '../../shared/problem.ts'
import { isSignedBy } from '../signature.ts'
import { compareVersions, versionForm } from './version.ts'

/** How a package is installed; the ending of its name, but for the two kinds of .exe. */
export const packageKinds = ['nsis', 'portable', 'dmg', 'zip', 'AppImage', 'deb', 'rpm', 'tar.gz'] as const
export type PackageKind = (typeof packageKinds)[number]

/** A package is some 150 MB (bytes). */
const largestPackage = 1024 ** 3

/** A description is far smaller; whoever sends more wants something else (bytes). */
export const largestStatement = 4096

const statementSchema = z.object({
  format: z.literal('amt-update-1'),
  product: z.literal('amt-migration-wizard'),
  version: z.string().max(40).regex(versionForm),
  /** As Node names them. */
  platform: z.enum(['linux', 'darwin', 'win32']),
  arch: z.enum(['x64', 'arm64', 'universal']),
  kind: z.enum(packageKinds),
  /** The name of the package, which lies beside: no folder, nothing that a shell or an address would read otherwise. */
  file: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,150}$/),
  bytes: z.number().int().min(1).max(largestPackage),
  /** Base64. */
  sha512: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
  /** When it was built, ISO 8601. */
  date: z.string().max(40)
})
export type Statement = z.infer<typeof statementSchema>

/** The program that runs, as far as an update must fit it. */
export interface Running {
  readonly version: string
  readonly platform: NodeJS.Platform
  readonly arch: string
}

/** What follows the name of a package. */
export const statementEnding = '.amtupdate'

/** Under which name a server has the newest package of a kind. */
export const newestName = ({ platform, arch }: Running, kind: PackageKind): string =>
  `latest-${platform}-${platform === 'darwin' ? 'universal' : arch}-${kind}${statementEnding}`

/**
 * A description that the holder of the key has signed; nothing of it is read before the signature holds.
 * Problems: not-an-update, update-unsigned.
 */
export function readStatement(bytes: Uint8Array, publicKey: string): Result<Statement> {
  const text = bytes.length > largestStatement ? '' : new TextDecoder().decode(bytes)
  const [line, signature, ...rest] = text.split('\n')
  if (!line?.startsWith('{') || !signature || rest.some((each) => each !== '')) return fail('not-an-update')
  if (!isSignedBy(publicKey, new TextEncoder().encode(line), Buffer.from(signature, 'base64')))
    return fail('update-unsigned')
  try {
    const read = statementSchema.safeParse(JSON.parse(line))
    return read.success ? ok(read.data) : fail('not-an-update', { detail: z.prettifyError(read.error) })
  } catch {
    return fail('not-an-update')
  }
}

const systemWords = (platform: string, arch: string): string =>
  `${{ linux: 'Linux', darwin: 'macOS', win32: 'Windows' }[platform] ?? platform} ${arch}`

/** Whether it fits the program that runs. Problems: update-other-system, update-not-newer. */
export function fits(statement: Statement, running: Running, older = false): Result<Statement> {
  const { platform, arch, version } = statement
  if (platform !== running.platform || (arch !== running.arch && arch !== 'universal')) {
    return fail('update-other-system', {
      found: systemWords(platform, arch),
      expected: systemWords(running.platform, running.arch)
    })
  }
  if (!older && compareVersions(version, running.version) <= 0)
    return fail('update-not-newer', { found: `version ${version}`, expected: `later than ${running.version}` })
  return ok(statement)
}
