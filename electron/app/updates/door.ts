// The one way out for updates: a session of its own that fetches the addresses it was opened for and nothing else, in answers
// whose length is told and no longer than it may be.
import { type Session, session } from 'electron'
import { fail, type Problem } from '../../../shared/problem.ts'
import type { Log } from '../../log.ts'

export interface Door {
  /** From now on only this address may be fetched, with at most (`exact`: just) so many bytes. */
  openFor(address: string, bytes: number, exact?: boolean): void
  close(): void
  /** Why something was refused since it was opened; undefined when nothing was. */
  refused(): Problem | undefined
}

/** electron-updater makes its requests in the session of this name. */
const name = 'electron-updater'

interface Opening {
  readonly address: string
  readonly bytes: number
  readonly exact: boolean
}

const lengthIn = (headers: Record<string, string[]> | undefined, wanted: string): string | undefined =>
  Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === wanted)?.[1]?.[0]

/** Why an answer is not let in; undefined when it may come. */
function judge(
  { address, bytes, exact }: Opening,
  status: number,
  headers: Record<string, string[]> | undefined
): Problem | undefined {
  const where = new URL(address).host
  if (status >= 300 && status < 400)
    return fail('update-redirected', { where, found: lengthIn(headers, 'location')?.slice(0, 200) }).problem
  if (status !== 200) return fail('update-unreachable', { where, found: `HTTP status ${status}` }).problem
  const told = lengthIn(headers, 'content-length')
  const length = told !== undefined && /^\d{1,15}$/.test(told) ? Number(told) : undefined
  // Unpacked by the browser engine, an encoded answer may be of any length.
  const encoded = lengthIn(headers, 'content-encoding') !== undefined
  if (!encoded && length !== undefined && (exact ? length === bytes : length <= bytes)) return undefined
  return fail('update-size', {
    where,
    found: encoded ? 'a packed answer' : length === undefined ? 'no length' : `${length} bytes`,
    expected: exact ? `${bytes} bytes` : `at most ${bytes} bytes`
  }).problem
}

/** Locks the session of electron-updater; to be done before that makes its first request. */
export function updateDoor(
  log: Pick<Log, 'write'>,
  own: Session = session.fromPartition(name, { cache: false })
): Door {
  let opening: Opening | undefined
  let problem: Problem | undefined
  const note = (found: Problem, url: string): void => {
    problem ??= found
    log.write('update refused', { url, code: found.code, found: found.found ?? '' })
  }
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  own.webRequest.onBeforeRequest(({ url }, answer) => {
    const may = opening?.address === url
    if (!may) note(fail('update-redirected', { found: url.slice(0, 200) }).problem, url)
    answer({ cancel: !may })
  })
  own.webRequest.onHeadersReceived(({ url, statusCode, responseHeaders }, answer) => {
    const found = opening === undefined ? undefined : judge(opening, statusCode, responseHeaders)
    if (found) note(found, url)
    answer({ cancel: found !== undefined })
  })
  return {
    openFor(address, bytes, exact = false) {
      opening = { address, bytes, exact }
      problem = undefined
    },
    close() {
      opening = undefined
    },
    refused: () => problem
  }
}
