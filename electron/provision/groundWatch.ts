// Looks every few seconds whether this laptop slept or changed networks.
import { type Disturbance, disturbance, type Ground, lookEvery } from './ground.ts'

export interface GroundWatch {
  readonly offline: boolean
  /** How things are now is no news any more. */
  renew(): void
  close(): void
}

/** `networks`: the networks this computer is on, as one text. */
export function watchGround(
  now: () => number,
  networks: () => string,
  onDisturbed: (what: Disturbance) => void
): GroundWatch {
  const look = (): Ground => ({ at: now(), networks: networks() })
  let ground = look()
  const looking = setInterval(() => {
    const before = ground
    ground = look()
    const what = disturbance(before, ground)
    if (what !== undefined) onDisturbed(what)
  }, lookEvery)
  looking.unref()
  return {
    offline: ground.networks === '',
    renew() {
      ground = look()
    },
    close: () => clearInterval(looking)
  }
}
