// Reads instances for people: typed where the class has a table, as text where it has none.
import { ok, type Result } from '../../shared/problem.ts'
import { classes } from './classes.ts'
import type { Device, Target } from './client.ts'
import { showInstance } from './decode.ts'
import { asText, type Shown } from './show.ts'
import type { XmlElement } from './xml.ts'

/** An instance, and the class it says it is of (a subclass may answer an enumeration). */
export interface Seen {
  readonly class: string
  readonly value: Shown
}

const show = (element: XmlElement): Result<Shown> =>
  classes.has(element.local) ? showInstance(element) : ok(asText(element.children))

/** The one instance, or the one the target's selectors name. */
export async function lookAtOne(device: Device, target: Target): Promise<Result<Shown>> {
  const found = await device.get(target)
  return found.ok ? show(found.value) : found
}

/** All instances, in the device's order. */
export async function lookAtAll(device: Device, target: Target): Promise<Result<readonly Seen[]>> {
  const found = await device.enumerate(target)
  if (!found.ok) return found
  const seen: Seen[] = []
  for (const element of found.value) {
    const shown = show(element)
    if (!shown.ok) return shown
    seen.push({ class: element.local, value: shown.value })
  }
  return ok(seen)
}
