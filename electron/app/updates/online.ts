// electron-updater, held on a short lead: it fetches what the signed description names, from the address that was given, and
// hands it to the installer of the system. It decides nothing by itself, at no time.
import { app } from 'electron'
import {
  autoUpdater,
  CancellationToken,
  Provider,
  type ResolvedUpdateFileInfo,
  type UpdateInfo
} from 'electron-updater'
import type { ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider.js'
import { fail, ok, type Problem, type Result } from '../../../shared/problem.ts'
import type { Log } from '../../log.ts'
import { sha512Of } from '../../updates/file.ts'
import {
  fits,
  largestStatement,
  newestName,
  type PackageKind,
  type Running,
  readStatement,
  type Statement
} from '../../updates/statement.ts'
import type { Door } from './door.ts'

export interface Online {
  /** The newest that the server has, when it is newer than what runs; null when it is not. Problems of the server. */
  look(address: string): Promise<Result<Statement | null>>
  /** Brings what was found onto this computer. `hear` is told how many percent. */
  fetch(hear: (percent: number) => void): Promise<Result<null>>
  /** Compares it once more. Problem update-altered. */
  proved(): Promise<Result<null>>
  /** Hands it to the installer and quits; answers only when that was refused. */
  install(): Promise<Problem>
}

/** A server that says nothing for so long does not answer (ms). */
const longestSilence = 30_000

const wordOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 500)

/** Fetches a text; the door holds its length. */
type Fetch = (url: URL, token: CancellationToken) => Promise<string | null>

/** What electron-updater asks for its facts: one that takes them out of a signed description. */
function providerOf(read: (fetch: Fetch) => Promise<Statement>, address: () => string) {
  return class SignedProvider extends Provider<UpdateInfo> {
    constructor(_options: unknown, _updater: unknown, runtime: ProviderRuntimeOptions) {
      super(runtime)
    }
    // It would name this installation to the server by an id of its own.
    override setRequestHeaders(): void {}
    async getLatestVersion(): Promise<UpdateInfo> {
      const { version, file, sha512, bytes, date } = await read((url, token) =>
        this.httpRequest(url, { accept: '*/*' }, token)
      )
      return { version, files: [{ url: file, sha512, size: bytes }], path: file, sha512, releaseDate: date }
    }
    resolveFiles({ files }: UpdateInfo): ResolvedUpdateFileInfo[] {
      return files.map((info) => ({ url: new URL(info.url, address()), info }))
    }
  }
}

/** Ends what is under way when nothing was heard for a while; `heard` begins the time anew. */
function silence(token: CancellationToken): { heard(): void; over(): void } {
  const ring = (): NodeJS.Timeout => setTimeout(() => token.cancel(), longestSilence)
  let timer = ring()
  return {
    heard() {
      clearTimeout(timer)
      timer = ring()
    },
    over: () => clearTimeout(timer)
  }
}

/** electron-updater for a program that runs, with the key its updates are signed by. */
export function onlineUpdates(options: {
  readonly key: string
  readonly running: Running
  readonly kind: PackageKind
  readonly door: Door
  readonly log: Pick<Log, 'write'>
}): Online {
  const { key, running, kind, door, log } = options
  let address = ''
  let found: Statement | undefined
  let here: string | undefined
  let refusal: Problem | undefined

  const note = (text: unknown): void => log.write('updater', { text: String(text).slice(0, 500) })
  autoUpdater.logger = { info: note, warn: note, error: note }
  autoUpdater.autoDownload = false
  autoUpdater.autoInstallOnAppQuit = false
  autoUpdater.allowDowngrade = false
  autoUpdater.disableWebInstaller = true
  // Parts of the old and the new package put together: more requests, for bytes that the hash proves all the same.
  autoUpdater.disableDifferentialDownload = true
  // A checkout has no place for a configuration; only a build with a key comes as far as here.
  autoUpdater.forceDevUpdateConfig = !app.isPackaged

  /** Thrown through electron-updater, which knows no Problems; kept beside. */
  function refuse(problem: Problem): never {
    refusal = problem
    throw new Error(problem.code)
  }

  async function readNewest(fetch: Fetch): Promise<Statement> {
    const url = new URL(newestName(running, kind), address)
    const token = new CancellationToken()
    const clock = silence(token)
    door.openFor(url.href, largestStatement)
    const text = await fetch(url, token).finally(clock.over)
    const read = readStatement(new TextEncoder().encode(text ?? ''), key)
    if (!read.ok) return refuse({ ...read.problem, where: url.host })
    const fit = fits(read.value, running, true)
    if (!fit.ok) return refuse(fit.problem)
    if (fit.value.kind !== kind)
      return refuse(fail('update-other-system', { found: fit.value.kind, expected: kind }).problem)
    return fit.value
  }

  const updateProvider = providerOf(
    async (fetch) => {
      found = await readNewest(fetch)
      return found
    },
    () => address
  )

  const problemOf = (error: unknown): Problem =>
    refusal ??
    door.refused() ??
    fail('update-unreachable', { where: new URL(address).host, detail: wordOf(error) }).problem

  return {
    async look(at) {
      address = at
      found = undefined
      here = undefined
      refusal = undefined
      autoUpdater.setFeedURL({ provider: 'custom', updateProvider })
      try {
        const answer = await autoUpdater.checkForUpdates()
        const newer = answer?.isUpdateAvailable === true ? found : undefined
        found = newer
        return ok(newer ?? null)
      } catch (error) {
        return { ok: false, problem: problemOf(error) }
      } finally {
        door.close()
      }
    },
    async fetch(hear) {
      if (found === undefined) return fail('update-not-fetched')
      const { file, bytes } = found
      const token = new CancellationToken()
      const clock = silence(token)
      refusal = undefined
      door.openFor(new URL(file, address).href, bytes, true)
      const listen = ({ percent }: { readonly percent: number }): void => {
        clock.heard()
        hear(Math.floor(percent))
      }
      autoUpdater.on('download-progress', listen)
      try {
        here = (await autoUpdater.downloadUpdate(token))[0]
        return ok(null)
      } catch (error) {
        const altered = error instanceof Error && 'code' in error && error.code === 'ERR_CHECKSUM_MISMATCH'
        return altered ? fail('update-altered', { where: file }) : { ok: false, problem: problemOf(error) }
      } finally {
        autoUpdater.off('download-progress', listen)
        clock.over()
        door.close()
      }
    },
    async proved() {
      if (found === undefined || here === undefined) return fail('update-not-fetched')
      const { sha512, bytes } = await sha512Of(here, found.bytes).catch(() => ({ sha512: '', bytes: 0 }))
      return bytes === found.bytes && sha512 === found.sha512 ? ok(null) : fail('update-altered', { where: found.file })
    },
    install: () =>
      new Promise((resolve) => {
        autoUpdater.once('error', (error) => resolve(fail('update-not-installed', { detail: wordOf(error) }).problem))
        autoUpdater.quitAndInstall(false, true)
      })
  }
}
