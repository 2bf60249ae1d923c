// The address of an update server as a person gives it: a folder, nothing hidden in it.
import { fail, ok, type Result } from '../../shared/problem.ts'

/**
 * The folder with a slash at its end. http: is taken as well: what is fetched is proved by its signature, and a server within
 * a closed network often has no certificate. Problem update-address.
 */
export function readAddress(text: string): Result<string> {
  let url: URL
  try {
    url = new URL(text.trim())
  } catch {
    return fail('update-address', { found: text.trim().slice(0, 100) })
  }
  const { protocol, hostname, username, password, search, hash } = url
  // Not shown: a password may be in it.
  if (username !== '' || password !== '') return fail('update-address')
  if (!/^https?:$/.test(protocol) || hostname === '' || search !== '' || hash !== '')
    return fail('update-address', { found: text.trim().slice(0, 100) })
  return ok(url.href.endsWith('/') ? url.href : `${url.href}/`)
}
