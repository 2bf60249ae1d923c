// Who works: the name that stands in the audit log.
import { userInfo } from 'node:os'

/** The name of the operating-system user. */
export function userName(): string {
  try {
    return userInfo().username
  } catch {
    // A container may run under a uid that has no name.
    return `uid ${process.getuid?.() ?? 'unknown'}`
  }
}
