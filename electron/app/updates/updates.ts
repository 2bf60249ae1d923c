// Updates of the program that runs: off until a person gives a server, one step after another, each on a person's word but the
// look at the start; or by a file, which needs no server at all.
import type { UpdatesView } from '../../../shared/contract/settings.ts'
import { fail, ok, type Problem, type Result } from '../../../shared/problem.ts'
import type { Core } from '../../core.ts'
import { readAddress } from '../../updates/address.ts'
import { takeUpdateFile } from '../../updates/file.ts'
import { replacesItself } from '../../updates/installed.ts'
import type { PackageKind, Running, Statement } from '../../updates/statement.ts'
import { checkedWords } from '../../updates/words.ts'
import { updateDoor } from './door.ts'
import type { Online } from './online.ts'

export interface Updates {
  read(): UpdatesView
  /** '' turns them off. */
  set(address: string): Result<UpdatesView>
  check(): Promise<Result<UpdatesView>>
  fetch(): Promise<Result<UpdatesView>>
  install(): Promise<Result<Record<string, never>>>
  /** Proves a chosen file and puts a checked copy aside. */
  file(path: string, older: boolean): Promise<Result<{ readonly version: string; readonly words: string }>>
  /** What is done when the window opens: a look at the server, where one was given. */
  begin(): void
}

const words: Readonly<Record<PackageKind, string>> = {
  ...{ nsis: 'an installer', portable: 'a portable program', dmg: 'a disk image', zip: 'an archive' },
  ...{ AppImage: 'an AppImage', deb: 'a .deb', rpm: 'an .rpm', 'tar.gz': 'an archive, or a checkout' }
}

/** The updates of a core. `endFirst` closes the core before an installer begins. */
export function updatesOf(options: {
  readonly core: Core
  readonly folder: string
  readonly key: string | undefined
  readonly running: Running
  readonly kind: PackageKind
  readonly endFirst: () => Promise<void>
  /** Tells a person what went wrong when there is no page any more, and starts the program anew. */
  readonly failed: (problem: Problem) => void
}): Updates {
  const { core, key, running, kind } = options
  const { store, log } = core
  let online: Online | undefined
  let found: Statement | undefined
  let state: UpdatesView['state'] = 'idle'
  let percent = 0

  const noServer = (): Problem | null => {
    if (key === undefined) return fail('update-no-key').problem
    return replacesItself(kind) ? null : fail('update-by-hand', { values: { kind: words[kind] } }).problem
  }

  const read = (): UpdatesView => ({
    version: running.version,
    files: key === undefined ? fail('update-no-key').problem : null,
    server: noServer(),
    address: noServer() === null ? (store.settings.updateServer() ?? '') : '',
    state,
    found: found ? { version: found.version, date: found.date, bytes: found.bytes } : null,
    percent
  })

  /** Loaded only when a server was given: without one not a line of it runs. */
  async function updater(): Promise<Result<Online>> {
    const missing = noServer()
    if (missing) return { ok: false, problem: missing }
    if (online === undefined && key !== undefined) {
      const { onlineUpdates } = await import('./online.ts')
      online = onlineUpdates({ key, running, kind, door: updateDoor(log), log })
    }
    return online ? ok(online) : fail('update-no-key')
  }

  async function check(): Promise<Result<UpdatesView>> {
    const address = store.settings.updateServer()
    if (address === undefined) return fail('update-off')
    const ready = await updater()
    if (!ready.ok) return ready
    if (state === 'looking' || state === 'fetching') return ok(read())
    state = 'looking'
    const newest = await ready.value.look(address)
    found = newest.ok ? (newest.value ?? undefined) : undefined
    state = found === undefined ? 'idle' : 'found'
    return newest.ok ? ok(read()) : newest
  }

  async function fetchFound(): Promise<Result<UpdatesView>> {
    const address = store.settings.updateServer()
    if (address === undefined) return fail('update-off')
    if (online === undefined || found === undefined || state !== 'found') return fail('update-not-fetched')
    state = 'fetching'
    percent = 0
    const fetched = await online.fetch((now) => {
      percent = now
    })
    state = fetched.ok ? 'ready' : 'found'
    if (!fetched.ok) return fetched
    const { version, sha512 } = found
    store.audit.append('update accepted', { version, from: address, sha512 })
    return ok(read())
  }

  async function install(): Promise<Result<Record<string, never>>> {
    if (online === undefined || state !== 'ready') return fail('update-not-fetched')
    if (core.isBusy()) return fail('still-working')
    const proved = await online.proved()
    if (!proved.ok) {
      state = 'found'
      return proved
    }
    const installer = online
    // The page gets its answer first; then there is nobody to answer to any more.
    setImmediate(
      () =>
        void options
          .endFirst()
          .then(() => installer.install())
          .then(options.failed)
    )
    return ok({})
  }

  return {
    read,
    check,
    fetch: fetchFound,
    install,
    set(address) {
      const before = store.settings.updateServer()
      if (address.trim() === '') {
        if (before !== undefined) store.audit.append('updates turned off', {})
        store.settings.setUpdateServer(undefined)
        found = undefined
        state = 'idle'
        return ok(read())
      }
      const missing = noServer()
      if (missing) return { ok: false, problem: missing }
      const given = readAddress(address)
      if (!given.ok) return given
      if (given.value !== before) {
        store.together(() => {
          store.settings.setUpdateServer(given.value)
          store.audit.append('updates turned on', { address: given.value })
        })
        found = undefined
        state = 'idle'
      }
      return ok(read())
    },
    async file(path, older) {
      const taken = await takeUpdateFile(path, { key, running, folder: options.folder, older })
      if (!taken.ok) return taken
      const { version, sha512, file } = taken.value.statement
      store.audit.append('update accepted', { version, from: file, sha512 })
      return ok({ version, words: checkedWords(taken.value) })
    },
    begin() {
      if (core.watching || noServer() !== null || store.settings.updateServer() === undefined) return
      void check().then((looked) => {
        if (!looked.ok) log.write('update not looked for', { code: looked.problem.code })
      })
    }
  }
}
