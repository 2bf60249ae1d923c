// The device an attempt has logged in to; a step that asks for it before the login step ran is a bug.
import type { Device } from '../../wsman/client.ts'
import type { Attempt, Login } from '../attempt.ts'

export function openedDevice({ found }: Attempt): Device {
  if (!found.device) throw new Error('a step ran before the login')
  return found.device
}

export function usedLogin({ found }: Attempt): Login {
  if (!found.login) throw new Error('a step ran before the login')
  return found.login
}
